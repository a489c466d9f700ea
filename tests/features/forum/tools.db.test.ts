import { and, asc, eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, spaces, topicEvents, topics } from '~/db/schema/forum'
import { auditLog, members } from '~/db/schema/members'
import { cases } from '~/db/schema/moderation'
import { drafts, topicReaders } from '~/db/schema/reading'
import { blocks, notices } from '~/db/schema/ties'
import { answer } from '~/features/forum/answering.server'
import { readTopicList } from '~/features/forum/lists.server'
import { readTopic } from '~/features/forum/posts.server'
import { manageTopic } from '~/features/forum/tools/manage.server'
import { readManaged } from '~/features/forum/tools/manage-page.server'
import { topicTrace } from '~/features/forum/tools/trace.server'
import { actorOfToken } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { aSpace, aTopic } from '../../factories/forum'
import { aMember, aMemberWithToken } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { statementsOf } from '../../factories/statements'

interface Place {
	id: string
	spaceId: string
}

const aModerator = (spaceId?: string) => aMember({ roles: [{ role: 'moderator', spaceId }] })

const use = (actor: Actor, topic: Place, fields: Record<string, string | string[]>) =>
	manageTopic(actor, { space: topic.spaceId, topic: topic.id }, fields)

async function answerIn(actor: Actor, topic: Place, body = 'An answer') {
	const form = { space: topic.spaceId, topic: topic.id, body, language: 'en', key: crypto.randomUUID() }
	const { post } = (await answer(actor, form)) as { post: { id: string; seq: number } }
	return post
}

const rowOf = async (topic: { id: string }) =>
	(await db.select().from(topics).where(eq(topics.id, topic.id)))[0]!

const postsOf = (topic: { id: string }) =>
	db
		.select({ id: posts.id, seq: posts.seq, body: posts.body })
		.from(posts)
		.where(eq(posts.topicId, topic.id))
		.orderBy(asc(posts.seq))

const eventsOf = (topic: { id: string }) =>
	db
		.select({ kind: topicEvents.kind, actor: topicEvents.actorId })
		.from(topicEvents)
		.where(eq(topicEvents.topicId, topic.id))
		.orderBy(asc(topicEvents.at))

const audited = (action: string, topic: { id: string }) =>
	db.$count(auditLog, and(eq(auditLog.action, action), eq(auditLog.subjectId, topic.id)))

const aSplit = (ids: string[], change: Record<string, string> = {}) => ({
	intent: 'split',
	posts: ids,
	title: 'Another question',
	language: 'en',
	key: crypto.randomUUID(),
	...change,
})

describe('who has these tools', () => {
	test.each([
		['a member', () => aMember()],
		['a mentor', () => aMember({ roles: [{ role: 'mentor' }] })],
		['a coordinator', () => aMember({ roles: [{ role: 'coordinator' }] })],
		['a moderator of another space', async () => aModerator((await aSpace()).id)],
	])('not %s: there is no such page', async (_who, make) => {
		const [topic, other, actor] = [await aTopic(), await aTopic(), await make()]
		const ids = { space: topic.spaceId, topic: topic.id }
		expect(await codeOf(() => readManaged(actor, 'en', ids, null))).toBe('not-found')
		const [question] = await postsOf(topic)
		const forms: (Record<string, string | string[]> & { intent: string })[] = [
			{ intent: 'pin' },
			{ intent: 'lock' },
			{ intent: 'move', to: other.spaceId },
			{ intent: 'merge', into: `/forum/${other.spaceId}/${other.id}` },
			aSplit([question!.id]),
		]
		for (const fields of forms)
			expect([fields.intent, await codeOf(() => use(actor, topic, fields))]).toEqual([
				fields.intent,
				'not-found',
			])
		expect(await db.$count(topicEvents)).toBe(0)
	})

	test('a moderator who names a space of hers in the address gains nothing over a topic in another', async () => {
		const [topic, mine] = [await aTopic(), await aSpace()]
		const actor = await aModerator(mine.id)
		const forged = { id: topic.id, spaceId: mine.id }
		expect(await codeOf(() => use(actor, forged, { intent: 'lock' }))).toBe('conflict')
		expect((await rowOf(topic)).lockedAt).toBeNull()
		const page = await readManaged(actor, 'en', { space: mine.id, topic: topic.id }, null)
		expect(page.movedTo).toBe(`/forum/${topic.spaceId}/${topic.id}`)
	})

	test('the moderator of the space, and the one everywhere', async () => {
		const topic = await aTopic()
		for (const actor of [await aModerator(topic.spaceId), await aModerator()]) {
			const page = await readManaged(actor, 'en', { space: topic.spaceId, topic: topic.id }, null)
			expect(page.movedTo).toBeUndefined()
			await use(actor, topic, { intent: 'lock' })
			await use(actor, topic, { intent: 'unlock' })
		}
	})

	test('what is no tool is refused', async () => {
		const [topic, actor] = [await aTopic(), await aModerator()]
		for (const intent of ['', 'delete', 'constructor', 'toString'])
			expect(await codeOf(() => use(actor, topic, { intent }))).toBe('invalid')
	})
})

describe('pinning and locking', () => {
	test('leave a trace and a record, once for what is done once', async () => {
		const [topic, actor, reader] = [await aTopic(), await aModerator(), await aMember()]
		for (const intent of ['pin', 'pin', 'lock', 'lock', 'unpin', 'unlock', 'unlock'])
			await use(actor, topic, { intent })
		expect((await eventsOf(topic)).map(({ kind }) => kind)).toEqual([
			'pinned',
			'locked',
			'unpinned',
			'unlocked',
		])
		for (const kind of ['pinned', 'locked', 'unpinned', 'unlocked'])
			expect(await audited(`topic.${kind}`, topic)).toBe(1)
		const trace = await topicTrace(reader, 'en', topic.id)
		expect(trace.map(({ kind }) => kind)).toEqual(['pinned', 'locked', 'unpinned', 'unlocked'])
		expect(JSON.stringify(trace)).not.toContain(actor.id)
		expect(JSON.stringify(trace)).not.toContain(actor.handle)
	})

	test('an answer to a topic locked a second ago is not published', async () => {
		const [topic, writer] = [await aTopic(), await aMember()]
		await use(await aModerator(), topic, { intent: 'lock' })
		const form = {
			space: topic.spaceId,
			topic: topic.id,
			body: 'Words',
			language: 'en',
			key: crypto.randomUUID(),
		}
		expect(await answer(writer, form)).toMatchObject({ kept: 'locked' })
		expect(await postsOf(topic)).toHaveLength(1)
	})

	test('the eleventh cannot be pinned', async () => {
		const [space, actor] = [await aSpace(), await aModerator()]
		const writers = [await aMember(), await aMember()]
		const made: Place[] = []
		for (let n = 0; n < 11; n += 1) made.push(await aTopic({ space, author: writers[n % 2] }))
		for (const topic of made.slice(0, 10)) await use(actor, topic, { intent: 'pin' })
		expect(await faultsOf(() => use(actor, made[10]!, { intent: 'pin' }))).toMatchObject({
			code: 'invalid',
			fields: { '': 'forum:manage.refused.manyPinned' },
		})
	})
})

describe('moving', () => {
	test('the old address leads on, the reports go along, and what was pinned is not pinned there', async () => {
		const [topic, to, actor, reader] = [
			await aTopic(),
			await aSpace('Papers'),
			await aModerator(),
			await aMember(),
		]
		const [question] = await postsOf(topic)
		await db.insert(cases).values({ subjectKind: 'post', subjectId: question!.id, spaceId: topic.spaceId })
		await use(actor, topic, { intent: 'pin' })
		const path = await use(actor, topic, { intent: 'move', to: to.id })
		expect(path).toBe(`/forum/${to.id}/${topic.id}`)
		expect(await rowOf(topic)).toMatchObject({ spaceId: to.id, pinnedAt: null })
		const ids = { space: topic.spaceId, topic: topic.id }
		const led = await readTopic(reader, 'en', ids, null).catch((thrown: unknown) => thrown)
		expect((led as Response).headers.get('location')).toBe(path)
		expect((await db.select().from(cases))[0]?.spaceId).toBe(to.id)
		expect(await audited('topic.moved', topic)).toBe(1)
		expect((await topicTrace(reader, 'en', topic.id)).at(-1)).toMatchObject({
			kind: 'moved',
			fromSpace: 'Work',
		})
		await db.update(spaces).set({ access: 'practitioners' }).where(eq(spaces.id, topic.spaceId))
		expect((await topicTrace(reader, 'en', topic.id)).at(-1)).toMatchObject({
			kind: 'moved',
			fromSpace: null,
		})
	})

	test('of two at once one wins, and the other is told', async () => {
		const [topic, one, two] = [await aTopic(), await aSpace(), await aSpace()]
		const [ada, bea] = [await aModerator(), await aModerator()]
		const codes = await Promise.all([
			codeOf(() => use(ada, topic, { intent: 'move', to: one.id })),
			codeOf(() => use(bea, topic, { intent: 'move', to: two.id })),
		])
		expect(codes.toSorted()).toEqual(['conflict', 'ok'])
		const moved = await rowOf(topic)
		expect(moved.spaceId).toBe(codes[0] === 'ok' ? one.id : two.id)
		expect(await eventsOf(topic)).toHaveLength(1)
		const page = await readManaged(bea, 'en', { space: topic.spaceId, topic: topic.id }, null)
		expect(page.movedTo).toBe(`/forum/${moved.spaceId}/${topic.id}/manage?told=moved`)
	})

	test('goes only where she moderates too', async () => {
		const [topic, to] = [await aTopic(), await aSpace()]
		const actor = await aModerator(topic.spaceId)
		const fault = await faultsOf(() => use(actor, topic, { intent: 'move', to: to.id }))
		expect(fault).toMatchObject({ code: 'invalid', fields: { to: 'forum:manage.wrong.space' } })
		const page = await readManaged(actor, 'en', { space: topic.spaceId, topic: topic.id }, null)
		expect(page).toMatchObject({ targets: [] })
	})

	test.each([
		['everyone', 'practitioners', 'ok'],
		['practitioners', 'everyone', 'invalid'],
		['practitioners', 'practitioners', 'ok'],
		['invited', 'everyone', 'invalid'],
		['invited', 'invited', 'invalid'],
		['practitioners', 'invited', 'invalid'],
	] as const)('from a space for %s to one for %s: %s', async (from, to, outcome) => {
		const [topic, target, actor] = [await aTopic(), await aSpace(), await aModerator()]
		await db.update(spaces).set({ access: from }).where(eq(spaces.id, topic.spaceId))
		await db.update(spaces).set({ access: to }).where(eq(spaces.id, target.id))
		expect(await codeOf(() => use(actor, topic, { intent: 'move', to: target.id }))).toBe(outcome)
		const other = await aTopicIn(target)
		const merge = { intent: 'merge', into: `https://mimosa.example/forum/${target.id}/${other.id}?from=x#p` }
		const place = outcome === 'ok' ? { id: topic.id, spaceId: target.id } : topic
		expect(await codeOf(() => use(actor, place, merge))).toBe(outcome)
	})

	const aTopicIn = async (space: { id: string }) => aTopic({ space, author: await aModerator() })

	test('to where it is, or nowhere, is refused', async () => {
		const [topic, actor] = [await aTopic(), await aModerator()]
		for (const to of [topic.spaceId, crypto.randomUUID(), 'x', ''])
			expect(await codeOf(() => use(actor, topic, { intent: 'move', to }))).toBe('invalid')
	})
})

describe('merging', () => {
	async function two() {
		const [asker, helper, actor] = [await aMember(), await aMember(), await aModerator()]
		const into = await aTopic({ title: 'Into' })
		const space = { id: into.spaceId }
		const from = await aTopic({ title: 'From', body: 'From', author: asker, space })
		await answerIn(helper, into, 'Into answer')
		await answerIn(helper, from, 'From answer')
		const merge = (who: Actor = actor) =>
			use(who, from, { intent: 'merge', into: `http://localhost:3000/forum/${into.spaceId}/${into.id}#p-1` })
		return { asker, helper, actor, into, from, merge }
	}

	test('appends the posts in the order of time, counts anew, and the old address leads on', async () => {
		const { actor, into, from, merge, helper } = await two()
		const before = await rowOf(from)
		expect(await merge()).toBe(`/forum/${into.spaceId}/${into.id}`)
		expect((await postsOf(into)).map(({ seq, body }) => [seq, body])).toEqual([
			[1, 'What do I need?'],
			[2, 'Into answer'],
			[3, 'From'],
			[4, 'From answer'],
		])
		const merged = await rowOf(into)
		expect(merged).toMatchObject({ postSeq: 4, visiblePosts: 4, langs: ['en'] })
		expect(merged.lastPostAt).toEqual(before.lastPostAt)
		expect(await rowOf(from)).toMatchObject({ mergedInto: into.id, visiblePosts: 0 })
		const led = await readTopic(actor, 'en', { space: from.spaceId, topic: from.id }, null).catch(
			(e: unknown) => e,
		)
		expect((led as Response).headers.get('location')).toBe(`/forum/${into.spaceId}/${into.id}`)
		expect(await audited('topic.merged', into)).toBe(1)
		expect((await topicTrace(helper, 'en', into.id)).at(-1)).toMatchObject({
			kind: 'merged',
			other: { title: 'From', merged: true },
		})
		const address = { space: into.spaceId, list: null, languages: 'all', before: null, after: null }
		const { topics: listed } = await readTopicList(helper, 'en', address)
		expect(listed.map(({ title, answers }) => [title, answers])).toEqual([['Into', 3]])
	})

	test('what is hidden or deleted goes along and stays out of the count', async () => {
		const { into, from, merge, helper } = await two()
		const gone = await answerIn(helper, from, 'Deleted')
		await db.update(posts).set({ deletedAt: new Date() }).where(eq(posts.id, gone.id))
		await merge()
		expect(await rowOf(into)).toMatchObject({ postSeq: 5, visiblePosts: 4 })
	})

	test('followers, marks, notices and drafts are carried over', async () => {
		const { asker, helper, into, from, merge } = await two()
		const [both, only, never] = [await aMember(), await aMember(), await aMember()]
		const row = (member: Actor, topic: Place, readSeq: number, follows: boolean | null) => ({
			memberId: member.id,
			topicId: topic.id,
			readSeq,
			follows,
		})
		await db
			.insert(topicReaders)
			.values([
				row(both, into, 2, null),
				row(both, from, 2, true),
				row(only, from, 2, true),
				row(never, into, 1, false),
				row(never, from, 2, true),
			])
		const told = { memberId: only.id, kind: 'topic.reply' }
		const doubly = { memberId: both.id, kind: 'topic.reply' }
		await db.delete(notices)
		await db.insert(notices).values([
			{ ...told, subjectId: from.id },
			{ ...doubly, subjectId: from.id },
			{ ...doubly, subjectId: into.id },
		])
		await db.insert(drafts).values([
			{ memberId: only.id, place: `topic:${from.id}`, body: 'Begun' },
			{ memberId: both.id, place: `topic:${from.id}`, body: 'Older' },
			{ memberId: both.id, place: `topic:${into.id}`, body: 'Begun here' },
		])
		await merge()
		const readers = await db.select().from(topicReaders).where(eq(topicReaders.topicId, into.id))
		const of = ({ id }: Actor) => {
			const { readSeq, follows } = readers.find(({ memberId }) => memberId === id)!
			return { readSeq, follows }
		}
		expect(of(both)).toEqual({ readSeq: 4, follows: true })
		expect(of(only)).toEqual({ readSeq: 0, follows: true })
		expect(of(never)).toEqual({ readSeq: 1, follows: false })
		expect([of(asker).follows, of(helper).follows]).toEqual([true, true])
		expect(await db.$count(topicReaders, eq(topicReaders.topicId, from.id))).toBe(0)
		const kept = await db.select().from(notices)
		expect(kept.map(({ memberId, subjectId }) => [memberId, subjectId]).toSorted()).toEqual(
			[
				[only.id, into.id],
				[both.id, into.id],
			].toSorted(),
		)
		const places = await db.select({ body: drafts.body, place: drafts.place }).from(drafts)
		expect(places.toSorted((a, b) => (a.body < b.body ? -1 : 1))).toEqual([
			{ body: 'Begun', place: `topic:${into.id}` },
			{ body: 'Begun here', place: `topic:${into.id}` },
			{ body: 'Older', place: `topic:${from.id}` },
		])
	})

	test('two moderators who merge the same two into one another at once: one wins', async () => {
		const { into, from, actor, merge } = await two()
		const other = await aModerator()
		const codes = await Promise.all([
			codeOf(() => merge(actor)),
			codeOf(() => use(other, into, { intent: 'merge', into: `/forum/${from.spaceId}/${from.id}` })),
		])
		expect(codes.toSorted()).toEqual(['conflict', 'ok'])
		expect(await db.$count(topics, sql`merged_into is not null`)).toBe(1)
		expect(await db.$count(posts)).toBe(4)
	})

	test('sent again it is told that it is done', async () => {
		const { merge } = await two()
		await merge()
		expect(await codeOf(() => merge())).toBe('conflict')
	})

	test.each([
		['itself', ({ from }: { from: Place }) => `/forum/${from.spaceId}/${from.id}`],
		['no address', () => 'my other question'],
		['an address elsewhere', () => 'https://elsewhere.invalid/x'],
		['a topic that is not there', () => `/forum/x/${crypto.randomUUID()}`],
		['a space', ({ from }: { from: Place }) => `/forum/${from.spaceId}`],
	])('into %s is refused', async (_what, address) => {
		const pair = await two()
		const fault = await faultsOf(() => use(pair.actor, pair.from, { intent: 'merge', into: address(pair) }))
		expect([fault.code, Object.keys(fault.fields ?? {})]).toEqual(['invalid', ['into']])
	})

	test('into a topic of a space she does not moderate, or may not read, is an address that leads nowhere', async () => {
		const { from } = await two()
		const elsewhere = await aTopic()
		const actor = await aModerator(from.spaceId)
		const merge = { intent: 'merge', into: `/forum/${elsewhere.spaceId}/${elsewhere.id}` }
		const fault = { code: 'invalid', fields: { into: 'forum:manage.wrong.address' } }
		expect(await faultsOf(() => use(actor, from, merge))).toMatchObject(fault)
		await db.update(spaces).set({ access: 'invited' }).where(eq(spaces.id, elsewhere.spaceId))
		expect(await faultsOf(() => use(actor, from, merge))).toMatchObject(fault)
	})

	test('what was asked under an alias keeps its own topic', async () => {
		const { from, merge } = await two()
		await db.update(topics).set({ alias: 5 }).where(eq(topics.id, from.id))
		expect(await faultsOf(() => merge())).toMatchObject({ fields: { '': 'forum:manage.refused.alias' } })
	})
})

describe('splitting', () => {
	async function long() {
		const [helper, actor, topic] = [await aMember(), await aModerator(), await aTopic()]
		const made = []
		for (const body of ['two', 'three', 'four', 'five']) made.push(await answerIn(helper, topic, body))
		return { helper, actor, topic, made: made.map(({ id }) => id) }
	}

	test('makes a topic of its own; numbers begin anew there and keep their gaps here', async () => {
		const { helper, actor, topic, made } = await long()
		await db.update(topics).set({ answeredAt: new Date(), answeredBy: made[3]! })
		const path = await use(actor, topic, aSplit([made[3]!, made[1]!]))
		const id = path.split('/').at(-1)!
		expect((await postsOf({ id })).map(({ seq, body }) => [seq, body])).toEqual([
			[1, 'three'],
			[2, 'five'],
		])
		expect((await postsOf(topic)).map(({ seq }) => seq)).toEqual([1, 2, 4])
		expect(await rowOf({ id })).toMatchObject({
			title: 'Another question',
			authorId: helper.id,
			spaceId: topic.spaceId,
			langs: ['en'],
			postSeq: 2,
			visiblePosts: 2,
		})
		const old = await rowOf(topic)
		expect(old).toMatchObject({ postSeq: 5, visiblePosts: 3, answeredBy: null })
		expect(old.answeredAt).not.toBeNull()
		expect((await eventsOf(topic)).map(({ kind }) => kind)).toEqual(['split-off'])
		expect((await eventsOf({ id })).map(({ kind }) => kind)).toEqual(['split-from'])
		expect([await audited('topic.split-off', topic), await audited('topic.split-from', { id })]).toEqual([
			1, 1,
		])
		await answerIn(helper, topic, 'six')
		expect((await postsOf(topic)).at(-1)?.seq).toBe(6)
		const trace = await topicTrace(helper, 'en', topic.id)
		expect(trace).toMatchObject([
			{ kind: 'split-off', other: { id, title: 'Another question', merged: false } },
		])
	})

	test('who followed follows both, and has read of the new what she had read', async () => {
		const { actor, topic, made } = await long()
		const reader = await aMember()
		await db
			.insert(topicReaders)
			.values({ memberId: reader.id, topicId: topic.id, readSeq: 3, follows: true })
		await db.insert(notices).values({
			memberId: reader.id,
			kind: 'topic.mention',
			subjectId: topic.id,
			placeId: made[2]!,
		})
		const id = (await use(actor, topic, aSplit([made[1]!, made[2]!]))).split('/').at(-1)!
		const [row] = await db
			.select({ readSeq: topicReaders.readSeq, follows: topicReaders.follows })
			.from(topicReaders)
			.where(and(eq(topicReaders.topicId, id), eq(topicReaders.memberId, reader.id)))
		expect(row).toEqual({ readSeq: 1, follows: true })
		const [notice] = await db.select().from(notices).where(eq(notices.memberId, reader.id))
		expect(notice?.subjectId).toBe(id)
	})

	test('one form is one new topic, however often it is sent', async () => {
		const { actor, topic, made } = await long()
		const form = aSplit([made[0]!])
		const paths = await Promise.all([1, 2, 3].map(() => use(actor, topic, form)))
		expect(new Set(paths).size).toBe(1)
		expect(await db.$count(topics)).toBe(2)
	})

	test('two moderators who split off the same answer at once: one wins', async () => {
		const { actor, topic, made } = await long()
		const other = await aModerator()
		const codes = await Promise.all(
			[actor, other].map((who) => codeOf(() => use(who, topic, aSplit([made[0]!])))),
		)
		expect(codes.toSorted()).toEqual(['conflict', 'ok'])
	})

	test('refuses the question itself, what is gone, what is elsewhere, nothing, and an alias', async () => {
		const { actor, topic, made } = await long()
		const [question] = await postsOf(topic)
		const [elsewhere] = await postsOf(await aTopic())
		const of = (ids: string[], change = {}) => faultsOf(() => use(actor, topic, aSplit(ids, change)))
		expect(await of([question!.id, made[0]!])).toMatchObject({
			fields: { '': 'forum:manage.refused.question' },
		})
		expect(await of([elsewhere!.id])).toMatchObject({ code: 'conflict' })
		expect(await of([made[0]!, crypto.randomUUID()])).toMatchObject({ code: 'conflict' })
		expect(await of(['x'])).toMatchObject({ code: 'invalid' })
		expect(await of([made[0]!], { title: ' ' })).toMatchObject({
			code: 'invalid',
			fields: { title: 'errors:empty' },
		})
		const nothing = { intent: 'split', title: 'A', language: 'en', key: crypto.randomUUID() }
		expect(await faultsOf(() => use(actor, topic, nothing))).toMatchObject({
			fields: { posts: 'forum:manage.wrong.none' },
		})
		await db.update(posts).set({ deletedAt: new Date() }).where(eq(posts.id, made[0]!))
		expect(await of([made[0]!])).toMatchObject({ code: 'conflict' })
		await db.update(posts).set({ aliased: true }).where(eq(posts.id, made[1]!))
		expect(await of([made[1]!])).toMatchObject({ fields: { '': 'forum:manage.refused.alias' } })
		expect(await db.$count(topicEvents)).toBe(0)
	})
})

describe('the pages', () => {
	test('the tools’ page shows answers in pages, none of an alias, in a fixed number of statements', async () => {
		const [actor, topic, writer] = [await aModerator(), await aTopic(), await aMember()]
		await db.insert(posts).values(
			Array.from({ length: 60 }, (_, n) => ({
				topicId: topic.id,
				seq: n + 2,
				authorId: writer.id,
				aliased: n === 0,
				key: crypto.randomUUID(),
				body: `**Answer** ${n + 2}`,
				html: '',
				lang: 'en',
				dir: 'ltr' as const,
				langSource: 'declared' as const,
			})),
		)
		const ids = { space: topic.spaceId, topic: topic.id }
		const sent = await statementsOf(() => readManaged(actor, 'en', ids, null))
		expect(sent.length).toBeLessThanOrEqual(5)
		const first = await readManaged(actor, 'en', ids, null)
		if (first.movedTo !== undefined) throw new Error('it was not moved')
		expect([first.answers.length, first.answers[0]?.excerpt]).toEqual([50, 'Answer 3'])
		const second = await readManaged(actor, 'en', ids, String(first.next))
		if (second.movedTo !== undefined) throw new Error('it was not moved')
		expect([second.answers.length, second.next]).toEqual([9, undefined])
	})

	test('a trace speaks of another topic only to who may read it', async () => {
		const [actor, topic, { actor: plain, token }] = [
			await aModerator(),
			await aTopic(),
			await aMemberWithToken(),
		]
		const helper = await aMember()
		const post = await answerIn(helper, topic)
		const id = (await use(actor, topic, aSplit([post.id]))).split('/').at(-1)!
		const other = async (reader: Actor) => (await topicTrace(reader, 'en', topic.id))[0]?.other
		expect(await other(plain)).toMatchObject({ id })
		await db.insert(blocks).values({ blockerId: helper.id, blockedId: plain.id })
		expect(await other((await actorOfToken(token))!)).toBeNull()
		await db.update(topics).set({ hiddenAt: new Date() }).where(eq(topics.id, id))
		expect(await other(await aMember())).toBeNull()
		await db.delete(members).where(eq(members.id, actor.id))
		expect(await topicTrace(helper, 'en', topic.id)).toHaveLength(1)
	})
})
