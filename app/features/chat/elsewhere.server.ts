import { eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { rooms } from '~/db/schema/chat'
import { blockedWithEach } from '~/features/members/blocks.server'
import { entranceOfMember } from '~/features/members/entrance.server'
import { isParting } from '~/features/moderation/measures/parting'
import { pgArray } from '~/platform/text'
import type { RoomKind } from './chat.policy'
import { isGone } from './chat.wire'
import { changedAfter } from './messages.server'
import { isClosed, seenBy } from './rooms.server'
import type { Told } from './telling.server'

/** How far these rooms have come. */
export async function readProgress(roomIds: readonly string[]): Promise<Map<string, number>> {
	const rows = await db.execute<{ id: string; seq: string }>(sql`
		select id, seq from rooms where id = any(${pgArray(roomIds)}::uuid[])`)
	return new Map(rows.map(({ id, seq }) => [id, Number(seq)]))
}

/** The rooms of a space. */
export async function roomsOfSpace(spaceId: string): Promise<string[]> {
	const rows = await db.select({ id: rooms.id }).from(rooms).where(eq(rooms.spaceId, spaceId))
	return rows.map(({ id }) => id)
}

interface Place {
	roomId: string
	memberId: string
}

/** Who of these is no longer where she is, by the same rule that let her in. */
export async function outOfPlace(places: readonly Place[]): Promise<Place[]> {
	if (places.length === 0) return []
	const rows = await db.execute<{ room: string; member: string }>(sql`
		select here.room, here.member
		from unnest(${pgArray(places.map(({ roomId }) => roomId))}::uuid[],
			${pgArray(places.map(({ memberId }) => memberId))}::uuid[]) as here(room, member)
		where not exists (
			select 1 from ${rooms} where ${rooms.id} = here.room and ${seenBy(entranceOfMember(sql`here.member`))})`)
	return rows.map(({ room, member }) => ({ roomId: room, memberId: member }))
}

/** What is true of the room now, for numbers that no message holds any more. */
async function readState(roomId: string) {
	const [row] = await db.execute<{ alone: boolean; closed: boolean; state: boolean }>(sql`
		select ${isClosed} as closed, kind in ('session', 'private') as state, kind = 'private' and (
			(select count(*) from room_members m
				where m.room_id = rooms.id and m.role <> 'guest' and m.left_at is null) <= 1
			or ${isParting(sql`rooms.id`)}) as alone
		from rooms where id = ${roomId}`)
	return row
}

/** Further behind than this (a process that stood still), clients are told only how far the room is, and ask. */
const TOLD_AT_MOST = 1_000

interface Wanted {
	/** What was told already. */
	after: number
	/** How far the room is known to have come: everything up to here is committed. */
	reached: number
	kind: RoomKind
}

/**
 * What was committed in a room, wherever it was: each number once, in order, as far as one page goes. A number that no
 * message holds any more (it was changed again, or was about the room) says how the room is; that is read last, so that
 * it is at least as new. Nothing where the room is deleted.
 */
export async function readElsewhere(roomId: string, { after, reached, kind }: Wanted): Promise<Told[]> {
	const { changes, more } = await changedAfter(roomId, after)
	const last = changes.at(-1)?.seq ?? after
	const upTo = more ? last : Math.max(reached, last)
	const voices = [...new Set(changes.flatMap((change) => change.voices))]
	const [blocked, state] = await Promise.all([
		kind === 'private' ? new Map<string, string[]>() : blockedWithEach(db, voices),
		changes.length < upTo - after ? readState(roomId) : {},
	])
	if (!state) return []
	if (upTo - after > TOLD_AT_MOST) return [{ roomId, seq: upTo, ...state }]
	const bySeq = new Map(changes.map((change) => [change.seq, change]))
	return Array.from({ length: upTo - after }, (_, at): Told => {
		const seq = after + 1 + at
		const change = bySeq.get(seq)
		if (!change) return { roomId, seq, ...state }
		const { entry, apart } = change
		// What was taken back before anyone here saw it is named like any other that is gone.
		const fresh = entry.seq === seq && !isGone(entry)
		const unseenBy = change.voices.flatMap((id) => blocked.get(id) ?? [])
		return { roomId, seq, entry, fresh, unseenBy, apart }
	})
}
