import base from '../../playwright.config'

/** `npm run gate -- sheet`: pictures to look at, which no ordinary run of the tests takes. */
export default {
	...base,
	testDir: '.',
	testMatch: 'sheet.ts',
	outputDir: '../../test-results',
	globalSetup: './house.ts',
	timeout: 300_000,
}
