import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { auditLog } from '~/db/schema/members'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { closePrivateRoom, leaveRoom } from '~/features/chat/rooms.server'
import { messageSubject } from '~/features/chat/subject.server'
import { editMessage, removeMessage, sendMessage } from '~/features/chat/writing.server'
import type { Actor } from '~/platform/actor'
import { type DomainEvent, deliver } from '~/platform/bus.server'
import { aLongRoom, aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aMemberWithToken } from '../../factories/members'
import { aSocketServer, pause, recorded, type TestServer, until } from '../../factories/sockets'

const reported: [string, unknown][] = []
let server: TestServer
beforeAll(async () => {
	const report = async (actor: Actor, raw: unknown) => void reported.push([actor.id, raw])
	server = await aSocketServer([chatSocket({ report })])
})
afterAll(() => server.close())
afterEach(() => server.closeClients())

const ask = (client: Socket, event: string, payload: unknown) =>
	client.timeout(5000).emitWithAck(event, payload)
const join = (client: Socket, room: string, after = 0) => ask(client, 'room:join', { room, after })
const send = (client: Socket, room: string, body = 'hello', key: string = randomUUID()) =>
	ask(client, 'message:send', { room, key, body })

interface Person {
	actor: Actor
	client: Socket
}
async function aConnected(fields: Parameters<typeof aMemberWithToken>[0] = {}): Promise<Person> {
	const { actor, token } = await aMemberWithToken(fields)
	return { actor, client: await server.connect(token) }
}

let amal: Person
let ines: Person
let stranger: Person
beforeEach(async () => {
	;[amal, ines, stranger] = await Promise.all([aConnected({ handle: 'Amal' }), aConnected(), aConnected()])
	reported.length = 0
})

describe('talking', () => {
	test('the words of one reach the other, the same row for the answer, the page and the socket', async () => {
		const room = await anOpenRoom()
		expect(await join(amal.client, room)).toEqual({
			ok: true,
			seq: 0,
			upTo: 0,
			more: false,
			messages: [],
			alone: false,
			closed: false,
		})
		await join(ines.client, room)
		const [heard, own] = [recorded(ines.client), recorded(amal.client)]
		const answer = await send(amal.client, room, ' مرحبا ')
		expect(answer).toMatchObject({ ok: true, message: { seq: 1, body: 'مرحبا', dir: 'rtl', author: 'Amal' } })
		await until(() => heard.length === 1 && own.length === 1)
		expect(heard).toEqual([{ name: 'message:new', data: { room, seq: 1, upTo: 1, message: answer.message } }])
		expect(own).toEqual(heard)
		expect((await join(stranger.client, room)).messages).toEqual([answer.message])
		// Only what she is meant to see leaves the server.
		expect(Object.keys(answer.message).sort()).toEqual(
			[
				...['at', 'author', 'authorId', 'badge', 'body', 'dir', 'edited', 'id', 'key', 'lang', 'outdated'],
				...['reactions', 'replyTo', 'seq', 'translationOf', 'wanted'],
			].sort(),
		)
	})

	test('nobody hears that someone came, reads, writes or goes', async () => {
		const room = await anOpenRoom()
		await join(ines.client, room)
		const heard = recorded(ines.client)
		const late = await aConnected()
		await join(late.client, room)
		for (const name of ['typing', 'message:read', 'presence', 'message:new', 'room:changed', 'signed-out']) {
			late.client.emit(name, { room, seq: 9, upTo: 9, member: ines.actor.id })
		}
		await join(late.client, room)
		await ask(late.client, 'room:leave', { room })
		late.client.disconnect()
		await pause(100)
		expect(heard).toEqual([])
	})

	test('edits and what was taken back reach open pages, whichever door they came through', async () => {
		const room = await anOpenRoom()
		await join(amal.client, room)
		await join(ines.client, room)
		const heard = recorded(ines.client)
		const { message } = await send(amal.client, room, 'helo')
		await ask(amal.client, 'message:edit', { room, id: message.id, words: 'hello' })
		await editMessage(amal.actor, { room, id: message.id, words: 'hello you' })
		expect(await ask(amal.client, 'message:remove', { room, id: message.id })).toEqual({
			ok: true,
			message: { id: message.id, seq: 1, gone: true },
		})
		await until(() => heard.length === 4)
		expect(heard.map(({ name, data }) => [name, data.seq, data.message?.body ?? data.gone])).toEqual([
			['message:new', 1, 'helo'],
			['message:changed', 2, 'hello'],
			['message:changed', 3, 'hello you'],
			['message:changed', 4, true],
		])
		expect(heard[3]?.data).toEqual({ room, seq: 4, upTo: 4, id: message.id, gone: true })
	})

	test('a hidden message leaves both screens at once, and comes back when it is restored', async () => {
		const room = await aPrivateRoom(amal.actor, ines.actor)
		await Promise.all([join(amal.client, room), join(ines.client, room)])
		const { id } = await aMessage(amal.actor, room, 'bad words')
		const heard = [recorded(amal.client), recorded(ines.client)]
		await until(() => heard.every((events) => events.length === 1))
		const told: DomainEvent[] = []
		await messageSubject.hide(db, id, (event) => void told.push(event))
		deliver(told)
		await until(() => heard.every((events) => events.length === 2), 1000)
		for (const events of heard) {
			expect(events[1]).toEqual({
				name: 'message:changed',
				data: { room, seq: 2, upTo: 2, id, gone: true },
			})
		}
		told.length = 0
		await messageSubject.restore(db, id, (event) => void told.push(event))
		deliver(told)
		await until(() => heard.every((events) => events.length === 3), 1000)
		expect(heard[0]?.[2]?.data.message?.body).toBe('bad words')
	})

	test('times come from the server', async () => {
		const room = await anOpenRoom()
		await join(amal.client, room)
		const { message } = await ask(amal.client, 'message:send', {
			room,
			key: randomUUID(),
			body: 'in two years',
			at: '2028-01-01T00:00:00Z',
			createdAt: '2028-01-01T00:00:00Z',
			seq: 99,
			authorId: ines.actor.id,
		})
		expect(Math.abs(Date.parse(message.at) - Date.now())).toBeLessThan(60_000)
		expect(message).toMatchObject({ seq: 1, authorId: amal.actor.id })
	})

	test('a report goes to moderation, as hers and of a message', async () => {
		const room = await anOpenRoom()
		const { id } = await aMessage(ines.actor, room)
		await join(amal.client, room)
		const sent = { room, id, reason: 'rude', words: '', kind: 'post', reporterId: 'someone' }
		expect(await ask(amal.client, 'message:report', sent)).toEqual({ ok: true })
		expect(reported).toEqual([[amal.actor.id, { ...sent, kind: 'message' }]])
	})
})

describe('once and never twice', () => {
	test('one key from two connections and a form at once is one row and one answer', async () => {
		const { actor, token } = await aMemberWithToken()
		const [one, two] = await Promise.all([server.connect(token), server.connect(token)])
		const room = await anOpenRoom()
		await Promise.all([join(one, room), join(two, room)])
		const key = randomUUID()
		const form = sendMessage(actor, { room, key, body: 'once' })
		const answers = await Promise.all([
			...[one, two, one, two].map((client) => send(client, room, 'once', key)),
			form,
		])
		const ids = answers.map((answer) => ('message' in answer ? answer.message.id : answer.id))
		expect(new Set(ids).size).toBe(1)
		expect(await db.$count(messages)).toBe(1)
	})

	test('an answer that got lost: she sends again after coming back, and it is still one', async () => {
		const { token } = await aMemberWithToken()
		const room = await anOpenRoom()
		const key = randomUUID()
		await join(ines.client, room)
		const heard = recorded(ines.client)
		for (let tries = 0; tries < 3; tries += 1) {
			const client = await server.connect(token)
			await join(client, room)
			client.emit('message:send', { room, key, body: 'once' })
			await until(() => heard.length > 0)
			client.disconnect()
		}
		const client = await server.connect(token)
		await join(client, room)
		expect((await send(client, room, 'once', key)).message).toMatchObject({ seq: 1, key })
		expect(heard).toHaveLength(1)
		expect(await db.$count(messages)).toBe(1)
	})

	test('what was said while she was away comes when she is back, in order and whole', async () => {
		const reader = await aMemberWithToken()
		const room = await aLongRoom(amal.actor, 450)
		const seen: number[] = []
		const client = await server.connect(reader.token)
		for (let after = 0, more = true; more; ) {
			const page = await join(client, room, after)
			seen.push(...page.messages.map(({ seq }: { seq: number }) => seq))
			;({ seq: after, more } = page)
		}
		expect(seen).toEqual(Array.from({ length: 450 }, (_, at) => at + 1))
	})

	test('nothing is lost between joining and catching up while others write', async () => {
		const room = await anOpenRoom()
		const writing = (async () => {
			for (let n = 0; n < 25; n += 1) await aMessage(amal.actor, room, `${n}`)
		})()
		await pause(20)
		const heard = recorded(ines.client)
		const page = await join(ines.client, room)
		await writing
		await until(() => (heard.at(-1)?.data.seq ?? page.seq) === 25)
		const seqs = new Set([
			...page.messages.map(({ seq }: { seq: number }) => seq),
			...heard.map(({ data }) => Number(data.seq)),
		])
		expect([...seqs].sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, at) => at + 1))
	})
})

describe('what is not hers', () => {
	test('a room she has not entered, and a room of others, are not found, on record, and told to nobody', async () => {
		const [open, closed] = [await anOpenRoom(), await aPrivateRoom(amal.actor, ines.actor)]
		await join(ines.client, closed)
		const heard = recorded(ines.client)
		const id = (await aMessage(amal.actor, closed, 'for us')).id
		await until(() => heard.length === 1)
		const asked: [string, object][] = [
			['message:send', { room: open, key: randomUUID(), body: 'before joining' }],
			['room:join', { room: closed, after: 0 }],
			['room:join', { room: randomUUID(), after: 0 }],
			['message:send', { room: closed, key: randomUUID(), body: 'let me in' }],
			['message:edit', { room: closed, id, words: 'x' }],
			['message:remove', { room: closed, id }],
			['message:report', { room: closed, id, reason: 'rude' }],
		]
		for (const [event, payload] of asked) {
			expect([event, await ask(stranger.client, event, payload)]).toEqual([
				event,
				{ ok: false, code: 'not-found' },
			])
		}
		for (const name of [`room:${closed}`, `in:room:${closed}`, `member:${ines.actor.id}`, '*']) {
			expect(await join(stranger.client, name)).toMatchObject({ ok: false, code: 'invalid' })
		}
		await aMessage(amal.actor, closed, 'still for us')
		await until(() => heard.length === 2)
		expect(reported).toEqual([])
		expect(await db.$count(messages)).toBe(2)
		const [row] = await db.execute<{ n: number }>(sql`
			select count(*)::int as n from audit_log where action = 'chat.refused' and actor_id = ${stranger.actor.id}`)
		expect(row?.n).toBe(asked.length)
	})

	test('who asks again and again is on record, but does not fill it', async () => {
		for (let times = 0; times < 30; times += 1)
			expect(await join(stranger.client, randomUUID())).toMatchObject({ ok: false, code: 'not-found' })
		const refused = and(eq(auditLog.action, 'chat.refused'), eq(auditLog.actorId, stranger.actor.id))
		expect(await db.$count(auditLog, refused)).toBe(20)
	})

	test.each([[-1], [2 ** 63], [1.5], ['0'], [null], [[0]]])('a cursor of %s is refused', async (after) => {
		const room = await anOpenRoom()
		expect(await ask(amal.client, 'room:join', { room, after })).toMatchObject({ ok: false, code: 'invalid' })
	})

	test('a cursor of another room shows nothing of it', async () => {
		const [long, short] = [await aLongRoom(amal.actor, 40), await anOpenRoom()]
		await aMessage(amal.actor, short, 'here')
		expect(await join(ines.client, short, 40)).toMatchObject({ ok: true, seq: 1, upTo: 1, messages: [] })
		expect((await join(ines.client, long, 39)).messages).toHaveLength(1)
	})

	test('words that cannot be are refused at the field', async () => {
		const room = await anOpenRoom()
		await join(amal.client, room)
		expect(await send(amal.client, room, ' ')).toEqual({
			ok: false,
			code: 'invalid',
			fields: { body: 'errors:empty' },
		})
		expect(await send(amal.client, room, 'a\u0000')).toMatchObject({
			fields: { body: 'errors:strangeCharacters' },
		})
		expect(await send(amal.client, room, 'a'.repeat(2001))).toMatchObject({
			fields: { body: 'errors:tooLong' },
		})
		expect(await send(amal.client, room, 'a', 'not-a-key')).toMatchObject({ code: 'invalid' })
	})
})

describe('when she leaves', () => {
	test('she is out of the room before the answer, and the other reads only that she is alone', async () => {
		const room = await aPrivateRoom(amal.actor, ines.actor)
		await Promise.all([join(amal.client, room), join(ines.client, room)])
		const [left, stayed] = [recorded(amal.client), recorded(ines.client)]
		await leaveRoom(amal.actor, { room })
		await aMessage(ines.actor, room, 'are you there?')
		await until(() => stayed.length === 2)
		await pause(50)
		expect(left).toEqual([{ name: 'room:lost', data: { room } }])
		expect(stayed[0]).toEqual({ name: 'room:changed', data: { room, seq: 1, upTo: 1, alone: true } })
		expect(await send(amal.client, room)).toEqual({ ok: false, code: 'not-found' })
		expect(await join(amal.client, room)).toEqual({ ok: false, code: 'not-found' })
		expect(await join(ines.client, room)).toMatchObject({ ok: true, alone: true })
	})

	test('coming back after leaving while offline gives her nothing back', async () => {
		const { actor, token } = await aMemberWithToken()
		const room = await aPrivateRoom(actor, ines.actor)
		const before = await server.connect(token)
		await join(before, room)
		before.disconnect()
		await leaveRoom(actor, { room })
		await aMessage(ines.actor, room, 'missed')
		const after = await server.connect(token)
		const heard = recorded(after)
		expect(after.recovered).toBeFalsy()
		expect(await join(after, room)).toEqual({ ok: false, code: 'not-found' })
		await aMessage(ines.actor, room, 'missed too')
		await pause(50)
		expect(heard).toEqual([])
	})

	test('a closed room can be read, and nobody writes in it', async () => {
		const room = await aPrivateRoom(amal.actor, ines.actor)
		const { id } = await aMessage(amal.actor, room, 'good luck')
		await join(amal.client, room)
		const heard = recorded(amal.client)
		const told: DomainEvent[] = []
		await closePrivateRoom(db, room, (event) => void told.push(event))
		deliver(told)
		await until(() => heard.length === 1)
		expect(heard).toEqual([{ name: 'room:changed', data: { room, seq: 2, upTo: 2, closed: true } }])
		expect(await send(amal.client, room)).toEqual({ ok: false, code: 'forbidden' })
		expect(await ask(amal.client, 'message:edit', { room, id, words: 'x' })).toEqual({
			ok: false,
			code: 'forbidden',
		})
		expect(await join(ines.client, room)).toMatchObject({
			ok: true,
			closed: true,
			seq: 2,
			messages: [{ id }],
		})
		expect(await ask(amal.client, 'message:remove', { room, id })).toMatchObject({ ok: true })
	})

	test('closing the page of a room ends only the listening', async () => {
		const room = await aPrivateRoom(amal.actor, ines.actor)
		await join(amal.client, room)
		const heard = recorded(amal.client)
		expect(await ask(amal.client, 'room:leave', { room })).toEqual({ ok: true })
		const message = await aMessage(ines.actor, room)
		await removeMessage(ines.actor, { room, id: message.id })
		await pause(50)
		expect(heard).toEqual([])
		expect(await join(amal.client, room)).toMatchObject({ ok: true, seq: 2, messages: [] })
	})
})
