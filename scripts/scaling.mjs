import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { tablesOf, withTables } from './scaling-tables.mjs'
import { HOW, USE } from './scaling-use.mjs'

// What breaks first with more members, from measured costs (docs/scaling-costs.json) and supposed use (scaling-use.mjs).
//   npm run scaling                        prints the tables
//   npm run scaling -- --activeADay=0.1    the same with another use; any name of USE, and --seed, --seconds
//   npm run scaling -- --write             writes the tables into docs/scaling.md (with the use as it stands there)

const root = resolve(import.meta.dirname, '..')
const DOCUMENT = resolve(root, 'docs/scaling.md')

/** What was given instead of what is supposed. Throws a sentence for a name or a value that cannot be. @param {string[]} flags */
function given(flags) {
	/** @type {Record<string, number>} */
	const values = { ...USE, ...HOW }
	for (const flag of flags) {
		const [, name = '', value = ''] = /^--(\w+)=(.+)$/.exec(flag) ?? []
		const number = Number(value)
		if (!Object.hasOwn(values, name) || !(number > 0))
			throw new Error(`"${flag}" is none of: --write, --${Object.keys(values).join('=, --')}=`)
		values[name] = number
	}
	return values
}

/** @param {string[]} flags */
function main(flags) {
	const write = flags.includes('--write')
	const others = flags.filter((flag) => flag !== '--write')
	if (write && others.length > 0)
		throw new Error('docs/scaling.md has the tables of the use in scaling-use.mjs')
	const { seed, seconds, ...use } = /** @type {typeof USE & typeof HOW} */ (given(others))
	const costs = JSON.parse(readFileSync(resolve(root, 'docs/scaling-costs.json'), 'utf8'))
	const tables = tablesOf({ costs, use, seed, seconds })
	if (write) writeFileSync(DOCUMENT, withTables(readFileSync(DOCUMENT, 'utf8'), tables))
	else console.log(Object.values(tables).join('\n\n'))
}

try {
	main(process.argv.slice(2))
} catch (error) {
	console.error(error instanceof Error ? error.message : error)
	process.exitCode = 1
}
