import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches } from '~/db/schema/mentoring'
import { notBlockedByHer } from '~/features/members/blocks.server'
import type { Actor } from '~/platform/actor'
import type { RoomsWith } from './matches.server'
import type { Side } from './mentoring.policy'
import { readOwnOffer } from './offers.server'

/** The newest of hers; whatever is open is always among them. */
const AS_MENTEE_AT_MOST = 20
/** Those who wait longest come first; answered, the next ones appear. */
const AS_MENTOR_AT_MOST = 40

const columnsFor = (actor: Actor) => ({
	id: matches.id,
	status: matches.status,
	roomId: matches.roomId,
	askedAt: matches.askedAt,
	endedByHer: sql<boolean>`${matches.endedBy} is not distinct from ${actor.id}`,
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
		.innerJoin(members, eq(members.id, matches.mentorId))
		.where(and(eq(matches.menteeId, actor.id), notBlockedByHer(actor, matches.mentorId)))
		.orderBy(sql`(${matches.status} in ('asked', 'accepted')) desc`, desc(matches.askedAt), matches.id)
		.limit(AS_MENTEE_AT_MOST)

const asMentor = (actor: Actor) =>
	db
		.select(columnsFor(actor))
		.from(matches)
		.innerJoin(members, eq(members.id, matches.menteeId))
		.where(
			and(
				eq(matches.mentorId, actor.id),
				inArray(matches.status, ['asked', 'accepted', 'ended']),
				notBlockedByHer(actor, matches.menteeId),
			),
		)
		.orderBy(
			sql`array_position(array['accepted', 'asked', 'ended'], ${matches.status})`,
			sql`case when ${matches.status} = 'ended' then -extract(epoch from ${matches.endedAt}) else extract(epoch from ${matches.askedAt}) end`,
			matches.id,
		)
		.limit(AS_MENTOR_AT_MOST)

type Row = Awaited<ReturnType<typeof asMentee>>[number]

const withSide = (rows: Row[], side: Side) => rows.map((row) => ({ ...row, side }))

/** Everything of hers: requests and matches on both sides, and her offer. Four queries. */
export async function readMentoring(actor: Actor, roomsWith: RoomsWith) {
	const [hers, ofOthers, offer] = await Promise.all([asMentee(actor), asMentor(actor), readOwnOffer(actor)])
	const all = [...withSide(ofOthers, 'mentor'), ...withSide(hers, 'mentee')]
	const running = all.filter(({ status }) => status === 'accepted')
	const entered = await roomsWith(
		actor,
		running.flatMap(({ roomId }) => roomId ?? []),
	)
	return {
		toAnswer: all.filter(({ side, status }) => side === 'mentor' && status === 'asked'),
		running: running.map((row) => ({ ...row, roomId: entered.has(row.roomId ?? '') ? row.roomId : null })),
		requests: all.filter(({ side, status }) => side === 'mentee' && status !== 'accepted'),
		past: all.filter(({ side, status }) => side === 'mentor' && status === 'ended'),
		offer: offer && { status: offer.status, needs: offer.needs, languages: offer.languages },
	}
}
