import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { roomName } from '~/platform/socket-events.server'
import { type Telling, tellIn } from '~/platform/socket-tellings.server'
import { removeFrom, socketsIn } from '~/platform/sockets.server'
import { aMemberWithToken } from '../factories/members'
import { pause, recorded, server, until, withSocketServer } from '../factories/sockets'

withSocketServer()

async function aReader(room: string, options: Parameters<typeof server.connect>[1] = {}) {
	const { actor, token } = await aMemberWithToken()
	const client = await server.connect(token, options)
	await client.timeout(3000).emitWithAck('enter', { room })
	return { id: actor.id, client, heard: recorded(client) }
}

const numbers = ({ heard }: { heard: { data: Record<string, never> }[] }) => heard.map(({ data }) => data.n)
const told = (n: number, more: Partial<Telling> = {}): Telling => ({ name: 'told', payload: { n }, ...more })

test.each([
	['WebSocket', ['websocket']],
	['polling', ['polling']],
	['polling first', ['polling', 'websocket']],
])('by %s everything comes once and in order, however much is told at once', async (_name, transports) => {
	const reader = await aReader('full', { transports })
	for (let n = 0; n < 40; n += 1) tellIn('full', [told(n)])
	await pause(5)
	for (let n = 40; n < 60; n += 1) tellIn('full', [told(n), told(n + 0.5)])
	await until(() => reader.heard.length >= 80)
	await pause(30)
	const first = Array.from({ length: 40 }, (_, n) => n)
	const then = Array.from({ length: 20 }, (_, n) => [n + 40, n + 40.5]).flat()
	expect(numbers(reader)).toEqual([...first, ...then])
})

test.each([1, 100, 125, 126, 127, 5_000, 65_000, 65_535, 65_536, 90_000])(
	'words of about %i bytes come as they were said',
	async (length) => {
		const reader = await aReader('long')
		const words = ['x'.repeat(length), 'ж'.repeat(length / 2), `${'y'.repeat(length)}🙂`]
		tellIn(
			'long',
			words.map((text) => ({ name: 'told', payload: { text } })),
		)
		await until(() => reader.heard.length === words.length)
		expect(reader.heard.map(({ data }) => data.text)).toEqual(words)
	},
)

test('each hears what is for her, in the order of the room', async () => {
	const [most, apart, other] = [await aReader('two'), await aReader('two'), await aReader('elsewhere')]
	tellIn('two', [told(1), told(2, { except: [apart.id] }), told(2.5, { only: [apart.id, other.id] })])
	tellIn('two', [told(3), told(4, { except: [apart.id] })])
	tellIn('two', [told(5)])
	await until(() => most.heard.length === 5 && apart.heard.length === 4)
	await pause(30)
	expect([numbers(most), numbers(apart), numbers(other)]).toEqual([[1, 2, 3, 4, 5], [1, 2.5, 3, 5], []])
})

test('who is taken out hears nothing of what still waits to be told', async () => {
	const [stays, goes] = [await aReader('door'), await aReader('door')]
	tellIn('door', [told(1)])
	removeFrom(goes.id, 'door')
	tellIn('door', [told(2)])
	await until(() => stays.heard.length === 2)
	await pause(30)
	expect(goes.heard).toEqual([])
})

test('every connection of a woman hears it, however it is held', async () => {
	const { token } = await aMemberWithToken()
	const clients = await Promise.all([
		server.connect(token),
		server.connect(token, { transports: ['polling'] }),
	])
	for (const client of clients) await client.timeout(3000).emitWithAck('enter', { room: 'pages' })
	const heard = clients.map(recorded)
	tellIn('pages', [told(1)])
	await until(() => heard.every(({ length }) => length === 1))
})

test('nothing overtakes what waits for a reader', async () => {
	const reader = await aReader('slow')
	const [socket] = socketsIn(roomName('slow'))
	const { conn } = socket as unknown as { conn: { transport: { writable: boolean }; flush(): void } }
	// As long as what was sent before is not on its way.
	conn.transport.writable = false
	socket!.emit('told', { n: 1 })
	tellIn('slow', [told(2)])
	await pause(30)
	conn.transport.writable = true
	conn.flush()
	tellIn('slow', [told(3)])
	await until(() => reader.heard.length === 3)
	expect(numbers(reader)).toEqual([1, 2, 3])
})

/** Does this at each write to the room's only reader; whatever was told before has been made up for. */
async function onWrite(room: string, then: () => void) {
	await aReader(room)
	const [socket] = socketsIn(roomName(room))
	const { conn } = socket as unknown as {
		conn: { transport: { socket: { _socket: { write(bytes: Buffer): unknown } } } }
	}
	const wire = conn.transport.socket._socket
	const write = wire.write.bind(wire)
	wire.write = (bytes) => {
		then()
		return write(bytes)
	}
	onTestFinished(() => void vi.restoreAllMocks())
	await pause(100)
}

test('what comes soon after is told at once, not after a rest', async () => {
	let [writes, clock] = [0, performance.now() + 200]
	await onWrite('soon', () => {
		writes += 1
		clock += 3
	})
	vi.spyOn(performance, 'now').mockImplementation(() => clock)
	for (let n = 1; n <= 5; n += 1) {
		tellIn('soon', [told(n)])
		await turn()
		await turn()
		expect(writes).toBe(n)
	}
})

test('telling all the while leaves nearly half of the time for everything else', async () => {
	let spent = 0
	await onWrite('ceaseless', () => {
		const begun = performance.now()
		while (performance.now() < begun + 5);
		spent += performance.now() - begun
	})
	const begun = performance.now()
	for (let n = 0; performance.now() < begun + 600; n += 1) {
		tellIn('ceaseless', [told(n)])
		// Without a pause they would fill bursts, which nobody keeps back.
		await pause(1)
	}
	expect(spent).toBeGreaterThan(50)
	expect(spent / (performance.now() - begun)).toBeLessThan(0.65)
})
