import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, spaceMembers, topics } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { translations } from '~/db/schema/translation'
import { deletePost, restorePost } from '~/features/forum/deletion.server'
import { readAsked } from '~/features/forum/search/asked'
import type { Piece } from '~/features/forum/search/excerpt'
import { search } from '~/features/forum/search/search.server'
import { postSubject } from '~/features/forum/subject.server'
import type { Actor } from '~/platform/actor'
import { anAnswer, aSpace, aTopic, idsOf, questionOf } from '../../factories/forum'
import { aMember, anOrganisation } from '../../factories/members'
import { aTranslation } from '../../factories/translations'

type Address = Record<string, string>

const find = (reader: Actor, q: string, more: Address = {}) =>
	search(reader, 'en', readAsked(new URLSearchParams({ q, ...more })))
const found = async (reader: Actor, q: string, more?: Address) =>
	(await find(reader, q, more)).hits.map(({ topicId }) => topicId)
const plain = (pieces: Piece[] | null) => pieces?.map(({ text }) => text).join('')
const marked = (pieces: Piece[] | null) => pieces?.filter((piece) => piece.found).map(({ text }) => text)
const blocking = (actor: Actor, other: Actor): Actor => ({ ...actor, blocked: [other.id] })

/** The documents are always those their sources would give, whoever wrote last. */
async function expectInStep() {
	const rows = await db.execute(sql`
		select from search_documents d full join search_sources s
			on s.post_id = d.post_id and s.translation_id is not distinct from d.translation_id
		where d.number is null or s.post_id is null
			or (d.topic_id, d.space_id, d.kind, d.lang, d.author_id, d.people, d.at, d.title, d.tokens) is distinct from
				(s.topic_id, s.space_id, s.kind, s.lang, s.author_id, s.people, s.at, search_normal(s.title),
				array_to_tsvector(search_lexemes(search_words(s.title, s.body), s.lang)))`)
	expect(rows).toHaveLength(0)
}

describe('what is found', () => {
	test('titles, questions, answers and translations, each by its own words', async () => {
		const topic = await aTopic({ title: 'Nostrificare il diploma', body: 'Sono sarta', language: 'it' })
		await anAnswer(topic, { body: 'Στο υπουργείο παιδείας', language: 'el' })
		await aTranslation(await questionOf(topic), {
			language: 'ar',
			title: 'معادلة الشهادة',
			body: 'أنا خياطة',
			by: await aMember({ speaks: ['it', 'ar'], reads: ['it', 'ar'] }),
		})
		const reader = await aMember()
		for (const [word, kind] of [
			['diplomi', 'question'],
			['SARTA', 'question'],
			['υπουργεία', 'answer'],
			['شهادات', 'translation'],
			['الخياطة', 'translation'],
		] as const)
			expect(await find(reader, word), word).toMatchObject({ hits: [{ topicId: topic.id, kind }] })
		expect(await found(reader, 'giardino')).toEqual([])
		await expectInStep()
	})

	test('one result for a conversation, with the best of its texts and how many more there are', async () => {
		const topic = await aTopic({ title: 'Contratto di lavoro', body: 'Che cosa chiedo?', language: 'it' })
		for (const body of ['Il lavoro', 'Un lavoro', 'Nessuno']) await anAnswer(topic, { body, language: 'it' })
		const { hits } = await find(await aMember(), 'lavoro')
		expect(hits).toMatchObject([{ topicId: topic.id, kind: 'question', further: 2 }])
	})

	test('texts with all words before those with the word in another form, and the newest first', async () => {
		const space = await aSpace()
		const other = await aTopic({ space, title: 'Lavori in casa', language: 'it' })
		const old = await aTopic({ space, title: 'Il mio lavoro', language: 'it' })
		const recent = await aTopic({ space, title: 'Un lavoro', language: 'it' })
		expect(await found(await aMember(), 'lavoro')).toEqual([recent.id, old.id, other.id])
	})

	test('the word itself before another form of it, however many newer texts have that, on every page once', async () => {
		const [space, author] = [await aSpace(), await aMember({ reads: ['it'] })]
		const old = await aTopic({ space, title: 'Un lavoro', language: 'it' })
		await db.execute(sql`
			with made as (insert into topics (space_id, author_id, key, title, lang, dir, post_seq, visible_posts, created_at)
				select ${space.id}, ${author.id}, gen_random_uuid(), 'Lavori ' || n, 'it', 'ltr', 1, 1, now() + n * interval '1 second'
				from generate_series(1, 510) n returning id, created_at)
			insert into posts (topic_id, seq, author_id, key, body, html, lang, dir, lang_source, created_at)
			select id, 1, ${author.id}, gen_random_uuid(), 'Lavori', '', 'it', 'ltr', 'declared', created_at from made`)
		const seen: string[] = []
		for (const page of ['1', '2', '3']) seen.push(...(await found(author, 'lavoro', { page })))
		expect([seen[0], seen.length, new Set(seen).size]).toEqual([old.id, 60, 60])
		expect(await found(author, 'lavori')).not.toContain(old.id)
	}, 20_000)

	test('where no text has all the words, those with some; words that say nothing do not count', async () => {
		const topic = await aTopic({ title: 'Permesso di soggiorno', language: 'it' })
		const reader = await aMember({ reads: ['it'] })
		expect(await find(reader, 'il permesso per la questura')).toMatchObject({
			every: false,
			hits: [{ topicId: topic.id }],
		})
		expect(await find(reader, 'il permesso')).toMatchObject({ every: true, hits: [{ topicId: topic.id }] })
		expect(await found(reader, 'il di la')).toEqual([topic.id])
	})

	test('a minus leaves out, quotes mean this very form', async () => {
		const space = await aSpace()
		const one = await aTopic({ space, title: 'Lavoro a Bologna', language: 'it' })
		const two = await aTopic({ space, title: 'Lavori a Torino', language: 'it' })
		const reader = await aMember()
		expect(await found(reader, 'lavoro -torino')).toEqual([one.id])
		expect(await found(reader, '"lavori"')).toEqual([two.id])
		expect(await found(reader, '-torino')).toEqual([])
	})

	test('page after page each conversation once', async () => {
		const space = await aSpace()
		const author = await aMember()
		await db.execute(sql`
			with made as (insert into topics (space_id, author_id, key, title, lang, dir, post_seq, visible_posts)
				select ${space.id}, ${author.id}, gen_random_uuid(), 'Bread ' || n, 'en', 'ltr', 1, 1
				from generate_series(1, 45) n returning id)
			insert into posts (topic_id, seq, author_id, key, body, html, lang, dir, lang_source)
			select id, 1, ${author.id}, gen_random_uuid(), 'Bread', '', 'en', 'ltr', 'declared' from made`)
		const seen: string[] = []
		let next: string | null = '/search?q=bread'
		while (next) {
			const asked = readAsked(new URL(next, 'http://here').searchParams)
			const page = await search(author, 'en', asked)
			seen.push(...page.hits.map(({ topicId }) => topicId))
			next = page.next
		}
		expect([seen.length, new Set(seen).size]).toEqual([45, 45])
	})
})

describe('narrowing', () => {
	test('by space, language, kind, author and time', async () => {
		const [work, home] = [await aSpace('Work'), await aSpace('Home')]
		const [ana, bea] = [await aMember({ handle: 'Ana Maria' }), await aMember({ handle: 'Bea' })]
		const one = await aTopic({ space: work, author: ana, title: 'Casa', language: 'it' })
		const two = await aTopic({ space: home, author: bea, title: 'Casa', language: 'es' })
		const answered = await anAnswer(one, { author: bea, body: 'La casa di Bea', language: 'it' })
		await db
			.update(posts)
			.set({ createdAt: new Date('2020-01-01') })
			.where(eq(posts.topicId, two.id))
		await db.execute(sql`update posts set body = body || ' ' where topic_id = ${two.id}`)
		const table: [Address, string[]][] = [
			[{}, [one.id, two.id]],
			[{ space: work.id }, [one.id]],
			[{ language: 'es' }, [two.id]],
			[{ kind: 'answer' }, [one.id]],
			[{ kind: 'translation' }, []],
			[{ author: 'bea' }, [one.id, two.id]],
			[{ author: ' ana  maria ' }, [one.id]],
			[{ author: 'Nobody' }, []],
			[{ time: 'month' }, [one.id]],
			[{ time: 'year', language: 'es' }, []],
			[{ language: 'xx', kind: 'x', space: 'x', time: 'x', author: '' }, [one.id, two.id]],
		]
		const reader = await aMember()
		for (const [narrowed, expected] of table)
			expect((await found(reader, 'casa', narrowed)).toSorted(), JSON.stringify(narrowed)).toEqual(
				expected.toSorted(),
			)
		expect(answered.id).toBeTruthy()
	})
})

describe('what she may not read is not found, not counted and not suggested', () => {
	const word = 'quinceañera'

	test.each([
		['everyone', 'found'],
		['organisation', 'nothing'],
		['practitioners', 'nothing'],
		['invited', 'nothing'],
	] as const)('a space for %s', async (access, outcome) => {
		const organisationId = access === 'organisation' ? (await anOrganisation()).id : null
		const space = await aSpace('Closed', { access, organisationId })
		const practitioner = await aMember({ roles: [{ role: 'moderator' }] })
		const topic = await aTopic({ space, author: practitioner, title: word, language: 'es' })
		const stranger = await aMember()
		expect(await found(practitioner, word)).toEqual([topic.id])
		expect(await found(stranger, word)).toEqual(outcome === 'found' ? [topic.id] : [])
		expect((await find(stranger, 'xuinceañera')).near).toHaveLength(outcome === 'found' ? 1 : 0)
		expect((await find(stranger, word)).spaces).toHaveLength(outcome === 'found' ? 1 : 0)
		expect(await found(stranger, word, { space: space.id })).toEqual(outcome === 'found' ? [topic.id] : [])
		if (access !== 'invited') return
		await db.insert(spaceMembers).values({ spaceId: space.id, memberId: stranger.id })
		expect(await found(stranger, word)).toEqual([])
		await db.update(spaceMembers).set({ acceptedAt: new Date() })
		expect(await found(stranger, word)).toEqual([topic.id])
	})

	test('of someone with whom there is a block: her texts, and all that stands in her conversations', async () => {
		const [she, other, third] = [await aMember(), await aMember({ handle: 'Other' }), await aMember()]
		const hers = await aTopic({ author: other, title: `${word} one`, language: 'es' })
		await anAnswer(hers, { author: third, body: `${word} two`, language: 'es' })
		const thirds = await aTopic({ author: third, title: 'Fiesta', body: 'Nada', language: 'es' })
		await anAnswer(thirds, { author: other, body: `${word} three`, language: 'es' })
		await anAnswer(thirds, { author: third, body: `${word} four`, language: 'es' })
		const { hits } = await find(blocking(she, other), word)
		expect(hits).toMatchObject([{ topicId: thirds.id, further: 0 }])
		expect(await found(blocking(she, other), word, { author: 'Other' })).toEqual([])
		expect((await find(blocking(she, other), 'xuinceañera')).near).toEqual([])
		expect(await found(she, word)).toHaveLength(2)
	})

	test('nor a translation by someone with whom there is a block', async () => {
		const topic = await aTopic({ title: 'Fiesta', language: 'es' })
		const made = await aTranslation(await questionOf(topic), {
			title: 'A rare feast',
			body: 'Rare',
			by: await aMember({ speaks: ['es', 'en'], reads: ['es', 'en'] }),
		})
		const reader = await aMember()
		expect(await found(reader, 'feast')).toEqual([topic.id])
		expect(await found(blocking(reader, made.author), 'feast')).toEqual([])
	})

	test('under an alias: the text is found, by its flower; by her handle it is not, nor does a block tell', async () => {
		const space = await aSpace('Open', { aliasAllowed: true })
		const asker = await aMember({ handle: 'Hidden Rose' })
		const topic = await aTopic({ space, author: asker, title: word, alias: 'yes', language: 'es' })
		await anAnswer(topic, { author: asker, body: `${word} again`, language: 'es' })
		const reader = await aMember()
		const { hits } = await find(reader, word)
		expect(hits).toMatchObject([{ topicId: topic.id, author: null, alias: expect.any(Number), further: 1 }])
		expect(JSON.stringify(hits)).not.toContain(asker.id)
		expect(await found(reader, word, { author: 'Hidden Rose' })).toEqual([])
		expect(await found(blocking(reader, asker), word)).toEqual([topic.id])
		const [row] = await db.execute<{ kept: string }>(
			sql`select string_agg(d::text, '') as kept from search_documents d`,
		)
		expect(row?.kept).not.toContain(asker.id)
	})

	test('what is hidden, deleted, moved, merged or changed since', async () => {
		const [reader, author] = [await aMember(), await aMember()]
		const space = await aSpace()
		const topic = await aTopic({ space, author, title: 'Zebra', body: 'Giraffe' })
		const answered = await anAnswer(topic, { author, body: 'Walrus' })
		const all = async (...words: string[]) =>
			(await Promise.all(words.map((q) => found(reader, q)))).flat().length
		expect(await all('zebra', 'giraffe', 'walrus')).toBe(3)
		await postSubject.hide(db, answered.id, () => {})
		expect(await all('zebra', 'giraffe', 'walrus')).toBe(2)
		await postSubject.restore(db, answered.id, () => {})
		await deletePost(author, { ...idsOf(topic), post: answered.id })
		expect(await all('walrus')).toBe(0)
		await restorePost(author, { ...idsOf(topic), post: answered.id })
		expect(await all('walrus')).toBe(1)
		const closed = await aSpace('Closed', { access: 'practitioners' })
		await db.update(topics).set({ spaceId: closed.id })
		expect(await all('zebra', 'walrus')).toBe(0)
		await db.update(topics).set({ spaceId: space.id, title: 'Camel' })
		expect([await all('zebra'), await all('camel')]).toEqual([0, 1])
		await db.update(posts).set({ body: 'Dolphin' }).where(eq(posts.seq, 1))
		expect([await all('giraffe'), await all('dolphin')]).toEqual([0, 1])
		await db.update(topics).set({ mergedInto: topic.id })
		expect(await all('camel', 'dolphin', 'walrus')).toBe(0)
		await db.update(topics).set({ mergedInto: null, hiddenAt: new Date() })
		expect(await all('camel', 'dolphin', 'walrus')).toBe(0)
		await db.update(topics).set({ hiddenAt: null })
		expect(await all('camel', 'dolphin', 'walrus')).toBe(3)
		await expectInStep()
	})

	test('a translation that is hidden, and who left', async () => {
		const topic = await aTopic({ title: 'Fiesta', language: 'es' })
		const made = await aTranslation(await questionOf(topic), {
			title: 'A rare feast',
			body: 'Rare',
			by: await aMember({ speaks: ['es', 'en'], reads: ['es', 'en'], handle: 'Leaver' }),
		})
		const reader = await aMember()
		await db.update(translations).set({ hiddenAt: new Date() })
		expect(await found(reader, 'feast')).toEqual([])
		await db.update(translations).set({ hiddenAt: null })
		await db.delete(members).where(eq(members.id, made.author.id))
		await db.delete(members).where(eq(members.id, topic.author.id))
		expect((await find(reader, 'feast')).hits).toMatchObject([{ author: null }])
		const [row] = await db.execute<{ kept: string }>(
			sql`select string_agg(d::text, '') as kept from search_documents d`,
		)
		expect(row?.kept).not.toMatch(new RegExp(`${made.author.id}|${topic.author.id}`))
		await expectInStep()
	})
})

describe('what is shown of it', () => {
	test('the words she looked for are marked, whole, in whatever form', async () => {
		const topic = await aTopic({
			title: 'L’affitto',
			body: `${'Prima di tutto parliamo di altro. '.repeat(20)}Gli **affitti** sono alti.${' E poi ancora.'.repeat(40)}`,
			language: 'it',
		})
		const [hit] = (await find(await aMember(), 'affitto')).hits
		expect(hit).toMatchObject({ topicId: topic.id })
		expect(marked(hit!.title)).toEqual(['affitto'])
		expect(marked(hit!.excerpt)).toEqual(['affitti'])
		expect(plain(hit!.excerpt)).toMatch(/^… .*Gli affitti sono alti\. E poi .* …$/)
		expect([...plain(hit!.excerpt)!].length).toBeLessThan(260)
	})

	test('a text under a content note stays folded; what is quoted is not searched', async () => {
		const topic = await aTopic({ title: 'Help', body: 'Terrible secretword', note: 'violence' })
		await anAnswer(topic, { body: '> quotedword\n\nMy ownword' })
		const reader = await aMember()
		const { hits } = await find(reader, 'secretword')
		expect(hits).toMatchObject([{ excerpt: null }])
		expect(JSON.stringify(hits)).not.toMatch(/secretword|Terrible/i)
		expect(await found(reader, 'ownword')).toEqual([topic.id])
		expect(await found(reader, 'quotedword')).toEqual([])
	})

	test('the title of a deleted question is gone, its answers are found', async () => {
		const author = await aMember()
		const topic = await aTopic({ author, title: 'Wiped title', body: 'Text' })
		await anAnswer(topic, { body: 'Still here' })
		await deletePost(author, { ...idsOf(topic), post: (await questionOf(topic)).id })
		const { hits } = await find(await aMember(), 'still')
		expect(hits).toMatchObject([{ topicId: topic.id, title: [] }])
		expect(JSON.stringify(hits)).not.toContain('Wiped')
	})

	test('titles written nearly like her words, when nothing was found', async () => {
		const topic = await aTopic({ title: 'Permesso di soggiorno', language: 'it' })
		const reader = await aMember()
		const { hits, near } = await find(reader, 'ermesso sogiorno')
		expect(hits).toEqual([])
		expect(near).toMatchObject([
			{ path: `/forum/${topic.spaceId}/${topic.id}`, title: 'Permesso di soggiorno' },
		])
	})
})
