import { sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import { heldMessages } from '~/db/schema/chat-held'
import { inBatches } from '~/platform/batches.server'
import { faultWithoutWords, log } from '~/platform/log.server'
import type { Words } from './chat.wire'

/** As many as a full room says at once, and far less than a statement may carry. */
const TOGETHER_AT_MOST = 50

interface Plain {
	roomId: string
	authorId: string
	said: Pick<Words, 'key' | 'body' | 'lang' | 'dir'>
}

interface Written extends Record<string, unknown> {
	id: string
	seq: string
	created_at: string
	key: string
	author_id: string
}

/**
 * Counts and writes all of them with one statement, and so with one COMMIT. What it asks of the room stands in the
 * room's own row, which is looked at again should it have waited for it: open, in no space or in one for everyone, no
 * pauses to keep, nothing held. Where that is not so, or a key was used before, nothing is written.
 */
async function writeAll(group: Plain[]): Promise<(Written | undefined)[]> {
	const said = JSON.stringify(group.map(({ authorId, said }) => ({ ...said, author: authorId })))
	const rows = await db.execute<Written>(sql`
		with said as (
			select * from rows from (json_to_recordset(${said}::json)
				as (author uuid, key uuid, body text, lang text, dir text)) with ordinality as s(author, key, body, lang, dir, n)),
		counted as (
			update ${rooms} set seq = seq + ${group.length}::int
			where id = ${group[0]!.roomId} and kind = 'open' and closed_at is null and not holds and slow_seconds = 0
				and (space_id is null or exists (
					select 1 from spaces where spaces.id = rooms.space_id and spaces.access = 'everyone'))
				and not exists (select 1 from said cross join lateral (
					select 1 from ${messages} where author_id = said.author and key = said.key limit 1) used)
				and not exists (select 1 from said cross join lateral (
					select 1 from ${heldMessages} where author_id = said.author and key = said.key limit 1) waiting)
			returning id, seq - ${group.length}::int as before)
		insert into ${messages} (room_id, seq, changed_seq, author_id, key, body, lang, dir)
		select counted.id, before + n, before + n, author, key, body, said.lang, said.dir from counted, said order by n
		returning id, seq, created_at, key, author_id`)
	const written = new Map(rows.map((row) => [row.author_id + row.key, row]))
	return group.map(({ authorId, said: { key } }) => written.get(authorId + key.toLowerCase()))
}

/**
 * Writes a message that answers nothing and translates nothing, together with what others say in the room at the same
 * moment. Undefined where nothing came of it: whoever asks then goes the long way, one by one, which finds out why. So
 * none of them can spoil it for the others.
 */
export const writeTogether = inBatches<Plain, Written | undefined>({
	async work(group) {
		try {
			return await writeAll(group)
		} catch (error) {
			log.debug({ where: 'chat.grouping', ...faultWithoutWords(error) }, 'written one by one')
			return group.map(() => undefined)
		}
	},
	lineOf: ({ roomId }) => roomId.toLowerCase(),
	size: TOGETHER_AT_MOST,
	atOnce: 1,
})
