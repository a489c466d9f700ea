import { readFileSync } from 'node:fs'

/**
 * What a step of the tests came to.
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} [failures]  a line for each failed test: where it stands, what it says, what was wrong
 */

const COLORS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
/** Longer ones fill the end of a log, which may be all that is kept of it. */
const LINE_CHARACTERS = 240

/** The first lines of what was wrong, in one. @param {string[]} parts @param {string | undefined} message */
function failureLine(parts, message = '') {
	const said = message.replace(COLORS, '').split(/\n\s*at /)[0] ?? ''
	return `${parts.join(' › ')}: ${said.replace(/\s+/g, ' ').trim()}`.slice(0, LINE_CHARACTERS)
}

/** @param {string} file @param {string} root */
const within = (file, root) => (file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file)

/**
 * Counts a report of Vitest's `json` reporter. A file that cannot even be loaded counts as one failed test.
 * @param {string} path @param {string} [root]  the project, which file names are told from
 * @returns {Counts}
 */
export function readVitestReport(path, root = process.cwd()) {
	const { numPassedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
		readFileSync(path, 'utf8'),
	)
	/** @type {string[]} */
	const failures = []
	for (const { name, status, message, assertionResults } of testResults) {
		const file = within(name, root)
		const failed = assertionResults.filter((/** @type {{ status: string }} */ one) => one.status === 'failed')
		for (const { fullName, failureMessages } of failed)
			failures.push(failureLine([file, fullName], failureMessages?.[0]))
		if (status === 'failed' && assertionResults.length === 0) failures.push(failureLine([file], message))
	}
	return {
		passed: numPassedTests,
		failed: failures.length,
		skipped: numPendingTests + numTodoTests,
		failures,
	}
}

/**
 * @typedef {{ status: string, results: { error?: { message?: string } }[] }} BrowserTest
 * @typedef {{ title: string, file: string, tests: BrowserTest[] }} Spec
 * @typedef {{ title: string, specs?: Spec[], suites?: Suite[] }} Suite
 */

/** @param {Suite} suite @returns {Spec[]} */
const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)]

/**
 * Counts a report of Playwright's `json` reporter. Passing only the second time is not passing.
 * @param {string} path
 * @returns {Counts}
 */
export function readPlaywrightReport(path) {
	const { stats, suites } = JSON.parse(readFileSync(path, 'utf8'))
	const failures = /** @type {Suite[]} */ (suites)
		.flatMap(specsOf)
		.flatMap(({ title, file, tests }) =>
			tests
				.filter(({ status }) => status === 'unexpected' || status === 'flaky')
				.map(({ results }) => failureLine([file, title], results.find(({ error }) => error)?.error?.message)),
		)
	const { expected, unexpected, flaky, skipped } = stats
	return { passed: expected, failed: unexpected + flaky, skipped, failures }
}
