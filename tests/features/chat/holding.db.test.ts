import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { moderatorDuties } from '~/db/schema/casework'
import { messages, roomMembers, rooms } from '~/db/schema/chat'
import { heldMessages } from '~/db/schema/chat-held'
import { spaces } from '~/db/schema/forum'
import { watchRules } from '~/db/schema/house-rules'
import { auditLog, grants, members } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { blocks } from '~/db/schema/ties'
import { chatBelongings } from '~/features/chat/belongings.server'
import { isHeld } from '~/features/chat/chat.wire'
import { countWaiting, readWaiting } from '~/features/chat/holding/pages.server'
import { keepHeldBack, letThrough } from '~/features/chat/holding/releasing.server'
import { deleteDue } from '~/features/chat/keeping/deleting.server'
import { forgetMe, readForgetting } from '~/features/chat/keeping/forgetting.server'
import { catchUp } from '~/features/chat/messages.server'
import { changeRoom, closeRoom, reopenRoom } from '~/features/chat/open/opening.server'
import { listRooms } from '~/features/chat/room-lists.server'
import { readRoomPage } from '~/features/chat/room-page.server'
import { editMessage, removeMessage } from '~/features/chat/writing.server'
import { readCase } from '~/features/moderation/cases.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { beginDuty, endDuty, readDuty } from '~/features/moderation/duty.server'
import { appeal, listMyStatements } from '~/features/moderation/statements.server'
import { loadWatchRules } from '~/features/moderation/watch/rules-in-force.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { subjects } from '~/routes/subjects.server'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { heardOf } from '../../factories/events'
import { aSpace } from '../../factories/forum'
import { aHeld, aReadingModerator, dutyPasses, onDuty, say, waitingIn } from '../../factories/holding'
import { act, aHost, aSession } from '../../factories/led'
import { aMember } from '../../factories/members'

const codeOf = async (what: Promise<unknown>) =>
	what.then(
		() => 'done',
		(error) => (error instanceof AppError ? error.code : Promise.reject(error)),
	)
const asked = { locale: 'en' }

let room: string
let eleni: Actor
let reader: Actor
beforeEach(async () => {
	room = await anOpenRoom({ holds: true, languages: ['el', 'it'] })
	eleni = await aMember({ handle: 'Eleni', speaks: ['el'], reads: ['el'] })
	reader = await aMember({ reads: ['it'] })
})
afterEach(() => db.delete(moderatorDuties))

const bodiesIn = async (actor: Actor, id = room) =>
	(await readRoomPage(actor, id, asked)).messages.map(({ body }) => body)
const heldOf = async (actor: Actor, id = room) => (await readRoomPage(actor, id, asked)).held

describe('what waits', () => {
	test.each<[string, string | null, string[][], boolean]>([
		['nobody is on duty', 'el', [], true],
		['whoever is reads another language', 'el', [['it', 'en']], true],
		['somebody reads it', 'el', [['it'], ['en', 'el']], false],
		['nobody said in what, and one of the languages is missing', null, [['el']], true],
		['nobody said in what, and together they read all', null, [['el'], ['it']], false],
		['it is no language of the room, and nobody reads it', 'bg', [['el', 'it']], true],
	])('%s', async (_how, language, duties, waits) => {
		for (const reads of duties) await onDuty(reads)
		expect('held' in (await say(eleni, room, 'Καλημέρα', { language }))).toBe(waits)
	})

	test('in a room for no language in particular any moderator on duty is enough', async () => {
		const any = await anOpenRoom({ holds: true, languages: [] })
		expect('held' in (await say(eleni, any, 'Γεια', { language: null }))).toBe(true)
		await onDuty([])
		expect('held' in (await say(eleni, any, 'Γεια', { language: null }))).toBe(false)
	})

	test('a room that does not hold, and a room of two, let everything through', async () => {
		const [open, two] = [await anOpenRoom(), await aPrivateRoom(eleni, reader)]
		expect('held' in (await say(eleni, open, 'Γεια'))).toBe(false)
		expect('held' in (await say(eleni, two, 'Γεια'))).toBe(false)
	})

	test('a moderator of one space counts for its rooms alone', async () => {
		const [here, there] = [await aSpace(), await aSpace()]
		const [mine, other] = [
			await anOpenRoom({ holds: true, languages: ['el'], spaceId: here.id }),
			await anOpenRoom({ holds: true, languages: ['el'], spaceId: there.id }),
		]
		await onDuty(['el'], here.id)
		expect('held' in (await say(eleni, mine, 'Γεια'))).toBe(false)
		expect('held' in (await say(eleni, other, 'Γεια'))).toBe(true)
		expect('held' in (await say(eleni, room, 'Γεια'))).toBe(true)
	})

	test('in a session a host who is in it and reads the language is enough', async () => {
		const host = await aHost()
		await db
			.update(members)
			.set({ reads: ['el'] })
			.where(eq(members.id, host.id))
		const session = await aSession(host, [eleni], { holds: 'yes' })
		expect('held' in (await say(eleni, session, 'Γεια'))).toBe(false)
		expect('held' in (await say(eleni, session, 'Здравей', { language: 'bg' }))).toBe(true)
	})

	test.each([
		['her hours have passed', dutyPasses],
		['she has gone', async (moderator: Actor) => void (await endDuty(moderator, {}))],
		[
			'she is suspended',
			async ({ id }: Actor) =>
				void (await db.update(members).set({ status: 'suspended' }).where(eq(members.id, id))),
		],
	])('whoever was on duty counts no more when %s', async (_how, goes) => {
		const moderator = await onDuty(['el'])
		expect('held' in (await say(eleni, room, 'πρώτο'))).toBe(false)
		await goes(moderator)
		expect('held' in (await say(eleni, room, 'δεύτερο'))).toBe(true)
	})

	test('duty that runs out once her words were judged changes nothing for them', async () => {
		const moderator = await onDuty(['el'])
		const key = randomUUID()
		const [sent] = await Promise.all([say(eleni, room, 'τώρα', { key }), endDuty(moderator, {})])
		// Whichever came first: it is one of the two, once.
		expect((await waitingIn()) + (await db.$count(messages, eq(messages.roomId, room)))).toBe(1)
		expect(await say(eleni, room, 'τώρα', { key })).toMatchObject({ id: sent.id })
	})
})

describe('its author alone', () => {
	test('sees it, why it waits, and that somebody looks at it once somebody is there', async () => {
		const held = await aHeld(eleni, room)
		expect(held).toMatchObject({ body: 'Καλημέρα', lang: 'el', dir: 'ltr', seen: false, held: true })
		expect(await heldOf(eleni)).toEqual([held])
		expect((await catchUp(eleni, room, 0)).held).toEqual([held])
		await onDuty(['el'])
		expect(await heldOf(eleni)).toEqual([{ ...held, seen: true }])
	})

	test('for everybody else there is nothing: no words, no number, no moment', async () => {
		const events = heardOf('chat:message')
		await aHeld(eleni, room)
		expect(await heldOf(reader)).toEqual([])
		expect(await bodiesIn(reader)).toEqual([])
		expect(await catchUp(reader, room, 0)).toEqual({
			...{ seq: 0, upTo: 0, more: false, messages: [], held: [], alone: false, closed: false },
		})
		expect((await listRooms(reader, 'en')).open.find(({ id }) => id === room)?.lastAt).toBeNull()
		expect(await events()).toEqual([])
	})

	test('the same key gives the same for ever: held, then the message it became', async () => {
		const key = randomUUID()
		const held = await aHeld(eleni, room, 'Καλημέρα', { key })
		expect(await say(eleni, room, 'άλλο', { key })).toEqual(held)
		const moderator = await onDuty(['el'])
		expect(await say(eleni, room, 'άλλο', { key })).toEqual(held)
		await letThrough(moderator, { held: held.id })
		expect(await say(eleni, room, 'άλλο', { key })).toMatchObject({
			id: held.id,
			body: 'Καλημέρα',
			seq: 1,
			key,
		})
		await endDuty(moderator, {})
		expect(await say(eleni, room, 'άλλο', { key })).toMatchObject({ id: held.id, seq: 1 })
		expect([await waitingIn(), await db.$count(messages, eq(messages.roomId, room))]).toEqual([0, 1])
	})

	test('the same key at once, many times, waits once', async () => {
		const key = randomUUID()
		const all = await Promise.all(Array.from({ length: 10 }, () => say(eleni, room, 'ένα', { key })))
		expect(new Set(all.map(({ id }) => id)).size).toBe(1)
		expect(await waitingIn()).toBe(1)
	})

	test('the same key in another room is a conflict', async () => {
		const [key, other] = [randomUUID(), await anOpenRoom()]
		await aHeld(eleni, room, 'ένα', { key })
		expect(await codeOf(say(eleni, other, 'ένα', { key }))).toBe('conflict')
	})

	test('takes it back whenever she likes, and twice is once', async () => {
		const { id } = await aHeld(eleni, room)
		expect(await removeMessage(eleni, { room, id })).toMatchObject({ id, gone: true })
		expect(await waitingIn()).toBe(0)
		expect(await codeOf(removeMessage(eleni, { room, id }))).toBe('not-found')
		expect(await codeOf(letThrough(await onDuty(['el']), { held: id }))).toBe('done')
		expect(await bodiesIn(reader)).toEqual([])
	})

	test('it is not changed while it waits, and nobody else takes it back', async () => {
		const { id } = await aHeld(eleni, room)
		expect(await codeOf(editMessage(eleni, { room, id, words: 'άλλο' }))).toBe('not-found')
		expect(await codeOf(removeMessage(reader, { room, id }))).toBe('not-found')
		expect((await heldOf(eleni))[0]?.body).toBe('Καλημέρα')
	})

	test('what was said while somebody read it is not changed into what nobody reads', async () => {
		const moderator = await onDuty(['el'])
		const said = await say(eleni, room, 'Καλημέρα')
		await endDuty(moderator, {})
		const error = await editMessage(eleni, { room, id: said.id, words: 'άλλο' }).catch((refusal) => refusal)
		expect(error).toMatchObject({ code: 'forbidden', fields: { '': 'chat:held.later' } })
	})
})

describe('letting through', () => {
	test('it comes into the room with its key, numbered then, in the order it was said', async () => {
		const events = heardOf('chat:message')
		const one = await aHeld(eleni, room, 'ένα')
		const two = await aHeld(eleni, room, 'δύο')
		const moderator = await onDuty(['el', 'it'])
		await aMessage(reader, room, 'uno')
		await letThrough(moderator, { held: [two.id, one.id] })
		expect(await bodiesIn(reader)).toEqual(['uno', 'ένα', 'δύο'])
		expect(await heldOf(eleni)).toEqual([])
		const page = await catchUp(reader, room, 1)
		expect(page.messages).toMatchObject([
			{ id: one.id, key: one.key, seq: 2, authorId: eleni.id, author: 'Eleni' },
			{ id: two.id, key: two.key, seq: 3 },
		])
		expect((await events()).slice(1)).toMatchObject([
			{ seq: 2, fresh: true, entry: { body: 'ένα' } },
			{ seq: 3, fresh: true, entry: { body: 'δύο' } },
		])
		const logged = await db
			.select()
			.from(auditLog)
			.where(eq(auditLog.action, 'moderation.let-through'))
			.orderBy(auditLog.seq)
		expect(logged.filter(({ subjectId }) => [one.id, two.id].includes(subjectId!))).toHaveLength(2)
	})

	test('two moderators at once let it through once', async () => {
		const held = [await aHeld(eleni, room, 'ένα'), await aHeld(eleni, room, 'δύο')].map(({ id }) => id)
		const [first, second] = [await onDuty(['el']), await onDuty(['el'])]
		await Promise.all([
			letThrough(first, { held }),
			letThrough(second, { held: [...held].reverse() }),
			codeOf(keepHeldBack(second, { id: held[1]!, rule: 'insult' })),
		])
		const rows = await db.select().from(messages).where(eq(messages.roomId, room)).orderBy(messages.seq)
		// Whether the one that is kept back came first or last depends on who was quicker.
		expect(rows.map(({ body }) => body).toSorted()).toEqual(['ένα', 'δύο'])
		expect(await waitingIn()).toBe(0)
	})

	test('whoever has a block with its author is not told of it', async () => {
		const { id } = await aHeld(eleni, room)
		await db.insert(blocks).values({ blockerId: reader.id, blockedId: eleni.id })
		const events = heardOf('chat:message')
		await letThrough(await onDuty(['el']), { held: id })
		expect((await events())[0]?.unseenBy).toEqual([reader.id])
		expect(await bodiesIn({ ...reader, blocked: [eleni.id] })).toEqual([])
	})

	test('her answer and her translation point where they did', async () => {
		const moderator = await onDuty(['it', 'el'])
		const question = await aMessage(reader, room, 'Chi viene?')
		await db.update(messages).set({ lang: 'it' }).where(eq(messages.id, question.id))
		await endDuty(moderator, {})
		const both = await aMember({ speaks: ['el', 'it'] })
		const translation = await aHeld(both, room, 'Ποια έρχεται;', { translationOf: question.id })
		const answer = await aHeld(eleni, room, 'Εγώ', { replyTo: question.id })
		await letThrough(await onDuty(['el']), { held: [translation.id, answer.id] })
		const rows = await db.select().from(messages).where(eq(messages.roomId, room)).orderBy(messages.seq)
		expect(rows.slice(1)).toMatchObject([{ translationOf: question.id }, { replyTo: question.id }])
	})

	test.each<[string, (held: string) => Promise<unknown>, () => Promise<unknown>]>([
		[
			'the room was closed',
			async () => closeRoom(await aMember({ roles: [{ role: 'coordinator' }] }), { room }),
			async () => reopenRoom(await aMember({ roles: [{ role: 'coordinator' }] }), { room }),
		],
		[
			'its author was suspended',
			() => db.update(members).set({ status: 'suspended' }).where(eq(members.id, eleni.id)),
			() => db.update(members).set({ status: 'active' }).where(eq(members.id, eleni.id)),
		],
		[
			'the room is not there for her any more',
			async () => {
				const space = await aSpace('Shut', { access: 'practitioners' })
				await db.update(rooms).set({ spaceId: space.id }).where(eq(rooms.id, room))
			},
			() => db.update(spaces).set({ access: 'everyone' }),
		],
	])('it stays where it is when %s, and can be let through once that is over', async (_how, then, over) => {
		const { id } = await aHeld(eleni, room)
		const moderator = await onDuty(['el'])
		await then(id)
		expect((await readWaiting(moderator, 'en')).waiting).toEqual([])
		await letThrough(moderator, { held: id })
		expect(await codeOf(keepHeldBack(moderator, { id, rule: 'insult' }))).toBe('conflict')
		expect([await waitingIn(), await db.$count(messages, eq(messages.roomId, room))]).toEqual([1, 0])
		await over()
		await letThrough(moderator, { held: id })
		expect(await waitingIn()).toBe(0)
	})

	test('in a session nothing comes from a woman who is out, or muted, or while it pauses', async () => {
		const host = await aHost()
		const session = await aSession(host, [eleni])
		await db.update(rooms).set({ holds: true }).where(eq(rooms.id, session))
		const { id } = await aHeld(eleni, session)
		const moderator = await onDuty(['el'])
		const shown = async () => (await readWaiting(moderator, 'en')).waiting.length
		await act(host, session, 'pause')
		expect(await shown()).toBe(0)
		await act(host, session, 'go-on')
		await act(host, session, 'mute', { member: eleni.id, minutes: '5' })
		expect(await shown()).toBe(0)
		await act(host, session, 'unmute', { member: eleni.id })
		expect(await shown()).toBe(1)
		const hers = and(eq(roomMembers.roomId, session), eq(roomMembers.memberId, eleni.id))
		await db.update(roomMembers).set({ leftAt: new Date() }).where(hers)
		await letThrough(moderator, { held: id })
		expect(await waitingIn()).toBe(1)
	})

	test('where a room holds nothing any more, all that waits goes through', async () => {
		await aHeld(eleni, room, 'ένα')
		await aHeld(eleni, room, 'δύο')
		await changeRoom(await aMember({ roles: [{ role: 'coordinator' }] }), {
			...{ room, 'name-en': 'Kitchen table', languages: ['el'], keepDays: '0' },
		})
		expect(await bodiesIn(reader)).toEqual(['ένα', 'δύο'])
		expect(await waitingIn()).toBe(0)
	})
})

describe('not letting through', () => {
	const keep = async () => {
		const held = await aHeld(eleni, room, 'κακά λόγια')
		const moderator = await onDuty(['el'])
		const events = heardOf('chat:message')
		await keepHeldBack(moderator, { id: held.id, rule: 'insult', words: 'Please do not' })
		return { held, moderator, told: await events() }
	}

	test('it was never shown; she reads why, and it is on record', async () => {
		const { held, moderator, told } = await keep()
		expect(await bodiesIn(reader)).toEqual([])
		expect(await heldOf(eleni)).toEqual([])
		expect((await catchUp(reader, room, 0)).messages).toEqual([])
		expect(told.map(({ entry }) => entry)).toEqual([{ id: held.id, seq: 1, gone: true }])
		const [found] = await db.select().from(cases).where(eq(cases.subjectId, held.id))
		expect(found).toMatchObject({ status: 'decided', decision: 'hidden', decidedBy: moderator.id })
		const [statement] = await db.select().from(statements).where(eq(statements.caseId, found!.id))
		expect(statement).toMatchObject({
			memberId: eleni.id,
			action: 'hidden',
			excerpt: 'κακά λόγια',
			rule: 'insult',
			words: 'Please do not',
		})
	})

	test('undone, it waits for a decision as it waited before: nobody has seen it, and she reads so', async () => {
		const { held, moderator } = await keep()
		const [found] = await db.select().from(cases).where(eq(cases.subjectId, held.id))
		await undo({ subjects })(moderator, { case: found!.id })
		expect(await bodiesIn(reader)).toEqual([])
		expect((await catchUp(reader, room, 0)).messages).toEqual([])
		const stated = async () => (await listMyStatements(eleni, null)).statements
		expect(await stated()).toMatchObject([{ undoneAt: expect.any(Date), waits: true, foundByRule: false }])
		expect((await readCase(subjects, moderator, found!.id)).origin).toBe('held')

		await decide({ subjects })(moderator, { case: found!.id, decision: 'dismiss' })
		expect(await bodiesIn(reader)).toEqual(['κακά λόγια'])
		expect((await catchUp(reader, room, 0)).messages).toMatchObject([{ id: held.id, key: held.key }])
		await undo({ subjects })(moderator, { case: found!.id })
		expect(await bodiesIn(reader)).toEqual([])
	})

	test('where a watch rule held it, she reads that a rule found it', async () => {
		await db.insert(watchRules).values({ kind: 'word', text: 'κακά λόγια', action: 'hold' })
		await loadWatchRules()
		await keep()
		const { statements: stated } = await listMyStatements(eleni, null)
		expect(stated).toMatchObject([{ foundByRule: true, automated: false }])
		await db.delete(watchRules)
		await loadWatchRules()
	})

	test('she appeals, and another moderator restores it', async () => {
		const { held } = await keep()
		const [found] = await db.select().from(cases).where(eq(cases.subjectId, held.id))
		const [statement] = await db.select().from(statements).where(eq(statements.caseId, found!.id))
		await appeal(eleni, { statement: statement!.id, words: 'Why?' })
		const again = await db.select().from(cases).where(eq(cases.statementId, statement!.id))
		const other = await aReadingModerator(['el'])
		await decide({ subjects })(other, { case: again[0]!.id, decision: 'restore', words: '' })
		expect(await bodiesIn(reader)).toEqual(['κακά λόγια'])
	})

	test.each([
		['without a rule', { rule: undefined }, 'invalid'],
		['for another rule without a word', { rule: 'other-rule', words: '' }, 'invalid'],
		['what is not there', { id: randomUUID() }, 'conflict'],
		['what is no id', { id: 'x' }, 'invalid'],
	])('refused: %s', async (_how, change, code) => {
		const { id } = await aHeld(eleni, room)
		const raw = { id, rule: 'insult', words: '', ...change }
		expect(await codeOf(keepHeldBack(await onDuty(['el']), raw))).toBe(code)
		expect(await waitingIn()).toBe(1)
	})
})

describe('who looks', () => {
	test.each<[string, () => Promise<Actor>, string, number]>([
		['a moderator who is not on duty', () => aReadingModerator(['el']), 'forbidden', 0],
		['one who does not read it', () => onDuty(['it']), 'done', 0],
		['one of a space, for a room of none', async () => onDuty(['el'], (await aSpace()).id), 'done', 0],
		['a member', () => aMember({ reads: ['el'] }), 'not-found', 0],
		['a coordinator', () => aMember({ reads: ['el'], roles: [{ role: 'coordinator' }] }), 'not-found', 0],
	])('not %s', async (_who, whom, code, shown) => {
		const { id } = await aHeld(eleni, room)
		const actor = await whom()
		expect(await codeOf(letThrough(actor, { held: id }))).toBe(code)
		expect(await waitingIn()).toBe(1)
		const page = await readWaiting(actor, 'en').catch(() => ({ waiting: [] }))
		expect(page.waiting).toHaveLength(shown)
	})

	test('only what her languages bring her, and what no other moderator looks after', async () => {
		const { id } = await aHeld(eleni, room)
		const given = async (languages: string[], reads = ['el', 'it']) => {
			const actor = await aMember({ reads, roles: [{ role: 'moderator', languages }] })
			await beginDuty(actor, { hours: '2' })
			return actor
		}
		const shownTo = async (actor: Actor) => (await readWaiting(actor, 'en')).waiting.length
		const [italian, italianOnly] = [await given(['it']), await given(['it'], ['it'])]
		// Nobody looks after Greek: it comes to who reads it.
		expect([await shownTo(italian), await shownTo(italianOnly)]).toEqual([1, 0])
		const greek = await given(['el'], [])
		expect([await shownTo(italian), await shownTo(greek)]).toEqual([0, 1])
		expect(await codeOf(letThrough(italian, { held: id }))).toBe('done')
		expect(await codeOf(keepHeldBack(italian, { id, rule: 'insult' }))).toBe('conflict')
		expect(await waitingIn()).toBe(1)
		// And nobody counts on a woman to whom it would not come.
		const waits = async () => isHeld(await say(eleni, room, 'ξανά'))
		expect(await waits()).toBe(false)
		await endDuty(greek, {})
		expect(await waits()).toBe(true)
		await db.update(grants).set({ endedAt: new Date() }).where(eq(grants.memberId, greek.id))
		expect(await waits()).toBe(false)
	})

	test('its author never, also if she moderates', async () => {
		const her = await aReadingModerator(['el'])
		const { id } = await aHeld(her, room)
		await beginDuty(her, { hours: '1' })
		expect((await readWaiting(her, 'en')).waiting).toEqual([])
		await letThrough(her, { held: id })
		expect(await waitingIn()).toBe(1)
	})

	test('before she is on duty she is told how many wait, not their words', async () => {
		await aHeld(eleni, room)
		const moderator = await aReadingModerator(['el'])
		expect(await countWaiting(moderator)).toBe(1)
		expect(await readWaiting(moderator, 'en')).toEqual({ duty: null, count: 1, waiting: [] })
		await beginDuty(moderator, { hours: '4' })
		const { waiting } = await readWaiting(moderator, 'en')
		expect(waiting).toMatchObject([{ body: 'Καλημέρα', author: 'Eleni', room: { text: 'Kitchen table' } }])
	})

	test('nothing of a room of two is ever there to look at, whatever a row says', async () => {
		const two = await aPrivateRoom(eleni, reader)
		await db.insert(heldMessages).values({
			...{ roomId: two, authorId: eleni.id, key: randomUUID(), body: 'μυστικό', lang: 'el', dir: 'ltr' },
		})
		const moderator = await onDuty(['el'])
		expect((await readWaiting(moderator, 'en')).waiting).toEqual([])
	})

	test.each(['0', '3', '24', 'two', ''])('hours that are no choice: %j', async (hours) => {
		expect(await codeOf(beginDuty(await aReadingModerator(['el']), { hours }))).toBe('invalid')
	})

	test('duty is for moderators, begins anew when said again, and ends', async () => {
		expect(await codeOf(beginDuty(reader, { hours: '1' }))).toBe('not-found')
		const moderator = await onDuty(['el'])
		await beginDuty(moderator, { hours: '8' })
		const until = await readDuty(db, moderator)
		expect(until!.getTime() - Date.now()).toBeGreaterThan(7.9 * 3_600_000)
		await endDuty(moderator, {})
		await endDuty(moderator, {})
		expect(await readDuty(db, moderator)).toBeNull()
	})
})

describe('what is kept', () => {
	test('it goes with its room’s days', async () => {
		const { id } = await aHeld(eleni, room)
		await db.update(rooms).set({ keepDays: 7 }).where(eq(rooms.id, room))
		await deleteDue()
		expect(await waitingIn()).toBe(1)
		await db
			.update(heldMessages)
			.set({ createdAt: new Date(Date.now() - 8 * 86_400_000) })
			.where(eq(heldMessages.id, id))
		expect(await deleteDue()).toBe(1)
		expect(await waitingIn()).toBe(0)
	})

	test('leave and forget me here takes it, and counts it before', async () => {
		await aHeld(eleni, room)
		expect((await readForgetting(eleni, room, 'en')).count).toBe(1)
		await forgetMe(eleni, { room })
		expect(await waitingIn()).toBe(0)
	})

	test.each(['keep', 'remove'] as const)('an account that goes takes it (%s)', async (words) => {
		await aHeld(eleni, room)
		await db.transaction((tx) => chatBelongings.leave!(tx, eleni.id, words, () => {}))
		expect(await waitingIn()).toBe(0)
	})

	test('her copy has it', async () => {
		await aHeld(eleni, room)
		const parts = await chatBelongings.collect(db, eleni.id)
		expect(parts[0]?.texts).toMatchObject([{ text: 'Καλημέρα', lang: 'el' }])
	})
})
