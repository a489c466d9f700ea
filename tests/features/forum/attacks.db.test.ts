import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, postVersions, spaces, topics } from '~/db/schema/forum'
import { cases } from '~/db/schema/moderation'
import { drafts } from '~/db/schema/reading'
import { blocks, notices } from '~/db/schema/ties'
import { translationClaims, translations } from '~/db/schema/translation'
import { forumBelongings } from '~/features/forum/belongings.server'
import { deletePost, restorePost } from '~/features/forum/deletion.server'
import { draftPlace, saveDraft } from '~/features/forum/drafts.server'
import { editPost, readHistory } from '~/features/forum/edits.server'
import { Body } from '~/features/forum/forum.schema'
import { latestTopics } from '~/features/forum/latest.server'
import { readTopicList } from '~/features/forum/lists.server'
import { mentionsIn } from '~/features/forum/mentions.server'
import { recordReading } from '~/features/forum/reading.server'
import { excerptAround, finderOf } from '~/features/forum/search/excerpt'
import { postSubject } from '~/features/forum/subject.server'
import { checkLanguage } from '~/features/forum/text-language.server'
import { mergeTopic } from '~/features/forum/tools/merging.server'
import { moveTopic } from '~/features/forum/tools/moving.server'
import { claim } from '~/features/forum/translation/claims.server'
import { translationSubject } from '~/features/forum/translation/subject.server'
import { readWanted } from '~/features/forum/translation/wanted.server'
import { wish } from '~/features/forum/translation/wishes.server'
import { wipeDeleted } from '~/features/forum/wiping.server'
import { blockPerson } from '~/features/members/blocks.server'
import { report } from '~/features/moderation/reports.server'
import type { Actor } from '~/platform/actor'
import { goTo } from '~/platform/http.server'
import { graphemes } from '~/platform/text'
import { blockDoors } from '~/routes/block-doors.server'
import * as onTopic from '~/routes/forum/topic'
import * as onReport from '~/routes/moderation/report'
import { subjects } from '~/routes/subjects.server'
import { anAnswer, aSpace, aTopic, idsOf, questionOf } from '../../factories/forum'
import { aMember, aMemberWithToken, anOrganisation } from '../../factories/members'
import { codeOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'
import { aQuestion, aTranslation, aTranslator } from '../../factories/translations'

const aModerator = () => aMember({ roles: [{ role: 'moderator' }] })
const edited = (topic: { id: string; spaceId: string }, post: string, fields: Record<string, unknown>) => ({
	...idsOf(topic),
	post,
	language: 'en',
	version: '1',
	...fields,
})

describe('what its author took back', () => {
	test('is not read by the way of the report: deleted and missing are the same page', async () => {
		const { token } = await aMemberWithToken()
		const topic = await aTopic()
		const answer = await anAnswer(topic, { body: 'Taken back' })
		const reportPage = (id: string) =>
			open(onReport.loader, '/report', { token, params: { kind: 'post', id } })
		expect((await reportPage(answer.id)).status).toBe(200)
		await deletePost(answer.author, { ...idsOf(topic), post: answer.id })
		const gone = await reportPage(answer.id)
		expect(gone.status).toBe(404)
		expect(JSON.stringify(gone)).toBe(JSON.stringify(await reportPage(crypto.randomUUID())))
	})

	test('is not shown to moderators as what stood around another text, nor what they hid before', async () => {
		const topic = await aTopic()
		const [before, reported, after] = [
			await anAnswer(topic, { body: 'Taken back' }),
			await anAnswer(topic),
			await anAnswer(topic, { body: 'Hidden words' }),
		]
		await deletePost(before.author, { ...idsOf(topic), post: before.id })
		await postSubject.hide(db, after.id, () => {})
		const found = await postSubject.find(db, reported.id)
		expect(found?.around.map(({ body }) => body)).toEqual(['What do I need?'])
	})

	test('is not shown beside a reported translation of it', async () => {
		const { post, topic, author } = await aQuestion({ body: 'Taken back' })
		const translation = await aTranslation(post)
		await deletePost(author, { space: topic.spaceId, topic: topic.id, post: post.id })
		const found = await translationSubject.find(db, translation.id)
		expect(JSON.stringify(found?.around)).not.toContain('Taken back')
	})

	test('takes no reported translation with it before the moderators have decided', async () => {
		const { post, topic, author } = await aQuestion()
		const translation = await aTranslation(post, { body: 'A threat' })
		await report({ subjects })(await aMember(), {
			kind: 'translation',
			id: translation.id,
			reason: 'danger',
			words: '',
		})
		await deletePost(author, { space: topic.spaceId, topic: topic.id, post: post.id })
		await db.update(posts).set({ deletedAt: sql`now() - interval '11 minutes'` })
		await wipeDeleted()
		expect(await db.$count(translations)).toBe(1)
		await db.update(cases).set({ status: 'decided', decision: 'dismissed', decidedAt: sql`now()` })
		await wipeDeleted()
		expect(await db.$count(translations)).toBe(0)
	})

	test('goes with her account also out of what others have begun to make of it', async () => {
		const topic = await aTopic()
		const answer = await anAnswer(topic)
		await saveDraft(await aMember(), { place: `translation:${answer.id}:it`, body: 'Sue parole' })
		await db.transaction((tx) => forumBelongings.leave!(tx, answer.author.id, 'remove', () => {}))
		expect(await db.$count(drafts)).toBe(0)
		expect(await db.select({ shown: topics.visiblePosts }).from(topics)).toEqual([{ shown: 1 }])
	})

	test('can be taken up again and changed after its topic was merged into another meanwhile', async () => {
		const moderator = await aModerator()
		const [into, topic] = [await aTopic(), await aTopic({ title: 'Once a title' })]
		await db.update(topics).set({ spaceId: into.spaceId })
		const moved = { ...topic, spaceId: into.spaceId }
		await anAnswer(moved)
		const question = await questionOf(topic)
		await deletePost(topic.author, { ...idsOf(moved), post: question.id })
		await mergeTopic(moderator, { ...idsOf(moved), into: `/forum/${into.spaceId}/${into.id}` })
		await restorePost(topic.author, { ...idsOf(into), post: question.id })
		expect(await db.$count(postVersions)).toBe(0)
		await editPost(topic.author, edited(into, question.id, { body: 'Changed' }))
		expect(await db.select({ body: postVersions.body }).from(postVersions)).toEqual([
			{ body: 'What do I need?' },
		])
	})
})

describe('a block', () => {
	test('is not told by the list of unanswered questions', async () => {
		const [reader, other] = [await aMember(), await aMember()]
		const topic = await aTopic()
		await anAnswer(topic, { author: other })
		const two = await aTopic({ space: { id: topic.spaceId } })
		await anAnswer(two, { author: other })
		await anAnswer(two)
		const free = await aTopic({ space: { id: topic.spaceId } })
		const unanswered = async (actor: Actor, space = topic.spaceId) => {
			const address = { space, list: 'unanswered', languages: 'all', before: null, after: null }
			const { topics: rows } = await readTopicList(actor, 'en', address)
			return rows.map(({ id }) => id)
		}
		expect(await unanswered(reader)).toEqual([free.id])
		const blocking = { ...reader, blocked: [other.id] }
		expect(await unanswered(blocking)).toEqual([free.id, topic.id])
		expect(await unanswered(blocking, 'all')).toEqual([free.id, topic.id])
	})

	test('is not told by the order of a list or of the first page', async () => {
		const [reader, other] = [await aMember({ reads: ['en'] }), await aMember()]
		const old = await aTopic()
		const young = await aTopic({ space: { id: old.spaceId } })
		await anAnswer(old, { author: other })
		const address = { space: old.spaceId, list: null, languages: 'all', before: null, after: null }
		const orders = async (actor: Actor) => [
			(await readTopicList(actor, 'en', address)).topics.map(({ id }) => id),
			(await latestTopics(actor, 'en', 5)).map(({ id }) => id),
		]
		expect(await orders(reader)).toEqual([
			[old.id, young.id],
			[old.id, young.id],
		])
		expect(await orders({ ...reader, blocked: [other.id] })).toEqual([
			[young.id, old.id],
			[young.id, old.id],
		])
	})

	test('is not told by marking a post of the other as read', async () => {
		const [reader, other] = [await aMember(), await aMember()]
		const topic = await aTopic()
		const unseen = await anAnswer(topic, { author: other })
		const read = (actor: Actor, post: string) =>
			codeOf(() => recordReading(actor, { ...idsOf(topic), intent: 'read', post }))
		expect(await read(reader, unseen.id)).toBe('ok')
		const blocking = { ...reader, blocked: [other.id] }
		expect(await read(blocking, unseen.id)).toBe(await read(blocking, crypto.randomUUID()))
		await postSubject.hide(db, unseen.id, () => {})
		expect(await read(reader, unseen.id)).toBe('not-found')
	})

	test('from many women at once is made for all of them', async () => {
		const other = await aMember()
		await aTopic({ author: other })
		const women = await Promise.all(Array.from({ length: 14 }, () => aMember()))
		await Promise.all(women.map((her) => blockPerson(blockDoors)(her, { member: other.id })))
		expect(await db.$count(blocks)).toBe(14)
	})
})

describe('a published translation', () => {
	async function aWish() {
		const [her, question] = [await aTranslator(), await aQuestion()]
		await wish(her, { post: question.post.id, language: 'en', wants: true })
		return { her, ...question }
	}
	const told = (actor: Actor) => db.$count(notices, eq(notices.memberId, actor.id))

	test('is told to who wished for it and may still enter', async () => {
		const { her, post } = await aWish()
		await aTranslation(post)
		expect(await told(her)).toBe(1)
	})

	test('is not told where the space has closed to her', async () => {
		const { her, post } = await aWish()
		await db.update(spaces).set({ access: 'invited' })
		await aTranslation(post, { by: await aTranslator({ roles: [{ role: 'moderator' }] }) })
		expect(await told(her)).toBe(0)
	})

	test('is not told across a block with whoever asked', async () => {
		const { her, author, post } = await aWish()
		await db.insert(blocks).values({ blockerId: author.id, blockedId: her.id })
		await aTranslation(post)
		expect(await told(her)).toBe(0)
	})
})

describe('a topic that moved to a closed space', () => {
	test('takes the reports on its translations along', async () => {
		const organisationId = (await anOrganisation()).id
		const closed = await aSpace('Closed', { access: 'organisation', organisationId })
		const { post, topic } = await aQuestion()
		const translation = await aTranslation(post)
		await report({ subjects })(await aMember(), {
			kind: 'translation',
			id: translation.id,
			reason: 'danger',
			words: '',
		})
		await moveTopic(await aModerator(), { space: topic.spaceId, topic: topic.id, to: closed.id })
		expect(await db.select({ spaceId: cases.spaceId }).from(cases)).toEqual([{ spaceId: closed.id }])
	})
})

describe('work that one member can cause', () => {
	test.each(['!@', '(@', '@! ', '@a ', '@é́ ', '@字'])(
		'a body full of %j is looked through in no time',
		async (piece) => {
			const body = piece.repeat(Math.floor(10_000 / piece.length))
			const started = performance.now()
			await mentionsIn(db, { actor: await aMember(), aliased: false }, body)
			expect(performance.now() - started).toBeLessThan(400)
		},
	)

	test('a long text in a script without spaces is marked in no time', () => {
		const signs = Array.from({ length: 299 }, (_, n) => String.fromCodePoint(0x4e00 + n, 0x4e01 + n))
		const text = Array.from({ length: 10_000 }, (_, n) =>
			String.fromCodePoint(0x4e00 + ((n * 7) % 300)),
		).join('')
		const started = performance.now()
		const finder = finderOf({ words: [], signs })
		for (let hit = 0; hit < 3; hit += 1) excerptAround(text, finder)
		expect(performance.now() - started).toBeLessThan(600)
	})

	test('a text that is too long is refused before all of it is counted', () => {
		const text = 'a'.repeat(60_000)
		const took = (act: () => unknown) => {
			const started = performance.now()
			act()
			return performance.now() - started
		}
		const counting = took(() => graphemes(text))
		expect(took(() => Body.safeParse(text))).toBeLessThan(counting / 2)
		expect(Body.safeParse(text).success).toBe(false)
		expect(Body.safeParse(text.slice(0, 10_000)).success).toBe(true)
	})

	test('a text of empty lines is looked through in no time, here and in the database', async () => {
		const body = `a${'\n'.repeat(9_998)}a`
		await checkLanguage({ language: 'en', body: 'Warm' })
		const started = performance.now()
		await checkLanguage({ language: 'en', body })
		await db.execute(sql`select search_words(null, ${body})`)
		expect(performance.now() - started).toBeLessThan(400)
	})

	test('drafts are as many as she can have in mind: what was begun longest ago gives way', async () => {
		const her = await aMember()
		await db.execute(sql`insert into drafts (member_id, place, body, saved_at)
			select ${her.id}::uuid, 'topic:' || gen_random_uuid(), n::text, now() - n * interval '1 day' from generate_series(1, 200) n`)
		await saveDraft(her, { place: draftPlace.answer(crypto.randomUUID()), body: 'One more' })
		const kept = await db.select({ body: drafts.body }).from(drafts)
		expect(kept).toHaveLength(200)
		expect(kept.map(({ body }) => body)).toContain('One more')
		expect(kept.map(({ body }) => body)).not.toContain('200')
	})

	test('a history is shown as far as anybody reads it', async () => {
		const topic = await aTopic()
		const { id } = await questionOf(topic)
		await db.execute(sql`insert into post_versions (post_id, version, body, lang)
			select ${id}::uuid, n, 'Words', 'en' from generate_series(1, 200) n`)
		const { versions } = await readHistory(topic.author, { ...idsOf(topic), post: id })
		expect(versions).toHaveLength(50)
		expect(versions[0]?.version).toBe(200)
	})

	test('she takes on no more translations than she can see', async () => {
		const her = await aTranslator()
		const claimOne = async () => {
			const { post } = await aQuestion()
			return codeOf(() => claim(her, { post: post.id, language: 'en' }))
		}
		const taken: string[] = []
		for (let n = 0; n < 21; n += 1) taken.push(await claimOne())
		expect(taken).toEqual([...Array(20).fill('ok'), 'conflict'])
		const [held] = await db.select().from(translationClaims).limit(1)
		expect(await codeOf(() => claim(her, { post: held!.postId, language: 'en' }))).toBe('ok')
		await db.update(translationClaims).set({ claimedAt: sql`now() - interval '3 days'` })
		expect(await claimOne()).toBe('ok')
	})
})

describe('addresses made by hand', () => {
	test.each(['8640000000000000', '-62198755200000', '-8640000000000000'])(
		'a place of the year %s is no fault',
		async (time) => {
			const after = `1_${time}_${crypto.randomUUID()}_it`
			expect((await readWanted(await aTranslator(), 'en', after)).wanted).toEqual([])
		},
	)

	test('an address with letters of any script, or line ends, is one the browser can be sent to', () => {
		const { headers } = goTo('/forum/été 水\r\nX-Evil: 1/new?from=%D9%85')
		expect(headers.get('location')).toBe('/forum/%C3%A9t%C3%A9%20%E6%B0%B4%0D%0AX-Evil:%201/new?from=%D9%85')
	})

	test('a draft saved at an address with such letters is kept, and no fault', async () => {
		const { token } = await aMemberWithToken()
		const params = { space: 'é\r\nx', topic: crypto.randomUUID() }
		const sent = await send(onTopic.action, '/x', { intent: 'draft', body: 'Mine' }, { token, params })
		expect(sent.to).toBe(`/forum/%C3%A9%0D%0Ax/${params.topic}?told=kept#answer`)
		expect(await db.$count(drafts)).toBe(1)
	})
})
