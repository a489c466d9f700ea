import type { Need } from '~/features/members/needs'
import { type Level, rankOfLevel } from './mentoring.limits'

/** What ranking knows of a mentor who has a free place. */
export interface Candidate {
	id: string
	languages: Record<string, Level>
	needs: readonly Need[]
	/** More than one free place. How many is nobody's business: it would show how many women are with her. */
	roomy: boolean
}

/** What ranking knows of the woman who looks. */
export interface Wishes {
	memberId: string
	/** Hers, the dearest first. */
	speaks: readonly string[]
	/** A language she asked for that she need not speak herself. */
	asked?: string
	needs: readonly Need[]
}

/** Why a mentor is shown: a sentence of the catalogue with its word. */
export type Reason =
	| { kind: 'bothSpeak' | 'speaks'; language: string }
	| { kind: 'helps'; need: Need }
	| { kind: 'free' }

export interface Ranked {
	id: string
	score: number
	/** Her own order among equals. */
	turn: number
	reasons: Reason[]
}

/** A place in the ranking, as an address carries it. */
export interface Place {
	score: number
	id: string
}

const REASONS_AT_MOST = 3
/** A language weighs more than every need together, a need more than a second free place. */
const WEIGHT = { language: 100, need: 10, roomy: 1 } as const

/** Shared languages, the one the mentor knows best first. */
function sharedLanguages(candidate: Candidate, wishes: Wishes) {
	const wanted = new Set([...(wishes.asked ? [wishes.asked] : []), ...wishes.speaks])
	return [...wanted]
		.filter((tag) => Object.hasOwn(candidate.languages, tag))
		.map((tag) => ({ tag, level: rankOfLevel(candidate.languages[tag]!) }))
		.sort((a, b) => b.level - a.level)
}

function reasonsFor(candidate: Candidate, wishes: Wishes): Reason[] {
	const languages = sharedLanguages(candidate, wishes).map(({ tag }) => ({
		kind: wishes.speaks.includes(tag) ? ('bothSpeak' as const) : ('speaks' as const),
		language: tag,
	}))
	const needs = wishes.needs
		.filter((need) => candidate.needs.includes(need))
		.map((need) => ({ kind: 'helps' as const, need }))
	const [language, nextLanguage] = languages
	const [need, nextNeed] = needs
	return [language, need, nextNeed ?? nextLanguage, { kind: 'free' as const }]
		.filter((reason) => reason !== undefined)
		.slice(0, REASONS_AT_MOST)
}

function scoreOf(candidate: Candidate, wishes: Wishes): number {
	const languages = sharedLanguages(candidate, wishes).reduce((sum, { level }) => sum + level, 0)
	const needs = wishes.needs.filter((need) => candidate.needs.includes(need)).length
	return languages * WEIGHT.language + needs * WEIGHT.need + (candidate.roomy ? WEIGHT.roomy : 0)
}

/**
 * Equals come in an order that is another for each woman and always the same for her: by member id alone the same
 * few mentors would be asked by everyone. (FNV-1a, 32 bits.)
 */
function turnOf(memberId: string, mentorId: string): number {
	let hash = 0x811c9dc5
	for (const letter of memberId + mentorId) {
		hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
	}
	return hash >>> 0
}

type Ordered = Pick<Ranked, 'id' | 'score' | 'turn'>

function compare(a: Ordered, b: Ordered): number {
	if (a.score !== b.score) return b.score - a.score
	if (a.turn !== b.turn) return a.turn - b.turn
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** The mentors in her order, the best first, each with up to three reasons. Pure, and the same for the same input. */
export function rankMentors(candidates: readonly Candidate[], wishes: Wishes): Ranked[] {
	return candidates
		.map((candidate) => ({
			id: candidate.id,
			score: scoreOf(candidate, wishes),
			turn: turnOf(wishes.memberId, candidate.id),
			reasons: reasonsFor(candidate, wishes),
		}))
		.sort(compare)
}

/** What comes after a place, also when the mentor who held it is gone from the list. */
export function rankedAfter(ranked: readonly Ranked[], place: Place, memberId: string): Ranked[] {
	const reached = { ...place, turn: turnOf(memberId, place.id) }
	return ranked.filter((entry) => compare(reached, entry) < 0)
}
