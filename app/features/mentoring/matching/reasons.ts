import type { Need } from '../needs'
import { bestLanguage, metNeeds } from './fit'
import type { Mentor, WaitingWoman, Way } from './people'
import { firstSharedHour } from './week'

/** A sentence of the catalogue and what stands in it: a language's tag, a need's key, an hour of the week (week.ts) for her zone. */
export type Reason =
	| { key: 'mentoring:reason.bothSpeak'; params: { language: string } }
	| { key: 'mentoring:reason.freeAt'; params: { hour: number } }
	| { key: 'mentoring:reason.helped' | 'mentoring:reason.helps'; params: { need: Need } }
	| { key: `mentoring:reason.${Way | 'free'}`; params: Record<string, never> }

const REASONS_AT_MOST = 3

const needReason = (need: Need, mentor: Mentor): Reason => ({
	key: mentor.helped.includes(need) ? 'mentoring:reason.helped' : 'mentoring:reason.helps',
	params: { need },
})

/**
 * Up to three reasons for a pair that breaks no rule: the language, the most important need and the first hour both
 * are free; where one of them is missing, another need, a way of being in touch, the free place.
 */
export function reasonsFor(woman: WaitingWoman, mentor: Mentor): Reason[] {
	const language = bestLanguage(woman, mentor)?.tag
	const [need, ...otherNeeds] = metNeeds(woman, mentor)
	const hour = firstSharedHour(woman.times, mentor.times)
	const way = woman.how.find((wanted) => mentor.how.includes(wanted))
	const reasons: Reason[] = []
	if (language) reasons.push({ key: 'mentoring:reason.bothSpeak', params: { language } })
	if (need) reasons.push(needReason(need, mentor))
	if (hour !== undefined) reasons.push({ key: 'mentoring:reason.freeAt', params: { hour } })
	reasons.push(...otherNeeds.map((other) => needReason(other, mentor)))
	if (way) reasons.push({ key: `mentoring:reason.${way}`, params: {} })
	reasons.push({ key: 'mentoring:reason.free', params: {} })
	return reasons.slice(0, REASONS_AT_MOST)
}
