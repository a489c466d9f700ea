import { and, asc, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages, roomMembers, rooms } from '~/db/schema/chat'
import { messageReactions, messageWishes, roomMarks } from '~/db/schema/chat-marks'
import { closeCircle } from '~/features/chat/circles/circles.server'
import { deleteDue, tidyCircles } from '~/features/chat/keeping/deleting.server'
import { forgetMe, readForgetting } from '~/features/chat/keeping/forgetting.server'
import { reactToMessage, wishForMessage } from '~/features/chat/marking.server'
import { catchUp, readMessages } from '~/features/chat/messages.server'
import { markRead } from '~/features/chat/reading.server'
import { accessRoom, closePrivateRoom } from '~/features/chat/rooms.server'
import { sendMessage } from '~/features/chat/writing.server'
import { decide } from '~/features/moderation/decisions.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aCircle } from '../../factories/circles'
import { heardOf } from '../../factories/events'
import { act, aHost, aSession } from '../../factories/led'
import { aMember } from '../../factories/members'
import { aModerator, aReport } from '../../factories/moderation'
import { codeOf, faultsOf } from '../../factories/outcomes'

let host: Actor
let amal: Actor
let ines: Actor
beforeEach(async () => {
	;[host, amal, ines] = await Promise.all([
		aHost('Rosa'),
		aMember({ handle: 'Amal', speaks: ['it', 'ar'] }),
		aMember({ handle: 'Inés', speaks: ['it', 'ar'] }),
	])
})

const daysAgo = (days: number) => sql`now() - make_interval(days => ${days})`
const saidDaysAgo = (id: string, days: number) =>
	db
		.update(messages)
		.set({ createdAt: daysAgo(days) })
		.where(eq(messages.id, id))
const bodiesIn = async (room: string) =>
	(
		await db
			.select({ body: messages.body })
			.from(messages)
			.where(eq(messages.roomId, room))
			.orderBy(asc(messages.seq))
	).map(({ body }) => body)
const seqOf = async (room: string) => (await db.select().from(rooms).where(eq(rooms.id, room)))[0]!.seq
const close = (room: string) => db.transaction((tx) => closePrivateRoom(tx, room, () => {}))
const allOld = (room: string) =>
	db
		.update(messages)
		.set({ removedAt: daysAgo(2) })
		.where(and(eq(messages.roomId, room), sql`removed_at is not null`))
const dismiss = async (caseId: string) =>
	decide({ subjects })(await aModerator(), { case: caseId, decision: 'dismiss' })

describe('what a room keeps', () => {
	const kinds = {
		session: () => aSession(host, [amal]),
		circle: () => aCircle(host, [amal]),
		open: () => anOpenRoom(),
	}
	test.each([
		['session', 29, 2],
		['session', 31, 1],
		['circle', 89, 2],
		['circle', 91, 1],
		['open', 4_000, 2],
	] as const)('of a room that is %s, after %i days: %i of two messages', async (kind, days, kept) => {
		const room = await kinds[kind]()
		const { id } = await aMessage(amal, room, 'then')
		await aMessage(amal, room, 'now')
		await saidDaysAgo(id, days)
		const seq = await seqOf(room)
		await deleteDue()
		expect(await db.$count(messages, eq(messages.roomId, room))).toBe(kept)
		expect(await seqOf(room)).toBe(seq)
	})

	test.each([
		['goes on', null, 1],
		['ended 29 days ago', 29, 1],
		['ended 31 days ago', 31, 0],
	] as const)(
		'of a mentoring that %s, of what was said a year ago: %i messages',
		async (_how, days, kept) => {
			const room = await aPrivateRoom(amal, ines)
			expect(await db.select().from(rooms).where(eq(rooms.id, room))).toMatchObject([{ keepDays: 30 }])
			const { id } = await aMessage(amal, room)
			await saidDaysAgo(id, 365)
			if (days !== null) {
				await close(room)
				await db
					.update(rooms)
					.set({ closedAt: daysAgo(days) })
					.where(eq(rooms.id, room))
			}
			await deleteDue()
			expect(await db.$count(messages, eq(messages.roomId, room))).toBe(kept)
			await accessRoom(db, amal, room)
		},
	)

	test('goes with its signs, wishes and translations, and is pinned no more; what answers it stays', async () => {
		const room = await aSession(host, [amal, ines])
		const { id } = (await sendMessage(amal, {
			room,
			key: crypto.randomUUID(),
			body: 'ciao',
			language: 'it',
		})) as { id: string }
		await reactToMessage(ines, { room, id, kind: 'heart', on: true })
		await wishForMessage(host, { room, id, language: 'el' })
		await act(host, room, 'pin', { id })
		const say = (more: object) =>
			sendMessage(ines, { room, key: crypto.randomUUID(), body: 'hers', language: 'ar', ...more })
		await say({ translationOf: id })
		await say({ replyTo: id, body: 'an answer' })
		await saidDaysAgo(id, 31)
		await deleteDue()
		expect(await bodiesIn(room)).toEqual(['an answer'])
		expect(await db.$count(messageReactions)).toBe(0)
		expect(await db.$count(messageWishes)).toBe(0)
		expect(await db.select().from(rooms).where(eq(rooms.id, room))).toMatchObject([{ pinnedId: null }])
	})

	test('a page that was away goes on over what was deleted', async () => {
		const room = await aSession(host, [amal])
		const ids = []
		for (const body of ['one', 'two', 'three']) ids.push((await aMessage(amal, room, body)).id)
		const before = await catchUp(amal, room, 0)
		for (const id of ids) await saidDaysAgo(id, 31)
		await deleteDue()
		expect(await catchUp(amal, room, 0)).toMatchObject({ seq: before.seq, more: false, messages: [] })
		const next = await aMessage(amal, room, 'four')
		expect(next.seq).toBe(before.seq + 1)
		expect(await catchUp(amal, room, before.seq)).toMatchObject({ messages: [{ body: 'four' }] })
		expect(
			(await readMessages(room, null, { id: amal.id, unheard: [] })).messages.map(({ body }) => body),
		).toEqual(['four'])
	})

	test('under an open case waits until it is decided, with what it translates', async () => {
		const room = await aSession(host, [amal, ines])
		const { id } = (await sendMessage(amal, {
			room,
			key: crypto.randomUUID(),
			body: 'original',
			language: 'it',
		})) as { id: string }
		const said = { room, key: crypto.randomUUID(), body: 'twisted', language: 'ar', translationOf: id }
		const translation = (await sendMessage(ines, said)) as { id: string }
		await aMessage(amal, room, 'other')
		await db.update(messages).set({ createdAt: daysAgo(31) })
		const { caseId } = await aReport({ by: host, kind: 'message', id: translation.id })
		await deleteDue()
		expect(await bodiesIn(room)).toEqual(['original', 'twisted'])
		await dismiss(caseId)
		await deleteDue()
		expect(await bodiesIn(room)).toEqual([])
	})

	test('is deleted once by several processes, however much it is', async () => {
		const room = await aCircle(host)
		const rows = Array.from({ length: 1_200 }, (_, at) => ({
			roomId: room,
			seq: at + 1,
			changedSeq: at + 1,
			authorId: host.id,
			key: crypto.randomUUID(),
			body: 'old',
			dir: 'ltr' as const,
			createdAt: new Date('2020-01-01'),
		}))
		await db.insert(messages).values(rows)
		const counts = await Promise.all([deleteDue(), deleteDue()])
		await deleteDue()
		expect(counts[0]! + counts[1]!).toBeLessThanOrEqual(1_200)
		expect(await bodiesIn(room)).toEqual([])
	})

	test('a circle closed so long ago that nothing is left of it is deleted', async () => {
		const room = await aCircle(host, [amal])
		const { id } = await aMessage(amal, room)
		await saidDaysAgo(id, 91)
		await closeCircle(host, { room })
		await deleteDue()
		await tidyCircles()
		expect(await db.$count(rooms, eq(rooms.id, room))).toBe(1)
		await db
			.update(rooms)
			.set({ closedAt: daysAgo(91) })
			.where(eq(rooms.id, room))
		await tidyCircles()
		expect(await db.$count(rooms, eq(rooms.id, room))).toBe(0)
	})

	test('of a session that has ended is read by its people, and by nobody else', async () => {
		const room = await aSession(host, [amal])
		await aMessage(amal, room, 'remember this')
		await act(host, room, 'end')
		for (const one of [host, amal])
			expect((await catchUp(one, room, 0)).messages).toMatchObject([{ body: 'remember this' }])
		expect(await codeOf(() => catchUp(ines, room, 0))).toBe('not-found')
		expect(await codeOf(() => aMessage(amal, room))).toBe('forbidden')
	})
})

describe('leave and forget me here', () => {
	const rowsOf = (room: string) =>
		db
			.select({ body: messages.body, authorId: messages.authorId, lang: messages.lang })
			.from(messages)
			.where(eq(messages.roomId, room))
			.orderBy(asc(messages.seq))

	test.each([
		['a circle', () => aCircle(host, [amal]), undefined],
		['a private room', () => aPrivateRoom(host, amal), 'left'],
		['a session', () => aSession(host, [amal]), 'left'],
	] as const)(
		'in %s: out, and her words and name are gone from the rows at once',
		async (_where, open, seat) => {
			const room = await open()
			await aMessage(host, room, 'theirs')
			await aMessage(amal, room, 'hers')
			await markRead(amal, { room, seq: 2 })
			expect(await forgetMe(amal, { room })).toMatchObject({ kind: expect.any(String) })
			expect(await rowsOf(room)).toEqual([
				{ body: 'theirs', authorId: host.id, lang: null },
				{ body: '', authorId: null, lang: null },
			])
			expect(await codeOf(() => accessRoom(db, amal, room))).toBe('not-found')
			expect(await db.$count(roomMarks, eq(roomMarks.memberId, amal.id))).toBe(0)
			const [left] = await db.select().from(roomMembers).where(eq(roomMembers.memberId, amal.id))
			expect(left && (left.leftAt ? 'left' : 'in')).toBe(seat)
			await deleteDue()
			expect(await bodiesIn(room)).toEqual(['theirs', ''])
			await allOld(room)
			await deleteDue()
			expect(await bodiesIn(room)).toEqual(['theirs'])
		},
	)

	test('every screen drops them, each by a number of its own, and by a page for one that was away', async () => {
		const room = await aCircle(host, [amal])
		for (const body of ['one', 'two', 'three']) await aMessage(amal, room, body)
		const seen = await catchUp(host, room, 0)
		const left = heardOf('chat:left')
		await forgetMe(amal, { room })
		const after = await catchUp(host, room, seen.seq)
		expect(after.messages).toMatchObject(seen.messages.map(({ id }) => ({ id, gone: true })))
		expect(await left()).toMatchObject([{ seq: seen.seq + 4 }])
		expect(after.seq).toBe(seen.seq + 4)
	})

	test('in an open room she stays, and her words, signs and what others said of them go', async () => {
		const room = await anOpenRoom()
		const { id } = (await sendMessage(amal, {
			room,
			key: crypto.randomUUID(),
			body: 'mine',
			language: 'it',
		})) as { id: string }
		const said = { room, key: crypto.randomUUID(), body: 'of mine', language: 'ar', translationOf: id }
		await sendMessage(ines, said)
		const theirs = await aMessage(ines, room, 'theirs')
		await reactToMessage(amal, { room, id: theirs.id, kind: 'heart', on: true })
		await reactToMessage(ines, { room, id, kind: 'heart', on: true })
		const erased = heardOf('chat:erased')
		expect((await readForgetting(amal, room, 'en')).count).toBe(1)
		await forgetMe(amal, { room })
		expect((await rowsOf(room)).map(({ body }) => body)).toEqual(['', '', 'theirs'])
		expect(await db.$count(messageReactions)).toBe(0)
		expect(await erased()).toMatchObject([{ roomId: room, seq: await seqOf(room) }])
		await aMessage(amal, room, 'back')
		const shown = (await readMessages(room, null, { id: ines.id, unheard: [] })).messages
		expect(shown.map(({ body }) => body)).toEqual(['theirs', 'back'])
		await allOld(room)
		await deleteDue()
		expect(await bodiesIn(room)).toEqual(['theirs', 'back'])
	})

	test('what is under an open case vanishes for all at once, and is deleted when it is decided', async () => {
		const room = await aCircle(host, [amal])
		const { id } = await aMessage(amal, room, 'evidence')
		const { caseId } = await aReport({ by: host, kind: 'message', id })
		await forgetMe(amal, { room })
		expect((await readMessages(room, null, { id: host.id, unheard: [] })).messages).toEqual([])
		await allOld(room)
		await deleteDue()
		expect(await rowsOf(room)).toMatchObject([{ body: 'evidence', authorId: null }])
		const subject = subjects.find(({ kind }) => kind === 'message')!
		expect(await db.transaction((tx) => subject.find(tx, id))).toMatchObject({ body: 'evidence' })
		await dismiss(caseId)
		await deleteDue()
		expect(await rowsOf(room)).toEqual([])
	})

	test('in a session that has ended it is as if she had never been there', async () => {
		const room = await aSession(host, [amal])
		await aMessage(amal, room, 'hers')
		await act(host, room, 'end')
		await forgetMe(amal, { room })
		expect(await db.$count(roomMembers, eq(roomMembers.memberId, amal.id))).toBe(0)
		await forgetMe(host, { room })
	})

	test('is refused to the first host of a session that goes on, and to whoever is not in', async () => {
		const room = await aSession(host, [amal])
		await aMessage(host, room, 'stays')
		expect(await faultsOf(() => forgetMe(host, { room }))).toMatchObject({
			code: 'conflict',
			details: { why: 'sessions:why.handOverFirst' },
		})
		expect(await bodiesIn(room)).toEqual(['stays'])
		for (const asked of [room, crypto.randomUUID()])
			expect(await codeOf(() => forgetMe(ines, { room: asked }))).toBe('not-found')
		expect(await codeOf(() => forgetMe(ines, { room: 'x' }))).toBe('invalid')
		expect(await codeOf(() => readForgetting(ines, room, 'en'))).toBe('not-found')
	})
})
