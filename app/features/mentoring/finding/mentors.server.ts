import {
	and,
	arrayContains,
	arrayOverlaps,
	asc,
	eq,
	inArray,
	lt,
	ne,
	notExists,
	notInArray,
	sql,
} from 'drizzle-orm'
import { type Db, db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { AREAS } from '~/features/members/areas'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isLanguage } from '~/platform/i18n/languages'
import { isUuid } from '~/platform/text'
import type { WaitingWoman } from '../matching/people'
import { LIMITS } from '../mentoring.limits'
import { inOrder, isNeed, type Need, needsIn } from '../needs'
import { canBeFound } from '../offers/findable.server'
import { zoneFor } from '../times/zones'
import { answersInDays } from './line.policy'
import { placeText, rankedAfter, rankForHer, readPlace } from './mentor-order'
import { readMentorRows, readWomanRows } from './people.server'
import { mentorOf, type WomanRow, womenOf } from './person-rows.server'
import { reachableMentors } from './reachable.server'

const MENTORS_A_PAGE = 10
/** More mentors than the network will have; the ranking happens in memory. */
const CANDIDATES_AT_MOST = 2_000
/** How many of a mentor's last requests tell how soon she answers, and how many it takes to say so. */
const ANSWERS = { looked: 20, needed: 3 }

/** Something is open between the two: she stands in the line, is asked or proposed, or it goes on. */
export const isOpen = inArray(matches.status, ['chosen', 'proposed', 'asked', 'accepted'])

const hasFreePlace = lt(mentorOffers.load, mentorOffers.capacity)

/** Her words, or none where a moderator took them from view. */
const visibleWords = sql<string>`case when ${mentorOffers.hiddenAt} is null then ${mentorOffers.words} else '' end`

/**
 * The median time to her first answer over her last requests, in seconds; a request left to lapse took all the time
 * there is. Null where there were too few. What a round proposed was answered by two, and what lapsed although she
 * could answer or had (`answered_at`) had other reasons: both say nothing of her.
 */
const secondsToAnswer = sql<number | null>`(
	select case when count(*) >= ${ANSWERS.needed} then percentile_cont(0.5) within group (order by took) end
	from (
		select extract(epoch from coalesce(x.answered_at - x.asked_at, make_interval(hours => ${LIMITS.answerHours}))) as took
		from matches x
		where x.mentor_id = mentor_offers.member_id and x.round_id is null
			and x.status in ('accepted', 'declined', 'lapsed', 'ended')
			and (x.status <> 'lapsed' or x.answered_at is null)
		order by x.asked_at desc limit ${ANSWERS.looked}) last)`

const mentorColumns = {
	id: mentorOffers.memberId,
	handle: members.handle,
	languages: mentorOffers.languages,
	needs: mentorOffers.needs,
	words: visibleWords,
	wordsLang: mentorOffers.wordsLang,
	wordsDir: mentorOffers.wordsDir,
	secondsToAnswer,
}

/** The mentors with these ids as they are shown, in no order. */
async function readShown(tx: Db, ids: readonly string[]) {
	if (ids.length === 0) return []
	const rows = await tx
		.select(mentorColumns)
		.from(mentorOffers)
		.innerJoin(members, eq(members.id, mentorOffers.memberId))
		.where(inArray(mentorOffers.memberId, [...ids]))
	return rows.map(({ secondsToAnswer: seconds, ...row }) => ({
		...row,
		needs: inOrder(row.needs),
		answersInDays: seconds === null ? null : answersInDays(seconds),
	}))
}

/** What the address of the list asks for; whatever is not understood is left out. */
export interface MentorQuery {
	/** A tag, `all` for any language, null for her own. */
	language: string | null
	need: string | null
	after: string | null
}

/** Mentors she may be shown, with a free place, with whom nothing is open; fewest women first should there be too many. */
function candidateIds(actor: Actor, languages: readonly string[] | 'all', need: Need | undefined) {
	const open = db
		.select({ id: matches.id })
		.from(matches)
		.where(and(eq(matches.menteeId, actor.id), eq(matches.mentorId, mentorOffers.memberId), isOpen))
	return db
		.select({ id: mentorOffers.memberId })
		.from(mentorOffers)
		.where(
			and(
				canBeFound,
				hasFreePlace,
				ne(mentorOffers.memberId, actor.id),
				notInArray(mentorOffers.memberId, actor.blocked),
				languages === 'all' ? undefined : arrayOverlaps(mentorOffers.languageTags, [...languages]),
				need ? arrayContains(mentorOffers.needs, [need]) : undefined,
				notExists(open),
			),
		)
		.orderBy(asc(mentorOffers.load), asc(mentorOffers.memberId))
		.limit(CANDIDATES_AT_MOST)
}

/** Every need of the areas of her profile, where she has not said what she would like of a mentor. */
async function needsOfProfile(actor: Actor): Promise<Need[]> {
	const [member] = await db
		.select({ areas: members.helpWanted })
		.from(members)
		.where(eq(members.id, actor.id))
	return inOrder(AREAS.filter((area) => member?.areas.includes(area)).flatMap(needsIn))
}

/** Her languages, else the one she reads this page in. */
const ownLanguages = (languages: readonly string[], locale: string) =>
	languages.length > 0 ? languages : [locale]

/** What the filter asks for. */
function readFilter({ language, need }: MentorQuery) {
	const asked = language && isLanguage(language) ? language : undefined
	return {
		language: language === 'all' ? 'all' : (asked ?? 'own'),
		asked,
		need: isNeed(need) ? need : undefined,
	}
}

/** In her own order: a need she asks for now is the most important. */
const withNeeds = (woman: WaitingWoman, need: Need | undefined, profile: Need[]) => {
	const wanted = woman.needs.length > 0 ? woman.needs : profile
	return { ...woman, needs: [...new Set(need ? [need, ...wanted] : wanted)] }
}

/** The zone her times are shown in: that of her wishes, else her own. */
const zoneOfHer = (woman: WomanRow | undefined) =>
	woman?.zone ?? zoneFor({ zone: woman?.ownZone ?? null, hostCountry: woman?.hostCountry ?? null })

async function rankCandidates(actor: Actor, locale: string, filter: ReturnType<typeof readFilter>) {
	const now = new Date()
	const [womanRows, profile] = await Promise.all([
		readWomanRows(db, eq(members.id, actor.id)),
		needsOfProfile(actor),
	])
	const own = ownLanguages(womanRows[0]?.languages ?? [], locale)
	const tags = filter.language === 'all' ? 'all' : filter.asked ? [filter.asked] : own
	const rows = await readMentorRows(
		db,
		inArray(mentorOffers.memberId, candidateIds(actor, tags, filter.need)),
	)
	const [woman] = womenOf(womanRows, rows, now)
	const ranked = woman
		? rankForHer(
				withNeeds({ ...woman, languages: own, choices: [] }, filter.need, profile),
				rows.map((row) => mentorOf(row, now)),
				{ now, language: filter.language },
			)
		: []
	return { ranked, own, zone: zoneOfHer(womanRows[0]) }
}

/**
 * One page of the mentors with a free place, in her own order (mentor-order.ts), by default those who know a language of
 * hers. Four queries, however many mentors there are.
 */
export async function listMentors(actor: Actor, locale: string, query: MentorQuery) {
	const filter = readFilter(query)
	const { ranked, own, zone } = await rankCandidates(actor, locale, filter)
	const place = readPlace(query.after)
	const rest = place ? rankedAfter(ranked, place, actor.id) : ranked
	const page = rest.slice(0, MENTORS_A_PAGE)
	const last = page.at(-1)
	const shown = await readShown(
		db,
		page.map(({ id }) => id),
	)
	const known = new Map(shown.map((mentor) => [mentor.id, mentor]))
	return {
		mentors: page.flatMap(({ id, reasons }) => {
			const mentor = known.get(id)
			return mentor ? [{ ...mentor, reasons }] : []
		}),
		filter: { language: filter.language, need: filter.need ?? null, own },
		zone,
		next: last && rest.length > MENTORS_A_PAGE ? placeText(last) : null,
		first: place === undefined,
	}
}

/**
 * A mentor she may ask, with why not now. Throws `not-found`: missing, not vetted, not trained, no longer active,
 * blocked, outside her limits and herself look the same.
 */
export async function accessMentor(tx: Db, actor: Actor, id: string | null | undefined) {
	if (!isUuid(id ?? undefined)) throw new AppError('not-found')
	const reachable = (await reachableMentors(tx, actor.id, [id!])).get(id!)
	const [mentor] = reachable ? await readShown(tx, [id!]) : []
	if (!reachable || !mentor) throw new AppError('not-found')
	return { ...mentor, whyNot: reachable.whyNot }
}
