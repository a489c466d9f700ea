import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { entranceOfMember } from '~/features/members/entrance.server'
import { inHerLanguages } from '~/features/moderation/duty.server'
import { seesQueue } from '~/features/moderation/moderation.policy'
import type { Actor } from '~/platform/actor'
import { pgArray } from '~/platform/text'
import { seenBy } from '../rooms.server'

/** In her scope of spaces and languages: what she may moderate of the talk that is open. Names `rooms` and `held`. */
function ofScope(actor: Actor): SQL {
	const spoken = { space: sql`rooms.space_id`, lang: sql`held.lang`, author: sql`held.author_id` }
	return sql`(rooms.kind in ('open', 'session') and ${inHerLanguages(actor, spoken)} and ${seesQueue(actor)}::boolean)`
}

/** What she reads, as she says and as those say who gave her languages to look after. */
const readBy = ({ reads, grants }: Actor) => [...reads, ...grants.flatMap(({ languages }) => languages ?? [])]

/** In a language she reads; where nobody said in which, in one of those the room is for. */
const readable = (reads: readonly string[]) => sql`case
	when held.lang is not null then held.lang = any(${pgArray(reads)}::text[])
	else rooms.languages = '{}' or rooms.languages && ${pgArray(reads)}::text[] end`

/**
 * Whether its author may still say it: the room is not closed and is there for her, and in a session nobody has taken
 * the word from her for a while. How slow it is and whose turn it is were asked when she said it.
 */
const sayable = sql`(rooms.closed_at is null
	and exists (select 1 from members m where m.id = held.author_id and m.status = 'active')
	and ${seenBy(entranceOfMember(sql`held.author_id`))}
	and (rooms.kind <> 'session' or exists (
		select 1 from room_sessions s join room_members here on here.room_id = s.room_id
		where s.room_id = rooms.id and here.member_id = held.author_id and here.left_at is null
			and (here.role in ('host', 'cohost')
				or (s.state = 'open' and coalesce(here.muted_until < clock_timestamp(), true))))))`

/** Never what she said herself, nor a woman with whom she has a block or a no-contact order. */
const notHerOwn = ({ id, blocked }: Actor) =>
	sql`(held.author_id <> all(${pgArray([id, ...blocked])}::uuid[]))`

/** What waits and can be let through, for whoever asks. Names `rooms` and `held`. */
export const forHer = (actor: Actor) =>
	sql`(${notHerOwn(actor)} and ${ofScope(actor)} and ${readable(readBy(actor))} and ${sayable})`

/** How many wait that she could let through, whether she is on duty or not. */
export async function countHeld(tx: Db, actor: Actor): Promise<number> {
	const [row] = await tx.execute<{ count: number }>(sql`
		select count(*)::int as count from held_messages held join rooms on rooms.id = held.room_id
		where ${forHer(actor)}`)
	return row?.count ?? 0
}

/** Of the rooms that this transaction holds: what waits in them and can be said now, in order. */
export const sayableIn = (roomIds: readonly string[]) => sql`
	select held.id, held.room_id from held_messages held join rooms on rooms.id = held.room_id
	where rooms.id = any(${pgArray(roomIds)}::uuid[]) and ${sayable}
	order by held.created_at, held.id`
