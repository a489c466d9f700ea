import { lottery } from '../matching/lottery'
import type { Circumstances, Mentor, WaitingWoman } from '../matching/people'
import { brokenRule } from '../matching/rules'

/** Pairs a round scores: some 200,000 take about a second. */
const PAIRS_AT_MOST = 200_000
/** However many women wait, each of them has so many mentors to come to. */
const LIST_AT_LEAST = 20

/** The mentors who know a language and, if one is named, help with a need. */
export type MentorIndex = ReadonlyMap<string, readonly Mentor[]>

export const indexKey = (language: string, need = '') => `${language} ${need}`

/** What is looked up for her: her first need in each of her languages, then the next, then her languages alone. */
const keysOf = ({ languages, needs }: WaitingWoman) => [
	...needs.flatMap((need) => languages.map((tag) => indexKey(tag, need))),
	...languages.map((tag) => indexKey(tag)),
]

interface Looking extends Circumstances {
	index: MentorIndex
	mentorOf: ReadonlyMap<string, Mentor>
	/** How many she can have are enough. */
	enough: number
}

function candidatesOf(woman: WaitingWoman, { index, mentorOf, enough, now, seed }: Looking): string[] {
	const found = new Set(woman.choices.flatMap((id) => mentorOf.get(id) ?? []))
	const turn = lottery(seed, woman.id)
	let suited = 0
	for (const key of keysOf(woman)) {
		const mentors = index.get(key) ?? []
		// Each woman begins elsewhere, or the same few would be looked at for everyone.
		const start = turn(key)
		for (let step = 0; step < mentors.length && suited < enough; step++) {
			const mentor = mentors[(start + step) % mentors.length]!
			if (found.has(mentor)) continue
			found.add(mentor)
			if (!brokenRule(woman, mentor, now)) suited += 1
		}
	}
	return Array.from(found, ({ id }) => id)
}

/**
 * Whom a round looks at for each woman. In a round of a usual size that is every mentor who knows one of her
 * languages; in a very large one her own choices and as many others she can have as the machine can score, those who
 * help with what she needs most first.
 */
export function candidatesFor(
	women: readonly WaitingWoman[],
	mentors: readonly Mentor[],
	{ index, ...circumstances }: Circumstances & { index: MentorIndex },
): Map<string, string[]> {
	const enough = Math.max(LIST_AT_LEAST, Math.floor(PAIRS_AT_MOST / Math.max(1, women.length)))
	const mentorOf = new Map(mentors.map((mentor) => [mentor.id, mentor]))
	const looking = { index, mentorOf, enough, ...circumstances }
	return new Map(women.map((woman) => [woman.id, candidatesOf(woman, looking)]))
}
