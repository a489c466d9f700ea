import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { measureSecondStart, measureSignIns, measureSoak } from './gate-measures.mjs'
import { say } from './progress.mjs'
import { forgetOwnSettings, runPackage } from './run-tests.mjs'
import { setUp } from './setup.mjs'

// What takes too long, or too quiet a machine, for npm test. The outcome of each check goes to docs/gate.md.
//   npm run gate                    everything
//   npm run gate -- faults start    only these

/** @typedef {{ ok: boolean, said: string }} Outcome */

const REPORT = 'docs/gate.md'
const HEAD = `# Gate

Written by \`npm run gate\`: what takes too long, or too quiet a machine, for \`npm test\`. Each line is the last run of one
check, on the commit it names; with "+" there were changes beside it. A check without a line has not been run yet.

- \`faults\`: databases and processes killed under load, five times as long as \`npm test\` does it.
- \`pages\`: every page in every language (accessibility, widths, missing texts, foreign requests); \`npm test\` takes the two languages nobody speaks, and the key pages in all.
- \`sheet\`: pictures of the key pages in every language, for eyes: \`.data/sheet\`.
- \`start\`, \`sign-ins\`: how long the second start takes, and twenty women who sign in at once.
- \`soak\`: half an hour of mixed load with every process replaced twice; \`npm test\` takes twenty seconds of it.

| check | outcome | took | commit | day |
|---|---|---|---|---|
`

/** @type {Record<string, () => Promise<Outcome>>} */
const CHECKS = {
	faults: runFaults,
	pages: lookAtEveryPage,
	sheet: drawSheet,
	start: measureSecondStart,
	'sign-ins': measureSignIns,
	soak: measureSoak,
}

/** Backends killed and databases crashed under load, five times as long as npm test has time for. */
async function runFaults() {
	const ok = await runPackage('vitest', ['run', 'tests/faults'], { minutes: 20, env: { FAULTS: 'long' } })
	return { ok, said: 'no promise broken, no row lost' }
}

/** Every page in every language there is; npm test takes the two that nobody speaks. */
async function lookAtEveryPage() {
	const asked = { minutes: 60, env: { EVERY_LOCALE: '1' } }
	const ok = await runPackage(
		'playwright',
		['test', 'tests/e2e/pages.spec.ts', 'tests/e2e/languages.spec.ts'],
		asked,
	)
	return { ok, said: 'every page in every language: axe, widths, no key left, nothing foreign' }
}

/** Pictures for eyes: the key pages in every language. */
async function drawSheet() {
	const ok = await runPackage('playwright', ['test', '--config', 'tests/e2e/sheet.config.ts'], {
		minutes: 15,
	})
	return { ok, said: 'the key pages in every language lie in .data/sheet' }
}

/** @param {string[]} args */
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim()

function commit() {
	try {
		const changes = git('status', '--porcelain', '--', '.', `:!${REPORT}`)
		return git('rev-parse', '--short', 'HEAD') + (changes ? '+' : '')
	} catch {
		return 'unknown'
	}
}

/** The lines of the checks as the last runs left them, by name. @returns {Map<string, string>} */
function readReport() {
	const lines = existsSync(REPORT) ? readFileSync(REPORT, 'utf8').split('\n') : []
	const rows = lines.filter((line) => line.startsWith('| ') && !line.startsWith('| check '))
	return new Map(rows.map((row) => [row.split('|')[1]?.trim() ?? '', row]))
}

/** @param {string} name @param {Outcome} outcome @param {number} began */
function note(name, { ok, said }, began) {
	const rows = readReport()
	const took = `${Math.round((performance.now() - began) / 1000)} s`
	const day = new Date().toISOString().slice(0, 10)
	rows.set(name, `| ${name} | ${ok ? '' : '**FAILED** '}${said} | ${took} | ${commit()} | ${day} |`)
	const ours = Object.keys(CHECKS).flatMap((check) => rows.get(check) ?? [])
	writeFileSync(REPORT, `${HEAD}${ours.join('\n')}\n`)
}

/** @param {string} name */
async function check(name) {
	const began = performance.now()
	const outcome = await /** @type {() => Promise<Outcome>} */ (CHECKS[name])().catch((error) => {
		say(error instanceof Error ? (error.stack ?? error.message) : String(error))
		return { ok: false, said: 'it did not run to its end' }
	})
	note(name, outcome, began)
	say(`${name}: ${outcome.ok ? 'ok' : 'FAILED'}, ${outcome.said}`)
	return outcome.ok
}

process.chdir(resolve(import.meta.dirname, '..'))
forgetOwnSettings()
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(CHECKS, name))
if (unknown.length > 0) {
	process.stderr.write(
		`mimosa: no check is called ${unknown[0]}: choose from ${Object.keys(CHECKS).join(', ')}\n`,
	)
	process.exit(1)
}
await setUp({ building: asked.length === 0 || asked.some((name) => name !== 'faults') })
let well = true
for (const name of asked.length > 0 ? asked : Object.keys(CHECKS)) well = (await check(name)) && well
process.exit(well ? 0 : 1)
