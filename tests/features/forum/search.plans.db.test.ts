import { expect, test } from 'vitest'
import { pool } from '~/db/client.server'
import { readTopic } from '~/features/forum/posts.server'
import { readAsked } from '~/features/forum/search/asked'
import { search } from '~/features/forum/search/search.server'
import { writeForum } from '../../bench/forum-scale'
import { COMMON, mediumWord, RARE } from '../../bench/forum-words'
import { aMember } from '../../factories/members'
import { statementsOf } from '../../factories/statements'

const LARGE = ['posts', 'topics', 'search_documents']

type Counts = { relname: string; seq_scan: string }[]

/** Runs the statements again and counts, also inside the functions they call, which large tables were read from end to end. */
async function scannedBy(statements: Awaited<ReturnType<typeof statementsOf>>) {
	let before: Counts = []
	let after: Counts = []
	await pool.begin(async (tx) => {
		const counts = () =>
			tx<Counts>`select relname, seq_scan from pg_stat_xact_user_tables where relname = any(${LARGE}) order by relname`
		before = [...(await counts())]
		for (const { text, values } of statements) await tx.unsafe(text, values as never[])
		// And as it may go once the statement is kept (client.server.ts): planned without looking at what is asked for.
		await tx`set local plan_cache_mode = force_generic_plan`
		for (const { text, values } of statements) await tx.unsafe(text, values as never[], { prepare: true })
		after = [...(await counts())]
	})
	return after
		.filter(({ seq_scan }, index) => seq_scan !== before[index]?.seq_scan)
		.map(({ relname }) => relname)
}

test('on 100,000 posts neither a search nor a topic reads a table from end to end', async () => {
	await writeForum(pool, { posts: 100_000, words: [3, 7] })
	const [reader, other] = [await aMember({ reads: ['it'] }), await aMember({ handle: 'Somebody' })]
	const [topic] = await pool<
		{ id: string; space: string }[]
	>`select id, space_id as space from topics limit 1`
	const searches: Record<string, string>[] = [
		{ q: RARE },
		{ q: COMMON },
		{ q: 'lavoro' },
		{ q: '工作' },
		{ q: mediumWord('ar') },
		{ q: 'работа къща' },
		{ q: 'nothinglikethis atall' },
		{ q: COMMON, page: '5' },
		{ q: COMMON, space: topic!.space },
		{ q: COMMON, language: 'ti' },
		{ q: COMMON, author: 'Writer 7' },
		{ q: COMMON, kind: 'question' },
		{ q: COMMON, time: 'month' },
		{ q: `${COMMON} -lavoro` },
	]
	for (const fields of searches) {
		for (const actor of [reader, { ...reader, blocked: [other.id] }]) {
			const sent = await statementsOf(() => search(actor, 'en', readAsked(new URLSearchParams(fields))))
			expect({ fields, scanned: await scannedBy(sent) }).toEqual({ fields, scanned: [] })
		}
	}
	const sent = await statementsOf(() =>
		readTopic(reader, 'en', { space: topic!.space, topic: topic!.id }, null),
	)
	expect(await scannedBy(sent)).toEqual([])
	// The counting itself works.
	expect(await scannedBy([{ text: 'select count(body) from posts', values: [] }])).toEqual(['posts'])
}, 180_000)
