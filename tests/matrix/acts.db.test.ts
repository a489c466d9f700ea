import './unlimited'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ACTOR_NAMES } from './actors'
import { ACTS } from './rows/all'
import { closeSnapshot, keepWorld, restoreWorld } from './snapshot'
import { written } from './table'
import { askCell } from './walk'
import { makeWorld, type World } from './world'

const FEW = 8
/** By a document the same action answers, and then the page: these two try that door, too, where they are refused. */
const ALSO_PAGE = ['G', 'M']
const REFUSED = ['.', '=', 'x', 's']

let world: World

beforeAll(async () => {
	world = await makeWorld()
	await keepWorld()
}, 120_000)
beforeEach(restoreWorld)
afterAll(closeSnapshot)

test.each(ACTS)('$of: $address $act $fields', async (row) => {
	const found: Record<string, string> = {}
	// What is for a few of them is undone between two; what is for everyone, each does for herself.
	const few = ACTOR_NAMES.filter((name) => row.cells[name] === '+').length <= FEW
	for (const name of ACTOR_NAMES) {
		const doors = ALSO_PAGE.includes(name) && REFUSED.includes(row.cells[name]) ? [true, false] : [true]
		for (const data of doors) {
			const { word, leak } = await askCell(world, row, name, data)
			expect(leak, `${name} can tell that it is there`).toBeUndefined()
			found[name] = !data && found[name] !== word ? `(${found[name]}, page ${word})` : word
			if (word === '+' && few) await restoreWorld()
		}
	}
	expect(written(found)).toBe(written(row.cells))
})
