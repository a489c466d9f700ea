import type { Market } from './deferred-acceptance'
import { TOP_PRIORITY } from './fit'
import { type Circumstances, freePlaces, type Mentor, type WaitingWoman } from './people'
import { inQueue } from './queue'
import { type Suited, suitedMentors } from './rank-mentors'
import type { Rule } from './rules'

/** Who takes part in a round, and who comes into question for whom. */
export interface RoundInput extends Circumstances {
	women: readonly WaitingWoman[]
	mentors: readonly Mentor[]
	/**
	 * For each woman the ids of the mentors to look at, each once, as a query by language and need found them. No pair
	 * outside these lists is made, and "nobody would rather swap" holds within them: cut them no shorter than needed.
	 * Without them every mentor who knows one of her languages is looked at.
	 */
	candidates?: ReadonlyMap<string, readonly string[]>
}

/** One woman's part in a round. */
export interface Waiting {
	woman: WaitingWoman
	/** The mentors she can have, the dearest first. */
	list: Suited[]
	/** Of the others that were looked at, how many break which rule. */
	broken: Map<Rule, number>
}

function byUniqueId<T extends { id: string }>(people: readonly T[]): Map<string, T> {
	const known = new Map(people.map((person) => [person.id, person]))
	if (known.size < people.length) throw new RangeError('nobody can be in a round twice')
	return known
}

/** Finds for a woman whom to look at: the given candidates still in the round, or whoever knows a language of hers. */
function finderOf({ mentors, candidates }: RoundInput, known: ReadonlyMap<string, Mentor>) {
	if (candidates) {
		return (woman: WaitingWoman) => {
			const found: Mentor[] = []
			for (const id of candidates.get(woman.id) ?? []) {
				const mentor = known.get(id)
				if (mentor) found.push(mentor)
			}
			return found
		}
	}
	const byLanguage = new Map<string, Mentor[]>()
	for (const mentor of mentors) {
		for (const tag of Object.keys(mentor.languages)) {
			const speakers = byLanguage.get(tag)
			if (speakers) speakers.push(mentor)
			else byLanguage.set(tag, [mentor])
		}
	}
	return (woman: WaitingWoman) => new Set(woman.languages.flatMap((tag) => byLanguage.get(tag) ?? []))
}

/** Every woman's list, the women in the order of the queue. Throws `RangeError` where someone is in the round twice. */
export function listsOf(input: RoundInput): { queue: Waiting[]; mentorOf: ReadonlyMap<string, Mentor> } {
	byUniqueId(input.women)
	const mentorOf = byUniqueId(input.mentors)
	const candidatesOf = finderOf(input, mentorOf)
	const queue = inQueue(input.women, input.seed).map((woman) => {
		const { suited, broken } = suitedMentors(woman, candidatesOf(woman), input)
		return { woman, list: suited, broken }
	})
	return { queue, mentorOf }
}

/**
 * The lists as numbers. A mentor ranks by priority, then by the place in the queue: the longer waiting, then the
 * lottery. Women are numbered by their place in the queue, so no two have one rank.
 */
export function marketOf(queue: readonly Pick<Waiting, 'list'>[], mentors: readonly Mentor[]): Market {
	const numberOf = new Map(mentors.map((mentor, number) => [mentor, number]))
	return {
		lists: queue.map(({ list }) => list.map(({ mentor }) => numberOf.get(mentor)!)),
		ranks: queue.map(({ list }, place) =>
			list.map(({ priority }) => (TOP_PRIORITY - priority) * queue.length + place),
		),
		places: mentors.map(freePlaces),
	}
}
