import { pool } from '~/db/client.server'
import { readTopicList } from '~/features/forum/lists.server'
import { readTopic } from '~/features/forum/posts.server'
import { readAsked } from '~/features/forum/search/asked'
import { search } from '~/features/forum/search/search.server'
import type { Actor } from '~/platform/actor'
import { cursorOf } from '~/platform/cursor'
import { COMMON, mediumWord, RARE, VOCABULARIES } from './forum-words'

const PAGE = 20
const LAST_PAGE = 5_000
/** One of each kind of script. */
const SEARCHED = ['it', 'bg', 'el', 'ar', 'ti', 'zh-Hans']

/** A member without roles or blocks; her session is not what is measured. */
async function aReader(): Promise<Actor> {
	const [member] = await pool<{ id: string }[]>`select id from members limit 1`
	return {
		id: member!.id,
		handle: 'Writer 1',
		sessionId: member!.id,
		device: 'own',
		status: 'active',
		locale: 'en',
		secondLocale: null,
		calendar: null,
		nastaliq: false,
		hostCountry: null,
		reads: ['en', 'it'],
		speaks: [],
		grants: [],
		organisations: [],
		blocked: [],
		unread: 0,
		recovery: null,
		vouched: true,
		restraints: [],
		rulesVersion: 'bench',
		secondFactorDue: 'no',
		freshAt: new Date(),
	}
}

/** What the reader must give before page 5,000 of the list of everything, or the last page of a smaller forum. */
async function farCursor() {
	const [row] = await pool<{ micros: string; id: string }[]>`
		select (extract(epoch from last_post_at) * 1000000)::bigint::text as micros, id from topics
		order by last_post_at desc, id desc
		offset (select least(count(*) - ${PAGE + 1}, ${(LAST_PAGE - 1) * PAGE - 1}) from topics) limit 1`
	return cursorOf(row!)
}

export type Timed = (act: () => Promise<unknown>) => Promise<number>

/** The median time of each page's queries, by name. Every page is checked to have found what it should. */
export async function measure(timed: Timed): Promise<Record<string, number>> {
	const reader = await aReader()
	const topics = await pool<{ id: string; space_id: string }[]>`
		select id, space_id from topics order by md5(id::text) limit 100`
	const far = await farCursor()
	const list = { space: 'all', list: null, languages: 'all', before: null, after: null }
	const found = async (q: string, more: Record<string, string> = {}) => {
		const { hits } = await search(reader, 'en', readAsked(new URLSearchParams({ q, ...more })))
		if (hits.length === 0) throw new Error(`nothing found for ${q}`)
	}
	let turn = 0
	const next = <T>(all: readonly T[]) => all[turn++ % all.length]!
	const times: Record<string, number> = {
		'list, page 1': await timed(() => readTopicList(reader, 'en', list)),
		'list, page 5,000 or the last': await timed(() => readTopicList(reader, 'en', { ...list, before: far })),
		'list of a space': await timed(() =>
			readTopicList(reader, 'en', { ...list, space: next(topics).space_id }),
		),
		topic: await timed(() => {
			const topic = next(topics)
			return readTopic(reader, 'en', { space: topic.space_id, topic: topic.id }, null)
		}),
		[`search, rare: ${RARE}`]: await timed(() => found(RARE)),
		[`search, common: ${COMMON}`]: await timed(() => found(COMMON)),
		'search, narrowed to a space': await timed(() => found(COMMON, { space: next(topics).space_id })),
	}
	for (const lang of SEARCHED) {
		const words = VOCABULARIES.find((entry) => entry.lang === lang)!.words
		times[`search, common, ${lang}: ${words[0]}`] = await timed(() => found(words[0]!))
		times[`search, medium, ${lang}: ${mediumWord(lang)}`] = await timed(() => found(mediumWord(lang)))
		times[`search, two words, ${lang}`] = await timed(() => found(`${words[0]} ${words[4]}`))
	}
	await pool.end({ timeout: 5 })
	return times
}
