import { type SQL, sql } from 'drizzle-orm'

/*
 * What two women share is ended only when the order that keeps them apart can no longer be taken back by a tap; until then
 * it looks to both as if it had ended already.
 */

/** An order, as `r`, whose two still share what they shared. */
export const notYetParted = sql`r.kind = 'apart' and r.ended_at is null and r.parted_at is null`

const parting = (room: SQL, which: SQL) => sql<boolean>`exists (
	select 1 from restrictions r
	join room_members hers on hers.member_id = r.member_id and hers.role <> 'guest'
	join room_members theirs on theirs.member_id = r.other_id and theirs.role <> 'guest' and theirs.room_id = hers.room_id
	where ${notYetParted} and hers.room_id = ${room} and ${which})`

/** Two who have a seat of their own in this room are no longer to meet in it. */
export const isParting = (room: SQL) => parting(room, sql`true`)

/** It is this woman who will have gone out of it: she whom the order protects, or whichever of them is a third in it. */
export const isLeaving = (room: SQL, member: SQL) => sql<boolean>`exists (
	select 1 from restrictions r
	join room_members her on her.room_id = ${room} and her.member_id = ${member}
	join room_members other on other.room_id = her.room_id and other.role <> 'guest' and other.member_id <> her.member_id
	where ${notYetParted} and her.member_id in (r.member_id, r.other_id) and other.member_id in (r.member_id, r.other_id)
		and (her.role = 'guest' or her.member_id = r.other_id))`

/** It is this woman who stays in it alone. */
export const isLeftAlone = (room: SQL, member: SQL) => parting(room, sql`r.member_id = ${member}`)
