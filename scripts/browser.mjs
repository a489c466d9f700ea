import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Fault } from './fault.mjs'

const SYSTEM = [
	'chromium',
	'chromium-browser',
	'google-chrome-stable',
	'google-chrome',
	'microsoft-edge',
	'msedge',
]
const FIXED_PLACES = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:/Program Files/Google/Chrome/Application/chrome.exe',
	'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
]
const INSTALL_LINE = 'apt-get install -y libnss3'

/** Quiet and on its own: nothing leaves the machine while tests run. Root has no sandbox to offer it. */
const ARGS = [
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	'--headless',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
]

/**
 * A browser that runs here: the one Playwright downloaded, else one of the system's, else the one that came with the
 * packages (browser downloads fail on closed networks).
 * @returns {Promise<{ executablePath: string, args: string[] }>} rejects with a Fault that says what to install
 */
export async function findBrowser() {
	for (const path of [await playwrightOwn(), ...systemOwn()])
		if (path && existsSync(path) && whyNotRunning(path) === null) return { executablePath: path, args: ARGS }
	const packaged = await unpackPackaged()
	const reason = packaged ? whyNotRunning(packaged) : 'there is none for this machine'
	if (packaged && reason === null) return { executablePath: packaged, args: ARGS }
	throw new Fault(`no browser for the tests (${reason}). Install one, or what it needs: ${INSTALL_LINE}`)
}

async function playwrightOwn() {
	const { chromium } = await import('@playwright/test')
	return chromium.executablePath()
}

const systemOwn = () => [
	...SYSTEM.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))),
	...FIXED_PLACES,
]

/** @param {string} path @returns {string | null} the reason it gives, or null when it runs */
function whyNotRunning(path) {
	try {
		execFileSync(path, ['--version', '--no-sandbox'], { stdio: 'pipe', timeout: 15_000 })
		return null
	} catch (error) {
		const { stderr, code } = /** @type {{ stderr?: Buffer, code?: string }} */ (error)
		return (
			String(stderr ?? '')
				.trim()
				.split('\n')[0] || String(code)
		)
	}
}

/**
 * Unpacks the browser of @sparticuz/chromium once for each of its versions.
 * @returns {Promise<string | null>} what to run; null where the package has no browser for this machine
 */
async function unpackPackaged() {
	if (process.platform !== 'linux' || process.arch !== 'x64') return null
	const main = createRequire(import.meta.url).resolve('@sparticuz/chromium')
	const { version } = createRequire(main)('../../package.json')
	const cache = resolve(import.meta.dirname, '..', 'node_modules', '.cache')
	const folder = join(cache, `mimosa-browser-${version}`)
	if (!existsSync(folder)) {
		mkdirSync(cache, { recursive: true })
		const half = mkdtempSync(`${folder}-`)
		await unpackInto(half)
		try {
			renameSync(half, folder)
		} catch {
			// Another run was quicker; its browser is as good as ours.
			rmSync(half, { recursive: true, force: true })
		}
	}
	return join(folder, 'browser')
}

/**
 * The package unpacks into the temporary folder, takes whatever lies there for its own, and turns the environment of
 * its process round: it gets a folder and a process of its own. VERCEL makes it unpack, beside the browser, the
 * libraries (libnss3 and others) that a bare system does not have.
 * @param {string} folder
 */
async function unpackInto(folder) {
	const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())"
	const env = { ...process.env, TMPDIR: folder, VERCEL: '1' }
	await promisify(execFile)(process.execPath, ['-e', script], { cwd: import.meta.dirname, env })
	writeFileSync(join(folder, 'browser'), LAUNCHER, { mode: 0o755 })
}

/** The system's own libraries come first where it has them: they get the security updates. */
const LAUNCHER = `#!/bin/sh
here=$(dirname "$0")
if ! ldd "$here/chromium" 2>/dev/null | grep -q 'not found'; then exec "$here/chromium" "$@"; fi
LD_LIBRARY_PATH="$here/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "$here/chromium" "$@"
`
