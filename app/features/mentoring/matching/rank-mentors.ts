import { type Fit, fitOf } from './fit'
import { byId, lottery } from './lottery'
import type { Circumstances, Mentor, WaitingWoman } from './people'
import { type Reason, reasonsFor } from './reasons'
import { brokenRule, type Rule } from './rules'

/** A mentor who breaks no rule, in a woman's list. */
export interface Suited extends Fit {
	mentor: Mentor
	/** Her place among the woman's own choices, from 0; null where she did not choose her. */
	choice: number | null
	/** What she drew in the woman's own lottery. */
	turn: number
}

export interface Ranked extends Pick<Suited, 'score' | 'choice'> {
	mentorId: string
	reasons: Reason[]
}

const placeOf = ({ choice }: Suited) => choice ?? Number.POSITIVE_INFINITY

/** Her own choices in her order, then the higher score, the mentor with fewer women, the lottery. */
function compare(a: Suited, b: Suited): number {
	if (a.choice !== b.choice) return placeOf(a) - placeOf(b)
	if (a.score !== b.score) return b.score - a.score
	if (a.mentor.load !== b.mentor.load) return a.mentor.load - b.mentor.load
	return a.turn - b.turn || byId(a.mentor.id, b.mentor.id)
}

/** Those of `mentors` she can have, in her order, and how many of the others break which rule first. */
export function suitedMentors(
	woman: WaitingWoman,
	mentors: Iterable<Mentor>,
	{ now, seed }: Circumstances,
): { suited: Suited[]; broken: Map<Rule, number> } {
	const suited: Suited[] = []
	const turnOf = lottery(seed, woman.id)
	const broken = new Map<Rule, number>()
	for (const mentor of mentors) {
		const rule = brokenRule(woman, mentor, now)
		if (rule) {
			broken.set(rule, (broken.get(rule) ?? 0) + 1)
			continue
		}
		const { score, priority } = fitOf(woman, mentor)
		const choice = woman.choices.indexOf(mentor.id)
		suited.push({ mentor, score, priority, choice: choice < 0 ? null : choice, turn: turnOf(mentor.id) })
	}
	return { suited: suited.sort(compare), broken }
}

/**
 * The mentors a woman can have, in her order, each with up to three reasons. Hard rules first: whoever breaks one is
 * not in the list. A mentor's place depends on the two of them alone, never on who else is listed.
 */
export const rankMentors = (
	woman: WaitingWoman,
	mentors: readonly Mentor[],
	circumstances: Circumstances,
): Ranked[] =>
	suitedMentors(woman, mentors, circumstances).suited.map(({ mentor, score, choice }) => ({
		mentorId: mentor.id,
		score,
		choice,
		reasons: reasonsFor(woman, mentor),
	}))
