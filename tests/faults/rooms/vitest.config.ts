import { defineConfig } from 'vitest/config'

const root = new URL('../../..', import.meta.url).pathname

/** Rooms while things break: needs the built server, so it runs after the build and apart from the other tests. */
export default defineConfig({
	root,
	resolve: { alias: { '~': `${root}app` } },
	test: {
		include: ['tests/faults/**/*.built.ts'],
		pool: 'forks',
		maxWorkers: 1,
		testTimeout: 60_000,
		hookTimeout: 120_000,
		restoreMocks: true,
	},
})
