import { setTimeout as sleep } from 'node:timers/promises'
import { childrenOf } from '../processes.mjs'
import type { Serving } from '../serving.mjs'

const REPLACED_WITHIN_MS = 120_000

/**
 * Asks the first process to replace the ones that serve, one after the other, and waits until none of the old ones is
 * left. Resolves with the seconds it took.
 */
export async function rollOver(server: Serving): Promise<number> {
	const old = childrenOf(server.pid)
	const began = performance.now()
	server.replace()
	for (;;) {
		const now = childrenOf(server.pid)
		if (now.length === old.length && !now.some((pid) => old.includes(pid))) break
		if (server.hasEnded())
			throw new Error(`it ended instead of replacing its processes:\n${server.lines.join('\n')}`)
		if (performance.now() - began > REPLACED_WITHIN_MS)
			throw new Error('its processes were not replaced within two minutes')
		await sleep(50)
	}
	return (performance.now() - began) / 1_000
}
