import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, spaceMembers, spaces, topics } from '~/db/schema/forum'
import { watchRules } from '~/db/schema/house-rules'
import { members } from '~/db/schema/members'
import { cases } from '~/db/schema/moderation'
import { spaceFollowers, topicReaders } from '~/db/schema/reading'
import { blocks, notices, organisationMembers } from '~/db/schema/ties'
import { translationRequests } from '~/db/schema/translation'
import { accessSpace } from '~/features/forum/access.server'
import { markAnsweredBy } from '~/features/forum/answered.server'
import { answer } from '~/features/forum/answering.server'
import { editPost } from '~/features/forum/edits.server'
import { followSpace } from '~/features/forum/reading.server'
import { tellMentioned } from '~/features/forum/telling.server'
import { publishTranslation } from '~/features/forum/translation/publishing.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { loadWatchRules } from '~/features/moderation/watch/rules-in-force.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aSpace, aTopic, idsOf, questionOf } from '../../factories/forum'
import { aMember, anOrganisation } from '../../factories/members'
import { codeOf } from '../../factories/outcomes'

type Place = { id: string; spaceId: string }

async function answerIn(actor: Actor, topic: Place, body = 'An answer') {
	const form = { space: topic.spaceId, topic: topic.id, body, language: 'en', key: crypto.randomUUID() }
	const { post } = (await answer(actor, form)) as { post: { id: string; seq: number } }
	return post
}

const told = (actor: { id: string }) =>
	db
		.select({ kind: notices.kind, subject: notices.subjectId, place: notices.placeId, times: notices.times })
		.from(notices)
		.where(eq(notices.memberId, actor.id))

const followTopic = (actor: Actor, topic: Place, follows = true) =>
	db.insert(topicReaders).values({ memberId: actor.id, topicId: topic.id, follows })

const block = (blocker: Actor, blocked: Actor) =>
	db.insert(blocks).values({ blockerId: blocker.id, blockedId: blocked.id })

describe('a new answer', () => {
	test('is told to who follows; unread ones gather in one notice that leads to the first', async () => {
		const [topic, follower, writer] = [await aTopic(), await aMember(), await aMember()]
		await followTopic(follower, topic)
		const first = await answerIn(writer, topic)
		await answerIn(writer, topic)
		const notice = { kind: 'topic.reply', subject: topic.id, place: first.id, times: 2 }
		expect(await told(follower)).toEqual([notice])
		expect(await told(topic.author)).toEqual([notice])
		expect(await told(writer)).toEqual([])
	})

	test('sent twice it is told once', async () => {
		const [topic, writer] = [await aTopic(), await aMember()]
		const form = {
			space: topic.spaceId,
			topic: topic.id,
			body: 'Once',
			language: 'en',
			key: crypto.randomUUID(),
		}
		await Promise.all([answer(writer, form), answer(writer, form), answer(writer, form)])
		expect(await told(topic.author)).toMatchObject([{ times: 1 }])
	})

	test('who writes follows, and an explicit unfollow stays', async () => {
		const [topic, writer, other] = [await aTopic(), await aMember(), await aMember()]
		await answerIn(writer, topic)
		await answerIn(other, topic)
		expect(await told(writer)).toMatchObject([{ kind: 'topic.reply' }])
		await db.update(topicReaders).set({ follows: false }).where(eq(topicReaders.memberId, writer.id))
		await answerIn(writer, topic)
		const [mine] = await db.select().from(topicReaders).where(eq(topicReaders.memberId, writer.id))
		expect(mine?.follows).toBe(false)
	})

	test('her own words are nothing new to her, and what she has not read stays new', async () => {
		const [topic, writer, other] = [await aTopic(), await aMember(), await aMember()]
		await answerIn(writer, topic)
		await answerIn(writer, topic)
		const readTo = async () =>
			(await db.select().from(topicReaders).where(eq(topicReaders.memberId, writer.id)))[0]?.readSeq
		expect(await readTo()).toBe(3)
		await answerIn(other, topic)
		await answerIn(writer, topic)
		expect(await readTo()).toBe(3)
	})

	test.each([
		['she blocks the writer', (reader: Actor, writer: Actor) => block(reader, writer)],
		['the writer blocks her', (reader: Actor, writer: Actor) => block(writer, reader)],
	])('is not told when %s', async (_when, make) => {
		const [topic, follower, writer] = [await aTopic(), await aMember(), await aMember()]
		await followTopic(follower, topic)
		await make(follower, writer)
		await answerIn(writer, topic)
		expect(await told(follower)).toEqual([])
		expect(await told(topic.author)).toHaveLength(1)
	})

	test('in a topic asked by someone with whom there is a block is not told either', async () => {
		const [topic, follower, writer] = [await aTopic(), await aMember(), await aMember()]
		await followTopic(follower, topic)
		await block(topic.author, follower)
		await answerIn(writer, topic)
		expect(await told(follower)).toEqual([])
	})

	test('under an alias is told in spite of a block: silence would tell who it is', async () => {
		const [topic, follower] = [await aTopic(), await aMember()]
		await db.update(topics).set({ alias: 3 }).where(eq(topics.id, topic.id))
		await followTopic(follower, topic)
		await block(follower, topic.author)
		await answerIn(topic.author, topic)
		expect(await told(follower)).toMatchObject([{ kind: 'topic.reply' }])
	})

	test('is told to 300 followers at once', async () => {
		const [topic, writer] = [await aTopic(), await aMember()]
		const rows = await db
			.insert(members)
			.values(
				Array.from({ length: 300 }, (_, n) => ({
					handle: `Many ${n}`,
					skeleton: `many${n}`,
					passphraseHash: 'none',
					rulesVersion: 'test',
				})),
			)
			.returning({ id: members.id })
		await db
			.insert(topicReaders)
			.values(rows.map(({ id }) => ({ memberId: id, topicId: topic.id, follows: true })))
		await answerIn(writer, topic)
		expect(await db.$count(notices, eq(notices.kind, 'topic.reply'))).toBe(301)
	})
})

describe('a new question', () => {
	test('is told to who follows the space, until she stops', async () => {
		const [space, follower, other] = [await aSpace(), await aMember(), await aMember()]
		await followSpace(follower, { space: space.id, intent: 'follow' })
		await followSpace(follower, { space: space.id, intent: 'follow' })
		const first = await aTopic({ space })
		await aTopic({ space })
		await aTopic()
		const notice = { kind: 'space.topic', subject: space.id, place: first.id, times: 2 }
		expect(await told(follower)).toEqual([notice])
		expect(await told(other)).toEqual([])
		await followSpace(follower, { space: space.id, intent: 'unfollow' })
		await aTopic({ space })
		expect(await told(follower)).toEqual([notice])
	})

	test('is followed by who asks it', async () => {
		const topic = await aTopic()
		const [mine] = await db.select().from(topicReaders).where(eq(topicReaders.topicId, topic.id))
		expect(mine).toMatchObject({ memberId: topic.author.id, follows: true, readSeq: 1 })
	})

	test.each([
		['a space that is none', 'x', 'follow', 'not-found'],
		['what is no intent', undefined, 'everything', 'invalid'],
	])('%s cannot be followed', async (_what, space, intent, code) => {
		const id = space ?? (await aSpace()).id
		expect(await codeOf(async () => followSpace(await aMember(), { space: id, intent }))).toBe(code)
	})
})

describe('a mention', () => {
	test('is told as a mention and not also as an answer', async () => {
		const [topic, writer] = [await aTopic(), await aMember()]
		const named = await aMember({ handle: 'Amina of Bari' })
		await followTopic(named, topic)
		const post = await answerIn(writer, topic, 'Ask @Amina of Bari about it')
		expect(await told(named)).toEqual([
			{ kind: 'topic.mention', subject: topic.id, place: post.id, times: 1 },
		])
	})

	test('in the question itself is told too', async () => {
		const named = await aMember({ handle: 'Amina of Bari' })
		const topic = await aTopic({ body: 'Does @Amina of Bari know?' })
		expect(await told(named)).toMatchObject([{ kind: 'topic.mention', subject: topic.id }])
	})

	test('of herself, across a block, or of who waits, tells nobody', async () => {
		const [topic, writer, blocked] = [await aTopic(), await aMember(), await aMember()]
		const waiting = await aMember({ status: 'waiting' })
		await block(blocked, writer)
		const [post] = await db.select().from(posts).where(eq(posts.topicId, topic.id))
		const ids = [writer.id, blocked.id, waiting.id]
		await tellMentioned(db, { ...post!, authorId: writer.id }, ids)
		for (const id of ids) expect(await told({ id })).toEqual([])
	})
})

describe('what waits for a moderator', () => {
	let moderator: Actor
	const decideOn = async (id: string, how: Record<string, unknown>) => {
		const open = and(eq(cases.subjectId, id), eq(cases.status, 'open'))
		const [found] = await db.select().from(cases).where(open)
		await decide({ subjects })(moderator, { case: found!.id, ...how })
		return found!.id
	}
	const dismiss = (id: string) => decideOn(id, { decision: 'dismiss' })
	beforeEach(async () => {
		moderator = await aMember({ roles: [{ role: 'moderator' }] })
		await db.insert(watchRules).values({ kind: 'word', text: 'poison', action: 'hold' })
		await loadWatchRules()
	})
	afterEach(async () => {
		await db.delete(watchRules)
		await loadWatchRules()
	})

	test('is told to who follows and to whom it names when it is shown, and once', async () => {
		const [topic, named, writer] = [await aTopic(), await aMember(), await aMember()]
		const post = await answerIn(writer, topic, `@${named.handle} poison`)
		expect(await told(named)).toEqual([])
		expect(await told(topic.author)).toEqual([])
		const caseId = await dismiss(post.id)
		const once = async () => {
			expect(await told(named)).toMatchObject([{ kind: 'topic.mention', place: post.id, times: 1 }])
			expect(await told(topic.author)).toMatchObject([{ kind: 'topic.reply', place: post.id, times: 1 }])
			expect(await told(writer)).toEqual([])
		}
		await once()
		await undo({ subjects })(moderator, { case: caseId })
		await dismiss(post.id)
		await once()
	})

	test('a question too: who follows the space, and whom it names', async () => {
		const [space, named, follower] = [await aSpace(), await aMember(), await aMember()]
		await followSpace(follower, { space: space.id, intent: 'follow' })
		const topic = await aTopic({ space, body: `@${named.handle} poison` })
		expect(await told(named)).toEqual([])
		await dismiss((await questionOf(topic)).id)
		expect(await told(named)).toMatchObject([{ kind: 'topic.mention', subject: topic.id }])
		expect(await told(follower)).toMatchObject([{ kind: 'space.topic', place: topic.id }])
	})

	test('not across a block that came meanwhile', async () => {
		const [topic, named, writer] = [await aTopic(), await aMember(), await aMember()]
		const post = await answerIn(writer, topic, `@${named.handle} poison`)
		await block(named, writer)
		await dismiss(post.id)
		expect(await told(named)).toEqual([])
	})

	test('an edit that waits is told only to whom it names anew', async () => {
		const [topic, before, anew, writer] = [await aTopic(), await aMember(), await aMember(), await aMember()]
		const post = await answerIn(writer, topic, `@${before.handle} hello`)
		const edit = { ...idsOf(topic), post: post.id, language: 'en', version: '1', confirmed: 'yes' }
		await editPost(writer, { ...edit, body: `@${before.handle} @${anew.handle} poison` })
		expect(await told(anew)).toEqual([])
		await dismiss(post.id)
		expect(await told(anew)).toMatchObject([{ kind: 'topic.mention', times: 1 }])
		expect(await told(before)).toMatchObject([{ kind: 'topic.mention', times: 1 }])
		expect(await told(topic.author)).toMatchObject([{ kind: 'topic.reply', times: 1 }])
	})

	test('of which a change was asked is told with what it says then, unless that waits too', async () => {
		const [topic, named, writer] = [await aTopic(), await aMember(), await aMember()]
		const post = await answerIn(writer, topic, 'poison')
		const asked = () => decideOn(post.id, { decision: 'ask-edit', rule: 'insult' })
		const edit = { ...idsOf(topic), post: post.id, language: 'en', confirmed: 'yes' }
		await asked()
		await editPost(writer, { ...edit, version: '1', body: `@${named.handle} more poison` })
		expect(await told(named)).toEqual([])
		await asked()
		await editPost(writer, { ...edit, version: '2', body: `@${named.handle} hello` })
		expect(await told(named)).toMatchObject([{ kind: 'topic.mention', times: 1 }])
		expect(await told(topic.author)).toMatchObject([{ kind: 'topic.reply', times: 1 }])
	})

	test('a translation: who wished for it, and the author of the post once', async () => {
		const topic = await aTopic()
		const question = await questionOf(topic)
		const [translator, reader] = [
			await aMember({ reads: ['en', 'it'], speaks: ['en', 'it'] }),
			await aMember({ reads: ['it'] }),
		]
		await db.insert(translationRequests).values({ postId: question.id, lang: 'it', memberId: reader.id })
		const form = { post: question.id, language: 'it', title: 'Domanda', body: 'Poison?', of: 1 }
		const sent = await publishTranslation(translator, { ...form, key: crypto.randomUUID() })
		expect(sent.waits).toBe(true)
		for (const woman of [reader, topic.author]) expect(await told(woman)).toEqual([])
		const caseId = await dismiss(sent.id)
		for (const woman of [reader, topic.author])
			expect(await told(woman)).toMatchObject([
				{ kind: 'translation.published', place: question.id, times: 1 },
			])
		expect(await db.$count(translationRequests)).toBe(0)
		await undo({ subjects })(moderator, { case: caseId })
		await dismiss(sent.id)
		expect(await told(topic.author)).toMatchObject([{ times: 1 }])
	})
})

test('who helped is told once', async () => {
	const [topic, helper] = [await aTopic(), await aMember()]
	const post = await answerIn(helper, topic)
	const mark = () => markAnsweredBy(topic.author, { space: topic.spaceId, topic: topic.id, post: post.id })
	await mark()
	await mark()
	expect(await told(helper)).toEqual([
		{ kind: 'topic.answered', subject: topic.id, place: post.id, times: 1 },
	])
})

describe('who may not enter the space hears nothing', () => {
	const WOMEN = {
		member: () => aMember(),
		practitioner: () => aMember({ roles: [{ role: 'practitioner' }] }),
		lead: () => aMember({ roles: [{ role: 'lead' }] }),
		mentor: () => aMember({ roles: [{ role: 'mentor' }] }),
		coordinator: () => aMember({ roles: [{ role: 'coordinator' }] }),
		'moderator everywhere': () => aMember({ roles: [{ role: 'moderator' }] }),
		'moderator of it': (space: string) => aMember({ roles: [{ role: 'moderator', spaceId: space }] }),
		'moderator of another': (_: string, other: string) =>
			aMember({ roles: [{ role: 'moderator', spaceId: other }] }),
		'worker of it': (_: string, __: string, organisationId: string) =>
			aMember({ roles: [{ role: 'practitioner', organisationId }] }),
	}
	const ACCESS = ['everyone', 'organisation', 'practitioners', 'invited'] as const

	test.each(ACCESS)('a space open to %s: told are exactly those for whom it is there', async (access) => {
		const [space, other, organisation] = [await aSpace(), await aSpace(), await anOrganisation()]
		const asker = await aMember({ roles: [{ role: 'moderator' }] })
		const topic = await aTopic({ space, author: asker })
		const organisationId = access === 'organisation' ? organisation.id : null
		await db.update(spaces).set({ access, organisationId }).where(eq(spaces.id, space.id))
		const people: [string, Actor][] = []
		for (const [who, make] of Object.entries(WOMEN))
			people.push([who, await make(space.id, other.id, organisation.id)])
		const guest = await aMember()
		await db.insert(spaceMembers).values({ spaceId: space.id, memberId: guest.id, acceptedAt: new Date() })
		const invited = await aMember()
		await db.insert(spaceMembers).values({ spaceId: space.id, memberId: invited.id })
		const ofIt = await aMember()
		await db.insert(organisationMembers).values({ organisationId: organisation.id, memberId: ofIt.id })
		people.push(
			['guest', guest],
			['invited', invited],
			['member of the organisation', { ...ofIt, organisations: [organisation.id] }],
		)
		for (const [, actor] of people) await followTopic(actor, topic)
		await answerIn(asker, topic)
		for (const [who, actor] of people) {
			const enters = (await codeOf(() => accessSpace(actor, space.id))) === 'ok'
			expect([who, (await told(actor)).length]).toEqual([who, enters ? 1 : 0])
		}
	})

	test('a woman who was suspended hears nothing', async () => {
		const [topic, follower] = [await aTopic(), await aMember()]
		await followTopic(follower, topic)
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, follower.id))
		await answerIn(await aMember(), topic)
		expect(await told(follower)).toEqual([])
	})

	test('nor who left the space she followed', async () => {
		const [space, follower] = [await aSpace(), await aMember()]
		await db.insert(spaceFollowers).values({ memberId: follower.id, spaceId: space.id })
		await db.update(spaces).set({ access: 'invited' }).where(eq(spaces.id, space.id))
		await aTopic({ space, author: await aMember({ roles: [{ role: 'moderator' }] }) })
		expect(await db.$count(notices, and(eq(notices.memberId, follower.id)))).toBe(0)
	})
})
