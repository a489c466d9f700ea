import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { restrictions } from '~/db/schema/measures'
import { auditLog, limitCounters, members } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { changePlan, planSession } from '~/features/chat/led/planning.server'
import { readRoomPage } from '~/features/chat/room-page.server'
import { sendMessage } from '~/features/chat/writing.server'
import { answer } from '~/features/forum/answering.server'
import { editPost } from '~/features/forum/edits.server'
import { readTopic } from '~/features/forum/posts.server'
import { askQuestion } from '~/features/forum/topics.server'
import { publishTranslation } from '~/features/forum/translation/publishing.server'
import { actorOfToken, openSession } from '~/features/members/session.server'
import { endDueSuspensions } from '~/features/members/shut-out.server'
import { pauseOffer, saveOffer } from '~/features/mentoring/offers/offers.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { MeasureChoices } from '~/features/moderation/measures/components/measure-choices'
import { MeasureLines } from '~/features/moderation/measures/components/measure-lines'
import { MeasuresInForce } from '~/features/moderation/measures/components/measures-in-force'
import { Silenced } from '~/features/moderation/measures/components/silenced'
import { endMeasure } from '~/features/moderation/measures/ending.server'
import { MEASURES } from '~/features/moderation/measures/measures.words'
import { readMeasuresInForce, readMeasuresOf } from '~/features/moderation/measures/reading.server'
import { appeal } from '~/features/moderation/statements.server'
import { restorePerson, suspendPerson } from '~/features/moderation/suspension.server'
import type { Actor } from '~/platform/actor'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { subjects } from '~/routes/subjects.server'
import { anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aSpace, aTopic, idsOf, questionOf } from '../../factories/forum'
import { aHost, aPlan, aPlannedSession, aSession } from '../../factories/led'
import { aMember } from '../../factories/members'
import { anOffer, anOfferForm } from '../../factories/mentoring'
import { aModerator, aReport } from '../../factories/moderation'
import { codeOf, faultsOf } from '../../factories/outcomes'

const using = { subjects }
const DECIDED = { decision: 'warn', rule: 'insult', words: 'Please rest a while' }

/** Olena as the database says now. */
async function nowOf({ id }: { id: string }): Promise<Actor> {
	const token = await openSession(db, { memberId: id, device: 'own', kind: 'phone' })
	return (await actorOfToken(token))!
}

/** A topic of Olena's that was reported, and a moderator. */
async function aCase() {
	const olena = await aMember()
	const topic = await aTopic({ author: olena })
	const [{ id: post } = { id: '' }] = await db.execute<{ id: string }>(
		sql`select id from posts where topic_id = ${topic.id}`,
	)
	const { caseId, reporter } = await aReport({ id: post })
	return { olena, topic, post, caseId, reporter, moderator: await aModerator() }
}

const decideOn = (moderator: Actor, caseId: string, how: Record<string, unknown>) =>
	decide(using)(moderator, { case: caseId, ...DECIDED, ...how })

/** Olena, held to something by a decision on her topic. */
async function aHeld(how: Record<string, unknown>) {
	const made = await aCase()
	await decideOn(made.moderator, made.caseId, how)
	return { ...made, now: () => nowOf(made.olena) }
}

const question = (space: string) => ({ space, title: 'A', body: 'B', language: 'en', key: randomUUID() })
const answerIn = (topic: { id: string; spaceId: string }) => ({
	...idsOf(topic),
	body: 'An answer',
	language: 'en',
	key: randomUUID(),
})
const inRoom = (room: string) => ({ room, key: randomUUID(), body: 'x' })
const over = (memberId: string) =>
	db
		.update(restrictions)
		.set({ until: sql`now() - interval '1 second'` })
		.where(eq(restrictions.memberId, memberId))
const statusOf = async (id: string) =>
	(await db.select({ status: members.status }).from(members).where(eq(members.id, id)))[0]?.status
const held = (memberId: string) => db.select().from(restrictions).where(eq(restrictions.memberId, memberId))

describe('silence in one space', () => {
	test('she reads and does not write there, neither questions, answers nor edits; elsewhere she does', async () => {
		const { topic, post, now } = await aHeld({ measure: 'muted', days: '7' })
		const her = await now()
		const refused = { code: 'forbidden', fields: { '': 'measures:refused.muted' } }
		expect(await faultsOf(() => askQuestion(her, question(topic.spaceId)))).toMatchObject(refused)
		expect(await faultsOf(() => answer(her, answerIn(topic)))).toMatchObject(refused)
		const edit = { ...idsOf(topic), post, body: 'Other', language: 'en', version: '1', title: 'T' }
		expect(await faultsOf(() => editPost(her, edit))).toMatchObject(refused)
		expect(await codeOf(async () => askQuestion(her, question((await aSpace('Other')).id)))).toBe('ok')
		const shown = await readTopic(her, 'en', { space: topic.spaceId, topic: topic.id }, null)
		expect(shown).toMatchObject({ mayWrite: false, silence: { everywhere: false } })
		expect(shown.posts).toHaveLength(1)
		const open = await anOpenRoom()
		const ofSpace = await anOpenRoom({ spaceId: topic.spaceId })
		expect(await codeOf(() => sendMessage(her, inRoom(open)))).toBe('ok')
		expect(await codeOf(() => sendMessage(her, inRoom(ofSpace)))).toBe('forbidden')
	})

	test('ends by itself', async () => {
		const { olena, topic, now } = await aHeld({ measure: 'muted', days: '1' })
		await over(olena.id)
		expect(await codeOf(async () => answer(await now(), answerIn(topic)))).toBe('ok')
	})
})

describe('silence everywhere', () => {
	const everywhere = { measure: 'muted', days: '', everywhere: 'yes' }

	test('holds in every open room, whichever way a message takes; private rooms stay hers', async () => {
		const { topic, now } = await aHeld(everywhere)
		const [her, other] = [await now(), await aMember()]
		const [open, own] = [await anOpenRoom(), await aPrivateRoom(her, other)]
		expect(await faultsOf(() => sendMessage(her, inRoom(open)))).toMatchObject({
			code: 'forbidden',
			fields: { body: 'measures:refused.muted' },
		})
		expect(await codeOf(() => sendMessage(her, inRoom(own)))).toBe('ok')
		expect(await codeOf(async () => askQuestion(her, question((await aSpace('Other')).id)))).toBe('forbidden')
		const page = await readRoomPage(her, open, { locale: 'en', before: null })
		expect(page).toMatchObject({ mayWrite: false, silence: { until: null, everywhere: true } })
		expect(await codeOf(() => answer(her, answerIn(topic)))).toBe('forbidden')
	})

	const places: [string, (her: Actor) => Promise<() => Promise<unknown>>][] = [
		['an answer', async (her) => async () => answer(her, answerIn(await aTopic()))],
		[
			'a translation',
			async (her) => {
				const topic = await aTopic()
				const post = (await questionOf(topic)).id
				const said = { language: 'it', title: 'A', body: 'B', key: randomUUID(), of: 1 }
				return () => publishTranslation(her, { post, ...said })
			},
		],
		['a led talk that she plans', async (her) => () => planSession(her, aPlan())],
		[
			'the plan of her led talk',
			async (her) => {
				const room = await aPlannedSession({ ...her, restraints: [] })
				return () => changePlan(her, { ...aPlan(), room })
			},
		],
		[
			'a message in a led talk',
			async (her) => {
				const room = await aSession(await aHost(), [her])
				return () => sendMessage(her, inRoom(room))
			},
		],
		['an offer to mentor', async (her) => () => saveOffer(her, anOfferForm())],
	]
	test.each(places)('holds for %s', async (_where, place) => {
		const { olena, now } = await aHeld(everywhere)
		await db.execute(sql`update members set speaks = '{en,it}' where id = ${olena.id}`)
		await db.execute(sql`insert into grants (member_id, role) values (${olena.id}, 'mentor')`)
		const her = await now()
		const write = await place({
			...her,
			grants: [{ role: 'mentor', organisationId: null, spaceId: null, languages: null }],
		})
		const { code, fields } = await faultsOf(write)
		expect([code, Object.values(fields ?? {})]).toEqual(['forbidden', ['measures:refused.muted']])
	})

	test('leaves her the break from mentoring', async () => {
		const { olena, now } = await aHeld(everywhere)
		await anOffer(olena)
		expect(await codeOf(async () => pauseOffer(await now(), { intent: 'pause' }))).toBe('ok')
	})

	test('what was sent before it is the same message when it is sent again', async () => {
		const made = await aCase()
		const room = await anOpenRoom()
		const sent = inRoom(room)
		const first = await sendMessage(made.olena, sent)
		await decideOn(made.moderator, made.caseId, everywhere)
		expect(await sendMessage(await nowOf(made.olena), sent)).toMatchObject({ id: first.id })
	})
})

describe('writing slowly', () => {
	test('is three posts a day and a message a minute, told with the time; private rooms are quick', async () => {
		const { topic, now } = await aHeld({ measure: 'slowed', days: '3' })
		const [her, other] = [await now(), await aMember()]
		const [open, own] = [await anOpenRoom(), await aPrivateRoom(her, other)]
		const twice = answerIn(topic)
		await answer(her, twice)
		await answer(her, twice)
		await answer(her, answerIn(topic))
		await askQuestion(her, question(topic.spaceId))
		expect(await faultsOf(() => answer(her, answerIn(topic)))).toMatchObject({
			code: 'forbidden',
			fields: { '': 'measures:refused.slowedPost' },
			details: { hours: 24 },
		})
		const said = inRoom(open)
		await sendMessage(her, said)
		await sendMessage(her, said)
		expect(await faultsOf(() => sendMessage(her, inRoom(open)))).toMatchObject({
			code: 'too-many',
			fields: { '': 'measures:refused.slowedMessage' },
		})
		await sendMessage(her, inRoom(own))
		await sendMessage(her, inRoom(own))
	})

	test('what she is asked about first costs her no minute', async () => {
		const { now } = await aHeld({ measure: 'slowed', days: '3' })
		const her = await now()
		const message = { ...inRoom(await anOpenRoom()), body: 'Call me: +39 331 123 4567' }
		expect(await codeOf(() => sendMessage(her, message))).toBe('invalid')
		expect(await codeOf(() => sendMessage(her, { ...message, sure: 'yes' }))).toBe('ok')
	})

	test('counts in all rooms and processes together: of two at once one goes out', async () => {
		const { olena, now } = await aHeld({ measure: 'slowed', days: '3' })
		const her = await now()
		const rooms = [await anOpenRoom(), await anOpenRoom()]
		const sent = await Promise.all(rooms.map((room) => codeOf(() => sendMessage(her, inRoom(room)))))
		expect(sent.toSorted()).toEqual(['ok', 'too-many'])
		const counted = await db.select().from(limitCounters)
		expect(counted.map(({ key }) => key)).toContain(`measures.message:${olena.id}`)
		await db.update(limitCounters).set({ expire: sql`now() - interval '1 second'` })
		expect(await codeOf(() => sendMessage(her, inRoom(rooms[0]!)))).toBe('ok')
	})
})

describe('a suspension for a time', () => {
	test('shuts her out at once, and ends with her next request', async () => {
		const { olena, now } = await aHeld({ measure: 'suspended', days: '7' })
		expect((await now()).status).toBe('suspended')
		await over(olena.id)
		expect((await now()).status).toBe('active')
		expect(await statusOf(olena.id)).toBe('active')
		const record = await db
			.select()
			.from(auditLog)
			.where(and(eq(auditLog.action, 'member.suspension-over'), eq(auditLog.memberId, olena.id)))
			.orderBy(auditLog.seq)
		expect(record).toMatchObject([{ memberId: olena.id, actorId: null }])
	})

	test('ends by the house too, once, whoever looks first', async () => {
		const { olena } = await aHeld({ measure: 'suspended', days: '7' })
		expect(await endDueSuspensions()).toBe(0)
		await over(olena.id)
		const ended = await Promise.all([endDueSuspensions(), endDueSuspensions()])
		expect(ended.reduce((sum, n) => sum + n)).toBe(1)
		expect(await statusOf(olena.id)).toBe('active')
	})

	test('does not end what another decision still holds', async () => {
		const { olena } = await aHeld({ measure: 'suspended', days: '7' })
		const other = await aReport({ id: (await aTopicOf(olena)).post })
		await decideOn(await aModerator(), other.caseId, { measure: 'closed' })
		await db
			.update(restrictions)
			.set({ until: sql`now() - interval '1 second'` })
			.where(eq(restrictions.kind, 'suspended'))
		expect(await endDueSuspensions()).toBe(0)
		expect(await statusOf(olena.id)).toBe('suspended')
		const coordinator = await aMember({ roles: [{ role: 'coordinator' }] })
		await restorePerson(coordinator, { member: olena.id })
		expect(await statusOf(olena.id)).toBe('active')
	})

	test('by a coordinator holds until she is let in, whatever else comes to its end', async () => {
		const coordinator = await aMember({ roles: [{ role: 'coordinator' }] })
		const olena = await aMember()
		await suspendPerson(coordinator, { member: olena.id, rule: 'insult' })
		expect(await held(olena.id)).toMatchObject([{ kind: 'closed', until: null }])
		expect(await endDueSuspensions(olena.id)).toBe(0)
		await restorePerson(coordinator, { member: olena.id })
		expect(await held(olena.id)).toMatchObject([{ endedAt: expect.any(Date) }])
	})
})

async function aTopicOf(author: Actor) {
	const [row] = await db.execute<{ id: string }>(
		sql`select p.id from posts p where p.author_id = ${author.id} limit 1`,
	)
	const [again] = await db.execute<{ id: string }>(sql`
		insert into posts (topic_id, seq, author_id, key, body, html, lang, dir, lang_source)
		select topic_id, seq + 1, author_id, gen_random_uuid(), body, html, lang, dir, lang_source from posts where id = ${row!.id}
		returning id`)
	return { post: again!.id }
}

describe('taken back', () => {
	test.each([
		['slowed', { measure: 'slowed', days: '3' }],
		['muted', { measure: 'muted', days: '3' }],
		['suspended', { measure: 'suspended', days: '3' }],
		['closed', { measure: 'closed', days: '' }],
	])('%s ends with one undo', async (_kind, how) => {
		const { olena, moderator, caseId, now } = await aHeld(how)
		await undo(using)(moderator, { case: caseId })
		expect(await now()).toMatchObject({ status: 'active', restraints: [] })
		expect(await held(olena.id)).toMatchObject([{ endedAt: expect.any(Date) }])
	})

	test('a closed account opens again when she asks for another look and is heard', async () => {
		const { olena, now } = await aHeld({ measure: 'closed', days: '' })
		const [statement] = await db.select().from(statements).where(eq(statements.memberId, olena.id))
		await appeal(await now(), { statement: statement!.id, words: 'It was a joke' })
		const [asked] = await db.select().from(cases).where(eq(cases.statementId, statement!.id))
		await decide(using)(await aModerator(), { case: asked!.id, decision: 'restore' })
		expect(await now()).toMatchObject({ status: 'active', restraints: [] })
	})

	test('before its time by a moderator in scope: on record, and she is told', async () => {
		const { olena, moderator, caseId, reporter, now } = await aHeld({ measure: 'muted', days: '30' })
		const [one] = await readMeasuresInForce(moderator, caseId)
		expect(one).toMatchObject({ kind: 'muted', everywhere: false, mayEnd: true })
		await db.update(statements).set({ seenAt: new Date() })
		expect(await codeOf(() => endMeasure(reporter, { restriction: one!.id }))).toBe('not-found')
		expect(
			await codeOf(async () => endMeasure(await aModerator(randomUUID()), { restriction: one!.id })),
		).toBe('not-found')
		await endMeasure(moderator, { restriction: one!.id })
		await endMeasure(moderator, { restriction: one!.id })
		expect((await now()).restraints).toEqual([])
		expect(await readMeasuresInForce(moderator, caseId)).toEqual([])
		const [statement] = await db.select().from(statements).where(eq(statements.memberId, olena.id))
		expect(statement!.seenAt).toBeNull()
		expect((await readMeasuresOf([statement!.id])).get(statement!.id)).toMatchObject([{ holds: false }])
		const record = await db
			.select()
			.from(auditLog)
			.where(and(eq(auditLog.action, 'moderation.measure-ended'), eq(auditLog.subjectId, caseId)))
			.orderBy(auditLog.seq)
		expect(record).toMatchObject([{ actorId: moderator.id, subjectId: caseId, memberId: olena.id }])
	})

	test('a closed account only by a coordinator', async () => {
		const { moderator, caseId } = await aHeld({ measure: 'closed' })
		const [one] = await readMeasuresInForce(moderator, caseId)
		expect(one).toMatchObject({ kind: 'closed', mayEnd: false })
		expect(await codeOf(() => endMeasure(moderator, { restriction: one!.id }))).toBe('forbidden')
		expect(await codeOf(() => endMeasure(moderator, { restriction: 'x' }))).toBe('not-found')
	})
})

describe('bad input', () => {
	test.each([
		['no such measure', { measure: 'banished' }],
		['days that are none', { measure: 'muted', days: '0' }],
		['an end in the past', { measure: 'suspended', days: '-3' }],
		['10,000 days', { measure: 'suspended', days: '10000' }],
		['half a day', { measure: 'slowed', days: '0.5' }],
		['a pause without an end', { measure: 'suspended', days: '' }],
	])('%s is refused, and nothing is decided', async (_what, how) => {
		const { olena, moderator, caseId } = await aCase()
		expect(await codeOf(() => decideOn(moderator, caseId, how))).toBe('invalid')
		expect(await held(olena.id)).toEqual([])
		expect(await db.$count(statements)).toBe(0)
	})

	test.each(['moderator', 'mentor'] as const)('she became a %s: it holds for her too', async (role) => {
		const { olena, moderator, caseId } = await aCase()
		await db.execute(sql`insert into grants (member_id, role) values (${olena.id}, ${role})`)
		await decideOn(moderator, caseId, { measure: 'suspended', days: '1' })
		expect(await statusOf(olena.id)).toBe('suspended')
	})

	test('the last coordinator stays; another one may be suspended', async () => {
		const { olena, moderator, caseId } = await aCase()
		await db.execute(sql`insert into grants (member_id, role) values (${olena.id}, 'coordinator')`)
		const how = { measure: 'suspended', days: '1' }
		expect(await faultsOf(() => decideOn(moderator, caseId, how))).toMatchObject({
			fields: { '': 'errors:lastCoordinator' },
		})
		expect(await statusOf(olena.id)).toBe('active')
		await aMember({ roles: [{ role: 'coordinator' }] })
		await decideOn(moderator, caseId, how)
		expect(await statusOf(olena.id)).toBe('suspended')
	})
})

describe('pages', () => {
	const page = (language: string, element: React.ReactElement) => {
		const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(language)}>{element}</I18nextProvider>)
		expect(html).not.toMatch(/measures:|common:|errors:/)
		return html
	}
	const soon = new Date(Date.now() + 3 * 86_400_000)

	test.each(UI_LOCALES)('say it in %s', (language) => {
		const kinds = [...MEASURES, 'apart'] as const
		const told = kinds.map((kind) => ({ kind, everywhere: true, until: soon, holds: true }))
		page(language, <MeasureLines measures={[...told, { ...told[1]!, everywhere: false, holds: false }]} />)
		const force = kinds.map((kind) => ({
			...{ id: kind, kind, everywhere: false, since: new Date(), until: null, mayEnd: true },
			...{ attempts: 2, lastAttemptAt: new Date() },
		}))
		const shown = page(language, <MeasuresInForce measures={force} />)
		expect(shown.match(/value="end-measure"/g)).toHaveLength(5)
		page(language, <MeasureChoices inSpace={true} reported={true} aliased={false} />)
		for (const everywhere of [true, false])
			expect(page(language, <Silenced silence={{ until: soon, everywhere }} />)).toContain('/me/decisions')
	})
})
