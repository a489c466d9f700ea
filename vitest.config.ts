import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const WORKERS = 2
const FOLDERS = 'tests/{features,platform,guards,faults,scripts,matrix}/**/*.test.{ts,tsx}'

/** What a file does that the next one in the same process would meet: other modules, settings, an ended pool, triggers. */
const LEAVES_TRACES =
	/vi\.(mock|resetModules|hoisted)\(|anotherProcess|overload\.server'|\/unlimited'|pool\.end|closeSnapshot|pg_prepared_statements|^import.*\/scripts\//m
const alone = (readdirSync('tests', { recursive: true }) as string[])
	.filter((file) => /\.test\.tsx?$/.test(file))
	.map((file) => `tests/${file}`)
	.filter((file) => LEAVES_TRACES.test(readFileSync(file, 'utf8')))

const shared = {
	pool: 'forks' as const,
	setupFiles: ['tests/setup/worker.ts'],
	testTimeout: 20_000,
	hookTimeout: 60_000,
	restoreMocks: true,
}
const APP = new URL('./app', import.meta.url).pathname
// As the server says its pages (vite.config.ts).
const resolve = { alias: { '~': APP, 'react-i18next': `${APP}/platform/i18n/page-texts.tsx` } }
/** One for each project: Vitest takes out of it what it has read. */
const define = () => ({
	__ENHANCE_URL__: '"/assets/enhance.js"',
	__LISTEN_URL__: '"/assets/listen.js"',
})

export default defineConfig({
	test: {
		globalSetup: ['tests/setup/database.ts'],
		maxWorkers: WORKERS,
		projects: [
			{
				resolve,
				define: define(),
				test: { ...shared, name: 'together', include: [FOLDERS], exclude: alone, isolate: false },
			},
			{ resolve, define: define(), test: { ...shared, name: 'alone', include: alone, isolate: true } },
		],
	},
})
