import { and, desc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '~/db/client.server'
import { messages, roomMembers, rooms } from '~/db/schema/chat'
import { spaces } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { entranceOf, entrancePlaceholders } from '~/features/members/entrance.server'
import { isLeaving, isLeftAlone } from '~/features/moderation/measures/parting'
import type { Actor } from '~/platform/actor'
import { pgArray } from '~/platform/text'
import { saidTo, seenBy } from './rooms.server'

/** Far more than the rooms a community keeps open, or the talks one woman has. */
const ROOMS_AT_MOST = 200

const others = alias(roomMembers, 'others')

const lastSaid = (unless?: SQL) =>
	sql<string | null>`(${db
		.select({ at: messages.createdAt })
		.from(messages)
		.where(and(eq(messages.roomId, rooms.id), isNull(messages.removedAt), isNull(messages.hiddenAt), unless))
		.orderBy(desc(messages.seq))
		.limit(1)})`

/** When a woman whom she does not see spoke last is nothing to her. */
const heard = sql`(${messages.authorId} is null or ${messages.authorId} <> all(${sql.placeholder('unheard')}::uuid[]))`

const openRooms = db
	.select({
		id: rooms.id,
		names: rooms.names,
		about: rooms.about,
		languages: rooms.languages,
		closed: sql<boolean>`rooms.closed_at is not null`.as('closed'),
		spaceId: rooms.spaceId,
		spaceNames: spaces.names,
		lastAt: lastSaid(heard).as('last_at'),
	})
	.from(rooms)
	.leftJoin(spaces, eq(spaces.id, rooms.spaceId))
	.where(
		and(
			eq(rooms.kind, 'open'),
			sql`(${sql.placeholder('space')}::uuid is null or rooms.space_id = ${sql.placeholder('space')}::uuid)`,
			seenBy(entrancePlaceholders),
		),
	)
	.orderBy(sql`last_at desc nulls last`)
	.limit(ROOMS_AT_MOST)
	.prepare('open_rooms')

const privateRooms = db
	.select({
		id: rooms.id,
		otherId: members.id,
		other: members.handle,
		leftAt: others.leftAt,
		left: isLeftAlone(sql`rooms.id`, sql`room_members.member_id`),
		lastAt: lastSaid().as('last_at'),
	})
	.from(roomMembers)
	.innerJoin(rooms, eq(rooms.id, roomMembers.roomId))
	.leftJoin(
		others,
		and(
			eq(others.roomId, rooms.id),
			ne(others.memberId, roomMembers.memberId),
			ne(others.role, 'guest'),
			// A guest finds the room by one of the two.
			sql`(${roomMembers.role} <> 'guest' or ${others.memberId} = (select min(m.member_id::text)::uuid
				from room_members m where m.room_id = ${rooms.id} and m.role <> 'guest'))`,
		),
	)
	.leftJoin(members, eq(members.id, others.memberId))
	.where(
		and(
			eq(roomMembers.memberId, sql.placeholder('member')),
			isNull(roomMembers.leftAt),
			eq(rooms.kind, 'private'),
			sql`not ${isLeaving(sql`rooms.id`, sql`room_members.member_id`)}`,
		),
	)
	.orderBy(sql`last_at desc nulls last`)
	.limit(ROOMS_AT_MOST)
	.prepare('private_rooms')

const asDate = (at: string | null) => (at === null ? null : new Date(at))

/** The open rooms that are there for her, of all or of one space, the latest talk first. */
export async function listOpenRooms(actor: Actor, locale: string, space: string | null = null) {
	const rows = await openRooms.execute({ space, unheard: pgArray(actor.blocked), ...entranceOf(actor) })
	return rows.map(({ names, about, spaceNames, lastAt, ...room }) => ({
		...room,
		name: saidTo(actor, locale, names),
		about: saidTo(actor, locale, about),
		space: saidTo(actor, locale, spaceNames),
		lastAt: asDate(lastAt),
	}))
}

/** The open rooms, and her own private ones named by the other person, the latest talk first. */
export async function listRooms(actor: Actor, locale: string) {
	const [open, own] = await Promise.all([
		listOpenRooms(actor, locale),
		privateRooms.execute({ member: actor.id }),
	])
	return {
		open,
		own: own.map(({ leftAt, left, lastAt, ...room }) => ({
			...room,
			// Someone whose account is gone has left, too.
			alone: room.otherId === null || leftAt !== null || left,
			lastAt: asDate(lastAt),
		})),
	}
}
