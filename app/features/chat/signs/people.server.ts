import { sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import type { SignsView } from './signs.wire'

/** One who is in a private room now, and how signs stand for her. */
export interface SignsPerson extends SignsView {
	id: string
	handle: string
	active: boolean
}

interface Row extends Record<string, unknown> {
	id: string
	handle: string
	active: boolean
	mine: boolean
	all_on: boolean
	read_to: string | null
}

/**
 * Everyone in a private room with how signs stand for her; nobody for any other room. They are on where there are
 * several, all of them have turned theirs on, the room is not closed, and no two of them have a block.
 */
export async function peopleWithSigns(tx: Db, roomId: string): Promise<SignsPerson[]> {
	const rows = await tx.execute<Row>(sql`
		with here as (
			select m.member_id, m.shows_reading, coalesce(k.seq, 0) as read_to, r.closed_at
			from room_members m join rooms r on r.id = m.room_id and r.kind = 'private'
			left join room_marks k on k.room_id = m.room_id and k.member_id = m.member_id
			where m.room_id = ${roomId}::uuid and m.left_at is null)
		select p.id, p.handle, p.status = 'active' as active, here.shows_reading as mine,
			(select count(*) > 1 and bool_and(o.shows_reading and o.closed_at is null) from here o)
				and not exists (select 1 from blocks b
					join here x on x.member_id = b.blocker_id join here y on y.member_id = b.blocked_id) as all_on,
			(select min(o.read_to) from here o where o.member_id <> here.member_id) as read_to
		from here join members p on p.id = here.member_id`)
	return rows.map(({ id, handle, active, mine, all_on: on, read_to }) => ({
		...{ id, handle, active, mine, on },
		readTo: on ? Number(read_to) : 0,
	}))
}

export const viewOf = ({ mine, on, readTo }: SignsPerson): SignsView => ({ mine, on, readTo })

/** Whether signs are told in a room at this moment. */
export const areOn = async (tx: Db, roomId: string) =>
	(await peopleWithSigns(tx, roomId)).some(({ on }) => on)
