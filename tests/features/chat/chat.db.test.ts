import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import { isGone } from '~/features/chat/chat.wire'
import { catchUp, readMessages } from '~/features/chat/messages.server'
import { listRooms } from '~/features/chat/room-lists.server'
import { leaveRoom, readRoomHead } from '~/features/chat/rooms.server'
import { messageSubject } from '~/features/chat/subject.server'
import { editMessage, removeMessage, sendMessage } from '~/features/chat/writing.server'
import type { Actor } from '~/platform/actor'
import { type DomainEvent, subscribe } from '~/platform/bus.server'
import { forgive } from '~/platform/limits.server'
import { aLongRoom, aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aMember } from '../../factories/members'

type Told = Extract<DomainEvent, { name: 'chat:message' }>
const told: Told[] = []
subscribe('chat:message', (event) => void told.push({ name: 'chat:message', ...event }))
beforeEach(() => {
	told.length = 0
})

const codeOf = (doing: Promise<unknown>) =>
	doing.then(
		() => 'ok',
		(error: { code?: string }) => error.code,
	)
const settle = () => new Promise((resolve) => setImmediate(resolve))
const anyone = { id: randomUUID(), unheard: [] }
const bodies = (entries: { body?: string }[]) => entries.map((entry) => entry.body)

describe('saying something', () => {
	test('is committed, numbered and told once', async () => {
		const amal = await aMember({ handle: 'أمل', locale: 'ar' })
		const room = await anOpenRoom()
		const key = randomUUID()
		const message = await sendMessage(amal, { room, key, body: ' مرحبا ' })
		await settle()
		expect(message).toMatchObject({
			seq: 1,
			key,
			author: 'أمل',
			authorId: amal.id,
			body: 'مرحبا',
			dir: 'rtl',
			edited: false,
		})
		expect(told).toEqual([
			{ name: 'chat:message', roomId: room, seq: 1, entry: message, fresh: true, unseenBy: [], apart: [] },
		])
		const { messages: read } = await readMessages(room, null, anyone)
		expect(read).toEqual([message])
	})

	test('with one key is one message for ever, also after a day and with other words', async () => {
		const [amal, room, key] = [await aMember(), await anOpenRoom(), randomUUID()]
		const first = await sendMessage(amal, { room, key, body: 'once' })
		await db.update(messages).set({ createdAt: sql`now() - interval '25 hours'` })
		const again = await sendMessage(amal, { room, key, body: 'twice' })
		expect(again).toMatchObject({ id: (first as { id: string }).id, seq: 1, body: 'once' })
		await settle()
		expect(told).toHaveLength(1)
		expect(await db.$count(messages)).toBe(1)
	})

	test('20 times at once with one key is one row, one number, 20 same answers', async () => {
		const [amal, room, key] = [await aMember(), await anOpenRoom(), randomUUID()]
		const answers = await Promise.all(
			Array.from({ length: 20 }, () => sendMessage(amal, { room, key, body: 'once' })),
		)
		expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
		expect(await db.$count(messages)).toBe(1)
		const [row] = await db.select({ seq: rooms.seq }).from(rooms).where(eq(rooms.id, room))
		expect(row?.seq).toBe(1)
		await settle()
		expect(told).toHaveLength(1)
	})

	test('one key at once in two rooms: one is said, the other refused, no number is lost', async () => {
		const [amal, key] = [await aMember(), randomUUID()]
		const both = [await anOpenRoom(), await anOpenRoom()]
		const codes = await Promise.all(
			both.map((room) => codeOf(sendMessage(amal, { room, key, body: 'here' }))),
		)
		expect(codes.sort()).toEqual(['conflict', 'ok'])
		const counts = await db.select({ seq: rooms.seq }).from(rooms)
		expect(counts.map(({ seq }) => seq).sort()).toEqual([0, 1])
	})

	test('the same key of another woman is another message', async () => {
		const [room, key] = [await anOpenRoom(), randomUUID()]
		await sendMessage(await aMember(), { room, key, body: 'mine' })
		await sendMessage(await aMember(), { room, key, body: 'hers' })
		expect(bodies((await readMessages(room, null, anyone)).messages)).toEqual(['mine', 'hers'])
	})

	test('8 women at once: every number once, no gap, each in her own order', async () => {
		const room = await anOpenRoom()
		const writers = await Promise.all(Array.from({ length: 8 }, () => aMember()))
		await Promise.all(
			writers.map(async (writer, who) => {
				for (let n = 0; n < 12; n += 1) await aMessage(writer, room, `${who} ${n}`)
			}),
		)
		const rows = await db
			.select({ seq: messages.seq, body: messages.body })
			.from(messages)
			.orderBy(messages.seq)
		expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 96 }, (_, at) => at + 1))
		for (let who = 0; who < 8; who += 1) {
			const own = rows.filter(({ body }) => body.startsWith(`${who} `)).map(({ body }) => body)
			expect(own).toEqual(Array.from({ length: 12 }, (_, n) => `${who} ${n}`))
		}
	})

	test('an answer points into its own room only', async () => {
		const amal = await aMember()
		const [room, elsewhere] = [await anOpenRoom(), await anOpenRoom()]
		const question = await aMessage(amal, room)
		const send = (where: string, replyTo: string) =>
			sendMessage(amal, { room: where, key: randomUUID(), body: 'yes', replyTo })
		expect(await send(room, question.id)).toMatchObject({ replyTo: question.id })
		expect(await codeOf(send(elsewhere, question.id))).toBe('not-found')
		expect(await codeOf(send(room, randomUUID()))).toBe('not-found')
	})

	test('very often in a short time is slowed down, and nothing is written', async () => {
		const [amal, room] = [await aMember(), await anOpenRoom()]
		const codes = []
		for (let n = 0; n < 31; n += 1) codes.push(await codeOf(aMessage(amal, room)))
		expect(codes.filter((code) => code === 'ok')).toHaveLength(30)
		expect(codes.at(-1)).toBe('too-many')
		expect(await db.$count(messages)).toBe(30)
		await forgive('chat.message', amal.id)
	})
})

describe('who may', () => {
	let room: string
	let people: Record<string, Actor>
	let hers: string
	beforeEach(async () => {
		const [one, other, left, stranger, moderator, coordinator] = await Promise.all([
			aMember(),
			aMember(),
			aMember(),
			aMember(),
			aMember({ roles: [{ role: 'moderator' }] }),
			aMember({ roles: [{ role: 'coordinator' }] }),
		])
		room = await aPrivateRoom(one!, other!, left!)
		hers = (await aMessage(one!, room, 'only for us')).id
		await leaveRoom(left!, { room })
		people = {
			author: one!,
			other: other!,
			left: left!,
			stranger: stranger!,
			moderator: moderator!,
			coordinator: coordinator!,
		}
	})

	const acts = {
		read: (actor: Actor) => readRoomHead(actor, room, 'en'),
		'catch up': (actor: Actor) => catchUp(actor, room, 0),
		send: (actor: Actor) => sendMessage(actor, { room, key: randomUUID(), body: 'hello' }),
		edit: (actor: Actor) => editMessage(actor, { room, id: hers, words: 'changed' }),
		remove: (actor: Actor) => removeMessage(actor, { room, id: hers }),
		leave: (actor: Actor) => leaveRoom(actor, { room }),
	}
	const outsiders = ['left', 'stranger', 'moderator', 'coordinator']
	const rows = (Object.keys(acts) as (keyof typeof acts)[]).flatMap((act) => [
		[act, 'author', 'ok'] as const,
		[act, 'other', act === 'edit' || act === 'remove' ? 'forbidden' : 'ok'] as const,
		...outsiders.map((who) => [act, who, 'not-found'] as const),
	])
	test.each(rows)('%s in a private room as %s: %s', async (act, who, outcome) => {
		expect(await codeOf(acts[act](people[who]!))).toBe(outcome)
	})

	test.each(['missing', 'not-an-id', '', "' or 1=1", undefined])('a room of %j is not found', async (id) => {
		const asked = id === 'missing' ? randomUUID() : id
		expect(await codeOf(readRoomHead(people.author!, asked, 'en'))).toBe('not-found')
	})

	test('a private room is in the list of its people only, under the name of the other', async () => {
		const [amal, ines] = [await aMember({ handle: 'Amal' }), await aMember({ handle: 'Inés' })]
		const two = await aPrivateRoom(amal, ines)
		await aMessage(amal, two)
		const lists = await Promise.all([amal, ines, people.stranger!].map((who) => listRooms(who, 'it')))
		expect(lists.map(({ own }) => own.map(({ other, alone }) => ({ other, alone })))).toEqual([
			[{ other: 'Inés', alone: false }],
			[{ other: 'Amal', alone: false }],
			[],
		])
		await leaveRoom(ines, { room: two })
		expect((await listRooms(ines, 'it')).own).toEqual([])
		expect((await listRooms(amal, 'it')).own).toMatchObject([{ id: two, other: 'Inés', alone: true }])
		expect(await readRoomHead(amal, two, 'it')).toMatchObject({ alone: true, other: { handle: 'Inés' } })
	})

	test('an open room cannot be left, and is named in her language or, marked, in English', async () => {
		const open = await anOpenRoom({ names: { en: 'Kitchen', it: 'Cucina' } })
		expect(await codeOf(leaveRoom(people.stranger!, { room: open }))).toBe('forbidden')
		expect((await listRooms(people.stranger!, 'it')).open[0]?.name).toMatchObject({
			text: 'Cucina',
			lang: 'it',
		})
		expect((await listRooms(people.stranger!, 'bg')).open[0]?.name).toMatchObject({
			text: 'Kitchen',
			lang: 'en',
		})
	})
})

describe('reading and catching up', () => {
	test('a page shows the last 50, and leads to those before', async () => {
		const room = await aLongRoom(await aMember(), 120)
		const last = await readMessages(room, null, anyone)
		expect(last.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => at + 71))
		expect(last).toMatchObject({ older: 71, last: true })
		const first = await readMessages(room, '21', anyone)
		expect(first.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
		expect(first).toMatchObject({ older: null, last: false })
		expect((await readMessages(room, "1' or 1=1", anyone)).messages).toHaveLength(50)
	})

	test('everything after a cursor comes in pages, whole and in order', async () => {
		const reader = await aMember()
		const room = await aLongRoom(reader, 1050)
		const seen: number[] = []
		let after = 0
		for (let page = await catchUp(reader, room, after); ; page = await catchUp(reader, room, after)) {
			seen.push(...page.messages.map(({ seq }) => seq))
			expect(page.upTo).toBe(1050)
			after = page.seq
			if (!page.more) break
			expect(page.messages).toHaveLength(200)
		}
		expect(after).toBe(1050)
		expect(seen).toEqual(Array.from({ length: 1050 }, (_, at) => at + 1))
		expect(await catchUp(reader, room, 1050)).toMatchObject({ seq: 1050, more: false, messages: [] })
		expect(await catchUp(reader, room, 9_000_000)).toMatchObject({ seq: 1050, messages: [] })
	})

	test('a change comes to those who had seen it before, a message that is gone is named and not shown', async () => {
		const [amal, reader, room] = [await aMember(), await aMember(), await anOpenRoom()]
		const one = await aMessage(amal, room, 'one')
		const two = await aMessage(amal, room, 'two')
		await aMessage(amal, room, 'three')
		await editMessage(amal, { room, id: one.id, words: 'ONE' })
		await removeMessage(amal, { room, id: two.id })
		const late = await catchUp(reader, room, 3)
		expect(late).toMatchObject({ seq: 5, upTo: 5, more: false })
		expect(late.messages).toEqual([
			expect.objectContaining({ id: one.id, seq: 1, body: 'ONE', edited: true }),
			{ id: two.id, seq: 2, gone: true },
		])
		const fresh = await catchUp(reader, room, 0)
		expect(bodies(fresh.messages as never)).toEqual(['three', 'ONE'])
		expect(JSON.stringify(fresh)).not.toContain('two')
		expect(bodies((await readMessages(room, null, anyone)).messages)).toEqual(['ONE', 'three'])
	})

	test('the words of someone whose account is gone stay, without her', async () => {
		const [amal, reader, room] = [await aMember(), await aMember(), await anOpenRoom()]
		await aMessage(amal, room, 'advice')
		await db.delete(members).where(eq(members.id, amal.id))
		expect((await catchUp(reader, room, 0)).messages).toMatchObject([
			{ author: null, authorId: null, body: 'advice' },
		])
	})
})

describe('changing her own', () => {
	test('words again, with the number of the room; the same words change nothing', async () => {
		const [amal, room] = [await aMember(), await anOpenRoom()]
		const { id } = await aMessage(amal, room, 'helo')
		expect(await editMessage(amal, { room, id, words: 'hello' })).toMatchObject({
			seq: 1,
			body: 'hello',
			edited: true,
		})
		await editMessage(amal, { room, id, words: 'hello' })
		await settle()
		expect(told.map((event) => [event.seq, event.fresh])).toEqual([
			[1, true],
			[2, false],
		])
	})

	test('taking back twice is once; what is taken back cannot be changed', async () => {
		const [amal, ines, room] = [await aMember(), await aMember(), await anOpenRoom()]
		const { id } = await aMessage(amal, room)
		expect(await removeMessage(amal, { room, id })).toEqual({ id, seq: 1, gone: true })
		expect(await removeMessage(amal, { room, id })).toEqual({ id, seq: 1, gone: true })
		expect(await codeOf(editMessage(amal, { room, id, words: 'x' }))).toBe('not-found')
		expect(await codeOf(removeMessage(ines, { room, id }))).toBe('not-found')
		const [row] = await db.select({ seq: rooms.seq }).from(rooms).where(eq(rooms.id, room))
		expect(row?.seq).toBe(2)
	})

	test('a message is found only in its own room', async () => {
		const [amal, room, elsewhere] = [await aMember(), await anOpenRoom(), await anOpenRoom()]
		const { id } = await aMessage(amal, room)
		expect(await codeOf(editMessage(amal, { room: elsewhere, id, words: 'x' }))).toBe('not-found')
	})
})

describe('as moderation sees it', () => {
	const publish = (event: DomainEvent) => void told.push(event as Told)

	test('what was said around it; what was hidden can still be found, and comes back', async () => {
		const [amal, ines, reader] = [await aMember({ handle: 'Amal' }), await aMember(), await aMember()]
		const room = await aPrivateRoom(amal, ines)
		await aMessage(amal, room, 'before')
		const { id, seq } = await aMessage(ines, room, 'bad words')
		await aMessage(amal, room, 'after')
		const found = {
			id,
			authorId: ines.id,
			body: 'bad words',
			lang: null,
			dir: 'ltr',
			private: true,
			spaceId: null,
			path: `/chat/${room}#m-${id}`,
		}
		expect(await messageSubject.find(db, id)).toMatchObject(found)
		expect((await messageSubject.find(db, id))?.around.map(({ body, author }) => [author, body])).toEqual([
			['Amal', 'before'],
			['Amal', 'after'],
		])
		const may = (actor: Actor) => messageSubject.mayReport(db, actor, id)
		expect([await may(amal), await may(ines), await may(reader)]).toEqual([true, false, false])

		told.length = 0
		await messageSubject.hide(db, id, publish)
		await messageSubject.hide(db, id, publish)
		expect(told).toEqual([
			{
				name: 'chat:message',
				roomId: room,
				seq: 4,
				entry: { id, seq, gone: true },
				fresh: false,
				unseenBy: [],
				apart: [],
			},
		])
		expect(await may(amal)).toBe(false)
		expect(await messageSubject.find(db, id)).toMatchObject(found)
		expect(await codeOf(editMessage(ines, { room, id, words: 'x' }))).toBe('not-found')
		expect(bodies((await readMessages(room, null, anyone)).messages)).toEqual(['before', 'after'])

		await messageSubject.restore(db, id, publish)
		expect(told[1]).toMatchObject({ seq: 5, entry: { id, seq, body: 'bad words' } })
		const caught = (await catchUp(amal, room, 4)).messages
		expect(caught.filter((entry) => !isGone(entry)).map(({ id: one }) => one)).toEqual([id])
	})

	test.each(['nonsense', randomUUID()])('an id of %s is nothing to find or to report', async (id) => {
		expect(await messageSubject.find(db, id)).toBeUndefined()
		expect(await messageSubject.mayReport(db, await aMember(), id)).toBe(false)
	})
})
