import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches } from '~/db/schema/mentoring'
import { notBlockedByHer } from '~/features/members/blocks.server'
import type { Actor } from '~/platform/actor'
import { answersBy } from './finding/line.policy'
import { readWishesInShort } from './finding/wishes.server'
import { isClosed, type Side } from './mentoring.policy'
import { readOwnOffer } from './offers/offers.server'
import { seatsOf } from './together/interpreters.server'
import type { RoomsWith } from './together/match-access.server'

/** The newest of hers; whatever is open is always among them. */
const AS_MENTEE_AT_MOST = 20
/** Those who wait longest come first; answered, the next ones appear. */
const AS_MENTOR_AT_MOST = 40

const columnsFor = (actor: Actor) => ({
	id: matches.id,
	status: matches.status,
	place: matches.place,
	roomId: matches.roomId,
	askedAt: matches.askedAt,
	endedByHer: sql<boolean>`${matches.endedBy} is not distinct from ${actor.id}`,
	/** She has said yes to what a round proposed. */
	saidYes: sql<boolean>`(case when ${matches.menteeId} = ${actor.id} then ${matches.menteeYesAt} else ${matches.mentorYesAt} end) is not null`,
	otherId: members.id,
	other: members.handle,
	words: sql<string>`case when ${matches.hiddenAt} is null then ${matches.words} else '' end`,
	wordsLang: matches.wordsLang,
	wordsDir: matches.wordsDir,
})

const asMentee = (actor: Actor) =>
	db
		.select(columnsFor(actor))
		.from(matches)
		.leftJoin(members, eq(members.id, matches.mentorId))
		.where(and(eq(matches.menteeId, actor.id), notBlockedByHer(actor, matches.mentorId)))
		.orderBy(
			sql`(${matches.status} in ('chosen', 'proposed', 'asked', 'accepted')) desc`,
			desc(matches.askedAt),
			matches.id,
		)
		.limit(AS_MENTEE_AT_MOST)

/** Whoever stands in a woman's line is nothing the mentor knows of. */
const asMentor = (actor: Actor) =>
	db
		.select(columnsFor(actor))
		.from(matches)
		.innerJoin(members, eq(members.id, matches.menteeId))
		.where(
			and(
				eq(matches.mentorId, actor.id),
				inArray(matches.status, ['asked', 'proposed', 'accepted', 'ended']),
				notBlockedByHer(actor, matches.menteeId),
			),
		)
		.orderBy(
			sql`array_position(array['accepted', 'asked', 'proposed', 'ended'], ${matches.status})`,
			sql`case when ${matches.status} = 'ended' then -extract(epoch from ${matches.endedAt}) else extract(epoch from ${matches.askedAt}) end`,
			matches.id,
		)
		.limit(AS_MENTOR_AT_MOST)

type Found = Awaited<ReturnType<typeof asMentee>>[number]
type Row = Omit<Found, 'place'> & { side: Side; answersBy: Date | null }

const withSide = (rows: Found[], side: Side) =>
	rows.map(({ place: _place, ...row }): Row => {
		const open = row.status === 'asked' || row.status === 'proposed'
		return { ...row, side, answersBy: open ? answersBy(row.askedAt) : null }
	})

/** Her line in her order: whom she asks now first. */
const lineOf = (rows: Found[]) =>
	withSide(
		rows
			.filter(({ status }) => status === 'asked' || status === 'chosen')
			.sort((a, b) => (a.place ?? 0) - (b.place ?? 0) || (a.id < b.id ? -1 : 1)),
		'mentee',
	)

const waitsForHer = ({ side, status, saidYes }: Row) =>
	(side === 'mentor' && status === 'asked') || (status === 'proposed' && !saidYes)

/**
 * Everything of hers: requests and matches on both sides, her line, whom she interprets for, her wishes and
 * her offer. Six queries.
 */
export async function readMentoring(actor: Actor, roomsWith: RoomsWith) {
	const [hers, ofOthers, seats, offer, wishes] = await Promise.all([
		asMentee(actor),
		asMentor(actor),
		seatsOf(db, actor),
		readOwnOffer(actor),
		readWishesInShort(actor),
	])
	const all = [...withSide(ofOthers, 'mentor'), ...withSide(hers, 'mentee')]
	const running = all.filter(({ status }) => status === 'accepted')
	const entered = await roomsWith(
		actor,
		running.flatMap(({ roomId }) => roomId ?? []),
	)
	return {
		toAnswer: all.filter(waitsForHer),
		running: running.map((row) => ({ ...row, roomId: entered.has(row.roomId ?? '') ? row.roomId : null })),
		line: lineOf(hers),
		interpreting: seats.map(({ id, mentee, mentor, seated }) => ({ id, mentee, mentor, seated })),
		requests: all.filter((row) =>
			row.side === 'mentee' ? isClosed(row.status) || (row.status === 'proposed' && row.saidYes) : false,
		),
		past: all.filter(({ side, status }) => side === 'mentor' && status === 'ended'),
		wishes: wishes.wishes,
		zone: wishes.zone,
		offer: offer && { status: offer.status, needs: offer.needs, languages: offer.languages },
	}
}
