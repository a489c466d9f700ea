import { expect, test } from 'vitest'
import { pool } from '~/db/client.server'
import { latestTopics } from '~/features/forum/latest.server'
import { readSpaces } from '~/features/forum/spaces.server'
import { readBlocked } from '~/features/members/blocks.server'
import { actorOfToken } from '~/features/members/session.server'
import { blockDoors } from '~/routes/block-doors.server'
import { aLargeForum } from '../../factories/bulk'
import { aMemberWithToken } from '../../factories/members'
import { scannedTables, scannedWhenKept, statementsOf } from '../../factories/statements'

const LARGE = ['topics', 'posts']

test('on 30,000 posts the spaces, the first page and the page of blocks read no table from end to end', async () => {
	await aLargeForum({ topics: 10_000, posts: 30_000 })
	const { actor, token } = await aMemberWithToken({ reads: ['it'], speaks: ['ar'], locale: 'en' })
	const block = () => pool`insert into blocks (blocker_id, blocked_id)
		select ${actor.id}, id from members where handle like 'Writer 1_'`
	// As it is where the database has looked after itself.
	await pool`vacuum (analyze)`
	for (const prepare of [async () => undefined, block]) {
		await prepare()
		const her = (await actorOfToken(token))!
		const pages: [string, () => Promise<unknown>, number][] = [
			['spaces', () => readSpaces(her, 'en'), 1],
			['first page', () => latestTopics(her, 'en', 5), 1],
			['blocks', () => readBlocked(her, blockDoors, null), 4],
		]
		for (const [page, read, atMost] of pages) {
			const sent = await statementsOf(read)
			expect(sent.length).toBeLessThanOrEqual(atMost)
			const scanned = (await Promise.all([...sent.map(scannedTables), ...sent.map(scannedWhenKept)])).flat()
			expect({ page, scanned: scanned.filter((table) => LARGE.includes(table)) }).toEqual({
				page,
				scanned: [],
			})
		}
	}
}, 120_000)
