import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { LiveRoom, type LiveRoomOptions } from '~/features/chat/live/live-room'
import { pause } from '../../factories/sockets'

/** A server that turns the first message away once, as it does while the database restarts. */
class BusyOnce extends EventEmitter {
	connected = false
	readonly taken: string[] = []
	#turnedAway = false

	connect() {
		this.connected = true
		this.emit('connect')
	}

	disconnect() {
		this.connected = false
	}

	timeout() {
		return this
	}

	async emitWithAck(name: string, { key, body }: { key: string; body: string }) {
		if (name === 'room:join')
			return { ok: true, seq: 0, upTo: 0, more: false, messages: [], alone: false, closed: false }
		if (!this.#turnedAway) {
			this.#turnedAway = true
			return { ok: false, code: 'unavailable' }
		}
		this.taken.push(body)
		return { ok: true, message: { id: key, key, body, seq: this.taken.length } }
	}
}

test('what she wrote later does not overtake what cannot be sent just now', async () => {
	const socket = new BusyOnce()
	const live = new LiveRoom({
		room: 'room',
		start: { seq: 0, messages: [], older: null, alone: false, closed: false } as never,
		socket: socket as unknown as LiveRoomOptions['socket'],
		shelf: { read: () => null, write: () => {} },
		onSignedOut: () => {},
		onLost: () => {},
		patience: { answer: 1_000, again: 60, gap: 60 },
	})
	const end = live.open()
	for (const body of ['first', 'second', 'third']) live.send(body)
	await pause(20)
	expect(live.getState().pending.map(({ state }) => state)).toEqual(['not-sent', 'sending', 'sending'])
	await expect.poll(() => socket.taken).toEqual(['first', 'second', 'third'])
	end()
})
