import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FORMAT, writeBackup } from './backup-file.mjs'
import { openToRead, run } from './backup-house.mjs'
import { choosePlace, writeTo } from './backup-place.mjs'
import { atOneMoment, readSequences, rowsOf } from './backup-tables.mjs'
import { say, secondsSince } from './progress.mjs'
import { setUp } from './setup.mjs'

/** @typedef {import('./backup-tables.mjs').Table} Table */
/** @typedef {import('./backup-tables.mjs').Tx} Tx */

/** @param {Tx} tx @param {Table[]} tables */
async function* contentOf(tx, tables) {
	for (const table of tables) yield { ...table, rows: rowsOf(tx, table) }
}

/** @param {string} place */
const sizeOf = (place) => (place === '-' ? '' : `, ${(statSync(place).size / 1e6).toFixed(1)} MB`)

/**
 * `npm run backup`: all of a community in one file (docs/running.md). Ends with exit code 1 where there is no backup.
 * @param {string[]} args  a file, a folder, or "-"
 */
export const runBackup = (args) =>
	run(async (leaving) => {
		process.chdir(resolve(import.meta.dirname, '..'))
		const began = performance.now()
		await setUp({ building: false, leaving })
		const house = await openToRead()
		// A transaction that waits for an answer hears of nothing else.
		leaving.addEventListener('abort', () => house.sql.end({ timeout: 0 }))
		try {
			const place = choosePlace(args[0], join(house.dataDir, 'backups'))
			const rows = await back(house, place, leaving)
			const what = house.example ? 'the example' : 'the community'
			say(
				`Backed up ${what}: ${rows} rows${sizeOf(place)}, ${secondsSince(began)}${place === '-' ? '' : `\n  ${place}`}`,
			)
		} finally {
			await house.close()
		}
	})

/**
 * @param {import('./backup-house.mjs').House} house @param {string} place @param {AbortSignal} leaving
 * @returns {Promise<number>} how many rows
 */
const back = ({ sql, example }, place, leaving) =>
	atOneMoment(sql, async (tx, tables, migrations) => {
		let rows = 0
		const made = new Date().toISOString()
		const head = /** @type {const} */ ({ mimosaBackup: FORMAT, made, example, migrations })
		const content = writeBackup(
			{ ...head, tables: tables.map(({ name }) => name) },
			contentOf(tx, tables),
			() => readSequences(tx),
			(sum) => {
				rows += sum.rows
			},
		)
		await writeTo(place, content, leaving)
		return rows
	})
