import { defineConfig } from 'vitest/config'

const WORKERS = 2

export default defineConfig({
	resolve: { alias: { '~': new URL('./app', import.meta.url).pathname } },
	define: { __ENHANCE_URL__: '"/assets/enhance.js"' },
	test: {
		include: ['tests/{features,platform,guards,faults,scripts}/**/*.test.{ts,tsx}'],
		globalSetup: ['tests/setup/database.ts'],
		setupFiles: ['tests/setup/worker.ts'],
		pool: 'forks',
		maxWorkers: WORKERS,
		isolate: true,
		testTimeout: 20_000,
		hookTimeout: 60_000,
		restoreMocks: true,
	},
})
