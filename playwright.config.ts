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
		baseURL: `http://localhost:${E2E_PORT}`,
		launchOptions: { executablePath, args },
		viewport: { width: 360, height: 740 },
		trace: 'retain-on-failure',
	},
})
