import { expect, test } from 'vitest'
import { pool } from '~/db/client.server'
import { LISTS } from '~/features/forum/lists'
import { type ListAddress, readTopicList } from '~/features/forum/lists.server'
import { actorOfToken } from '~/features/members/session.server'
import { cursorOf } from '~/platform/cursor'
import { aLargeForum } from '../../factories/bulk'
import { aMemberWithToken } from '../../factories/members'
import {
	blocksRead,
	indexesOf,
	scannedTables,
	scannedWhenKept,
	statementsOf,
} from '../../factories/statements'

const LARGE = ['topics', 'posts', 'topic_readers']
/** With the session's own query a page does one more. */
const STATEMENTS_AT_MOST = 4

const asking = (change: Partial<ListAddress>): ListAddress => ({
	space: 'all',
	list: null,
	languages: null,
	before: null,
	after: null,
	...change,
})

/** A reader of some languages who follows 300 questions, began some, and has blocks; as her next page sees her. */
async function aBusyReader() {
	const { actor, token } = await aMemberWithToken({ reads: ['it'], speaks: ['ar'], locale: 'en' })
	await pool`insert into topic_readers (member_id, topic_id, read_seq, follows)
		select ${actor.id}, id, 3, true from topics order by id limit 300`
	await pool`insert into topic_readers (member_id, topic_id, read_seq)
		select m.id, t.id, 1 from (select id from members limit 50) m, (select id from topics limit 400) t
		on conflict do nothing`
	await pool`insert into blocks (blocker_id, blocked_id)
		select ${actor.id}, id from members where handle like 'Writer 1_'`
	// As it is where the database has looked after itself.
	await pool`vacuum (analyze)`
	return (await actorOfToken(token))!
}

/** The place in a list after which only its last page is left. */
async function lastPage() {
	const [row] = await pool<{ micros: string; id: string }[]>`
		select (extract(epoch from last_post_at) * 1000000)::bigint::text as micros, id
		from topics order by last_post_at, id offset 20 limit 1`
	return cursorOf(row!)
}

test('on 100,000 posts no list reads a table from end to end, and page 500 costs what page 1 costs', async () => {
	await aLargeForum({ topics: 10_000, posts: 100_000 })
	const reader = await aBusyReader()
	const [space] = await pool<{ id: string }[]>`select id from spaces where position = 3`
	const read = (page: Partial<ListAddress>) => readTopicList(reader, 'en', asking(page))
	for (const place of [space!.id, 'all']) {
		for (const list of LISTS) {
			const { older } = await read({ space: place, list })
			for (const change of [{}, { languages: 'all' }, { before: older }, { after: older }]) {
				const page = { space: place, list, ...change }
				const sent = await statementsOf(() => read(page))
				expect(sent.length).toBeLessThanOrEqual(STATEMENTS_AT_MOST)
				const scanned = (await Promise.all([...sent.map(scannedTables), ...sent.map(scannedWhenKept)])).flat()
				expect({ page, scanned: scanned.filter((table) => LARGE.includes(table)) }).toEqual({
					page,
					scanned: [],
				})
			}
		}
	}
	const costOf = async (before: string | null) => {
		const [list] = await statementsOf(() => read({ languages: 'all', before }))
		return blocksRead(list!)
	}
	const [first, last] = [await costOf(null), await costOf(await lastPage())]
	expect(last).toBeLessThanOrEqual(first * 1.3)
	expect(first).toBeGreaterThan(20)
	const walks = async (place: string, index: string) => {
		for (const statement of (await statementsOf(() => read({ space: place }))).slice(0, 2)) {
			const used = await indexesOf(statement)
			expect(used).toContain(index)
			expect(used).not.toContain('topics_langs')
		}
	}
	// However many languages she reads, a kept list is walked in its order, and counted in the index alone.
	await walks(space!.id, 'topics_listed_space_activity')
	await walks('all', 'topics_listed_activity')
	// However few ask, of whom some are blocked.
	await pool`update topics set author_id = (select id from members where handle like 'Writer 2_' limit 1)`
	await pool`vacuum (analyze)`
	await walks('all', 'topics_listed_activity')
}, 60_000)
