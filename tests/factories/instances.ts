import { vi } from 'vitest'
import type { Actor } from '~/platform/actor'
import type { SocketFeature } from '~/platform/socket-events.server'

interface Holder {
	__mimosa?: Map<string, unknown>
}

const nobody = async (_actor: Actor, _raw: unknown) => undefined

/**
 * Another process, in this one: every module is loaded once more, so that it has settings, a pool, a bus, signals and
 * sockets of its own, and nothing in common with the first but the database and Redis.
 */
export async function anotherProcess(settings: Record<string, string> = {}) {
	const holder = globalThis as Holder
	const own = holder.__mimosa
	vi.resetModules()
	holder.__mimosa = new Map()
	const before = { ...process.env }
	Object.assign(process.env, settings)
	try {
		const { aSocketServer } = await import('./sockets')
		const { pool } = await import('~/db/client.server')
		const { chatSocket } = await import('~/features/chat/chat.socket.server')
		const { openSignals, closeSignals, signalsGetThrough } = await import('~/platform/signals.server')
		const features: SocketFeature[] = [chatSocket({ report: nobody })]
		openSignals()
		const server = await aSocketServer(features)
		return {
			server,
			signalsGetThrough,
			async close() {
				await server.close()
				await closeSignals()
				await pool.end({ timeout: 5 })
			},
		}
	} finally {
		process.env = before
		holder.__mimosa = own
	}
}
