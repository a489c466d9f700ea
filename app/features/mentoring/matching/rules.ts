import { rankOfLevel } from '../mentoring.limits'
import { bestLanguage } from './fit'
import { freePlaces, type Mentor, type WaitingWoman } from './people'

/**
 * Why two women can never be a pair, whatever their score. `limits` stands for every limit one of the two has set:
 * blocks, people she must never meet, her town, her community, the organisations she trusts. Which of them, and
 * whose, is never told: a coordinator who reads "blocked" has learnt what only the two may know.
 */
export const RULES = ['self', 'language', 'training', 'vetting', 'capacity', 'limits'] as const
export type Rule = (typeof RULES)[number]

/** What is not known may be what she wants to avoid. */
const mayBe = (unwanted: string | null, known: string | null) =>
	unwanted !== null && (known === null || known === unwanted)

const isTrusted = (organisations: readonly string[] | null, organisation: string | null) =>
	organisations === null || (organisation !== null && organisations.includes(organisation))

function breaksLimits({ limits, blocked, noMatch }: WaitingWoman, mentor: Mentor) {
	return (
		blocked.has(mentor.id) ||
		noMatch(mentor.id) ||
		mayBe(limits.notFromTown, mentor.town) ||
		mayBe(limits.notFromCommunity, mentor.community) ||
		!isTrusted(limits.onlyOrganisations, mentor.organisation)
	)
}

function knowsALanguageOfHers(woman: WaitingWoman, mentor: Mentor) {
	const best = bestLanguage(woman, mentor)
	return best !== undefined && best.level >= rankOfLevel(woman.level)
}

const isValid = (until: Date | null, now: Date) => until !== null && until.getTime() > now.getTime()

/**
 * The hard rule these two would break, undefined when they can be a pair. The order is that of telling: what anyone
 * can see is told before what only one of them knows, so that `limits` is said as seldom as possible.
 */
export function brokenRule(woman: WaitingWoman, mentor: Mentor, now: Date): Rule | undefined {
	if (woman.id === mentor.id) return 'self'
	if (!knowsALanguageOfHers(woman, mentor)) return 'language'
	if (!isValid(mentor.trainingUntil, now)) return 'training'
	if (!isValid(mentor.vettedUntil, now)) return 'vetting'
	if (freePlaces(mentor) === 0) return 'capacity'
	return breaksLimits(woman, mentor) ? 'limits' : undefined
}
