import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join, resolve } from 'node:path'
import { lineFor } from './fault.mjs'
import { say, secondsSince } from './progress.mjs'
import { setUp } from './setup.mjs'
import { readPlaywrightReport, readVitestReport } from './test-reports.mjs'

/** @typedef {import('./test-reports.mjs').Counts} Counts */
/** @typedef {{ name: string, run: () => Promise<Counts> }} Step */

const REPORTS = '.data/test-reports'
/** How many failures of a step are said again at the end: where more fail, one is the cause of most. */
const FAILURES_TOLD = 8
const [PASSED, FAILED] = [
	{ passed: 1, failed: 0, skipped: 0 },
	{ passed: 0, failed: 1, skipped: 0 },
]

/** What a person may have set for her own house: no test may meet it, least of all her database. */
const OWN_SETTINGS =
	'DATABASE_URL DATABASE_OWNER_URL REDIS_URL PORT HOST ORIGIN TRUST_PROXY SESSION_SECRET DATA_DIR EXAMPLE REGISTRATION EXIT_URL METRICS_TOKEN LOG_LEVEL WORKERS INSECURE_LAN LIMITS NODE_ENV PSEUDO_LOCALES'

export function forgetOwnSettings() {
	for (const name of OWN_SETTINGS.split(' ')) delete process.env[name]
}

/**
 * `npm test` and `npm run check`: sets up what is missing, runs every check even when one before it failed, says again
 * which tests failed, since the end of a log may be all that is kept of it, and ends with the line that says how many
 * passed.
 * @param {string[]} flags  --no-browser
 */
export async function runTests(flags) {
	process.chdir(resolve(import.meta.dirname, '..'))
	forgetOwnSettings()
	const journeys = flags.includes('--no-browser') ? [] : [JOURNEYS]
	const total = { passed: 0, failed: 0, skipped: 0 }
	/** @type {string[]} */
	const lines = []
	/** @param {Step} step */
	const take = async ({ name, run }) => {
		process.stdout.write(`\n— ${name}\n`)
		const began = performance.now()
		const counts = await run().catch(notRun)
		for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[key] += counts[key]
		lines.push(`${counts.failed ? 'FAILED' : 'ok    '}  ${name.padEnd(18)} ${secondsSince(began)}`)
		for (const failure of counts.failures?.slice(0, FAILURES_TOLD) ?? []) lines.push(`  ${failure}`)
		return counts.failed === 0
	}
	rmSync(REPORTS, { recursive: true, force: true })
	// Without its packages nothing that follows can say anything.
	if (await take(SET_UP)) {
		const beside = take(WITHOUT_RUNNING)
		for (const step of [UNITS, BUILD, ROOMS]) await take(step)
		await beside
		for (const step of [SOAK, ...journeys]) await take(step)
	}
	process.stdout.write(`\n${lines.map((line) => `  ${line}\n`).join('')}\n${closingLine(total)}\n`)
	process.exitCode = total.failed ? 1 : 0
}

/** @param {unknown} error @returns {Counts} */
function notRun(error) {
	say(`mimosa: ${lineFor(error) ?? (error instanceof Error ? error.stack : error)}`)
	return FAILED
}

/** @param {Counts} a @param {Counts} b @returns {Counts} */
const added = (a, b) => ({
	passed: a.passed + b.passed,
	failed: a.failed + b.failed,
	skipped: a.skipped + b.skipped,
})

/** @param {Counts} total */
const closingLine = ({ passed, failed, skipped }) =>
	`tests: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`

/**
 * Runs the program of an installed package.
 * @param {string} name @param {string[]} args
 * @param {{ minutes: number, env?: Record<string, string>, bin?: string, beside?: boolean }} options
 *   beside: it gives way to whatever else runs, and what it says is held back until it has ended
 * @returns {Promise<boolean>} whether it ended well
 */
export function runPackage(name, args, { minutes, env = {}, bin = name, beside = false }) {
	const folder = join('node_modules', name)
	const { bin: bins } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
	const program = join(folder, typeof bins === 'string' ? bins : bins[bin])
	return new Promise((done, fail) => {
		const child = spawn(process.execPath, [program, ...args], {
			stdio: beside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
			env: { ...process.env, ...env },
		})
		if (beside && child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW)
		/** @type {Buffer[]} */
		const said = []
		for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk))
		const late = setTimeout(() => {
			say(`${name} did not end within ${minutes} minutes`)
			child.kill()
			setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
		}, minutes * 60_000)
		child.on('error', fail).on('close', (code) => {
			clearTimeout(late)
			process.stdout.write(Buffer.concat(said))
			done(code === 0)
		})
	})
}

/** @param {boolean} well */
const one = (well) => (well ? PASSED : FAILED)

/** A run that ended badly without a failed test (a crash, an error between tests) is a failure all the same. @param {Counts} counts @param {boolean} well */
const honest = (counts, well) => (well || counts.failed ? counts : { ...counts, failed: 1 })

/** @type {Step} */
const SET_UP = {
	name: 'set up',
	async run() {
		await setUp({ building: false })
		mkdirSync(REPORTS, { recursive: true })
		return { passed: 0, failed: 0, skipped: 0 }
	},
}
/** They have until the others have ended. */
const BESIDE = { minutes: 15, beside: true }
const LINT = {
	name: 'format and lint',
	run: async () => one(await runPackage('@biomejs/biome', ['ci', '.'], { ...BESIDE, bin: 'biome' })),
}
const UNUSED = {
	name: 'unused code',
	run: async () => one(await runPackage('knip', [], BESIDE)),
}
const TYPES = {
	name: 'types',
	run: async () => one(await runPackage('typescript', ['--noEmit'], { ...BESIDE, bin: 'tsc' })),
}
const BUILD = {
	name: 'build',
	async run() {
		await setUp({ building: true })
		return PASSED
	},
}
const UNITS = { name: 'unit and database', run: () => runVitest('vitest', [], { minutes: 15 }) }
/**
 * What is asked of the code without running it: it takes what the steps beside it leave of the processors, most of it
 * where they wait. Rooms under faults wait for half of their time.
 * @type {Step}
 */
const WITHOUT_RUNNING = {
	name: 'lint, unused, types',
	run: async () =>
		(await Promise.all([LINT, UNUSED, TYPES].map(({ run }) => run().catch(notRun)))).reduce(added),
}
/** Real servers of the build, which are killed: after it, and alone on the machine but for what gives way to them. */
const ROOMS = {
	name: 'rooms under faults',
	run: () => runVitest('rooms', ['--config', 'tests/faults/rooms/vitest.config.ts'], { minutes: 10 }),
}
/** A little of everything at once on the built server, and all of it seen to be right. @type {Step} */
const SOAK = {
	name: 'mixed load',
	async run() {
		const { soakAndTell } = await import('./bench-soak.mjs')
		return one((await soakAndTell({ minutes: 0 })).wrong.length === 0)
	},
}
const JOURNEYS = { name: 'in a browser', run: runPlaywright }

/** @param {string} name @param {string[]} more @param {{ minutes: number }} limit @returns {Promise<Counts>} */
async function runVitest(name, more, limit) {
	const report = join(REPORTS, `${name}.json`)
	const args = [
		'run',
		...more,
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${resolve(report)}`,
	]
	const well = await runPackage('vitest', args, limit)
	return honest(readVitestReport(report), well)
}

/** @returns {Promise<Counts>} */
async function runPlaywright() {
	const report = join(REPORTS, 'playwright.json')
	const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: resolve(report), PLAYWRIGHT_JSON_OUTPUT_NAME: resolve(report) }
	const well = await runPackage('@playwright/test', ['test', '--reporter=list,json'], {
		minutes: 22,
		bin: 'playwright',
		env,
	})
	return honest(readPlaywrightReport(report), well)
}
