import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import { messageReactions, messageWishes, roomMarks } from '~/db/schema/chat-marks'
import { blocks } from '~/db/schema/ties'
import { type Entry, isGone, isHeld, type Message } from '~/features/chat/chat.wire'
import { reactToMessage, wishForMessage } from '~/features/chat/marking.server'
import { catchUp, lookAt, readMessages, readOlder } from '~/features/chat/messages.server'
import { markRead } from '~/features/chat/reading.server'
import { readRoomPage } from '~/features/chat/room-page.server'
import { closePrivateRoom, leaveRoom } from '~/features/chat/rooms.server'
import { seatGuest } from '~/features/chat/seats.server'
import { messageSubject } from '~/features/chat/subject.server'
import { editMessage, removeMessage, sendMessage } from '~/features/chat/writing.server'
import { actorOfToken } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { type DomainEvent, subscribe } from '~/platform/bus.server'
import { aLongRoom, aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aMember, aMemberWithToken } from '../../factories/members'

type Told = Extract<DomainEvent, { name: 'chat:message' }>
const told: Told[] = []
subscribe('chat:message', (event) => void told.push({ name: 'chat:message', ...event }))

const codeOf = (doing: Promise<unknown>) =>
	doing.then(
		() => 'ok',
		(error: { code?: string }) => error.code,
	)
const settle = () => new Promise((resolve) => setImmediate(resolve))

let room: string
let amal: Actor
let ines: Actor
let hodan: Actor
beforeEach(async () => {
	;[room, amal, ines, hodan] = await Promise.all([
		anOpenRoom(),
		aMember({ handle: 'Amal', speaks: ['ar'], reads: ['ar'], locale: 'ar' }),
		aMember({ handle: 'Inés', speaks: ['es', 'it'], reads: ['es', 'it'], locale: 'it' }),
		aMember({ handle: 'Hodan', speaks: ['so', 'it', 'ar'], reads: ['so', 'it'], locale: 'it' }),
	])
	told.length = 0
})

const say = async (author: Actor, body: string, more: object = {}, where = room) => {
	const entry = await sendMessage(author, { room: where, key: randomUUID(), body, ...more })
	if (isHeld(entry) || isGone(entry)) throw new Error('a new key gave an old message')
	return entry
}
const seqOf = async (id = room) =>
	(await db.select({ seq: rooms.seq }).from(rooms).where(eq(rooms.id, id)))[0]!.seq
const minutesLater = (minutes: number) =>
	db.update(messages).set({ createdAt: sql`now() - make_interval(mins => ${minutes})` })
const block = async (by: Actor, of: Actor): Promise<[Actor, Actor]> => {
	await db.insert(blocks).values({ blockerId: by.id, blockedId: of.id })
	return [
		{ ...by, blocked: [...by.blocked, of.id] },
		{ ...of, blocked: [...of.blocked, by.id] },
	]
}
const asSeenBy = async (reader: Actor, id: string) =>
	(await lookAt(reader, room, [id])).messages[0] as Message | undefined

describe('the language of a message', () => {
	test('is what she says, and gives the direction where no letter does', async () => {
		expect(await say(amal, 'مرحبا', { language: 'ar' })).toMatchObject({ lang: 'ar', dir: 'rtl' })
		expect(await say(amal, '12:30', { language: 'ar' })).toMatchObject({ lang: 'ar', dir: 'rtl' })
		expect(await say(amal, '12:30', { language: 'it' })).toMatchObject({ lang: 'it', dir: 'ltr' })
		expect(await say(amal, 'hello')).toMatchObject({ lang: null, dir: 'ltr' })
		expect((await catchUp(ines, room, 0)).messages).toMatchObject([
			{ lang: 'ar' },
			{ lang: 'ar' },
			{ lang: 'it' },
			{ lang: null },
		])
	})

	test.each(['xx', '', 7, ['it']])('%j is none', async (language) => {
		expect(await codeOf(say(amal, 'hello', { language }))).toBe('invalid')
	})

	test('next time it is the one she used last in this room, before that her own', async () => {
		const asked = { locale: 'it' }
		expect((await readRoomPage(hodan, room, asked)).talk.language).toBe('it')
		expect((await readRoomPage(amal, room, asked)).talk.language).toBe('ar')
		await say(hodan, 'waan', { language: 'so' })
		await say(ines, 'ciao', { language: 'it' })
		const { talk } = await readRoomPage(hodan, room, asked)
		expect(talk.language).toBe('so')
		expect(talk.languages.slice(0, 3)).toEqual(['so', 'it', 'ar'])
		expect((await readRoomPage(hodan, await anOpenRoom(), asked)).talk.language).toBe('it')
	})
})

describe('changing her own words', () => {
	const acts = {
		edit: (id: string) => editMessage(amal, { room, id, words: 'other words' }),
		remove: (id: string) => removeMessage(amal, { room, id }),
	}
	test.each([
		['edit', 9, 'ok'],
		['edit', 11, 'forbidden'],
		['remove', 9, 'ok'],
		['remove', 11, 'forbidden'],
	] as const)('%s after %i minutes: %s', async (act, minutes, outcome) => {
		const { id } = await aMessage(amal, room)
		await minutesLater(minutes)
		expect(await codeOf(acts[act](id))).toBe(outcome)
		const refused = outcome === 'forbidden'
		expect(await seqOf()).toBe(refused ? 1 : 2)
		if (refused) await expect(acts[act](id)).rejects.toMatchObject({ fields: { '': 'chat:own.late' } })
	})

	test('what was taken back in time stays taken back when it is asked again later', async () => {
		const { id } = await aMessage(amal, room)
		await removeMessage(amal, { room, id })
		await minutesLater(60)
		expect(await removeMessage(amal, { room, id })).toMatchObject({ gone: true })
	})

	test('a moderator’s decision knows no ten minutes', async () => {
		const { id } = await aMessage(amal, room)
		await minutesLater(600)
		await messageSubject.hide(db, id, () => {})
		expect(await asSeenBy(ines, id)).toBeUndefined()
	})
})

describe('signs under a message', () => {
	const react = (who: Actor, id: string, kind = 'heart', on?: boolean) =>
		reactToMessage(who, { room, id, kind, ...(on !== undefined && { on }) })

	test('are counted, hers are hers, and each change has a number of its own', async () => {
		const { id } = await aMessage(amal, room)
		await react(ines, id, 'heart', true)
		await react(ines, id, 'heart', true)
		await react(hodan, id, 'heart')
		const mine = await react(ines, id, 'flower', true)
		expect(mine).toMatchObject({
			reactions: { heart: 2, flower: 1 },
			mine: { reactions: expect.arrayContaining(['heart', 'flower']) },
		})
		expect(await seqOf()).toBe(4)
		expect(await asSeenBy(hodan, id)).toMatchObject({ mine: { reactions: ['heart'] } })
		await settle()
		expect(told.map(({ seq, fresh, apart }) => [seq, fresh, apart])).toEqual([
			[1, true, []],
			[2, false, [ines.id]],
			[3, false, [hodan.id]],
			[4, false, [ines.id]],
		])
		// What everyone is told says nothing of whose they are.
		expect(told.at(-1)?.entry).toMatchObject({ reactions: { heart: 2, flower: 1 } })
		expect(JSON.stringify(told.at(-1)?.entry)).not.toMatch(new RegExp(`mine|${ines.id}|${hodan.id}`))
		await react(ines, id, 'heart', false)
		await react(ines, id, 'heart', false)
		await react(hodan, id)
		expect(await asSeenBy(hodan, id)).toMatchObject({ reactions: { flower: 1 }, mine: { reactions: [] } })
		expect(await seqOf()).toBe(6)
	})

	test('of a woman she blocks do not count for her, nor hers for that woman', async () => {
		const { id } = await aMessage(amal, room)
		const [zoe, bad] = await block(ines, hodan)
		await react(zoe, id)
		await react(bad, id)
		await react(amal, id)
		const counts = await Promise.all([zoe, bad, amal].map((who) => asSeenBy(who, id)))
		expect(counts.map((message) => message?.reactions.heart)).toEqual([2, 2, 3])
		expect((await catchUp(zoe, room, 0)).messages).toMatchObject([{ reactions: { heart: 2 } }])
		expect((await readMessages(room, null, { id: zoe.id, unheard: zoe.blocked })).messages).toMatchObject([
			{ reactions: { heart: 2 }, mine: { reactions: ['heart'] } },
		])
		await settle()
		expect(told.at(-1)?.entry).toMatchObject({ reactions: { heart: 3 } })
		expect(new Set(told.at(-1)?.apart)).toEqual(new Set([amal.id, zoe.id, bad.id]))
	})

	describe('are refused', () => {
		let hers: Message
		beforeEach(async () => {
			hers = await aMessage(amal, room)
		})
		test.each(['like', '', null, 7])('of the kind %j', async (kind) => {
			expect(await codeOf(reactToMessage(ines, { room, id: hers.id, kind }))).toBe('invalid')
		})
		test('on what is gone, in another room, of a woman she does not see, or missing', async () => {
			const elsewhere = await anOpenRoom()
			const gone = await aMessage(amal, room)
			await removeMessage(amal, { room, id: gone.id })
			const [zoe] = await block(ines, amal)
			const codes = await Promise.all([
				codeOf(reactToMessage(hodan, { room: elsewhere, id: hers.id, kind: 'yes' })),
				codeOf(react(hodan, gone.id)),
				codeOf(react(zoe, hers.id)),
				codeOf(react(hodan, randomUUID())),
			])
			expect(codes).toEqual(['not-found', 'not-found', 'not-found', 'not-found'])
			expect(await db.$count(messageReactions)).toBe(0)
		})
		test('in a closed room and in a room of others', async () => {
			const two = await aPrivateRoom(amal, ines)
			const { id } = await say(amal, 'hello', {}, two)
			expect(await codeOf(reactToMessage(hodan, { room: two, id, kind: 'yes' }))).toBe('not-found')
			await closePrivateRoom(db, two, () => {})
			expect(await codeOf(reactToMessage(ines, { room: two, id, kind: 'yes' }))).toBe('forbidden')
			await leaveRoom(ines, { room: two })
			expect(await codeOf(reactToMessage(ines, { room: two, id, kind: 'yes' }))).toBe('not-found')
		})
	})
})

describe('please translate', () => {
	const wish = (who: Actor, id: string, language = 'ar', on = true) =>
		wishForMessage(who, { room, id, language, on })
	const translate = (who: Actor, id: string, body = 'مرحبا', language = 'ar') =>
		say(who, body, { translationOf: id, language })

	test('is told as a language, never as a number or a name', async () => {
		const { id } = await say(ines, 'Buongiorno', { language: 'it' })
		expect(await wish(amal, id)).toMatchObject({ wanted: [], mine: { wanted: ['ar'] } })
		const other = await aMember()
		await wish(other, id)
		expect(await asSeenBy(hodan, id)).toMatchObject({ wanted: ['ar'], mine: { wanted: [] } })
		expect(await asSeenBy(amal, id)).toMatchObject({ wanted: ['ar'], mine: { wanted: ['ar'] } })
		await settle()
		expect(JSON.stringify(told.at(-1)?.entry)).not.toMatch(new RegExp(`${amal.id}|${other.id}`))
		await wish(other, id, 'ar', false)
		await wish(amal, id, 'ar', false)
		expect(await asSeenBy(hodan, id)).toMatchObject({ wanted: [] })
	})

	test('is answered by a message of its own, tied to the first; nobody waits any more', async () => {
		const { id } = await say(ines, 'Buongiorno', { language: 'it' })
		await wish(amal, id)
		const pair = await translate(hodan, id)
		expect(pair).toMatchObject({
			translationOf: id,
			lang: 'ar',
			dir: 'rtl',
			outdated: false,
			author: 'Hodan',
		})
		expect(await db.$count(messageWishes)).toBe(0)
		expect(await asSeenBy(hodan, id)).toMatchObject({ wanted: [] })
		await settle()
		expect(told.slice(-2).map(({ seq, fresh, entry }) => [seq, fresh, entry.id])).toEqual([
			[3, true, pair.id],
			[4, false, id],
		])
		// Asking for what is there already changes nothing.
		await wish(amal, id)
		expect(await db.$count(messageWishes)).toBe(0)
		expect(await seqOf()).toBe(4)
	})

	test('changed afterwards, the first makes the other one older until that is changed too', async () => {
		const { id } = await say(ines, 'Buongiorno', { language: 'it' })
		const pair = await translate(hodan, id)
		await editMessage(ines, { room, id, words: 'Buonasera' })
		expect(await asSeenBy(amal, pair.id)).toMatchObject({ outdated: true })
		expect((await catchUp(amal, room, 2)).messages).toMatchObject([
			{ id, body: 'Buonasera' },
			{ id: pair.id, outdated: true },
		])
		await wish(amal, id)
		expect(await asSeenBy(hodan, id)).toMatchObject({ wanted: ['ar'] })
		await editMessage(hodan, { room, id: pair.id, words: 'مساء الخير' })
		expect(await asSeenBy(amal, pair.id)).toMatchObject({ outdated: false })
	})

	test('goes when the first is taken back or hidden, and comes back with it', async () => {
		const first = await say(ines, 'Buongiorno', { language: 'it' })
		const second = await say(ines, 'Ciao', { language: 'it' })
		const pairs = [await translate(hodan, first.id), await translate(hodan, second.id)]
		await removeMessage(ines, { room, id: first.id })
		await messageSubject.hide(db, second.id, () => {})
		const late = (await catchUp(amal, room, 4)).messages
		expect(late.map(({ id, ...rest }: Entry) => [id, 'gone' in rest])).toEqual([
			[first.id, true],
			[pairs[0]!.id, true],
			[second.id, true],
			[pairs[1]!.id, true],
		])
		expect((await readRoomPage(amal, room, { locale: 'ar' })).messages).toEqual([])
		expect(await codeOf(editMessage(hodan, { room, id: pairs[0]!.id, words: 'x' }))).toBe('not-found')
		await messageSubject.restore(db, second.id, () => {})
		const back = (await readRoomPage(amal, room, { locale: 'ar' })).messages
		expect(back.map(({ id }) => id)).toEqual([second.id, pairs[1]!.id])
	})

	test('is not seen by who does not see the woman of the first words', async () => {
		const { id } = await say(ines, 'Buongiorno', { language: 'it' })
		const [zoe] = await block(amal, ines)
		const pair = await translate(hodan, id)
		expect((await readRoomPage(zoe, room, { locale: 'ar' })).messages).toEqual([])
		expect((await catchUp(zoe, room, 0)).messages).toEqual([])
		expect((await lookAt(zoe, room, [pair.id])).messages).toEqual([])
		expect(await messageSubject.mayReport(db, zoe, pair.id)).toBe(false)
		await settle()
		expect(told.at(-1)?.unseenBy).toContain(amal.id)
	})

	test('of a woman she blocks is nothing to her', async () => {
		const { id } = await say(ines, 'Buongiorno', { language: 'it' })
		const [bad, zoe] = await block(amal, hodan)
		await wish(bad, id)
		expect(await asSeenBy(zoe, id)).toMatchObject({ wanted: [] })
		expect(await asSeenBy(ines, id)).toMatchObject({ wanted: ['ar'] })
	})

	test.each([
		['by one who does not speak both', () => ines, {}, 'forbidden'],
		['without saying the language', () => hodan, { language: null }, 'forbidden'],
		['in the language it has', () => hodan, { language: 'it' }, 'forbidden'],
		['by one who speaks both', () => hodan, {}, 'ok'],
	])('an answer %s: %s', async (_what, who, more, outcome) => {
		const { id } = await say(ines, 'Buongiorno', { language: 'it' })
		expect(await codeOf(say(who(), 'مرحبا', { translationOf: id, language: 'ar', ...more }))).toBe(outcome)
	})

	test('is not for her own words, nor for what is a translation, nor for a language there is not', async () => {
		const { id } = await say(ines, 'Buongiorno', { language: 'it' })
		const pair = await translate(hodan, id)
		expect(await codeOf(wish(ines, id))).toBe('forbidden')
		expect(await codeOf(wish(amal, pair.id))).toBe('forbidden')
		expect(await codeOf(translate(hodan, pair.id, 'ciao', 'it'))).toBe('forbidden')
		expect(await codeOf(wish(amal, id, 'xx'))).toBe('invalid')
		const elsewhere = await anOpenRoom()
		const away = say(hodan, 'x', { translationOf: id, language: 'ar' }, elsewhere)
		expect(await codeOf(away)).toBe('not-found')
	})
})

describe('a number or an address', () => {
	const PHONE = 'Chiamami: +39 333 123 4567'

	test('is asked about in a room of more than two, and sent when she is sure, with the same key', async () => {
		const key = randomUUID()
		const asked = sendMessage(ines, { room, key, body: PHONE })
		await expect(asked).rejects.toMatchObject({ code: 'invalid', details: { contact: 'phone' } })
		expect(await db.$count(messages)).toBe(0)
		expect(await sendMessage(ines, { room, key, body: PHONE, sure: true })).toMatchObject({ seq: 1 })
		expect(await codeOf(say(ines, 'a@example.org'))).toBe('invalid')
		expect(await codeOf(say(ines, 'via Roma 12'))).toBe('invalid')
		expect(await codeOf(say(ines, 'Ci vediamo il 12.05.2026 alle 14:30'))).toBe('ok')
	})

	test('is not asked about between two, and is once a guest sits there', async () => {
		const two = await aPrivateRoom(amal, ines)
		expect(await codeOf(say(ines, PHONE, {}, two))).toBe('ok')
		expect((await readRoomPage(ines, two, { locale: 'it' })).talk.crowd).toBe(false)
		await db.transaction((tx) => seatGuest(tx, { roomId: two, memberId: hodan.id }, () => {}))
		expect(await codeOf(say(ines, PHONE, {}, two))).toBe('invalid')
		expect((await readRoomPage(ines, two, { locale: 'it' })).talk.crowd).toBe(true)
	})

	test('is asked about when words are changed, too', async () => {
		const { id } = await say(ines, 'Chiamami')
		expect(await codeOf(editMessage(ines, { room, id, words: PHONE }))).toBe('invalid')
		expect(await editMessage(ines, { room, id, words: PHONE, sure: 'yes' })).toMatchObject({ body: PHONE })
	})
})

describe('what a message answers', () => {
	test('comes with the page where it is further up, and only as far as it is there for her', async () => {
		const long = await aLongRoom(amal, 60)
		const [first] = await db.select({ id: messages.id }).from(messages).where(eq(messages.seq, 1))
		const answer = await say(hodan, 'yes', { replyTo: first!.id }, long)
		const page = await readRoomPage(ines, long, { locale: 'it' })
		expect(page.messages.at(-1)).toMatchObject({ id: answer.id, replyTo: first!.id })
		expect(page.talk.asides).toMatchObject({ [first!.id]: { body: 'message 1' } })
		const [zoe] = await block(ines, amal)
		const hers = await readRoomPage(zoe, long, { locale: 'it' })
		expect(hers.messages.map(({ id }) => id)).toEqual([answer.id])
		expect(hers.talk.asides).toEqual({ [first!.id]: null })
		expect(JSON.stringify(hers)).not.toContain('message 1')
	})

	test('is looked at by those who may read it', async () => {
		const two = await aPrivateRoom(amal, ines)
		const { id } = await say(amal, 'only for us', {}, two)
		expect((await lookAt(ines, two, [id, randomUUID()])).messages).toMatchObject([{ id }])
		expect((await lookAt(hodan, room, [id])).messages).toEqual([])
		expect(await codeOf(lookAt(hodan, two, [id]))).toBe('not-found')
	})

	test('is taken from the address, as far as it is there', async () => {
		const { id } = await say(ines, 'Buongiorno', { language: 'it' })
		const answering = async (more: object, who = hodan) =>
			(await readRoomPage(who, room, { locale: 'it', ...more })).talk.answering
		expect(await answering({ reply: id })).toEqual({ id })
		expect(await answering({ translate: id, language: 'ar' })).toEqual({ id, language: 'ar' })
		expect(await answering({ translate: id, language: 'xx' })).toBeNull()
		for (const reply of [randomUUID(), 'nonsense', '', "' or 1=1"])
			expect(await answering({ reply })).toBeNull()
		const [zoe] = await block(hodan, ines)
		expect(await answering({ reply: id }, zoe)).toBeNull()
	})
})

describe('how far she has read', () => {
	const mark = async (who: Actor) => (await readRoomPage(who, room, { locale: 'it' })).talk.readTo

	test('is remembered for her alone, never backwards, never beyond the room', async () => {
		for (let n = 0; n < 3; n += 1) await aMessage(amal, room)
		expect(await mark(ines)).toBeNull()
		await markRead(ines, { room, seq: 2 })
		await markRead(ines, { room, seq: '1' })
		expect([await mark(ines), await mark(hodan)]).toEqual([2, null])
		await markRead(ines, { room, seq: 900 })
		expect(await mark(ines)).toBe(3)
	})

	test('opening a page writes nothing', async () => {
		await aMessage(amal, room)
		const { token } = await aMemberWithToken()
		await readRoomPage((await actorOfToken(token))!, room, { locale: 'it' })
		expect(await db.$count(roomMarks)).toBe(0)
	})

	test('is refused in a room of others and for what is no place', async () => {
		const two = await aPrivateRoom(amal, ines)
		expect(await codeOf(markRead(hodan, { room: two, seq: 1 }))).toBe('not-found')
		for (const seq of [-1, 1.5, 2 ** 60, 'x', null, {}])
			expect([seq, await codeOf(markRead(ines, { room, seq }))]).toEqual([
				seq,
				seq === null ? 'ok' : 'invalid',
			])
	})
})

test('older messages come page by page, without what she does not see', async () => {
	const long = await aLongRoom(amal, 120)
	const page = await readOlder(ines, long, 71)
	expect(page.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => at + 21))
	expect(page.older).toBe(21)
	expect(await readOlder(ines, long, 21)).toMatchObject({ older: null })
	const [zoe] = await block(ines, amal)
	expect(await readOlder(zoe, long, 71)).toEqual({ messages: [], older: null })
	expect(await codeOf(readOlder(hodan, await aPrivateRoom(amal, ines), 9))).toBe('not-found')
})
