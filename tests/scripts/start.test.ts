import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mimosa-start-'))
	writeFileSync(path.join(folder, 'file'), '')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a script as npm would and returns its exit code and what it said. */
function run(script: string, env: Record<string, string>, nodeFlags: string[] = []) {
	const { DATABASE_URL: _own, SESSION_SECRET: _kept, ...clean } = process.env
	return new Promise<{ code: unknown; said: string }>((resolve) =>
		execFile(
			process.execPath,
			[...nodeFlags, script],
			{ env: { ...clean, ...env } },
			(error, stdout, stderr) => resolve({ code: error?.code ?? 0, said: stdout + stderr }),
		),
	)
}

const pretending = (version: string) =>
	`--import=data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}})`

test.each(['scripts/start.mjs', 'scripts/dev.mjs', 'scripts/test.mjs'])(
	'%s on a Node that is too old',
	async (script) => {
		for (const version of ['18.20.4', '20.10.0']) {
			const { code, said } = await run(script, {}, [pretending(version)])
			expect(said).toBe(
				`mimosa: needs Node.js 20.11 or later, and this is ${version}. Get it from nodejs.org\n`,
			)
			expect(code).toBe(1)
		}
	},
)

test.each([
	['a data folder that cannot be made', () => ({ DATA_DIR: path.join(folder, 'file', 'data') }), /DATA_DIR/],
	[
		'the example on a database of her own',
		() => ({ DATABASE_URL: 'postgres://x', EXAMPLE: '1' }),
		/EXAMPLE=0/,
	],
])('%s is one line and exit code 1', async (_, env, line) => {
	const { code, said } = await run('scripts/start.mjs', env())
	expect(said).toMatch(line)
	expect(said).toMatch(/^mimosa: [^\n]+\n$/)
	expect(code).toBe(1)
})
