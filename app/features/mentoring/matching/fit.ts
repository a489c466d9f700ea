import { rankOfLevel } from '../mentoring.limits'
import type { Need } from '../needs'
import type { Mentor, WaitingWoman } from './people'
import { isEmpty, sharedHours } from './week'

/** What the two sides of a pair are compared by; neither says who she is or what she must not meet. */
type Wishes = Pick<WaitingWoman, 'languages' | 'needs' | 'times' | 'how'>
type Offer = Pick<Mentor, 'languages' | 'needs' | 'helped' | 'times' | 'how'>

export interface Fit {
	/**
	 * How well the mentor suits the woman, 0 to 100: what makes her rank one mentor before another.
	 *
	 * | points | for |
	 * |---|---|
	 * | 10 to 30 | the shared language the mentor knows best: 10 understands, 20 talks, 30 knows well |
	 * | 5 | that language is the woman's dearest |
	 * | 0 to 30 | what she would like help with: of n needs the first weighs n, the last 1; the share the mentor helps with |
	 * | 10 | others have had the mentor's help with the most important of these |
	 * | 0 to 15 | 5 for each hour of the week in which both are free, three at most |
	 * | 10 | a way of being in touch that both want |
	 *
	 * A question she skipped gives every mentor the same: nothing.
	 */
	score: number
	/**
	 * How strong her call on the mentor's place is, 1 to 7, as schools have priorities rather than wishes (Abdulkadiroğlu
	 * & Sönmez 2003, "School choice: a mechanism design approach"): 1 to 3 for the shared language, 2 for a need the
	 * mentor helps with, 1 for a way and 1 for an hour both have. Coarse on purpose: among the many who are equal, how
	 * long she has waited decides. A question either of them skipped counts as answered well, so that nobody loses a
	 * place for what she did not say; and nothing a woman says about whom she would rather have enters.
	 */
	priority: number
}

export const POINTS = { level: 10, dearest: 5, needs: 30, helped: 10, hour: 5, way: 10 } as const
const HOURS_AT_MOST = 3
/** The highest priority there is. */
export const TOP_PRIORITY = 7

/** The shared language the mentor knows best, as a rank of 1 to 3; the woman's own order decides between equals. */
export function bestLanguage(woman: Pick<Wishes, 'languages'>, mentor: Pick<Offer, 'languages'>) {
	let best: string | undefined
	let most = 0
	for (const tag of woman.languages) {
		const known = mentor.languages[tag]
		if (known === undefined) continue
		// 0 for whatever is no level: what every object has.
		const level = rankOfLevel(known)
		if (level > most) [best, most] = [tag, level]
	}
	return best === undefined ? undefined : { tag: best, level: most }
}

function languagePoints(woman: Wishes, best: ReturnType<typeof bestLanguage>): number {
	if (best === undefined) return 0
	return best.level * POINTS.level + (best.tag === woman.languages[0] ? POINTS.dearest : 0)
}

/** What the mentor helps her with, the most important first. */
export const metNeeds = (woman: Wishes, mentor: Offer) =>
	woman.needs.filter((need) => mentor.needs.includes(need))

function needPoints({ needs }: Wishes, mentor: Offer, met: readonly Need[]): number {
	const [first] = met
	if (first === undefined) return 0
	const weight = met.reduce((sum, need) => sum + needs.length - needs.indexOf(need), 0)
	const share = Math.round((POINTS.needs * weight * 2) / (needs.length * (needs.length + 1)))
	return share + (mentor.helped.includes(first) ? POINTS.helped : 0)
}

/** How well the two fit, from either side. */
export function fitOf(woman: Wishes, mentor: Offer): Fit {
	const language = bestLanguage(woman, mentor)
	const met = metNeeds(woman, mentor)
	const hours = sharedHours(woman.times, mentor.times, HOURS_AT_MOST)
	const way = woman.how.some((wanted) => mentor.how.includes(wanted))
	const needFits = met.length > 0 || woman.needs.length === 0
	const wayFits = way || woman.how.length === 0 || mentor.how.length === 0
	const hourFits = hours > 0 || isEmpty(woman.times) || isEmpty(mentor.times)
	return {
		score:
			languagePoints(woman, language) +
			needPoints(woman, mentor, met) +
			hours * POINTS.hour +
			(way ? POINTS.way : 0),
		priority: (language?.level ?? 0) + (needFits ? 2 : 0) + (wayFits ? 1 : 0) + (hourFits ? 1 : 0),
	}
}
