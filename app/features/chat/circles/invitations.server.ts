import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import { type Db, db, type Tx } from '~/db/client.server'
import { roomDoors, roomMembers, rooms } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import type { Parting } from '~/features/members/blocks.server'
import { skeleton } from '~/features/members/handle'
import { untell } from '~/features/members/notices.server'
import { attemptAt } from '~/features/moderation/measures/attempts.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { pgArray } from '~/platform/text'
import { AnyRoom } from '../chat.schema'
import { accessHosted, countIn, holdRoom, nameOf, refused, seatOf } from './access.server'
import { CIRCLE } from './circle.limits'
import { Invite, OneInCircle } from './circle.schema'

const KIND = 'circle.invited'

/**
 * Asks whoever has this handle into a circle of hers, and tells her, in one statement: that nobody has it, that there is a
 * block, that she was shut out or has said no to her before is answered and takes the same. A block stands among those
 * she has asked like a no, which is not told either. Throws `conflict` once the circle is full or closed.
 */
export const invite = command({
	input: Invite,
	limit: 'circle.invite',
	async run({ actor, input, tx }) {
		const mark = skeleton(input.handle)
		if (mark === skeleton(actor.handle)) {
			throw new AppError('invalid', { fields: { handle: 'circles:notYourself' } })
		}
		const { id } = await accessHosted(tx, actor, input.room)
		if ((await countIn(tx, id)) >= CIRCLE.size) throw refused('full')
		await tx.execute(sql`
			with asked as (
				insert into room_doors (room_id, member_id, state, by_id)
				select ${id}::uuid, m.id,
					case when m.id = any(${pgArray(actor.blocked)}::uuid[]) then 'refused' else 'invited' end, ${actor.id}::uuid
				from members m where m.skeleton = ${mark} and not exists (select 1 from room_members s
						where s.room_id = ${id}::uuid and s.member_id = m.id and s.left_at is null)
				on conflict (room_id, member_id) do update set state = excluded.state, by_id = excluded.by_id, at = now()
					where (room_doors.by_id is distinct from excluded.by_id and room_doors.by_id is distinct from room_doors.member_id)
						or room_doors.state = 'removed'
				returning member_id, state),
			tried as (${attemptAt(actor.id, sql`select m.id from members m where m.skeleton = ${mark}`)})
			insert into notices (member_id, kind, subject_id)
			select member_id, ${KIND}, ${id}::uuid from asked
			join members m on m.id = member_id and m.status = 'active' where state = 'invited'
			on conflict (member_id, kind, subject_id) where read_at is null do nothing`)
	},
})

const standing = and(eq(roomDoors.state, 'invited'), isNull(rooms.closedAt), eq(members.status, 'active'))

const invitations = (tx: Db, actor: Pick<Actor, 'id' | 'blocked'>) =>
	tx
		.select({ id: rooms.id, names: rooms.names, byId: members.id, by: members.handle })
		.from(roomDoors)
		.innerJoin(rooms, eq(rooms.id, roomDoors.roomId))
		.innerJoin(members, eq(members.id, roomDoors.byId))
		.where(and(eq(roomDoors.memberId, actor.id), standing, notInArray(members.id, actor.blocked)))
		.orderBy(roomDoors.at, rooms.id)

/** Circles she was asked into and has not answered, with the one who asks. */
export async function listInvitations(actor: Actor) {
	const rows = await invitations(db, actor)
	return rows.map(({ names, ...row }) => ({ ...row, name: nameOf(names) }))
}

const hers = (roomId: string, memberId: string) =>
	and(eq(roomDoors.roomId, roomId), eq(roomDoors.memberId, memberId), eq(roomDoors.state, 'invited'))

/** Comes into a circle she was asked into. Twice is once. Throws `not-found`, and `conflict` where it is full. */
export const acceptCircle = command({
	input: AnyRoom,
	limit: 'chat.door',
	async run({ actor, input: { room }, tx }) {
		await holdRoom(tx, room)
		if ((await tx.$count(roomMembers, seatOf(room, actor.id))) > 0) return
		const invited = (await invitations(tx, actor)).some(({ id }) => id === room)
		if (!invited || actor.status !== 'active') throw new AppError('not-found')
		if ((await countIn(tx, room)) >= CIRCLE.size) throw refused('full')
		await tx
			.insert(roomMembers)
			.values({ roomId: room, memberId: actor.id })
			.onConflictDoUpdate({
				target: [roomMembers.roomId, roomMembers.memberId],
				set: { leftAt: null, joinedAt: sql`now()`, role: 'member' },
			})
		await tx.delete(roomDoors).where(hers(room, actor.id))
		await untell(tx, { memberId: actor.id, kind: KIND, subjectId: room })
	},
})

/** Says no: the same woman cannot ask her into this circle again. Where she was not asked nothing happens. */
export const refuseCircle = command({
	input: AnyRoom,
	limit: 'chat.door',
	async run({ actor, input: { room }, tx }) {
		await tx.update(roomDoors).set({ state: 'refused', at: sql`now()` }).where(hers(room, actor.id))
		await untell(tx, { memberId: actor.id, kind: KIND, subjectId: room })
	},
})

async function forget(tx: Tx, lapsed: { roomId: string; memberId: string }[]) {
	for (const { roomId, memberId } of lapsed) await untell(tx, { memberId, kind: KIND, subjectId: roomId })
}

const place = { roomId: roomDoors.roomId, memberId: roomDoors.memberId }

/** Nobody is asked into this circle any more; who said no has still said no. */
export async function lapseInvitations(tx: Tx, roomId: string) {
	const open = and(eq(roomDoors.roomId, roomId), eq(roomDoors.state, 'invited'))
	await forget(tx, await tx.delete(roomDoors).where(open).returning(place))
}

const askedBy = (roomId: string, memberId: string) =>
	and(
		eq(roomDoors.roomId, roomId),
		eq(roomDoors.byId, memberId),
		inArray(roomDoors.state, ['invited', 'refused']),
	)

/** Whom she has asked into a circle of hers and who is not in it; in an order that no answer changes. */
export const listAsked = (actor: Pick<Actor, 'id'>, roomId: string) =>
	db
		.select({ id: members.id, handle: members.handle })
		.from(roomDoors)
		.innerJoin(members, eq(members.id, roomDoors.memberId))
		.where(askedBy(roomId, actor.id))
		.orderBy(members.handle, members.id)

/**
 * Takes an invitation of hers back. Whoever has said no to it is only not listed any more, and nobody asks her again: that
 * she said no is not told by this either. Where there is none nothing happens.
 */
export const takeBackInvitation = command({
	input: OneInCircle,
	limit: 'chat.lead',
	async run({ actor, input, tx }) {
		const { id } = await accessHosted(tx, actor, input.room)
		const hers = and(askedBy(id, actor.id), eq(roomDoors.memberId, input.member))
		const open = and(hers, eq(roomDoors.state, 'invited'))
		await forget(tx, await tx.delete(roomDoors).where(open).returning(place))
		await tx.update(roomDoors).set({ byId: sql`member_id` }).where(hers)
	},
})

/** Takes back what one who is not here any more had asked. Returns how many. */
export async function lapseUnable(tx: Tx) {
	const gone = sql`by_id is null or exists (select 1 from members m where m.id = by_id and m.status <> 'active')`
	const circles = tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.kind, 'circle'))
	const lapsed = await tx
		.delete(roomDoors)
		.where(and(eq(roomDoors.state, 'invited'), inArray(roomDoors.roomId, circles), sql`(${gone})`))
		.returning(place)
	await forget(tx, lapsed)
	return lapsed.length
}

const between = (asker: string, asked: string) =>
	and(eq(roomDoors.byId, asker), eq(roomDoors.memberId, asked), eq(roomDoors.state, 'invited'))

/**
 * An invitation between two women with a block is gone, whoever of them blocks; nobody is told. Among those whom she has
 * asked, who blocks her stands like one who said no.
 */
export const endInvitations: Parting = async (tx, { by, from }) => {
	await forget(tx, await tx.delete(roomDoors).where(between(by, from)).returning(place))
	const refused = await tx
		.update(roomDoors)
		.set({ state: 'refused' })
		.where(between(from, by))
		.returning(place)
	await forget(tx, refused)
}

/** Where notices of invitations lead, as far as they still stand. */
export async function circlePlaces(
	actor: Actor,
	notices: readonly { id: string; kind: string; subjectId: string }[],
) {
	const told = notices.filter(({ kind }) => kind === KIND)
	if (told.length === 0) return new Map<string, { path: string; space: string }>()
	const names = new Map((await listInvitations(actor)).map(({ id, name }) => [id, name.text]))
	return new Map(
		told.flatMap(({ id, subjectId }) => {
			const space = names.get(subjectId)
			return space === undefined ? [] : [[id, { path: '/chat', space }] as const]
		}),
	)
}
