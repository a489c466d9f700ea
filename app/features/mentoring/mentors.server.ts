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
import type { Need } from '~/features/members/needs'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isLanguage } from '~/platform/i18n/languages'
import { isUuid } from '~/platform/text'
import { inOrder, isNeed } from './needs'
import { type Place, type Ranked, rankedAfter, rankMentors } from './ranking'

const MENTORS_A_PAGE = 10
/** More mentors than the network will have; the ranking happens in memory. */
const CANDIDATES_AT_MOST = 2_000

/** The one rule of whom she may be shown at all; whether there is a free place is another question. */
const shownTo = (actor: Actor) =>
	and(
		eq(mentorOffers.status, 'vetted'),
		eq(members.status, 'active'),
		ne(mentorOffers.memberId, actor.id),
		notInArray(mentorOffers.memberId, actor.blocked),
	)

/** Still open: waiting for an answer, or going on. */
export const isOpen = inArray(matches.status, ['asked', 'accepted'])

const hasFreePlace = lt(mentorOffers.load, mentorOffers.capacity)

/** Her words, or none where a moderator took them from view. */
const visibleWords = sql<string>`case when ${mentorOffers.hiddenAt} is null then ${mentorOffers.words} else '' end`

const mentorColumns = {
	id: mentorOffers.memberId,
	handle: members.handle,
	languages: mentorOffers.languages,
	needs: mentorOffers.needs,
	words: visibleWords,
	wordsLang: mentorOffers.wordsLang,
	wordsDir: mentorOffers.wordsDir,
}

/** What the address of the list asks for; whatever is not understood is left out. */
export interface MentorQuery {
	/** A tag, `all` for any language, null for her own. */
	language: string | null
	need: string | null
	after: string | null
}

/** The languages she can talk in: those she says she speaks, else reads, else the one she reads this page in. */
function ownLanguages(actor: Actor, locale: string) {
	if (actor.speaks.length > 0) return actor.speaks
	return actor.reads.length > 0 ? actor.reads : [locale]
}

function readPlace(text: string | null): Place | undefined {
	const [score, id] = (text ?? '').split('_')
	return /^\d{1,6}$/.test(score ?? '') && isUuid(id) ? { score: Number(score), id } : undefined
}

/** Mentors with a free place whom she has not asked already, fewest women first should there be too many to rank. */
async function findCandidates(actor: Actor, languages: readonly string[] | 'all', need: Need | undefined) {
	const asked = db
		.select({ id: matches.id })
		.from(matches)
		.where(and(eq(matches.menteeId, actor.id), eq(matches.mentorId, mentorOffers.memberId), isOpen))
	const rows = await db
		.select({
			id: mentorOffers.memberId,
			languages: mentorOffers.languages,
			needs: mentorOffers.needs,
			roomy: sql<boolean>`${mentorOffers.capacity} - ${mentorOffers.load} > 1`,
		})
		.from(mentorOffers)
		.innerJoin(members, eq(members.id, mentorOffers.memberId))
		.where(
			and(
				shownTo(actor),
				hasFreePlace,
				languages === 'all' ? undefined : arrayOverlaps(mentorOffers.languageTags, [...languages]),
				need ? arrayContains(mentorOffers.needs, [need]) : undefined,
				notExists(asked),
			),
		)
		.orderBy(asc(mentorOffers.load), asc(mentorOffers.memberId))
		.limit(CANDIDATES_AT_MOST)
	return rows.map((row) => ({ ...row, needs: inOrder(row.needs) }))
}

/** What she said she would like help with, from her profile. */
async function needsOf(actor: Actor): Promise<Need[]> {
	const [member] = await db
		.select({ needs: members.helpWanted })
		.from(members)
		.where(eq(members.id, actor.id))
	return inOrder(member?.needs ?? [])
}

async function readShown(ranked: Ranked[]) {
	if (ranked.length === 0) return []
	const rows = await db
		.select(mentorColumns)
		.from(mentorOffers)
		.innerJoin(members, eq(members.id, mentorOffers.memberId))
		.where(
			inArray(
				mentorOffers.memberId,
				ranked.map(({ id }) => id),
			),
		)
	const known = new Map(rows.map((row) => [row.id, row]))
	return ranked.flatMap(({ id, reasons }) => {
		const row = known.get(id)
		return row ? [{ ...row, needs: inOrder(row.needs), reasons }] : []
	})
}

/**
 * One page of the mentors with a free place, in her own order (ranking.ts), by default those who know a language of
 * hers. Three queries, however many mentors there are.
 */
export async function listMentors(actor: Actor, locale: string, query: MentorQuery) {
	const own = ownLanguages(actor, locale)
	const asked = query.language && isLanguage(query.language) ? query.language : undefined
	const language = query.language === 'all' ? 'all' : (asked ?? 'own')
	const need = isNeed(query.need) ? query.need : undefined
	const tags = language === 'all' ? 'all' : asked ? [asked] : own
	const [candidates, wanted] = await Promise.all([findCandidates(actor, tags, need), needsOf(actor)])
	const needs = [...new Set(need ? [need, ...wanted] : wanted)]
	const ranked = rankMentors(candidates, { memberId: actor.id, speaks: own, asked, needs })
	const place = readPlace(query.after)
	const rest = place ? rankedAfter(ranked, place, actor.id) : ranked
	const shown = rest.slice(0, MENTORS_A_PAGE)
	const last = shown.at(-1)
	return {
		mentors: await readShown(shown),
		filter: { language, need: need ?? null, own },
		next: last && rest.length > MENTORS_A_PAGE ? `${last.score}_${last.id}` : null,
		first: place === undefined,
	}
}

/** A mentor she may ask. Throws `not-found`: missing, not vetted, no longer active, blocked and herself look the same. */
export async function accessMentor(tx: Db, actor: Actor, id: string | null | undefined) {
	if (!isUuid(id ?? undefined)) throw new AppError('not-found')
	const [mentor] = await tx
		.select({ ...mentorColumns, free: sql<boolean>`${hasFreePlace}` })
		.from(mentorOffers)
		.innerJoin(members, eq(members.id, mentorOffers.memberId))
		.where(and(shownTo(actor), eq(mentorOffers.memberId, id!)))
	if (!mentor) throw new AppError('not-found')
	return { ...mentor, needs: inOrder(mentor.needs) }
}
