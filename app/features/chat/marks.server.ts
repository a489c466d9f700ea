import { sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { pgArray } from '~/platform/text'
import type { Reaction } from './chat.limits'
import type { Message } from './chat.wire'

/** Who reads, and whose words and signs she sees nothing of in this room. */
export interface Reader {
	id: string
	unheard: readonly string[]
}

/** What readers put under a message. */
export type Marks = Pick<Message, 'reactions' | 'wanted' | 'mine'>

interface MarkRow extends Record<string, unknown> {
	id: string
	kind: Reaction | null
	lang: string | null
	count: number
	hers: boolean
}

const tally = (tx: Db, ids: readonly string[], { id, unheard }: Reader | { id: null; unheard: [] }) => {
	const these = sql`message_id = any(${pgArray(ids)}::uuid[]) and member_id <> all(${pgArray(unheard)}::uuid[])`
	const figures = sql`count(*)::int as count, coalesce(bool_or(member_id = ${id}::uuid), false) as hers`
	return tx.execute<MarkRow>(sql`
		select message_id as id, kind, null as lang, ${figures} from message_reactions
		where ${these} group by message_id, kind
		union all
		select message_id, null, lang, ${figures} from message_wishes where ${these} group by message_id, lang
		order by lang`)
}

/** What stands under these messages: as one reader sees it, or (without) as everyone does. Those with nothing are missing. */
export async function readMarks(
	tx: Db,
	ids: readonly string[],
	reader?: Reader,
): Promise<Map<string, Marks>> {
	const marks = new Map<string, Marks>()
	if (ids.length === 0) return marks
	for (const { id, kind, lang, count, hers } of await tally(tx, ids, reader ?? { id: null, unheard: [] })) {
		const here = marks.get(id) ?? emptyMarks(reader)
		marks.set(id, here)
		if (kind) here.reactions[kind] = count
		if (kind && hers) here.mine?.reactions.push(kind)
		if (lang && count > (hers ? 1 : 0)) here.wanted.push(lang)
		if (lang && hers) here.mine?.wanted.push(lang)
	}
	return marks
}

/** Nothing stands under it. */
export const emptyMarks = (reader?: Reader): Marks => ({
	reactions: {},
	wanted: [],
	...(reader && { mine: { reactions: [], wanted: [] } }),
})

/**
 * For whom these messages are not the same as for everyone: who has a block with somebody who put something under
 * them. Those with nobody like that are missing.
 */
export async function readApart(tx: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
	if (ids.length === 0) return new Map()
	const rows = await tx.execute<{ id: string; members: string[] }>(sql`
		with givers as (
			select message_id, member_id from message_reactions where message_id = any(${pgArray(ids)}::uuid[]) union
			select message_id, member_id from message_wishes where message_id = any(${pgArray(ids)}::uuid[]))
		select message_id as id, array_agg(distinct member::text) as members from (
			select message_id, blocker_id as member from givers join blocks on blocked_id = member_id union
			select message_id, blocked_id from givers join blocks on blocker_id = member_id) apart
		group by message_id`)
	return new Map(rows.map(({ id, members }) => [id, members]))
}
