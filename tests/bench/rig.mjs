import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

// The load rig lies beside the project. It is copied, given our adapters and what it lacks for pages that only members
// see, and its programs are run there.
const root = resolve(import.meta.dirname, '../..')
const source = resolve(root, '../shared/bench')
const bareRemix = join(root, 'tests/bench/bare-remix')
/** The copy. */
export const RIG = join(root, '.cache/bench')
/** Where figures are kept, of the rig's programs and of ours. */
export const OUT = join(RIG, 'out')
/** Ours as `npm start` serves it, ours in one process, and the bare Remix app. */
export const PORTS = { own: 45680, alone: 45682, remix: 45681 }
const MEMBERS_ONLY = [
	{
		file: 'lib/target.mjs',
		from: 'export async function discover(adapter, terms) {\n  const s = new Session(adapter);',
		to: 'export async function discover(adapter, terms) {\n  const s = adapter.login ? await login(adapter, member(adapter, 1)) : new Session(adapter);',
	},
	{
		// The bare page beside that of a member.
		file: 'page.mjs',
		from: "(auth === 'user' && !t.cookies.user)",
		to: "(auth === 'user' && !t.adapter.bare && !t.cookies.user)",
	},
]

/** Copies the rig anew; figures that were kept stay. Throws where there is none. */
export function prepareRig() {
	if (!existsSync(source))
		throw new Error('the load rig is not here. Put its folder beside the project, as shared/bench.')
	mkdirSync(OUT, { recursive: true })
	cpSync(source, RIG, {
		recursive: true,
		force: true,
		filter: (path) => !/\/(node_modules|out)$/.test(path),
	})
	spawnSync('chmod', ['-R', 'u+w', RIG])
	if (!existsSync(join(RIG, 'node_modules')))
		symlinkSync(join(root, 'node_modules'), join(RIG, 'node_modules'))
	for (const { file, from, to } of MEMBERS_ONLY) {
		const text = readFileSync(join(RIG, file), 'utf8')
		if (!text.includes(from)) throw new Error(`the rig has changed: look at ${file} and tests/bench/rig.mjs`)
		writeFileSync(join(RIG, file), text.replace(from, to))
	}
}

/** @param {string} name @param {object} adapter */
const writeAdapter = (name, adapter) =>
	writeFileSync(join(RIG, `adapters/${name}.json`), JSON.stringify({ name, ...adapter }))

/**
 * Tells the rig of our servers (`own`, `own-alone`) and of the bare Remix app.
 * @param {{ databasePort: number, rooms: string[] }} about
 */
export function writeAdapters({ databasePort, rooms }) {
	const { name: _, ...example } = JSON.parse(readFileSync(join(RIG, 'adapters/own.example.json'), 'utf8'))
	for (const [name, port] of /** @type {const} */ ([
		['own', PORTS.own],
		['own-alone', PORTS.alone],
	])) {
		const own = structuredClone(example)
		own.url = `http://127.0.0.1:${port}`
		own.dbPort = databasePort
		own.login.steps[0].headers.origin = own.url
		// What a member sees first; the rig's "home" is the list of spaces.
		own.pages.front = { paths: ['/'], marker: 'data-item="topic"', min: 5 }
		own.chat.rooms.public = rooms
		// The rig's marks look like telephone numbers, which are asked about before they go to a room.
		for (const said of own.chat.send.args) said.sure = true
		writeAdapter(name, own)
	}
	writeAdapter('bare-remix', {
		url: `http://127.0.0.1:${PORTS.remix}`,
		start: [join(bareRemix, 'server.mjs')],
		bare: true,
		pages: {
			topic: {
				paths: Array.from({ length: 12 }, (_, n) => `/${n + 1}`),
				marker: 'data-item="post"',
				min: 20,
			},
		},
	})
}

/**
 * Builds the bare Remix app. It says what Remix itself can do, so it has Remix' own entry and Remix' own Express adapter,
 * unpatched; only the page is ours.
 */
export function buildBareRemix() {
	const own = readdirSync(join(bareRemix, 'app')).filter((name) => name.startsWith('entry.'))
	const patched = readdirSync(join(root, 'patches')).filter((name) => /remix|react/.test(name))
	if (own.length > 0 || patched.length > 0)
		throw new Error(`the bare Remix app is not a stock one any more: ${[...own, ...patched].join(', ')}`)
	runIn(root, [join(root, 'node_modules/@remix-run/dev/dist/cli.js'), 'vite:build', bareRemix], {
		NODE_ENV: 'production',
	})
}

/** Runs a program of the rig to its end. @param {string[]} args @param {Record<string, string>} [env] */
export const runRig = (args, env) => runIn(RIG, args, env)

/** @param {string} cwd @param {string[]} args @param {Record<string, string>} [env] */
function runIn(cwd, args, env = {}) {
	const done = spawnSync(process.execPath, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } })
	if (done.status !== 0) throw new Error(`${args[0]} ended with ${done.status ?? done.signal}`)
}

/** What a program of the rig kept. @param {string} name @returns {any} */
export const readOut = (name) => JSON.parse(readFileSync(join(OUT, name), 'utf8'))
