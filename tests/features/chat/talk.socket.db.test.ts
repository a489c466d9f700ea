import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { roomMarks } from '~/db/schema/chat-marks'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { forgetMe } from '~/features/chat/keeping/forgetting.server'
import { react, wish } from '~/features/chat/live/acts'
import { LiveRoom } from '~/features/chat/live/live-room'
import { removeMessage, sendMessage } from '~/features/chat/writing.server'
import * as blocks from '~/features/members/blocks.server'
import type { Actor } from '~/platform/actor'
import { blockDoors } from '~/routes/block-doors.server'
import { aLongRoom, aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aMemberWithToken } from '../../factories/members'
import { aSocketServer, recorded, type TestServer, until } from '../../factories/sockets'

let server: TestServer
beforeAll(async () => {
	server = await aSocketServer([chatSocket({ report: async () => ({}) })])
})
afterAll(() => server.close())
const ends: (() => void)[] = []
afterEach(() => {
	for (const end of ends.splice(0)) end()
	server.closeClients()
})

const ask = (client: Socket, event: string, payload: unknown) =>
	client.timeout(5000).emitWithAck(event, payload)
const join = (client: Socket, room: string, after = 0) => ask(client, 'room:join', { room, after })

interface Person {
	actor: Actor
	token: string
}
/** A connection in the room. */
async function inRoom({ token }: Person, room: string) {
	const client = await server.connect(token)
	await join(client, room)
	return client
}

let amal: Person
let ines: Person
let hodan: Person
let room: string
beforeEach(async () => {
	;[amal, ines, hodan, room] = await Promise.all([
		aMemberWithToken({ speaks: ['ar'], reads: ['ar'] }),
		aMemberWithToken({ speaks: ['it'], reads: ['it'] }),
		aMemberWithToken({ speaks: ['it', 'ar'] }),
		anOpenRoom(),
	])
})

describe('by events', () => {
	test('a sign reaches everyone as a count; her own pages look whose it is', async () => {
		const { id } = await aMessage(ines.actor, room)
		const [hers, her, other] = [await inRoom(amal, room), await inRoom(amal, room), await inRoom(ines, room)]
		const heard = [recorded(hers), recorded(her), recorded(other)]
		expect(await ask(hers, 'message:react', { room, id, kind: 'heart', on: true })).toMatchObject({
			ok: true,
			message: { id, reactions: { heart: 1 }, mine: { reactions: ['heart'] } },
		})
		await until(() => heard.every((events) => events.length === 1))
		const change = { room, seq: 2, upTo: 2 }
		expect(heard[2]).toEqual([
			{
				name: 'message:changed',
				data: { ...change, message: expect.objectContaining({ reactions: { heart: 1 } }) },
			},
		])
		expect(heard[2]?.[0]?.data.message).not.toHaveProperty('mine')
		for (const events of heard.slice(0, 2))
			expect(events).toEqual([{ name: 'message:changed', data: { ...change, id, look: true } }])
		expect(await ask(her, 'message:look', { room, ids: [id] })).toMatchObject({
			messages: [{ id, mine: { reactions: ['heart'] } }],
		})
		// Twice is once, and costs no number.
		await ask(hers, 'message:react', { room, id, kind: 'heart', on: true })
		expect((await join(other, room, 2)).upTo).toBe(2)
	})

	test('who has a block with the one who reacts is told to look, and sees no count of hers', async () => {
		const { id } = await aMessage(hodan.actor, room)
		await blocks.blockHandle(blockDoors)(ines.actor, { handle: amal.actor.handle })
		const [hers, other] = [await inRoom(amal, room), await inRoom(ines, room)]
		const heard = recorded(other)
		await ask(hers, 'message:react', { room, id, kind: 'heart', on: true })
		await until(() => heard.length === 1)
		expect(heard[0]).toEqual({ name: 'message:changed', data: { room, seq: 2, upTo: 2, id, look: true } })
		expect(await ask(other, 'message:look', { room, ids: [id] })).toMatchObject({
			messages: [{ reactions: {} }],
		})
	})

	test('a wish and its answer', async () => {
		const { id } = await aMessage(ines.actor, room)
		const [hers, other] = [await inRoom(amal, room), await inRoom(hodan, room)]
		const heard = recorded(other)
		expect(await ask(hers, 'message:wish', { room, id, language: 'ar', on: true })).toMatchObject({
			ok: true,
			message: { mine: { wanted: ['ar'] } },
		})
		await until(() => heard.length === 1)
		expect(heard[0]?.data.message).toMatchObject({ wanted: ['ar'] })
		const said = { room, key: randomUUID(), body: 'مرحبا', language: 'ar', translationOf: id }
		expect(await ask(other, 'message:send', said)).toMatchObject({ ok: true, message: { translationOf: id } })
		await until(() => heard.length === 3)
		expect(heard.map(({ name, data }) => [name, data.seq])).toEqual([
			['message:changed', 2],
			['message:new', 3],
			['message:changed', 4],
		])
		expect(heard[2]?.data.message).toMatchObject({ wanted: [] })
	})

	test('a number is asked about, once with the key', async () => {
		const client = await inRoom(amal, room)
		const said = { room, key: randomUUID(), body: '+39 333 1234567', language: 'it' }
		expect(await ask(client, 'message:send', said)).toEqual({
			ok: false,
			code: 'invalid',
			details: { contact: 'phone', found: 'phone' },
		})
		expect(await ask(client, 'message:send', { ...said, sure: true })).toMatchObject({ ok: true })
	})

	test('how far she has read', async () => {
		await aMessage(ines.actor, room)
		const client = await inRoom(amal, room)
		expect(await ask(client, 'room:read', { room, seq: 1 })).toEqual({ ok: true })
		expect(await db.select().from(roomMarks)).toEqual([{ roomId: room, memberId: amal.actor.id, seq: 1 }])
	})

	test.each([
		['message:react', { kind: 'heart', on: true }],
		['message:wish', { language: 'ar' }],
		['message:look', {}],
		['message:older', { before: 5 }],
		['room:read', { seq: 1 }],
	])('%s in a room of others is not found', async (event, more) => {
		const two = await aPrivateRoom(amal.actor, ines.actor)
		const { id } = await aMessage(amal.actor, two)
		const client = await server.connect(hodan.token)
		expect(await ask(client, event, { room: two, id, ids: [id], ...more })).toMatchObject({
			ok: false,
			code: 'not-found',
		})
		expect(await ask(client, event, { room: 'x', id, ids: 'x', before: -1 })).toMatchObject({ ok: false })
	})
})

/** A page of the room, alive. */
function aPage({ token }: Person, where = room, seq = 0) {
	const socket = server.open(token, { autoConnect: false })
	let kept: string | null = null
	const live = new LiveRoom({
		room: where,
		start: { seq, messages: [], older: seq === 0 ? null : seq, alone: false, closed: false },
		socket,
		shelf: {
			read: () => kept,
			write(text) {
				kept = text
			},
		},
		onSignedOut() {},
		onLost() {},
		patience: { answer: 1500, again: 80, gap: 60 },
	})
	ends.push(live.open())
	return live
}
const here = (live: LiveRoom) => live.getState().connection === 'connected'
const held = (live: LiveRoom, id: string) => live.getState().messages.find((one) => one.id === id)

describe('a page that is alive', () => {
	test('shows a sign on every page of hers as hers, on others as a count', async () => {
		const { id } = await aMessage(ines.actor, room)
		const pages = [aPage(amal), aPage(amal), aPage(ines)]
		await until(() => pages.every(here))
		await react(pages[0]!, room, held(pages[0]!, id)!, 'flower')
		await until(() => pages.every((page) => held(page, id)?.reactions.flower === 1))
		await until(() => held(pages[1]!, id)?.mine?.reactions[0] === 'flower')
		expect(held(pages[2]!, id)?.mine?.reactions ?? []).toEqual([])
		await react(pages[1]!, room, held(pages[1]!, id)!, 'flower')
		await until(() => pages.every((page) => held(page, id)?.reactions.flower === undefined))
		await wish(pages[0]!, room, held(pages[0]!, id)!, 'ar')
		await until(() => pages.every((page) => held(page, id)?.wanted.length === (page === pages[2] ? 1 : 0)))
	})

	test('looks at what is answered and not held, follows it, and shows nothing of it once it is gone', async () => {
		const question = await aMessage(ines.actor, room, 'the question')
		const page = aPage(amal, room, 1)
		await until(() => here(page))
		const other = aPage(ines, room, 1)
		other.compose({ id: question.id })
		other.send('the answer', { replyTo: question.id, language: 'it' })
		expect(other.getState().composing).toBeNull()
		await until(() => page.getState().asides[question.id]?.body === 'the question')
		expect(page.getState().messages.map(({ body }) => body)).toEqual(['the answer'])
		await removeMessage(ines.actor, { room, id: question.id })
		await until(() => page.getState().asides[question.id] === null)
	})

	test('shows nothing more of what is answered once its author takes her words out of the room', async () => {
		const question = await aMessage(ines.actor, room, 'the question')
		const page = aPage(amal, room, 1)
		await until(() => here(page))
		await sendMessage(hodan.actor, { room, key: randomUUID(), body: 'the answer', replyTo: question.id })
		await until(() => page.getState().asides[question.id]?.body === 'the question')
		await forgetMe(ines.actor, { room })
		await until(() => page.getState().asides[question.id] === null)
		expect(page.getState().messages.map(({ body }) => body)).toEqual(['the answer'])
	})

	test('words with a number wait for her: sent when she is sure, or back in the field', async () => {
		const page = aPage(amal)
		await until(() => here(page))
		page.send('333 123 4567', { language: 'it' })
		page.send('a@example.org', { language: 'ar' })
		const pending = () => page.getState().pending
		await until(() => pending().every(({ final }) => final === 'contact'))
		expect(pending().map(({ contact }) => contact)).toEqual(['phone', 'email'])
		page.retry(pending()[0]!.key, true)
		await until(() => pending().length === 1)
		page.takeBack(pending()[0]!.key)
		expect(page.getState()).toMatchObject({
			pending: [],
			returned: { body: 'a@example.org', language: 'ar' },
		})
		expect((await db.select().from(messages)).map(({ body, lang }) => [body, lang])).toEqual([
			['333 123 4567', 'it'],
		])
	})

	test('brings what is above in place, page by page, and goes on hearing what is new', async () => {
		const long = await aLongRoom(ines.actor, 160)
		const page = aPage(amal, long, 160)
		await until(() => here(page))
		const seqs = () => page.getState().messages.map(({ seq }) => seq)
		expect(seqs()).toEqual([])
		for (const first of [110, 60, 10, 1]) {
			expect(await page.loadOlder()).toBe(true)
			expect(seqs()[0]).toBe(first)
		}
		expect(page.getState().older).toBeNull()
		await aMessage(ines.actor, long, 'new')
		await until(() => seqs().length === 160)
		expect(seqs()).toEqual([...Array.from({ length: 159 }, (_, at) => at + 1), 161])
	})
})
