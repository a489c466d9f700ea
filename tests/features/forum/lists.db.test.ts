import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, spaces, topics } from '~/db/schema/forum'
import { topicReaders } from '~/db/schema/reading'
import { blocks } from '~/db/schema/ties'
import { translations } from '~/db/schema/translation'
import { latestTopics } from '~/features/forum/latest.server'
import { ALL_SPACES, LISTS, listPath, type TopicListName } from '~/features/forum/lists'
import { type ListAddress, readTopicList } from '~/features/forum/lists.server'
import { actorOfToken } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { aSpace } from '../../factories/forum'
import { aMember, aMemberWithToken } from '../../factories/members'
import { codeOf } from '../../factories/outcomes'

const MINUTE_MS = 60_000

type TopicFields = Partial<typeof topics.$inferInsert> & { answers?: (Actor | null)[] }

let count = 0

/** A question that was asked, with an answer of each of these women; each later than what was made before it. */
async function aQuestion(spaceId: string, author: Actor, { answers = [], ...fields }: TopicFields = {}) {
	count += 1
	const at = new Date(Date.now() - 1_000 * MINUTE_MS + count * MINUTE_MS)
	const lang = fields.lang ?? 'en'
	const [topic] = await db
		.insert(topics)
		.values({
			spaceId,
			authorId: author.id,
			key: crypto.randomUUID(),
			title: `Question ${count}`,
			lang,
			dir: 'ltr',
			langs: [lang],
			createdAt: at,
			lastPostAt: at,
			postSeq: answers.length + 1,
			visiblePosts: answers.length + 1,
			...fields,
		})
		.returning()
	await db.insert(posts).values(
		[author, ...answers].map((writer, index) => ({
			topicId: topic!.id,
			seq: index + 1,
			authorId: writer?.id,
			key: crypto.randomUUID(),
			body: 'Words',
			html: '<p>Words</p>',
			lang,
			dir: 'ltr' as const,
			langSource: 'declared' as const,
			aliased: index === 0 && topic!.alias !== null,
		})),
	)
	return topic!
}

const address = (space: string, change: Partial<ListAddress> = {}): ListAddress => ({
	space,
	list: null,
	languages: null,
	before: null,
	after: null,
	...change,
})

const listed = async (actor: Actor, space: string, change: Partial<ListAddress> = {}) =>
	(await readTopicList(actor, 'en', address(space, change))).topics.map(({ id }) => id)

const blockBetween = (blocker: Actor, blocked: Actor) =>
	db.insert(blocks).values({ blockerId: blocker.id, blockedId: blocked.id })

describe('the lists', () => {
	test('activity, new, unanswered, followed and mine hold what they say, in a space and over all of hers', async () => {
		const [space, other, reader, writer] = [await aSpace(), await aSpace(), await aMember(), await aMember()]
		const hers = await aQuestion(space.id, reader, { answers: [writer] })
		const old = await aQuestion(space.id, writer, { lastPostAt: new Date(), answers: [reader] })
		const alone = await aQuestion(space.id, writer)
		const elsewhere = await aQuestion(other.id, writer)
		await aQuestion(space.id, writer, { hiddenAt: new Date() })
		await aQuestion(space.id, writer, { mergedInto: old.id })
		await aQuestion(space.id, writer, { visiblePosts: 0 })
		await db.insert(topicReaders).values([
			{ memberId: reader.id, topicId: hers.id, follows: true },
			{ memberId: reader.id, topicId: alone.id, follows: false },
			{ memberId: reader.id, topicId: elsewhere.id, follows: true },
		])
		const inSpace: Record<TopicListName, string[]> = {
			activity: [old.id, alone.id, hers.id],
			new: [alone.id, old.id, hers.id],
			unanswered: [alone.id],
			followed: [hers.id],
			mine: [hers.id],
		}
		const everywhere: Record<TopicListName, string[]> = {
			activity: [old.id, elsewhere.id, alone.id, hers.id],
			new: [elsewhere.id, alone.id, old.id, hers.id],
			unanswered: [elsewhere.id, alone.id],
			followed: [elsewhere.id, hers.id],
			mine: [hers.id],
		}
		for (const list of LISTS) {
			expect([list, await listed(reader, space.id, { list })]).toEqual([list, inSpace[list]])
			expect([list, await listed(reader, ALL_SPACES, { list })]).toEqual([list, everywhere[list]])
		}
	})

	test('over all spaces means those she may enter, in every list', async () => {
		const [closed, reader, writer] = [await aSpace(), await aMember(), await aMember()]
		await db.update(spaces).set({ access: 'practitioners' }).where(eq(spaces.id, closed.id))
		const secret = await aQuestion(closed.id, reader)
		await db.insert(topicReaders).values({ memberId: reader.id, topicId: secret.id, follows: true })
		for (const list of LISTS) expect(await listed(reader, ALL_SPACES, { list })).toEqual([])
		expect(await codeOf(() => listed(reader, closed.id))).toBe('not-found')
		const practitioner = await aMember({ roles: [{ role: 'practitioner' }] })
		await aQuestion(closed.id, writer)
		expect(await listed(practitioner, ALL_SPACES)).toHaveLength(2)
	})

	test.each(['x', 'all2', '', crypto.randomUUID()])(
		'a space that is none (%s) is not found',
		async (space) => {
			expect(await codeOf(async () => listed(await aMember(), space))).toBe('not-found')
		},
	)

	test('a list that is none is the usual one', async () => {
		const [space, reader] = [await aSpace(), await aMember()]
		expect(await readTopicList(reader, 'en', address(space.id, { list: 'x' }))).toMatchObject({
			list: 'activity',
		})
	})
})

describe('pages', () => {
	test.each(LISTS)('%s: older and newer lead through it, none twice and none missing', async (list) => {
		const [space, reader] = [await aSpace(), await aMember()]
		const made: string[] = []
		// Two of each moment: the id decides between them, to the microsecond and not to the millisecond.
		for (let n = 0; n < 45; n += 1) {
			const at = sql`timestamptz '2026-01-01 00:00:00.000001Z' + ${Math.floor(n / 2)} * interval '1 microsecond'`
			const topic = await aQuestion(space.id, reader, { createdAt: at as never, lastPostAt: at as never })
			made.push(topic.id)
		}
		await db
			.insert(topicReaders)
			.values(made.map((topicId) => ({ memberId: reader.id, topicId, follows: true })))
		const pages: string[][] = []
		let page = await readTopicList(reader, 'en', address(space.id, { list }))
		expect(page.newer).toBeNull()
		pages.push(page.topics.map(({ id }) => id))
		while (page.older) {
			page = await readTopicList(reader, 'en', address(space.id, { list, before: page.older }))
			pages.push(page.topics.map(({ id }) => id))
		}
		expect(pages.map(({ length }) => length)).toEqual([20, 20, 5])
		expect(pages.flat().toSorted()).toEqual(made.toSorted())
		const middle = await readTopicList(reader, 'en', address(space.id, { list, after: page.newer }))
		expect(middle.topics.map(({ id }) => id)).toEqual(pages[1])
		const first = await readTopicList(reader, 'en', address(space.id, { list, after: middle.newer }))
		expect([first.topics.map(({ id }) => id), first.newer]).toEqual([pages[0], null])
	})

	test('newer than a place near the beginning is the first page, and it is full', async () => {
		const [space, reader] = [await aSpace(), await aMember()]
		for (let n = 0; n < 25; n += 1) await aQuestion(space.id, reader)
		const first = await readTopicList(reader, 'en', address(space.id))
		const third = `${await microsOf(first.topics[2]!.id)}_${first.topics[2]!.id}`
		const again = await readTopicList(reader, 'en', address(space.id, { after: third }))
		expect([again.topics, again.newer]).toEqual([first.topics, null])
	})

	async function microsOf(id: string) {
		const [row] = await db
			.select({ micros: sql<string>`(extract(epoch from ${topics.lastPostAt}) * 1000000)::bigint::text` })
			.from(topics)
			.where(eq(topics.id, id))
		return row!.micros
	}

	test.each(['x_y', '1_1', `${'9'.repeat(30)}_${crypto.randomUUID()}`, `-1_${crypto.randomUUID()}`, ''])(
		'a list that begins at %s begins at its beginning',
		async (place) => {
			const [space, reader] = [await aSpace(), await aMember()]
			await aQuestion(space.id, reader)
			expect(await listed(reader, space.id, { before: place })).toHaveLength(1)
			expect(await listed(reader, space.id, { after: place })).toHaveLength(1)
		},
	)

	test('what is pinned stands first, on the first page of its space’s latest only', async () => {
		const [space, reader] = [await aSpace(), await aMember()]
		const pinned = await aQuestion(space.id, reader, { pinnedAt: new Date() })
		for (let n = 0; n < 25; n += 1) await aQuestion(space.id, reader)
		const first = await readTopicList(reader, 'en', address(space.id))
		expect(first.topics).toHaveLength(21)
		expect(first.topics[0]).toMatchObject({ id: pinned.id, pinned: true })
		expect(await listed(reader, space.id, { before: first.older })).not.toContain(pinned.id)
		expect((await listed(reader, space.id, { list: 'new' })).indexOf(pinned.id)).toBe(-1)
		expect((await listed(reader, ALL_SPACES, { before: first.older })).at(-1)).toBe(pinned.id)
	})

	test('addresses keep what was chosen, and leave out what is usual', () => {
		const spaceId = 'b'
		expect(listPath({ spaceId, list: 'activity' })).toBe('/forum/b')
		expect(listPath({ spaceId: null, list: 'new', everyLanguage: true, before: '1_a' })).toBe(
			'/forum/all?list=new&languages=all&before=1_a',
		)
	})
})

describe('languages she reads', () => {
	async function reading(reads: string[], speaks: string[] = []) {
		const [space, writer, reader] = [await aSpace(), await aMember(), await aMember({ reads, speaks })]
		return { space, writer, reader }
	}

	test('questions in other languages are left out and counted; one tap shows them', async () => {
		const { space, writer, reader } = await reading(['it'], ['ar'])
		for (const lang of ['it', 'ar', 'en']) await aQuestion(space.id, writer, { lang })
		const translated = await aQuestion(space.id, writer, { lang: 'ti', langs: ['ti', 'it'] })
		for (const lang of ['ti', 'ka', 'so']) await aQuestion(space.id, writer, { lang })
		const page = await readTopicList(reader, 'en', address(space.id))
		expect([page.topics.length, page.hidden, page.filtered]).toEqual([4, { kind: 'exact', count: 3 }, true])
		expect(page.topics.map(({ id }) => id)).toContain(translated.id)
		const all = await readTopicList(reader, 'en', address(space.id, { languages: 'all' }))
		expect([all.topics.length, all.hidden, all.filtered]).toEqual([7, null, false])
	})

	test('a language that is rare among very many questions is found all the same, forth and back', async () => {
		const { space, writer, reader } = await reading(['ti'])
		const [first, second] = [
			await aQuestion(space.id, writer, { lang: 'ti' }),
			await aQuestion(space.id, writer, { lang: 'ti' }),
		]
		await db.insert(topics).values(
			Array.from({ length: 1_005 }, () => ({
				spaceId: space.id,
				authorId: writer.id,
				key: crypto.randomUUID(),
				title: 'ქართული',
				lang: 'ka',
				dir: 'ltr' as const,
				langs: ['ka'],
				visiblePosts: 1,
			})),
		)
		for (const list of ['activity', 'new'])
			for (const place of [space.id, ALL_SPACES])
				expect(await listed(reader, place, { list })).toEqual([second.id, first.id])
		expect((await latestTopics(reader, 'en', 5)).map(({ id }) => id)).toEqual([second.id, first.id])
	})

	test('what she follows and what she asked is shown in every language', async () => {
		const { space, reader } = await reading(['it'])
		const topic = await aQuestion(space.id, reader, { lang: 'ka' })
		await db.insert(topicReaders).values({ memberId: reader.id, topicId: topic.id, follows: true })
		expect(await listed(reader, space.id)).toEqual([])
		for (const list of ['followed', 'mine'])
			expect(await listed(reader, space.id, { list })).toEqual([topic.id])
	})

	test('they are counted to a hundred, and not those of someone with whom there is a block', async () => {
		const { space, writer } = await reading([])
		const { actor, token } = await aMemberWithToken()
		const blocked = await aMember()
		await blockBetween(blocked, actor)
		const reader = (await actorOfToken(token))!
		const many = (author: Actor, amount: number) =>
			db.insert(topics).values(
				Array.from({ length: amount }, (_, n) => ({
					spaceId: space.id,
					authorId: author.id,
					key: crypto.randomUUID(),
					title: `${n}`,
					lang: 'ka',
					dir: 'ltr' as const,
					langs: ['ka'],
					visiblePosts: 1,
				})),
			)
		await many(blocked, 60)
		await many(writer, 100)
		const hidden = async () => (await readTopicList(reader, 'en', address(space.id))).hidden
		expect(await hidden()).toEqual({ kind: 'exact', count: 100 })
		await many(writer, 1)
		expect(await hidden()).toEqual({ kind: 'more', count: 100 })
		await db
			.update(topics)
			.set({ langs: ['en'] })
			.where(sql`title <> '1'`)
		await db.insert(topics).values(
			Array.from({ length: 1_000 }, () => ({
				spaceId: space.id,
				authorId: writer.id,
				key: crypto.randomUUID(),
				title: 'English',
				lang: 'en',
				dir: 'ltr' as const,
				langs: ['en'],
				visiblePosts: 1,
			})),
		)
		// Nobody counts to the end of a large forum for one number.
		expect((await hidden())?.kind).toBe('some')
	})
})

describe('a row', () => {
	const rowOf = async (reader: Actor, spaceId: string, locale = 'en') =>
		(await readTopicList(reader, locale, address(spaceId, { languages: 'all' }))).topics[0]!

	test('tells title, language, author, answers and marks', async () => {
		const [space, reader, writer] = [
			await aSpace('Work'),
			await aMember(),
			await aMember({ handle: 'Amina' }),
		]
		await aQuestion(space.id, writer, {
			lang: 'it',
			title: 'Lavoro',
			answers: [reader, reader],
			answeredAt: new Date(),
			lockedAt: new Date(),
		})
		expect(await rowOf(reader, space.id)).toMatchObject({
			title: 'Lavoro',
			lang: 'it',
			dir: 'ltr',
			from: null,
			author: 'Amina',
			alias: null,
			answers: 2,
			unread: 0,
			spaceName: { text: 'Work', lang: 'en' },
			pinned: false,
			locked: true,
			answered: true,
		})
	})

	test('asked under an alias it has the flower’s number, and nothing of hers leaves the database', async () => {
		const [space, reader, writer] = [await aSpace(), await aMember(), await aMember({ handle: 'Amina' })]
		await aQuestion(space.id, writer, { alias: 7 })
		const page = await readTopicList(reader, 'en', address(space.id))
		expect(page.topics[0]).toMatchObject({ author: null, alias: 7 })
		expect(JSON.stringify(page)).not.toContain(writer.id)
		expect(JSON.stringify(page)).not.toContain('Amina')
	})

	test('the title is shown in her language where it was translated, the most thanked version first', async () => {
		const [space, reader, writer] = [await aSpace(), await aMember(), await aMember()]
		const topic = await aQuestion(space.id, writer, { lang: 'it', langs: ['it', 'ar'], title: 'Lavoro' })
		const [question] = await db.select().from(posts).where(eq(posts.topicId, topic.id))
		const translated = async (title: string, thanks: number, hiddenAt: Date | null = null) =>
			db.insert(translations).values({
				postId: question!.id,
				lang: 'ar',
				dir: 'rtl',
				authorId: (await aMember()).id,
				key: crypto.randomUUID(),
				title,
				body: 'Words',
				html: '',
				ofVersion: 1,
				thanks,
				hiddenAt,
			})
		await translated('عمل', 1)
		await translated('شغل', 3)
		await translated('hidden', 9, new Date())
		expect(await rowOf(reader, space.id, 'ar')).toMatchObject({
			title: 'شغل',
			lang: 'ar',
			dir: 'rtl',
			from: 'it',
		})
		expect(await rowOf(reader, space.id, 'en')).toMatchObject({ title: 'Lavoro', lang: 'it', from: null })
	})

	test('unread posts are counted from where she stopped; her own are not, and a topic she never opened has none', async () => {
		const [space, reader, writer] = [await aSpace(), await aMember(), await aMember()]
		const topic = await aQuestion(space.id, writer, { answers: [writer, reader, writer, writer] })
		expect((await rowOf(reader, space.id)).unread).toBe(0)
		await db.insert(topicReaders).values({ memberId: reader.id, topicId: topic.id, readSeq: 2 })
		expect((await rowOf(reader, space.id)).unread).toBe(2)
		await db.update(posts).set({ hiddenAt: new Date() }).where(eq(posts.seq, 4))
		expect((await rowOf(reader, space.id)).unread).toBe(1)
	})

	test('nothing tells of what blocks omit: not the question, not a count, not a time; aliases stay', async () => {
		const [space, writer, blocked] = [await aSpace(), await aMember(), await aMember()]
		const { actor, token } = await aMemberWithToken()
		await blockBetween(actor, blocked)
		const reader = (await actorOfToken(token))!
		await aQuestion(space.id, blocked)
		const aliased = await aQuestion(space.id, blocked, { alias: 3 })
		const topic = await aQuestion(space.id, writer, { answers: [writer, blocked], lastPostAt: new Date() })
		const early = new Date('2026-01-01T10:00:00Z')
		await db.update(posts).set({ createdAt: early }).where(eq(posts.topicId, topic.id))
		await db.update(posts).set({ createdAt: new Date() }).where(eq(posts.authorId, blocked.id))
		await db.insert(topicReaders).values({ memberId: reader.id, topicId: topic.id, readSeq: 1 })
		const { topics: rows } = await readTopicList(reader, 'en', address(space.id))
		// Nor its place: it stands where the time stands that is shown.
		expect(rows.map(({ id }) => id)).toEqual([aliased.id, topic.id])
		expect(rows[1]).toMatchObject({ answers: 1, unread: 1, lastPostAt: early })
	})

	test('the words of a deleted question are gone from the list while its answers stay', async () => {
		const [space, reader, writer] = [await aSpace(), await aMember(), await aMember()]
		const topic = await aQuestion(space.id, writer, { title: 'Taken back', answers: [reader] })
		await db.update(posts).set({ deletedAt: new Date() }).where(sql`topic_id = ${topic.id} and seq = 1`)
		const page = await readTopicList(reader, 'en', address(space.id))
		expect(page.topics[0]).toMatchObject({ deleted: true, title: '' })
		expect(JSON.stringify(page)).not.toContain('Taken back')
	})
})
