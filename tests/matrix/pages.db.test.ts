import './unlimited'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ACTOR_NAMES } from './actors'
import { PAGES } from './rows/pages'
import { closeSnapshot, keepWorld, restoreWorld } from './snapshot'
import { written } from './table'
import { askCell } from './walk'
import { makeWorld, type World } from './world'

/** The document comes of the same loader as its data, and then is rendered: these read it, of each kind one. */
const ALSO_PAGE = ['G', 'X', 'M', 'W', 'U', 'A']

let world: World

beforeAll(async () => {
	world = await makeWorld()
	await keepWorld()
}, 120_000)
beforeEach(restoreWorld)
afterAll(closeSnapshot)

test.each(PAGES)('$of: $address', async (row) => {
	const found: Record<string, string> = {}
	for (const name of ACTOR_NAMES) {
		for (const data of ALSO_PAGE.includes(name) ? [true, false] : [true]) {
			const { word, leak } = await askCell(world, row, name, data)
			expect(leak, `${name} can tell that it is there`).toBeUndefined()
			found[name] = !data && found[name] !== word ? `(${found[name]}, page ${word})` : word
		}
	}
	expect(written(found)).toBe(written(row.cells))
})
