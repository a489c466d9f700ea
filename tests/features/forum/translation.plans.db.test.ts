import { expect, test } from 'vitest'
import { pool } from '~/db/client.server'
import { translationsFor } from '~/features/forum/translation/reading.server'
import { countWanted, readWanted } from '~/features/forum/translation/wanted.server'
import { aLargeForum } from '../../factories/bulk'
import { aMember } from '../../factories/members'
import { scannedTables, statementsOf } from '../../factories/statements'

/** Many wishes, many translations: as a large community has them. */
async function aTranslatedForum() {
	await aLargeForum({ topics: 3_000, posts: 30_000 })
	await pool`insert into translation_requests (post_id, lang, member_id, at)
		select p.id, 'en', m.id, now() - random() * interval '100 days'
		from (select id from posts order by id limit 1000) p, (select id from members order by id limit 3) m`
	await pool`insert into translations (post_id, lang, dir, author_id, key, body, html, of_version)
		select p.id, 'en', 'ltr', m.id, gen_random_uuid(), 'Words', '<p>Words</p>', 1
		from (select id from posts order by id desc limit 20) p, (select id from members order by id limit 2) m`
	await pool`analyze`
}

test('on 30,000 posts what is wanted and what is read instead costs no reading from end to end', async () => {
	await aTranslatedForum()
	const her = await aMember({ speaks: ['en', 'it', 'ar'], reads: ['en', 'it', 'ar'] })
	const scansOf = async (read: () => Promise<unknown>) => {
		const sent = await statementsOf(read)
		return { sent: sent.length, scanned: (await Promise.all(sent.map(scannedTables))).flat() }
	}
	const large = ['posts', 'topics']
	const { next } = await readWanted(her, 'en', null)
	for (const after of [null, next]) {
		const { sent, scanned } = await scansOf(() => readWanted(her, 'en', after))
		expect(sent).toBe(2)
		expect(scanned.filter((table) => large.includes(table))).toEqual([])
	}
	const counting = await scansOf(() => countWanted(her, 100))
	expect(counting.sent).toBe(1)
	expect(counting.scanned.filter((table) => large.includes(table))).toEqual([])
	const page = await pool<{ id: string }[]>`select id from posts order by id desc limit 20`
	const reading = await scansOf(() => translationsFor(her, 'en', page))
	expect(reading.sent).toBe(1)
	expect(reading.scanned.filter((table) => large.includes(table))).toEqual([])
}, 240_000)
