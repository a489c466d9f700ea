import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { say } from './progress.mjs'
import { forgetOwnSettings, runPackage } from './run-tests.mjs'
import { setUp } from './setup.mjs'

// Rooms while servers, databases and networks break. What came out goes to docs/reliability.md.
//   npm run faults            the long form (about half an hour)
//   npm run faults -- short   what npm test runs, about a minute; writes nothing down
const DOCUMENT = 'docs/reliability.md'
const CONFIG = 'tests/faults/rooms/vitest.config.ts'
const [BEGIN, END] = ['<!-- result -->', '<!-- /result -->']

/** @param {string[]} args */
function git(...args) {
	try {
		return execFileSync('git', args, { encoding: 'utf8' }).trim()
	} catch {
		return 'unknown'
	}
}

/** Puts the last table in the place of the one before, whatever its outcome. @param {boolean} ok @param {number} seconds */
function writeDown(ok, seconds) {
	const result = readFileSync('.data/test-reports/rooms-long.md', 'utf8').trim()
	const changes = git('status', '--porcelain', '--', '.', `:!${DOCUMENT}`) ? '+' : ''
	const day = new Date().toISOString().slice(0, 10)
	const said = `${ok ? 'All promises kept' : '**FAILED**'}, ${day}, commit ${git('rev-parse', '--short', 'HEAD')}${changes}, ${seconds} s.`
	const text = readFileSync(DOCUMENT, 'utf8')
	const [before, rest = ''] = text.split(BEGIN)
	const after = rest.split(END)[1] ?? ''
	writeFileSync(DOCUMENT, `${before}${BEGIN}\n${said}\n\n${result}\n${END}${after}`)
}

process.chdir(resolve(import.meta.dirname, '..'))
forgetOwnSettings()
const short = process.argv.includes('short')
await setUp({ building: true })
const began = performance.now()
const env = { FAULTS: short ? 'short' : 'long' }
const ok = await runPackage('vitest', ['run', '--config', CONFIG], { minutes: short ? 10 : 90, env })
const seconds = Math.round((performance.now() - began) / 1000)
if (!short) writeDown(ok, seconds)
say(`rooms under faults: ${ok ? 'ok' : 'FAILED'}, ${seconds} s`)
process.exit(ok ? 0 : 1)
