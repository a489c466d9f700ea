import { and, eq, lt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Db, db, type Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { notBlockedByHer } from '~/features/members/blocks.server'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { ACT_RULES, type Act, actsFor, isHersToDo, sideOf, whyNotAccept } from './mentoring.policy'
import { ActOnMatch } from './mentoring.schema'
import { inOrder } from './needs'

type Publish = (event: DomainEvent) => void

/** What mentoring asks of the chat; the route hands it in, since the two do not know each other. */
export interface PrivateRooms {
	/** Opens a room for exactly these members. */
	open(tx: Tx, memberIds: string[]): Promise<{ id: string }>
	/** Nobody writes in it any more; each may read it until she leaves it. */
	close(tx: Tx, roomId: string, publish: Publish): Promise<void>
}

/** Which of these rooms she is still in: the chat's answer, handed in by the route. */
export type RoomsWith = (actor: Actor, roomIds: readonly string[]) => Promise<Set<string>>

/** The other one of a match of hers. */
export const otherOf = (actor: Actor) =>
	sql`case when ${matches.mentorId} = ${actor.id} then ${matches.menteeId} else ${matches.mentorId} end`

const hers = (actor: Actor, id: string) =>
	and(
		eq(matches.id, id),
		or(eq(matches.menteeId, actor.id), eq(matches.mentorId, actor.id)),
		notBlockedByHer(actor, otherOf(actor)),
	)

/**
 * A match of hers and which side she is on; with `lock`, nothing else changes it until the transaction ends. Throws
 * `not-found` for everyone but the two, and where there is none.
 */
async function accessMatch(tx: Db, actor: Actor, id: string | undefined, { lock = false } = {}) {
	if (!isUuid(id)) throw new AppError('not-found')
	const query = tx
		.select({
			id: matches.id,
			menteeId: matches.menteeId,
			mentorId: matches.mentorId,
			status: matches.status,
			roomId: matches.roomId,
		})
		.from(matches)
		.where(hers(actor, id))
	const [match] = lock ? await query.for('update') : await query
	const side = match && sideOf(actor, match)
	if (!match || !side) throw new AppError('not-found')
	return { ...match, side }
}

const other = alias(members, 'other')

/** The page of a match, with its room while she is in it. Throws `not-found` for everyone but the two. */
export async function readMatch(actor: Actor, id: string | undefined, roomsWith: RoomsWith) {
	if (!isUuid(id)) throw new AppError('not-found')
	const [match] = await db
		.select({
			id: matches.id,
			menteeId: matches.menteeId,
			mentorId: matches.mentorId,
			status: matches.status,
			needs: matches.needs,
			words: sql<string>`case when ${matches.hiddenAt} is null then ${matches.words} else '' end`,
			wordsLang: matches.wordsLang,
			wordsDir: matches.wordsDir,
			roomId: matches.roomId,
			askedAt: matches.askedAt,
			answeredAt: matches.answeredAt,
			endedAt: matches.endedAt,
			endedBy: matches.endedBy,
			otherId: other.id,
			otherHandle: other.handle,
			otherSpeaks: other.speaks,
			offerStatus: mentorOffers.status,
			free: sql<boolean | null>`${mentorOffers.load} < ${mentorOffers.capacity}`,
		})
		.from(matches)
		.innerJoin(
			other,
			and(
				or(eq(other.id, matches.menteeId), eq(other.id, matches.mentorId)),
				sql`${other.id} <> ${actor.id}`,
			),
		)
		.leftJoin(mentorOffers, eq(mentorOffers.memberId, matches.mentorId))
		.where(hers(actor, id))
	const side = match && sideOf(actor, match)
	if (!match || !side) throw new AppError('not-found')
	const { menteeId, mentorId, endedBy, otherId, otherHandle, otherSpeaks, offerStatus, free, ...shown } =
		match
	const { roomId } = shown
	return {
		...shown,
		side,
		roomId: roomId && (await roomsWith(actor, [roomId])).has(roomId) ? roomId : null,
		needs: inOrder(shown.needs),
		other: { id: otherId, handle: otherHandle, speaks: otherSpeaks },
		endedByHer: endedBy === actor.id,
		acts: actsFor(side, shown.status),
		// How full a mentor is, only she may know.
		whyNotAccept: side === 'mentor' ? whyNotAccept({ offerStatus, free }) : undefined,
	}
}

/** Takes a place of the mentor's, if there is one left: the condition is in the write. */
async function takePlace(tx: Tx, mentorId: string) {
	const [taken] = await tx
		.update(mentorOffers)
		.set({ load: sql`${mentorOffers.load} + 1` })
		.where(
			and(
				eq(mentorOffers.memberId, mentorId),
				eq(mentorOffers.status, 'vetted'),
				lt(mentorOffers.load, mentorOffers.capacity),
			),
		)
		.returning({ load: mentorOffers.load })
	if (!taken) throw new AppError('conflict', { details: { reason: 'full' } })
}

/** A mentor has room for one woman more. */
export const givePlaceBack = (tx: Tx, mentorId: string) =>
	tx
		.update(mentorOffers)
		.set({ load: sql`${mentorOffers.load} - 1` })
		.where(and(eq(mentorOffers.memberId, mentorId), sql`${mentorOffers.load} > 0`))

type Locked = Awaited<ReturnType<typeof accessMatch>>

/** What an act changes besides the state. Returns the columns to set with it. */
async function consequences(
	act: Act,
	match: Locked,
	actor: Actor,
	tx: Tx,
	rooms: PrivateRooms,
	publish: Publish,
) {
	const now = sql`now()`
	if (act === 'accept') {
		await takePlace(tx, match.mentorId)
		const room = await rooms.open(tx, [match.menteeId, match.mentorId])
		return { answeredAt: now, roomId: room.id }
	}
	if (act === 'end') {
		await givePlaceBack(tx, match.mentorId)
		if (match.roomId) await rooms.close(tx, match.roomId, publish)
		return { endedAt: now, endedBy: actor.id }
	}
	return { answeredAt: now }
}

/**
 * Accepts, declines, withdraws or ends. The same act again (a double click, the other one ending it too) changes
 * nothing and is no fault. Throws `not-found` for strangers, `forbidden` for what is the other's to do, `conflict`
 * (`details.reason`: full, or the state it is in) for what is no longer possible.
 */
export const actOnMatch = (rooms: PrivateRooms) =>
	command({
		input: ActOnMatch,
		limit: 'mentoring.answer',
		async run({ actor, input, tx, publish }) {
			const match = await accessMatch(tx, actor, input.match, { lock: true })
			const { from, to } = ACT_RULES[input.intent]
			if (!isHersToDo(match.side, input.intent)) throw new AppError('forbidden')
			if (match.status === to) return { id: match.id }
			if (match.status !== from) throw new AppError('conflict', { details: { reason: match.status } })
			const columns = await consequences(input.intent, match, actor, tx, rooms, publish)
			await tx
				.update(matches)
				.set({ status: to, ...columns })
				.where(eq(matches.id, match.id))
			return { id: match.id }
		},
	})
