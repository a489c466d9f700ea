import type { Mentor } from './people'
import { waitingDay } from './queue'
import type { Suited } from './rank-mentors'
import type { Waiting } from './round-lists'
import { brokenRule, type Rule } from './rules'

/**
 * Why two are no pair: one of them is not in the round; they break a `rule`; the mentor was not among the woman's
 * `candidates`; the woman has one who is `dearer` to her; or the mentor's places are `full` of women before her, the
 * last of whom is before her by this. Within the candidates there is no other case: that is what stable means.
 */
export type WhyNot =
	| { kind: 'unknown' }
	| { kind: 'rule'; rule: Rule }
	| { kind: 'candidates' }
	| { kind: 'dearer'; mentorId: string }
	| { kind: 'full'; by: 'priority' | 'waiting' | 'lottery' }

interface Outcome {
	queue: readonly Waiting[]
	mentorOf: ReadonlyMap<string, Mentor>
	/** The mentor each woman of the queue ended with, as in her list. */
	held: readonly (Suited | undefined)[]
	now: Date
}

/** Answers for one finished round. A question looks at every pair of it once. */
export function whyNotIn({ queue, mentorOf, held, now }: Outcome) {
	const placeOf = new Map(queue.map(({ woman }, place) => [woman.id, place]))

	/** Whom a mentor would give up first, by her place in the queue: the least priority, then the last to come. */
	function lastHeldBy(mentor: Mentor) {
		const places = [...queue.keys()].filter((place) => held[place]?.mentor === mentor)
		return places.reduce((last, place) => (held[place]!.priority <= held[last]!.priority ? place : last))
	}

	function whyFull({ woman }: Waiting, { mentor, priority }: Suited): WhyNot {
		const last = lastHeldBy(mentor)
		if (held[last]!.priority > priority) return { kind: 'full', by: 'priority' }
		const sameDay = waitingDay(queue[last]!.woman) === waitingDay(woman)
		return { kind: 'full', by: sameDay ? 'lottery' : 'waiting' }
	}

	return (womanId: string, mentorId: string): WhyNot | undefined => {
		const place = placeOf.get(womanId)
		const mentor = mentorOf.get(mentorId)
		if (place === undefined || mentor === undefined) return { kind: 'unknown' }
		const waiting = queue[place]!
		const has = held[place]
		if (has?.mentor === mentor) return undefined
		const rule = brokenRule(waiting.woman, mentor, now)
		if (rule) return { kind: 'rule', rule }
		const wanted = waiting.list.find((entry) => entry.mentor === mentor)
		if (!wanted) return { kind: 'candidates' }
		// The list is in her order: whichever of the two comes first is dearer to her.
		const dearer = waiting.list.find((entry) => entry === wanted || entry === has)
		return has && dearer === has ? { kind: 'dearer', mentorId: has.mentor.id } : whyFull(waiting, wanted)
	}
}
