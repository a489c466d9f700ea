import { lineFor } from './fault.mjs'

/**
 * One of the processes that serve, started by workers.mjs. It opens and leaves when it is told to: a signal of the
 * terminal reaches all processes at once, and only the one that started us knows in which order to leave.
 */

/** @typedef {{ url: string, close: (how?: { replaced?: boolean }) => Promise<void> }} Server */

for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']))
	process.on(name, () => {})

/** @param {object} words */
const tell = (words) => new Promise((told) => process.send?.(words, undefined, undefined, told))

/** @type {Server | undefined}  once it serves */
let server

/** @param {import('./workers.mjs').Wishes} wishes */
async function open(wishes) {
	const { serve } = await import(new URL('../build/server.js', import.meta.url).href)
	return serve({
		...wishes,
		onProgress: (/** @type {string} */ progress) => tell({ progress }),
		onNotice: (/** @type {string} */ notice) => tell({ notice }),
	})
}

/** @param {unknown} error */
async function giveUp(error) {
	await tell({ fault: lineFor(error) ?? (error instanceof Error ? error.stack : String(error)) })
	process.exit(1)
}

process.on('message', (/** @type {any} */ asked) => {
	if (asked?.open) {
		open(asked.open)
			.then((opened) => {
				server = opened
				return tell({ url: opened.url })
			})
			.catch(giveUp)
	}
	// One that does not serve yet has nothing to finish.
	if (asked?.close) Promise.resolve(server?.close(asked.close)).then(() => process.exit(0), giveUp)
})

// What is said to a process before its program listens is lost.
void tell({ here: true })
