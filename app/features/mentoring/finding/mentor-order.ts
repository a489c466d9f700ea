import { isUuid } from '~/platform/text'
import { byId, lottery } from '../matching/lottery'
import { freePlaces, type Mentor, type WaitingWoman } from '../matching/people'
import { rankMentors } from '../matching/rank-mentors'
import type { Reason } from '../matching/reasons'

/** Her own order among equals: one for each woman, and always the same for her. */
const SEED = 'finding'
/** Those who share a language of hers before all others. */
const SHARES_A_LANGUAGE = 1_000

/** A place in her list, as an address carries it. How many women a mentor has is in no address. */
export interface Place {
	score: number
	/** More than one free place. */
	roomy: boolean
	id: string
}

/** Why a mentor is shown; `speaks` where the language is not one of the woman's own. */
export type ListReason = Reason | { key: 'mentoring:reason.speaks'; params: { language: string } }

export interface Ranked extends Place {
	reasons: ListReason[]
}

interface Asked {
	now: Date
	/** A tag, `all`, or `own`. */
	language: string
}

const isRoomy = (mentor: Mentor) => freePlaces(mentor) > 1

/** Of her places only whether there is more than one: the rest would show how many women are with her. */
const withoutLoad = (mentor: Mentor): Mentor => ({ ...mentor, load: isRoomy(mentor) ? 0 : 1, capacity: 2 })

const sharesOne = (woman: WaitingWoman, mentor: Mentor) =>
	woman.languages.some((tag) => Object.hasOwn(mentor.languages, tag))

const inHerWords = (own: readonly string[], reason: Reason): ListReason =>
	reason.key === 'mentoring:reason.bothSpeak' && !own.includes(reason.params.language)
		? { key: 'mentoring:reason.speaks', params: reason.params }
		: reason

function rankSome(
	woman: WaitingWoman,
	mentors: readonly Mentor[],
	now: Date,
	own: readonly string[],
	bonus: number,
) {
	const roomy = new Map(mentors.map((mentor) => [mentor.id, isRoomy(mentor)]))
	return rankMentors(woman, mentors.map(withoutLoad), { now, seed: SEED }).map(
		({ mentorId, score, reasons }): Ranked => ({
			id: mentorId,
			score: score + bonus,
			roomy: roomy.get(mentorId)!,
			reasons: reasons.map((reason) => inHerWords(own, reason)),
		}),
	)
}

/**
 * Mentors with a free place in the order of the matching core (matching/rank-mentors.ts). Where she asks for a language
 * that is not hers, or for all, it is no rule that the mentor knows one of hers; those who do come first.
 */
export function rankForHer(
	woman: WaitingWoman,
	mentors: readonly Mentor[],
	{ now, language }: Asked,
): Ranked[] {
	const own = woman.languages
	if (language === 'own') return rankSome(woman, mentors, now, own, SHARES_A_LANGUAGE)
	if (language !== 'all') {
		const asked = { ...woman, languages: [...new Set([language, ...own])], level: 'understand' as const }
		return rankSome(asked, mentors, now, own, SHARES_A_LANGUAGE)
	}
	const [shared, others] = [
		mentors.filter((mentor) => sharesOne(woman, mentor)),
		mentors.filter((mentor) => !sharesOne(woman, mentor)),
	]
	const open = {
		...woman,
		languages: [...new Set(others.flatMap(({ languages }) => Object.keys(languages)))],
		level: 'understand' as const,
	}
	return [
		...rankSome({ ...woman, level: 'understand' }, shared, now, own, SHARES_A_LANGUAGE),
		...rankSome(open, others, now, own, 0),
	]
}

/** What comes after a place, also when the mentor who held it is gone from the list. */
export function rankedAfter(ranked: readonly Ranked[], place: Place, womanId: string): Ranked[] {
	const turnOf = lottery(SEED, womanId)
	const compare = (a: Place, b: Place) =>
		b.score - a.score || Number(b.roomy) - Number(a.roomy) || turnOf(a.id) - turnOf(b.id) || byId(a.id, b.id)
	return ranked.filter((entry) => compare(place, entry) < 0)
}

export const placeText = ({ score, roomy, id }: Place) => `${score}_${roomy ? 1 : 0}_${id}`

export function readPlace(text: string | null): Place | undefined {
	const [score, roomy, id] = (text ?? '').split('_')
	return /^\d{1,6}$/.test(score ?? '') && /^[01]$/.test(roomy ?? '') && isUuid(id)
		? { score: Number(score), roomy: roomy === '1', id }
		: undefined
}
