import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches } from '~/db/schema/mentoring'
import { tell, untell } from '~/features/members/notices.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { leaveLine, passOn, stopWaiting, waitAgain } from '../finding/line.server'
import { FIRST_TALKS } from '../mentoring.limits'
import { ACT_RULES, type Act, isClosed, isHersToDo, whyNotNow } from '../mentoring.policy'
import { endMatch } from './ending.server'
import { ActOnMatch, OneMatch } from './match.schema'
import {
	accessMatch,
	factsOf,
	type OpenMatch,
	type PrivateRooms,
	type Publish,
	withBoth,
} from './match-access.server'
import { countAnswer, takePlace } from './places.server'

interface Acting {
	match: OpenMatch
	actor: Actor
	tx: Tx
	rooms: PrivateRooms
	publish: Publish
	/** The other shall read only that it has ended. */
	quietly: boolean
	/** The match has lapsed by what she did; the reason is told once that is kept. */
	lapsed(reason: string): void
}

const now = sql`now()`

const set = (tx: Tx, match: OpenMatch, columns: PgUpdateSetSource<typeof matches>) =>
	tx.update(matches).set(columns).where(eq(matches.id, match.id))

/** How many mentors she is getting to know. The lock on her line makes it hold. */
const firstTalks = (tx: Tx, menteeId: string) =>
	tx.$count(
		matches,
		and(eq(matches.menteeId, menteeId), eq(matches.status, 'accepted'), isNull(matches.settledAt)),
	)

async function lapse({ match, tx, lapsed }: Acting) {
	await set(tx, match, { status: 'lapsed', answeredAt: now })
	lapsed('gone')
}

/** With a woman who is suspended nothing begins; that she is, the other one reads nowhere. */
async function otherIsHere(tx: Tx, { otherId }: OpenMatch) {
	const isActive = and(eq(members.id, otherId), eq(members.status, 'active'))
	return (await tx.$count(members, isActive)) > 0
}

/** Both agree: the place is taken in the write, the room opens, and she waits for nobody any more. */
async function begin(acting: Acting): Promise<void> {
	const { match, tx, rooms } = acting
	if ((await firstTalks(tx, match.menteeId)) >= FIRST_TALKS) return lapse(acting)
	await takePlace(tx, match.mentorId)
	const room = await rooms.open(tx, [match.menteeId, match.mentorId])
	await set(tx, match, { status: 'accepted', answeredAt: now, roomId: room.id })
	await leaveLine(tx, match.menteeId)
	await stopWaiting(tx, match.menteeId)
	await tell(tx, { memberIds: [match.otherId], kind: 'mentoring.accepted', subjectId: match.id })
}

const forgetAsked = (tx: Tx, match: OpenMatch) =>
	untell(tx, { memberId: match.mentorId, kind: 'mentoring.asked', subjectId: match.id })

const forgetProposed = async (tx: Tx, match: OpenMatch) => {
	for (const memberId of [match.menteeId, match.mentorId]) {
		await untell(tx, { memberId, kind: 'mentoring.proposed', subjectId: match.id })
	}
}

/** A yes to what a round proposed. With the second one it begins, unless the mentor has no place left by now. */
async function sayYes(acting: Acting): Promise<void> {
	const { match, tx } = acting
	if (!(await otherIsHere(tx, match))) {
		await forgetProposed(tx, match)
		return lapse(acting)
	}
	const both = (match.side === 'mentee' ? match.mentorYesAt : match.menteeYesAt) !== null
	await set(tx, match, { [match.side === 'mentee' ? 'menteeYesAt' : 'mentorYesAt']: now })
	if (match.side === 'mentor') await countAnswer(tx, match.mentorId)
	if (!both) return
	await forgetProposed(tx, match)
	try {
		return await begin(acting)
	} catch (error) {
		if (!(error instanceof AppError) || error.details?.reason !== 'full') throw error
		return lapse(acting)
	}
}

/** The others she got to know end quietly: in one order, so that two women who choose at once never wait in a circle. */
async function settle({ match, actor, tx, rooms, publish }: Acting): Promise<void> {
	await set(tx, match, { settledAt: now })
	const others = await tx
		.select()
		.from(matches)
		.where(
			and(
				eq(matches.menteeId, match.menteeId),
				eq(matches.status, 'accepted'),
				isNull(matches.settledAt),
				ne(matches.id, match.id),
			),
		)
		.orderBy(asc(matches.mentorId))
		.for('update')
	for (const one of others) await endMatch(tx, one, { by: actor.id, quietly: true }, rooms, publish)
}

const DEEDS: Record<Act, (acting: Acting) => Promise<void>> = {
	yes: sayYes,
	async accept(acting) {
		const { tx, match } = acting
		await forgetAsked(tx, match)
		if (await otherIsHere(tx, match)) return begin(acting)
		await countAnswer(tx, match.mentorId)
		await lapse(acting)
		await passOn(tx, match.menteeId)
	},
	async no({ match, actor, tx }) {
		await set(tx, match, { status: 'declined', answeredAt: now, endedBy: actor.id })
		if (match.side === 'mentor') await countAnswer(tx, match.mentorId)
		await forgetProposed(tx, match)
	},
	async decline({ match, actor, tx }) {
		await set(tx, match, { status: 'declined', answeredAt: now, endedBy: actor.id })
		await countAnswer(tx, match.mentorId)
		await forgetAsked(tx, match)
		await passOn(tx, match.menteeId)
	},
	async withdraw({ match, tx }) {
		await set(tx, match, { status: 'withdrawn', answeredAt: now })
		await forgetAsked(tx, match)
		await passOn(tx, match.menteeId, { herself: true })
	},
	settle,
	async pause({ match, actor, tx, rooms, publish }) {
		await set(tx, match, { pausedAt: now, pausedBy: actor.id })
		if (match.roomId) await rooms.close(tx, match.roomId, publish)
	},
	async resume({ match, tx, rooms, publish }) {
		await set(tx, match, { pausedAt: null, pausedBy: null })
		if (match.roomId) await rooms.reopen(tx, match.roomId, publish)
	},
	async end({ match, actor, tx, rooms, publish, quietly }) {
		await endMatch(tx, match, { by: actor.id, quietly }, rooms, publish)
	},
}

const change = (rooms: PrivateRooms) =>
	command({
		input: ActOnMatch,
		limit: 'mentoring.answer',
		async run({ actor, input, tx, publish }) {
			const match = await accessMatch(tx, actor, input.match, { lock: 'line' })
			const { intent } = input
			if (!isHersToDo(match.side, intent)) throw new AppError('forbidden')
			const facts = factsOf(match, match.side, actor)
			if (ACT_RULES[intent].done(facts)) return { id: match.id, refused: undefined }
			const reason = whyNotNow(intent, facts)
			if (reason) throw new AppError('conflict', { details: { reason } })
			let refused: string | undefined
			const lapsed = (why: string) => {
				refused = why
			}
			const quietly = input.quietly === 'yes'
			await DEEDS[intent]({ match: withBoth(match), actor, tx, rooms, publish, quietly, lapsed })
			return { id: match.id, refused }
		},
	})

/**
 * What the two do with their match (`ACT_RULES`). The same act again (a double click, the other one ending it too)
 * changes nothing and is no fault. Throws `not-found` for strangers, `forbidden` for what is the other's to do,
 * `conflict` for what is no longer possible (`details.reason`: `full`; `gone`, which by then has lapsed; `break`; or
 * the state it is in).
 */
export const actOnMatch = (rooms: PrivateRooms) => async (actor: Actor, raw: unknown) => {
	const { id, refused } = await change(rooms)(actor, raw)
	// Only now: the lapse is kept, and she learns why nothing came of her yes.
	if (refused) throw new AppError('conflict', { details: { reason: refused } })
	return { id }
}

/**
 * After a mentoring that is over she waits for another one, if she has said what she would like and nobody else is with
 * her; nobody asks why.
 * Throws `not-found`, `conflict` while it goes on.
 */
export const lookAgain = command({
	input: OneMatch,
	limit: 'mentoring.answer',
	async run({ actor, input, tx }) {
		const match = await accessMatch(tx, actor, input.match, { lock: 'line' })
		if (match.side !== 'mentee') throw new AppError('forbidden')
		if (!isClosed(match.status)) {
			throw new AppError('conflict', { details: { reason: match.status } })
		}
		await waitAgain(tx, match.menteeId)
	},
})
