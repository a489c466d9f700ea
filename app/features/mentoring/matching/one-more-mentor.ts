import { NEEDS } from '../needs'
import { deferredAcceptance, NONE } from './deferred-acceptance'
import { fitOf } from './fit'
import { type Mentor, WAYS } from './people'
import type { Suited } from './rank-mentors'
import { marketOf, type Waiting } from './round-lists'
import { WHOLE_WEEK } from './week'

/**
 * What one more mentor would change. It is the most she could: someone who knows the language well, helps with
 * everything, has time whenever asked, and whom no limit keeps from anyone. Nobody would be worse off (Gale &
 * Sotomayor 1985): the women she takes leave places for others.
 */
export interface OneMore {
	language: string
	places: number
	/** Women without a mentor who would have one, by whichever mentor; the longest waiting first. */
	matched: string[]
	/** Women with a mentor who would have one they rank before her. */
	better: string[]
}

interface Outcome {
	queue: readonly Waiting[]
	mentors: readonly Mentor[]
	position: Int32Array
}

/** No member's id, and no member has fewer women with her. */
const newcomer = (language: string, places: number): Mentor => ({
	id: '',
	languages: { [language]: 'well' },
	needs: NEEDS,
	helped: [],
	times: WHOLE_WEEK,
	how: WAYS,
	capacity: places,
	load: 0,
	town: null,
	community: null,
	organisation: null,
	vettedUntil: null,
	trainingUntil: null,
})

/** Her list with the newcomer in it: after her own choices and whoever has more points, before everyone else. */
function withNewcomer({ woman, list }: Waiting, mentor: Mentor): Suited[] {
	if (!woman.languages.some((tag) => Object.hasOwn(mentor.languages, tag))) return list
	const entry = { ...fitOf(woman, mentor), mentor, choice: null, turn: 0 }
	const after = list.findIndex((other) => other.choice === null && other.score <= entry.score)
	return after < 0 ? [...list, entry] : list.toSpliced(after, 0, entry)
}

/** Answers for one finished round; each answer is a round over its lists, which are not scored again. */
export function newcomerIn({ queue, mentors, position }: Outcome) {
	return (language: string, places = 1): OneMore => {
		const mentor = newcomer(language, places)
		const changed = queue.map((waiting) => ({ ...waiting, list: withNewcomer(waiting, mentor) }))
		const after = deferredAcceptance(marketOf(changed, [...mentors, mentor]))
		const matched: string[] = []
		const better: string[] = []
		for (const [place, { woman, list }] of queue.entries()) {
			if (changed[place]!.list[after[place]!] === list[position[place]!]) continue
			if (position[place] === NONE) matched.push(woman.id)
			else better.push(woman.id)
		}
		return { language, places, matched, better }
	}
}
