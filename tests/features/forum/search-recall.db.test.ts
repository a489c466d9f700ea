import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts } from '~/db/schema/forum'
import { readAsked } from '~/features/forum/search/asked'
import { search } from '~/features/forum/search/search.server'
import { aTopic } from '../../factories/forum'
import { aMember } from '../../factories/members'
import { PAIRS } from './search-pairs'

/** What has to be found of fifteen (LANGUAGES.md 1.4). */
const RECALL: Record<string, number> = { ar: 11 }
const RECALL_ELSEWHERE = 13
const FALSE_HITS_AT_MOST = 1

const tagOf = (lang: string) => (lang === 'zh' ? 'zh-Hans' : lang)

/** A conversation for each word; gives back which conversations a word finds. */
async function conversationsOf(lang: string, words: string[]) {
	const topic = await aTopic({ title: '1', body: '1', language: tagOf(lang) })
	await db.execute(sql`insert into topics (space_id, author_id, key, title, lang, dir, post_seq, visible_posts)
		select space_id, author_id, gen_random_uuid(), n::text, lang, 'ltr', 1, 1
		from topics, generate_series(1, ${words.length - 1}::int) n`)
	const made = await db.execute<{ id: string }>(sql`select id from topics`)
	await db.delete(posts)
	await db.insert(posts).values(
		made.map(({ id }, index) => ({
			topicId: id,
			seq: 1,
			authorId: topic.author.id,
			key: crypto.randomUUID(),
			body: PAIRS[lang]!.post(words[index]!),
			html: '',
			lang: tagOf(lang),
			dir: 'ltr' as const,
			langSource: 'declared' as const,
		})),
	)
	return made.map(({ id }) => id)
}

async function measure(lang: string, pairs: [typed: string, written: string][]) {
	const ids = await conversationsOf(
		lang,
		pairs.map(([, written]) => written),
	)
	const reader = await aMember({ reads: [tagOf(lang)] })
	const missed: string[] = []
	const wrong: string[] = []
	for (const [index, [typed, written]] of pairs.entries()) {
		const { hits, every } = await search(reader, 'en', readAsked(new URLSearchParams({ q: typed })))
		const found = hits.map(({ topicId }) => topicId)
		if (!found.includes(ids[index]!)) missed.push(`${typed} → ${written}`)
		// Where nothing has all the words she is told so, and shown what has some.
		for (const id of every ? found : [])
			if (id !== ids[index]) wrong.push(`${typed} → ${pairs[ids.indexOf(id)]![1]}`)
	}
	return { missed, wrong }
}

describe('a word in one form finds it in another', () => {
	test.each(Object.entries(PAIRS))('%s', async (lang, { pairs }) => {
		expect(pairs).toHaveLength(15)
		const there = await measure(lang, pairs)
		const back = await measure(
			lang,
			pairs.map(([typed, written]) => [written, typed]),
		)
		for (const { missed, wrong } of [there, back]) {
			const what = JSON.stringify({ missed, wrong })
			expect(15 - missed.length, what).toBeGreaterThanOrEqual(RECALL[lang] ?? RECALL_ELSEWHERE)
			expect(wrong.length / 15, what).toBeLessThanOrEqual(FALSE_HITS_AT_MOST)
		}
	})
})
