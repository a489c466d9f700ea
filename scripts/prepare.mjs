import { resolve } from 'node:path'
import { onNewEnoughNode } from './node-version.mjs'

// Installs and builds what is missing or stale, and starts nothing: for who may write here, where the server may not
// (docs/running.md).
onNewEnoughNode(async () => {
	process.chdir(resolve(import.meta.dirname, '..'))
	const [{ setUp }, { lineFor }] = await Promise.all([import('./setup.mjs'), import('./fault.mjs')])
	await setUp({ building: true }).catch((error) => {
		process.stderr.write(`mimosa: ${lineFor(error) ?? error.stack}\n`)
		process.exitCode = 1
	})
})
