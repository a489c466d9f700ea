import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { roomMembers, rooms } from '~/db/schema/chat'
import type { Parting, Sightings } from '~/features/members/blocks.server'
import { entranceOf } from '~/features/members/entrance.server'
import { pgArray } from '~/platform/text'
import { closePrivateRoom, goOut, seenBy } from './rooms.server'

/** Whose words she can read in open rooms, with whom she is in a room of a few or of two, and who asks her into one. */
export const seenInRooms: Sightings = async (tx, actor, { openly, between }) => {
	const rows = await tx.execute<{ id: string }>(sql`
		select p.id from unnest(${pgArray(between)}::uuid[]) as p(id)
		where (p.id = any(${pgArray(openly)}::uuid[]) and exists (
				select 1 from messages m join rooms on rooms.id = m.room_id and rooms.kind = 'open'
				where m.author_id = p.id and m.removed_at is null and m.hidden_at is null
					and ${seenBy(entranceOf(actor))}))
			or (p.id = any(${pgArray(openly)}::uuid[]) and exists (
				select 1 from room_members hers
				join room_members theirs on theirs.room_id = hers.room_id and theirs.member_id = p.id
				join rooms r on r.id = hers.room_id and r.kind in ('session', 'circle')
				where hers.member_id = ${actor.id} and hers.left_at is null))
			or (p.id = any(${pgArray(openly)}::uuid[]) and exists (
				select 1 from room_doors d
				where d.member_id = ${actor.id} and d.by_id = p.id and d.state = 'invited'))
			or exists (
				select 1 from room_members hers
				join room_members theirs on theirs.room_id = hers.room_id and theirs.member_id = p.id
				join rooms r on r.id = hers.room_id and r.kind = 'private'
				where hers.member_id = ${actor.id} and hers.left_at is null)`)
	return rows.map(({ id }) => id)
}

const theirs = alias(roomMembers, 'theirs')

/** Takes her out of every room the two share, and nobody can write there any more: as if she had left it herself. */
export const leaveSharedRooms: Parting = async (tx, { by, from }, publish) => {
	const shared = await tx
		.select({ id: rooms.id })
		.from(rooms)
		.innerJoin(roomMembers, and(eq(roomMembers.roomId, rooms.id), eq(roomMembers.memberId, by)))
		.innerJoin(theirs, and(eq(theirs.roomId, rooms.id), eq(theirs.memberId, from)))
		.where(
			and(
				eq(rooms.kind, 'private'),
				isNull(roomMembers.leftAt),
				// Whoever has only a third seat leaves; the room of the two stays theirs.
				ne(roomMembers.role, 'guest'),
				ne(theirs.role, 'guest'),
			),
		)
		.orderBy(rooms.id)
		.for('no key update', { of: rooms })
	for (const room of shared) {
		await closePrivateRoom(tx, room.id, publish)
		await goOut(tx, { roomId: room.id, memberId: by }, publish)
	}
}
