import { eq, getTableName, is, sql } from 'drizzle-orm'
import { getTableConfig, type PgTable, PgTable as Table } from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import * as forum from '~/db/schema/forum'
import { restrictions } from '~/db/schema/measures'
import { auditLog, members, sessions } from '~/db/schema/members'
import { statements } from '~/db/schema/moderation'
import * as reading from '~/db/schema/reading'
import * as ties from '~/db/schema/ties'
import * as translation from '~/db/schema/translation'
import { copyAsHtml, copyAsJson } from '~/features/members/copy.server'
import { forgetHeldNames } from '~/features/members/held-names.server'
import { leave, takeCopy } from '~/features/members/leaving.server'
import { listWaiting } from '~/features/members/people.server'
import { approvePerson } from '~/features/members/standing.server'
import type { Actor } from '~/platform/actor'
import { belongings } from '~/routes/belongings.server'
import { action, loader } from '~/routes/members/data'
import { aMessage, anOpenRoom } from '../../factories/chat'
import { heardOf } from '../../factories/events'
import { aTopic, questionOf } from '../../factories/forum'
import { aJoinedMember, aMember, anArrival, anOrganisation, PASSPHRASE } from '../../factories/members'
import { aMatch, aMentor, anOffer } from '../../factories/mentoring'
import { aReport } from '../../factories/moderation'
import { faultsOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'

const { posts, postThanks, postVersions, spaceMembers, topicEvents, topics } = forum
const { translations } = translation

/** One row of hers in every table that keeps something of a member, each with a word of its own to find again. */
async function withEverything(me: Actor) {
	const other = await aMember()
	const theirs = await aTopic({ author: other, title: 'Their title', body: 'their-words' })
	const [theirPost] = await db.select().from(posts).where(eq(posts.topicId, theirs.id))
	const mine = await aTopic({ author: me, title: 'my-title', body: 'my-question' })
	const [myPost] = await db.select().from(posts).where(eq(posts.topicId, mine.id))
	await db.insert(postVersions).values({ postId: myPost!.id, version: 1, body: 'my-earlier', lang: 'en' })
	await db.insert(reading.drafts).values({ memberId: me.id, place: `topic:${theirs.id}`, body: 'my-draft' })
	await db.insert(translations).values({
		postId: theirPost!.id,
		lang: 'it',
		dir: 'ltr',
		authorId: me.id,
		key: crypto.randomUUID(),
		body: 'my-translation',
		html: '<p>my-translation</p>',
		ofVersion: 1,
	})
	const [room] = [await anOpenRoom()]
	await aMessage(me, room, 'my-message')
	await aMessage(other, room, 'their-message')
	await anOffer(me, { words: 'my-offer' })
	await aMatch(me, await aMentor())
	await aReport({ by: me, id: theirPost!.id, words: 'my-report' })
	await db.insert(postThanks).values({ postId: theirPost!.id, memberId: me.id })
	await db.insert(topicEvents).values({ topicId: theirs.id, actorId: me.id, kind: 'pinned' })
	await db.insert(spaceMembers).values({ spaceId: theirs.spaceId, memberId: me.id })
	await db.insert(reading.topicReaders).values({ topicId: theirs.id, memberId: me.id }).onConflictDoNothing()
	await db.insert(reading.spaceFollowers).values({ spaceId: theirs.spaceId, memberId: me.id })
	await db
		.insert(translation.translationRequests)
		.values({ postId: theirPost!.id, lang: 'it', memberId: me.id })
	await db
		.insert(translation.translationClaims)
		.values({ postId: theirPost!.id, lang: 'el', memberId: me.id })
	const centre = await anOrganisation('my-centre')
	await db.insert(ties.organisationMembers).values({ organisationId: centre.id, memberId: me.id })
	await db
		.insert(ties.blocks)
		.values({ blockerId: me.id, blockedId: (await aMember({ handle: 'my-block' })).id })
	await db
		.insert(ties.blocks)
		.values({ blockerId: (await aMember({ handle: 'blocks-me' })).id, blockedId: me.id })
	await db.insert(ties.notices).values({ memberId: me.id, kind: 'topic.reply', subjectId: mine.id })
	await db.insert(auditLog).values([
		{ action: 'passphrase.changed', memberId: me.id },
		{ action: 'moderation.read-private', memberId: me.id },
	])
	return { other, theirs, mine, theirPost: theirPost!, myPost: myPost!, room }
}

const HERS = [
	'my-title',
	'my-question',
	'my-earlier',
	'my-draft',
	'my-translation',
	'my-message',
	'my-offer',
	'my-report',
	'my-centre',
	'my-block',
	'topic.reply',
	'passphrase.changed',
]
const NOT_HERS = [
	'their-words',
	'their-message',
	'Their title',
	'blocks-me',
	'moderation.',
	'argon2',
	'tokenHash',
]

describe('a copy', () => {
	test('has every word of hers, to read and for a machine, and nothing of anybody else', async () => {
		const { actor } = await aJoinedMember()
		await withEverything(actor)
		const parts = await takeCopy(belongings, actor, {})
		for (const copy of [copyAsHtml(parts, 'ar'), copyAsJson(parts)]) {
			const text = await copy.text()
			for (const word of HERS) expect(text).toContain(word)
			for (const word of NOT_HERS) expect(text).not.toContain(word)
			expect(copy.headers.get('content-disposition')).toMatch(/^attachment; filename="notes\./)
			expect(copy.headers.get('cache-control')).toBe('no-store')
		}
		expect(await copyAsHtml(parts, 'ar').text()).toMatch(/<html lang="ar" dir="rtl">/)
	})

	test('asks for her passphrase unless she just typed it', async () => {
		const { actor, token } = await aJoinedMember()
		await db.update(sessions).set({ freshAt: sql`now() - interval '11 minutes'` })
		const form = { intent: 'copy', form: 'html' }
		expect(await send(action, '/me/data', form, { token })).toMatchObject({ status: 422 })
		expect(await faultsOf(() => takeCopy(belongings, actor, { passphrase: 'wrong' }))).toMatchObject({
			fields: { passphrase: 'errors:passphraseWrong' },
		})
		expect(await send(action, '/me/data', { ...form, passphrase: PASSPHRASE }, { token })).toMatchObject({
			status: 200,
		})
	})

	test('text with markup in it stays text', async () => {
		const { actor } = await aJoinedMember()
		await aTopic({ author: actor, body: '<script>alert(1)</script>' })
		const html = await copyAsHtml(await takeCopy(belongings, actor, {}), 'en').text()
		expect(html).toContain('&lt;script&gt;')
		expect(html).not.toContain('<script>')
	})
})

describe('who answers for what is kept', () => {
	const schemas = import.meta.glob<Record<string, unknown>>('/app/db/schema/*.ts', { eager: true })
	const tables = Object.values(schemas).flatMap((schema) =>
		Object.values(schema).filter((value): value is PgTable => is(value, Table)),
	)
	/** Kept about her and not given to her: a case would tell her that someone reported her. */
	const WITHHELD = ['cases']

	test('every table that knows members is in somebody’s hands', () => {
		const known = tables
			.filter((table) =>
				getTableConfig(table).foreignKeys.some((key) => key.reference().foreignTable === members),
			)
			.map(getTableName)
		const answered = belongings.flatMap((one) => one.tables)
		expect([...known, 'members'].filter((name) => !answered.includes(name)).sort()).toEqual(WITHHELD)
	})
})

const leaving = (words: string) => ({ intent: 'leave', words, sure: 'yes', passphrase: PASSPHRASE })

describe('leaving', () => {
	test.each(['keep', 'remove'] as const)('with her words: %s', async (words) => {
		const { actor, token } = await aJoinedMember()
		const { mine, myPost, theirPost, room } = await withEverything(actor)
		const other = await aMember()
		await db.insert(posts).values({
			topicId: mine.id,
			seq: 2,
			authorId: other.id,
			key: crypto.randomUUID(),
			body: 'An answer',
			html: '<p>An answer</p>',
			lang: 'en',
			dir: 'ltr',
			langSource: 'declared',
		})
		const ended = heardOf('session:ended')
		const answer = await send(action, '/me/data', leaving(words), { token })
		expect(answer).toMatchObject({ status: 303, to: '/' })
		expect(answer.headers.get('clear-site-data')).toContain('storage')
		expect((await ended()).some(({ memberId }) => memberId === actor.id)).toBe(true)
		expect(await db.$count(members, eq(members.id, actor.id))).toBe(0)

		const [post] = await db.select().from(posts).where(eq(posts.id, myPost.id))
		const [topic] = await db.select().from(topics).where(eq(topics.id, mine.id))
		const [message] = await db.select().from(messages).where(eq(messages.seq, 1))
		expect([post?.authorId, topic?.authorId, message?.authorId]).toEqual([null, null, null])
		const kept = words === 'keep'
		expect(post).toMatchObject({ body: kept ? 'my-question' : '', html: kept ? '<p>my-question</p>' : '' })
		expect(post?.deletedAt === null).toBe(kept)
		expect(topic?.title).toBe(kept ? 'my-title' : '')
		expect(message?.body).toBe(kept ? 'my-message' : '')
		expect(await db.$count(translations, eq(translations.postId, theirPost.id))).toBe(kept ? 1 : 0)
		expect(await db.$count(postVersions)).toBe(0)
		expect(await db.$count(messages, eq(messages.roomId, room))).toBe(2)
		// A private room of hers can be read on, and nobody writes in it.
		const [shared] = await db.select().from(rooms).where(eq(rooms.kind, 'private'))
		expect(shared?.closedAt).not.toBeNull()
	})

	test('with her words removed leaves none of them in any table', async () => {
		const { actor, token } = await aJoinedMember()
		await withEverything(actor)
		await send(action, '/me/data', leaving('remove'), { token })
		const dump = await db.execute<{ words: string }>(sql`
			select string_agg(t::text, ' ') as words from (
				select posts::text as t from posts union all select topics::text from topics
				union all select messages::text from messages union all select translations::text from translations
				union all select drafts::text from drafts union all select post_versions::text from post_versions
				union all select mentor_offers::text from mentor_offers union all select matches::text from matches) all_rows`)
		for (const word of [
			'my-title',
			'my-question',
			'my-earlier',
			'my-draft',
			'my-translation',
			'my-message',
			'my-offer',
		])
			expect(dump[0]?.words).not.toContain(word)
	})

	test('a question that nobody answered goes whole', async () => {
		const { actor, token } = await aJoinedMember()
		const topic = await aTopic({ author: actor })
		await send(action, '/me/data', leaving('remove'), { token })
		expect(await db.$count(topics, eq(topics.id, topic.id))).toBe(0)
	})

	test.each([
		['no choice of what becomes of her words', { words: '' }, { words: 'errors:choose' }],
		['no tick', { sure: '' }, { sure: 'errors:sure' }],
		['another passphrase', { passphrase: 'not this one at all' }, { passphrase: 'errors:passphraseWrong' }],
	])('is refused with %s', async (_what, change, fields) => {
		const { actor } = await aJoinedMember()
		const refused = await faultsOf(() => leave(belongings, actor, { ...leaving('keep'), ...change }))
		expect(refused).toMatchObject({ code: 'invalid', fields })
		expect(await db.$count(members, eq(members.id, actor.id))).toBe(1)
	})

	test('the last coordinator stays until there is another', async () => {
		const { actor, token } = await aJoinedMember()
		await db.execute(sql`insert into grants (member_id, role) values (${actor.id}::uuid, 'coordinator')`)
		await send(action, '/me/data', leaving('keep'), { token })
		expect(await db.$count(members, eq(members.id, actor.id))).toBe(1)
	})

	describe('while a decision holds', () => {
		type Held = Partial<typeof restrictions.$inferInsert> & Pick<typeof restrictions.$inferInsert, 'kind'>
		const DAY_MS = 86_400_000
		const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

		/** Dragana goes, and somebody comes with this name. */
		async function comesBack(held: Held[], handle = 'Dragana') {
			const { actor, token } = await aJoinedMember({ handle: 'Dragana' })
			const { caseId } = await aReport({ id: (await questionOf(await aTopic({ author: actor }))).id })
			const [statement] = await db
				.insert(statements)
				.values({ caseId, memberId: actor.id, action: 'warned', subjectKind: 'post', rule: 'threat' })
				.returning({ id: statements.id })
			for (const one of held)
				await db.insert(restrictions).values({ statementId: statement!.id, memberId: actor.id, ...one })
			await send(action, '/me/data', leaving('keep'), { token })
			return (await aJoinedMember({ handle }, anArrival(2))).actor
		}

		test.each<[string, () => Promise<Held[]>, string, Actor['status']]>([
			['her account is closed', async () => [{ kind: 'closed' }], 'Dragana', 'waiting'],
			['the name looks alike', async () => [{ kind: 'closed' }], 'DRAGANA', 'waiting'],
			['she is suspended', async () => [{ kind: 'suspended', until: inDays(3) }], 'Dragana', 'waiting'],
			[
				'she is kept apart',
				async () => [{ kind: 'apart', otherId: (await aMember()).id }],
				'Dragana',
				'waiting',
			],
			['the name is another', async () => [{ kind: 'closed' }], 'Fatima', 'active'],
			['her time is over', async () => [{ kind: 'suspended', until: inDays(-3) }], 'Dragana', 'active'],
			['it was taken back', async () => [{ kind: 'closed', endedAt: inDays(-1) }], 'Dragana', 'active'],
			['she only writes slowly', async () => [{ kind: 'slowed' }], 'Dragana', 'active'],
			['nothing was decided', async () => [], 'Dragana', 'active'],
		])('the name waits, or not: %s', async (_what, held, handle, status) => {
			expect((await comesBack(await held(), handle)).status).toBe(status)
		})

		test('kept are a hash and a day, a year at most and as long as it would have held', async () => {
			const until = inDays(3)
			await comesBack([{ kind: 'suspended', until }])
			const [short] = await db.select().from(ties.heldNames)
			expect(short!.until).toEqual(until)
			expect(short!.nameHash).toMatch(/^[0-9a-f]{64}$/)
			await forgetHeldNames(db)
			expect(await db.$count(ties.heldNames)).toBe(1)
			await db.update(ties.heldNames).set({ until: inDays(-1) })
			await forgetHeldNames(db)
			expect(await db.$count(ties.heldNames)).toBe(0)
		})

		test('a coordinator is told so, and once she has let her in it is forgotten', async () => {
			const her = await comesBack([{ kind: 'closed' }])
			const [held] = await db.select().from(ties.heldNames)
			expect(Math.round((held!.until.getTime() - Date.now()) / DAY_MS)).toBeGreaterThan(363)
			expect(Math.round((held!.until.getTime() - Date.now()) / DAY_MS)).toBeLessThan(367)
			const ada = await aMember({ roles: [{ role: 'coordinator' }] })
			await aMember({ handle: 'Zoe', status: 'waiting' })
			const waiting = (await listWaiting(ada)).map(({ handle, nameHeld }) => [handle, nameHeld])
			expect(waiting).toEqual([
				['Dragana', true],
				['Zoe', false],
			])
			await approvePerson(ada, { member: her.id })
			expect(await db.$count(ties.heldNames)).toBe(0)
		})
	})

	test.each(['waiting', 'suspended'] as const)('is open to a woman who is %s', async (status) => {
		const { actor, token } = await aJoinedMember({}, anArrival())
		await db.update(members).set({ status }).where(eq(members.id, actor.id))
		expect(await open(loader, '/me/data', { token })).toMatchObject({ status: 200 })
		expect(await send(action, '/me/data', leaving('keep'), { token })).toMatchObject({ status: 303 })
	})
})
