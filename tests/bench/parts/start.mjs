import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from '../../../scripts/progress.mjs'
import { forgetOwnSettings } from '../../../scripts/run-tests.mjs'
import { OUT } from '../rig.mjs'

const root = resolve(import.meta.dirname, '../../..')
const PORT = 45684
const UP_WITHIN_MS = 20 * 60_000
const INSTALLED = /installing the packages.*: ([\d.]+) s/

/**
 * `npm start` in a folder, until its first page is answered. Seconds, and what it printed.
 * @param {string} cwd @param {Record<string, string>} [env]
 */
async function timeStart(cwd, env = {}) {
	const began = performance.now()
	// A group of its own: Ctrl-C at a terminal reaches everything in it as well.
	const child = spawn('npm', ['start'], {
		cwd,
		env: { ...process.env, ...env, PORT: String(PORT), LOG_LEVEL: 'error' },
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	})
	let said = ''
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk) => {
			said += chunk
		})
	const ended = new Promise((done) => child.once('close', done))
	try {
		while (!(await answersFirstPage())) {
			if (child.exitCode !== null || performance.now() - began > UP_WITHIN_MS)
				throw new Error(`it did not come up:\n${said}`)
			await sleep(20)
		}
		return { seconds: (performance.now() - began) / 1_000, said }
	} finally {
		if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT')
		await ended
	}
}

const answersFirstPage = () =>
	fetch(`http://127.0.0.1:${PORT}/`).then(
		async (answer) => answer.status === 200 && (await answer.text()).includes('</html>'),
		() => false,
	)

/**
 * How long `npm start` takes until the first page: when all is there, and in a fresh clone of this commit. Leaves
 * start.json.
 * @param {{ quick: boolean, stamp: object }} how
 */
export async function measureStart({ quick, stamp }) {
	forgetOwnSettings()
	const home = join(root, '.data/bench-start')
	// The first one makes the example.
	await timeStart(root, { DATA_DIR: home })
	const warm = []
	for (let n = 0; n < (quick ? 1 : 5); n += 1) warm.push((await timeStart(root, { DATA_DIR: home })).seconds)
	say(`warm starts: ${warm.map((seconds) => seconds.toFixed(2)).join(', ')} s`)
	const fresh = await timeFreshClone()
	say(`fresh clone: ${fresh.seconds.toFixed(1)} s, ${fresh.installing.toFixed(1)} of them for npm`)
	writeFileSync(join(OUT, 'start.json'), JSON.stringify({ ...stamp, warm, fresh }))
}

async function timeFreshClone() {
	const folder = mkdtempSync(join(tmpdir(), 'mimosa-clone-'))
	try {
		execFileSync('git', ['clone', '--quiet', root, folder])
		const { seconds, said } = await timeStart(folder)
		return { seconds, installing: Number(INSTALLED.exec(said)?.[1] ?? Number.NaN) }
	} finally {
		rmSync(folder, { recursive: true, force: true })
	}
}
