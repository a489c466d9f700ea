import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { LiveRoom } from '~/features/chat/live/live-room'
import { unpack } from '~/features/chat/live/outbox'
import type { Shelf } from '~/features/chat/live/shelf'
import { leaveRoom } from '~/features/chat/rooms.server'
import { editMessage, removeMessage } from '~/features/chat/writing.server'
import { endSessions } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { deliver } from '~/platform/bus.server'
import { aLongRoom, aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aMember, aMemberWithToken } from '../../factories/members'
import { aSocketServer, pause, type TestServer, until } from '../../factories/sockets'

let server: TestServer
beforeAll(async () => {
	server = await aSocketServer([chatSocket({ report: async () => {} })])
})
afterAll(() => server.close())

const ends: (() => void)[] = []
afterEach(() => {
	for (const end of ends.splice(0)) end()
})

/** A page of the room, alive: what the browser runs, on a real connection. */
function aPage(token: string, room: string, { shelf = aShelf(), seq = 0 } = {}) {
	const socket = server.open(token, {
		reconnection: true,
		reconnectionDelay: 30,
		reconnectionDelayMax: 60,
		autoConnect: false,
	})
	const said: string[] = []
	const live = new LiveRoom({
		room,
		start: { seq, messages: [], older: null, alone: false, closed: false },
		socket,
		shelf,
		onSignedOut: () => void said.push('signed out'),
		onLost: () => void said.push('lost'),
		patience: { answer: 1500, again: 80, gap: 60 },
	})
	ends.push(live.open())
	return { live, socket, shelf, said, bodies: () => live.getState().messages.map(({ body }) => body) }
}

function aShelf(kept: string | null = null): Shelf & { kept: string | null } {
	return {
		kept,
		read() {
			return this.kept
		},
		write(text) {
			this.kept = text
		},
	}
}

const isConnected = ({ live }: ReturnType<typeof aPage>) => live.getState().connection === 'connected'
const states = ({ live }: ReturnType<typeof aPage>) =>
	live.getState().pending.map(({ state, final }) => final ?? state)
/** Cuts the transport as a lost network does. */
const lose = ({ socket }: ReturnType<typeof aPage>) =>
	(socket.io.engine.transport as unknown as { ws: { terminate(): void } | null }).ws?.terminate()

let amal: { actor: Actor; token: string }
let ines: { actor: Actor; token: string }
let room: string
beforeEach(async () => {
	;[amal, ines] = [await aMemberWithToken(), await aMemberWithToken()]
	room = await anOpenRoom()
})

test('two pages talk; each message is there once, and nothing is left on the way', async () => {
	const [hers, other] = [aPage(amal.token, room), aPage(ines.token, room)]
	for (let n = 0; n < 5; n += 1) {
		hers.live.send(`a${n}`)
		other.live.send(`b${n}`)
	}
	expect(states(hers)).toHaveLength(5)
	await until(() => hers.bodies().length === 10 && other.bodies().length === 10, 15_000)
	expect(hers.bodies()).toEqual(other.bodies())
	expect(hers.bodies().filter((body) => body.startsWith('a'))).toEqual(['a0', 'a1', 'a2', 'a3', 'a4'])
	await until(() => states(hers).length === 0 && states(other).length === 0)
	expect([hers.shelf.kept, other.shelf.kept]).toEqual([null, null])
})

test('a connection lost at every second word loses and doubles nothing', async () => {
	const [hers, other] = [aPage(amal.token, room), aPage(ines.token, room)]
	await until(() => isConnected(hers) && isConnected(other))
	const words = Array.from({ length: 16 }, (_, n) => `word ${n}`)
	for (const [n, word] of words.entries()) {
		hers.live.send(word)
		if (n % 2 === 0) lose(hers)
		if (n % 3 === 0) lose(other)
		await pause(25)
	}
	await until(
		() => states(hers).length === 0 && other.bodies().length === 16 && hers.bodies().length === 16,
		15_000,
	)
	expect(hers.bodies()).toEqual(words)
	expect(other.bodies()).toEqual(words)
	expect(await db.$count(messages)).toBe(16)
})

test('words written without a connection wait, say so, and go out by themselves; also from the tab of before', async () => {
	const hers = aPage(amal.token, room)
	await until(() => isConnected(hers))
	hers.socket.io.reconnection(false)
	lose(hers)
	await until(() => !isConnected(hers))
	hers.live.send('kept')
	expect(states(hers)).toEqual(['sending'])
	await until(() => states(hers)[0] === 'not-sent')
	expect(unpack(hers.shelf.kept)).toMatchObject([{ body: 'kept', state: 'not-sent' }])
	const again = aPage(amal.token, room, { shelf: aShelf(hers.shelf.kept) })
	expect(states(again)).toEqual(['sending'])
	await until(() => again.bodies().length === 1 && states(again).length === 0)
	expect(again.shelf.kept).toBeNull()
	// The first tab comes back with the same key: still one message.
	hers.socket.connect()
	await until(() => hers.bodies().length === 1 && states(hers).length === 0)
	expect(await db.$count(messages)).toBe(1)
})

test('what happened while she was away is there when she is back: new, changed and gone', async () => {
	const [one, two] = [await aMessage(ines.actor, room, 'one'), await aMessage(ines.actor, room, 'two')]
	const hers = aPage(amal.token, room)
	await until(() => hers.bodies().length === 2)
	hers.socket.disconnect()
	await aMessage(ines.actor, room, 'three')
	await editMessage(ines.actor, { room, id: one.id, words: 'ONE' })
	await removeMessage(ines.actor, { room, id: two.id })
	hers.socket.connect()
	await until(() => hers.bodies().includes('three'))
	expect(hers.bodies()).toEqual(['ONE', 'three'])
})

test('a thousand missed messages come, the newest are shown', async () => {
	const long = await aLongRoom(await aMember(), 1000)
	const hers = aPage(amal.token, long)
	await until(() => isConnected(hers))
	expect(hers.bodies()).toHaveLength(300)
	expect(hers.bodies().at(-1)).toBe('message 1000')
	expect(hers.live.getState().older).toBe(701)
})

test('a change that was missed without losing the connection is asked for', async () => {
	const hers = aPage(amal.token, room)
	await until(() => isConnected(hers))
	const hearing = hers.socket.listeners('message:new')
	hers.socket.off('message:new')
	await aMessage(ines.actor, room, 'missed')
	await pause(100)
	for (const listener of hearing) hers.socket.on('message:new', listener)
	await aMessage(ines.actor, room, 'heard')
	await until(() => hers.bodies().length === 2)
	expect(hers.bodies()).toEqual(['missed', 'heard'])
})

test('a connection that does not answer is given up for a new one', async () => {
	const hers = aPage(amal.token, room)
	await until(() => isConnected(hers))
	const { ws } = hers.socket.io.engine.transport as unknown as { ws: { send(): void } }
	// A pulled cable: what is sent goes nowhere, and nobody says so.
	ws.send = () => {}
	hers.live.send('into nothing')
	await until(() => !isConnected(hers))
	await until(() => hers.bodies().length === 1 && states(hers).length === 0)
	expect(await db.$count(messages)).toBe(1)
})

test('words that are too long or not wanted are given up, the others go on', async () => {
	const hers = aPage(amal.token, room)
	await until(() => isConnected(hers))
	hers.live.send('x'.repeat(3000))
	hers.live.send('fine')
	hers.live.send(`${'🙂'.repeat(6000)}`)
	hers.live.send('fine too')
	await until(() => hers.bodies().length === 2 && states(hers).length === 2)
	expect(hers.bodies()).toEqual(['fine', 'fine too'])
	expect(states(hers)).toEqual(['tooLong', 'tooLong'])
	for (const { key } of hers.live.getState().pending) hers.live.discard(key)
	expect(hers.shelf.kept).toBeNull()
})

test('a page whose session ends, or whose room is no longer hers, goes', async () => {
	const shared = await aPrivateRoom(amal.actor, ines.actor)
	const [hers, other] = [aPage(amal.token, shared), aPage(ines.token, shared)]
	await until(() => isConnected(hers) && isConnected(other))
	await leaveRoom(ines.actor, { room: shared })
	await until(() => hers.live.getState().alone)
	lose(other)
	await until(() => other.said.includes('lost'))
	deliver([await endSessions(db, amal.actor.id)])
	await until(() => hers.said.includes('signed out'))
	const late = aPage(amal.token, shared)
	await until(() => late.said.includes('signed out'))
})

test('a page whose room is not open to her any more says so at once, and keeps only what she had not sent', async () => {
	const shared = await aPrivateRoom(amal.actor, ines.actor)
	await aMessage(amal.actor, shared, 'between us')
	const page = aPage(ines.token, shared)
	await until(() => page.bodies().length === 1)
	page.live.send('x'.repeat(2_100))
	await until(() => page.live.getState().pending[0]?.final === 'tooLong')
	await leaveRoom(ines.actor, { room: shared })
	await until(() => page.live.getState().lost)
	expect(page.live.getState()).toMatchObject({ messages: [], asides: {}, older: null })
	expect(page.live.getState().pending).toHaveLength(1)
	// She is still signed in: the end of that reaches the page, too.
	deliver([await endSessions(db, ines.actor.id)])
	await until(() => page.said.includes('signed out'))
})
