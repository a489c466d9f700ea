import { createClient, type RedisClientOptions } from '@redis/client'
import { faultWithoutWords, log } from './log.server'

/**
 * Takes packets to the other processes of this installation, each once at most: it waits for nothing and keeps nothing
 * for later. What gets lost on the way is found in the database by whoever looks out for it.
 */
export interface Carrier {
	send(packet: string): void
	isUp(): boolean
	close(): Promise<void>
}

export type OpenCarrier = (hear: (packet: string) => void) => Carrier

/** Between the processes of one machine, by way of the one that started them (scripts/workers.mjs). */
export const carryBetweenWorkers: OpenCarrier = (hear) => {
	const listen = (message: unknown) => {
		const { signals } = (message ?? {}) as { signals?: unknown }
		if (typeof signals === 'string') hear(signals)
	}
	process.on('message', listen)
	return {
		send: (signals) => void process.send?.({ signals }, undefined, undefined, () => {}),
		isUp: () => process.connected,
		close: async () => void process.off('message', listen),
	}
}

const SAID_WITHIN_MS = 500
const CONNECT_WITHIN_MS = 2_000
const AGAIN_AFTER_MS = { first: 100, most: 1_000 }
const ASK_EVERY_MS = 2_000
/** An open connection that says nothing for so long is none (a paused server, a cut cable). */
const SILENT_AT_MOST_MS = 6_000
/** More on their way than this, and Redis is not keeping up: what comes then is dropped. */
const ON_THEIR_WAY_AT_MOST = 500

const optionsFor = (url: string): RedisClientOptions => ({
	url,
	// What cannot be said now is not said: kept for later it would fill memory, and come in a burst.
	disableOfflineQueue: true,
	pingInterval: ASK_EVERY_MS,
	socket: {
		connectTimeout: CONNECT_WITHIN_MS,
		socketTimeout: SILENT_AT_MOST_MS,
		reconnectStrategy: (tries) => Math.min(AGAIN_AFTER_MS.first * (tries + 1), AGAIN_AFTER_MS.most),
	},
})

/**
 * Between machines, by Redis' PUBLISH: nothing is kept there, in memory or on disk. Without Redis packets are dropped;
 * it connects again by itself.
 */
export const carryByRedis =
	(url: string, channel: string): OpenCarrier =>
	(hear) => {
		const [speaker, listener] = [createClient(optionsFor(url)), createClient(optionsFor(url))]
		let subscribed = false
		let told = true
		const isUp = () => speaker.isReady && listener.isReady && subscribed
		let onTheirWay = 0
		const noteChange = (error?: unknown) => {
			if (isUp() === told) return
			told = isUp()
			if (told) log.info({ where: 'signals' }, 'redis answers')
			else log.warn({ where: 'signals', ...faultWithoutWords(error) }, 'redis does not answer')
		}
		for (const client of [speaker, listener]) {
			client.on('error', noteChange)
			client.on('ready', () => noteChange())
			client.connect().catch(noteChange)
		}
		const subscribe = async () => {
			await listener.subscribe(channel, hear)
			subscribed = true
			noteChange()
		}
		// Once is enough: after a lost connection the client does it again by itself.
		listener.on('ready', () => subscribed || subscribe().catch(noteChange))
		return {
			send(packet) {
				if (!speaker.isReady || onTheirWay >= ON_THEIR_WAY_AT_MOST) return
				onTheirWay += 1
				speaker
					.publish(channel, packet)
					.catch(noteChange)
					.finally(() => {
						onTheirWay -= 1
					})
			},
			isUp,
			async close() {
				const destroy = () => {
					for (const client of [speaker, listener]) if (client.isOpen) client.destroy()
				}
				const late = setTimeout(destroy, SAID_WITHIN_MS)
				// What was said last is still on its way.
				if (speaker.isReady) await speaker.close().catch(() => {})
				clearTimeout(late)
				destroy()
			},
		}
	}
