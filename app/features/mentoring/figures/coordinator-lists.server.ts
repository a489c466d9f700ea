import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { type Place, readCursor, timeOf } from '~/platform/cursor'
import { isUuid } from '~/platform/text'
import { isNeed } from '../needs'
import { canBeFound } from '../offers/findable.server'
import { mentorsIn, type Scope, womenIn } from '../rounds/rounds-scope.server'
import { LAPSED_WITHIN_DAYS } from './figures'

/** How much of a list: the rows after a place of it. */
export interface Part {
	after: string | null
	limit: number
}

/** A page of rows and the place after which the next one begins. */
export interface Listed<Row> {
	rows: Row[]
	next: string | null
}

/** Asks for one row more than wanted, which says whether there is a next page. */
export function listed<Found, Row>(
	found: Found[],
	{ limit }: Part,
	placeOf: (row: Found) => string,
	shown: (row: Found) => Row,
): Listed<Row> {
	const some = found.slice(0, limit)
	return { rows: some.map(shown), next: found.length > limit ? placeOf(some.at(-1)!) : null }
}

/** A place in a list ordered by a number, the highest first, and an id. */
export function readNumberPlace(after: string | null) {
	const [number = '', id] = (after ?? '').split('_')
	return /^\d{1,6}$/.test(number) && isUuid(id) ? { number: Number(number), id: id! } : undefined
}

const afterTime = (place: Place | undefined) =>
	place &&
	sql`(mentoring_wishes.waiting_since, members.id) > (${timeOf(place)}::timestamptz, ${place.id}::uuid)`

/** The women who wait, the longest waiting first. What they wrote is not asked. */
export async function listWaitingWomen(scope: Scope, part: Part) {
	const found = await db
		.select({
			id: members.id,
			handle: members.handle,
			since: mentoringWishes.waitingSince,
			languages: sql<string[]>`case when cardinality(${mentoringWishes.languages}) > 0
				then ${mentoringWishes.languages} else ${members.speaks} end`,
			needs: mentoringWishes.needs,
			inRounds: mentoringWishes.inRounds,
			inView: sql<boolean>`exists (select 1 from matches x
				where x.mentee_id = ${members.id} and x.status in ('asked', 'proposed'))`,
			micros: sql<string>`(extract(epoch from ${mentoringWishes.waitingSince}) * 1000000)::bigint::text`,
		})
		.from(mentoringWishes)
		.innerJoin(members, eq(members.id, mentoringWishes.memberId))
		.where(
			and(
				isNotNull(mentoringWishes.waitingSince),
				eq(members.status, 'active'),
				womenIn(scope),
				afterTime(readCursor(part.after)),
			),
		)
		.orderBy(mentoringWishes.waitingSince, members.id)
		.limit(part.limit + 1)
	return listed(
		found,
		part,
		({ micros, id }) => `${micros}_${id}`,
		({ micros: _micros, since, needs, ...row }) => ({ ...row, since: since!, needs: needs.filter(isNeed) }),
	)
}

/**
 * Her requests that nobody answered in time, lately. What a round proposed waited for two, and what lapsed with an
 * answer (the woman had no room any more, or was suspended) is nobody's fault.
 */
const lapsedLately = sql<number>`(select count(*)::int from matches x
	where x.mentor_id = mentor_offers.member_id and x.status = 'lapsed' and x.round_id is null
	and x.answered_at is null and x.asked_at > now() - make_interval(days => ${LAPSED_WITHIN_DAYS}))`

/** The mentors who let requests lapse: those in a row, those of the last weeks, and whether the offer pauses for it. */
export async function listLapses(scope: Scope, part: Part) {
	const from = readNumberPlace(part.after)
	const found = await db
		.select({
			id: members.id,
			handle: members.handle,
			lapses: mentorOffers.lapses,
			lately: lapsedLately,
			paused: sql<boolean>`${mentorOffers.status} = 'paused' and ${mentorOffers.pausedBy} = 'lapses'`,
		})
		.from(mentorOffers)
		.innerJoin(members, eq(members.id, mentorOffers.memberId))
		.where(
			and(
				eq(members.status, 'active'),
				mentorsIn(scope),
				sql`(${mentorOffers.lapses} > 0 or ${lapsedLately} > 0 or coalesce(${mentorOffers.pausedBy} = 'lapses', false))`,
				from && sql`(-${mentorOffers.lapses}, ${members.id}) > (-${from.number}::int, ${from.id}::uuid)`,
			),
		)
		.orderBy(sql`-${mentorOffers.lapses}`, members.id)
		.limit(part.limit + 1)
	return listed(
		found,
		part,
		({ lapses, id }) => `${lapses}_${id}`,
		(row) => row,
	)
}

/** How many women each mentor has and could have, those with most first. */
export async function listLoad(scope: Scope, part: Part) {
	const from = readNumberPlace(part.after)
	const found = await db
		.select({
			id: members.id,
			handle: members.handle,
			load: mentorOffers.load,
			capacity: mentorOffers.capacity,
			languages: mentorOffers.languages,
			validUntil: mentorOffers.validUntil,
			paused: sql<boolean>`${mentorOffers.status} = 'paused'`,
			findable: sql<boolean>`coalesce(${canBeFound}, false)`,
		})
		.from(mentorOffers)
		.innerJoin(members, eq(members.id, mentorOffers.memberId))
		.where(
			and(
				sql`(${mentorOffers.status} = 'vetted' or ${mentorOffers.load} > 0)`,
				eq(members.status, 'active'),
				mentorsIn(scope),
				from && sql`(-${mentorOffers.load}, ${members.id}) > (-${from.number}::int, ${from.id}::uuid)`,
			),
		)
		.orderBy(sql`-${mentorOffers.load}`, members.id)
		.limit(part.limit + 1)
	return listed(
		found,
		part,
		({ load, id }) => `${load}_${id}`,
		(row) => row,
	)
}
