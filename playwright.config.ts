import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/browser.mjs'
import { E2E_PORT } from './tests/e2e/house'

const { executablePath, args } = await findBrowser()

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results',
	globalSetup: './tests/e2e/house.ts',
	workers: 2,
	fullyParallel: true,
	forbidOnly: true,
	retries: 0,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	use: {
		actionTimeout: 15_000,
		navigationTimeout: 30_000,
		baseURL: `http://localhost:${E2E_PORT}`,
		// Nothing may leave the machine: no other host is found.
		launchOptions: {
			executablePath,
			args: [...args, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'],
		},
		viewport: { width: 360, height: 740 },
		// Recording every page takes time that all tests together do not have: TRACE=1 does it, for one that fails.
		trace: process.env.TRACE ? 'retain-on-failure' : 'off',
	},
})
