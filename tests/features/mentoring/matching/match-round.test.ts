import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitOf } from '~/features/mentoring/matching/fit'
import { lottery } from '~/features/mentoring/matching/lottery'
import { matchRound, type Round } from '~/features/mentoring/matching/match-round'
import { type Mentor, WAYS, type WaitingWoman } from '~/features/mentoring/matching/people'
import { rankMentors } from '~/features/mentoring/matching/rank-mentors'
import type { RoundInput } from '~/features/mentoring/matching/round-lists'
import { WHOLE_WEEK } from '~/features/mentoring/matching/week'
import { rankOfLevel } from '~/features/mentoring/mentoring.limits'
import { NEEDS } from '~/features/mentoring/needs'
import { mentor as anyMentor, NO_LIMITS, world } from '../../../factories/matching'
import { everyStable } from './brute-force'

const mentorOf = (round: Round, womanId: string) =>
	round.pairs.find((pair) => pair.womanId === womanId)?.mentorId

const listOf = (woman: WaitingWoman, { mentors, now, seed }: RoundInput) =>
	rankMentors(woman, mentors, { now, seed }).map(({ mentorId }) => mentorId)

/** How far down a list she is; without a mentor she is after its end. */
const depth = (list: string[], mentorId: string | undefined) =>
	mentorId === undefined ? list.length : list.indexOf(mentorId)

/** The rules once more, in other words, so that the code does not vouch for itself. */
function breaksARule({ limits, ...woman }: WaitingWoman, mentor: Mentor, now: Date): boolean {
	const understood = woman.languages.filter(
		(tag) =>
			rankOfLevel(mentor.languages[tag] ?? 'understand') >= rankOfLevel(woman.level) &&
			tag in mentor.languages,
	)
	const until = (date: Date | null) => (date?.getTime() ?? 0) > now.getTime()
	const away = (unwanted: string | null, known: string | null) => !unwanted || (known && known !== unwanted)
	const allowed =
		understood.length > 0 &&
		until(mentor.trainingUntil) &&
		until(mentor.vettedUntil) &&
		mentor.load < mentor.capacity &&
		![...woman.blocked].includes(mentor.id) &&
		!woman.noMatch(mentor.id) &&
		away(limits.notFromTown, mentor.town) &&
		away(limits.notFromCommunity, mentor.community) &&
		(limits.onlyOrganisations?.includes(mentor.organisation ?? '') ?? true)
	return !allowed
}

/** The mentor's side once more: a lower tuple comes first. */
const claim = (woman: WaitingWoman, mentor: Mentor, seed: string) => [
	-fitOf(woman, mentor).priority,
	Math.floor(woman.waitingSince.getTime() / 86_400_000),
	lottery(seed)(woman.id),
]

function isBefore(a: number[], b: number[]): boolean {
	const at = a.findIndex((value, index) => value !== b[index])
	return at >= 0 && a[at]! < b[at]!
}

describe('a round', () => {
	test('breaks no hard rule, keeps capacities, and leaves nobody out', () => {
		fc.assert(
			fc.property(world, (input) => {
				const { pairs, unmatched } = matchRound(input)
				for (const { womanId, mentorId } of pairs) {
					const woman = input.women.find(({ id }) => id === womanId)!
					const mentor = input.mentors.find(({ id }) => id === mentorId)!
					expect(breaksARule(woman, mentor, input.now)).toBe(false)
				}
				for (const { id, capacity, load } of input.mentors) {
					const women = pairs.filter(({ mentorId }) => mentorId === id)
					expect(women.length).toBeLessThanOrEqual(Math.max(0, capacity - load))
				}
				const everybody = [...pairs, ...unmatched].map(({ womanId }) => womanId)
				expect(everybody.toSorted()).toEqual(input.women.map(({ id }) => id).toSorted())
			}),
		)
	})

	test('has no two who would both rather have each other', () => {
		fc.assert(
			fc.property(world, (input) => {
				const round = matchRound(input)
				for (const woman of input.women) {
					const list = listOf(woman, input)
					for (const wanted of list.slice(0, depth(list, mentorOf(round, woman.id)))) {
						const mentor = input.mentors.find(({ id }) => id === wanted)!
						const hers = round.pairs
							.filter(({ mentorId }) => mentorId === wanted)
							.map(({ womanId }) => input.women.find(({ id }) => id === womanId)!)
						expect(hers).toHaveLength(mentor.capacity - mentor.load)
						for (const other of hers) {
							expect(isBefore(claim(other, mentor, input.seed), claim(woman, mentor, input.seed))).toBe(true)
						}
					}
				}
			}),
		)
	})

	test('gives every woman the best she has in any stable outcome', () => {
		fc.assert(
			fc.property(world, (input) => {
				// Trying all outcomes takes its time: five women are enough.
				const small = { ...input, women: input.women.slice(0, 5) }
				const lists = small.women.map((woman) => listOf(woman, small))
				const rank = (woman: WaitingWoman, mentor: Mentor) =>
					small.women.filter((other) =>
						isBefore(claim(other, mentor, small.seed), claim(woman, mentor, small.seed)),
					).length
				const indexOf = (id: string) => small.mentors.findIndex((mentor) => mentor.id === id)
				const stable = everyStable({
					lists: lists.map((list) => list.map(indexOf)),
					ranks: lists.map((list, at) =>
						list.map((id) => rank(small.women[at]!, small.mentors[indexOf(id)]!)),
					),
					places: small.mentors.map(({ capacity, load }) => Math.max(0, capacity - load)),
				})
				const round = matchRound(small)
				for (const [at, woman] of small.women.entries()) {
					const inEach = stable
						.map((outcome) => outcome[at]!)
						.map((found) => (found < 0 ? lists[at]!.length : found))
					expect(depth(lists[at]!, mentorOf(round, woman.id))).toBe(Math.min(...inEach))
				}
			}),
		)
	})

	test('is the same again, in whatever order its people come', () => {
		const shuffled = world.chain((input) => {
			const all = { minLength: input.women.length, maxLength: input.women.length }
			const others = { minLength: input.mentors.length, maxLength: input.mentors.length }
			return fc.record({
				input: fc.constant(input),
				women: fc.shuffledSubarray(input.women, all),
				mentors: fc.shuffledSubarray(input.mentors, others),
			})
		})
		fc.assert(
			fc.property(shuffled, ({ input, women, mentors }) => {
				const told = ({ seed, pairs, unmatched }: Round) => ({ seed, pairs, unmatched })
				expect(told(matchRound({ ...input, women, mentors }))).toEqual(told(matchRound(input)))
			}),
		)
	})

	test('with one mentor more leaves no waiting woman worse off', () => {
		fc.assert(
			fc.property(world, anyMentor('mentor-new'), (input, newcomer) => {
				const more = { ...input, mentors: [...input.mentors, newcomer] }
				const [before, after] = [matchRound(input), matchRound(more)]
				for (const woman of input.women) {
					const list = listOf(woman, more)
					const [was, is] = [mentorOf(before, woman.id), mentorOf(after, woman.id)]
					expect(depth(list, is)).toBeLessThanOrEqual(depth(list, was))
				}
			}),
		)
	})

	test('gives a woman nothing for hiding her true first choice, or for any other choices than her true ones', () => {
		const withLie = fc.record({
			input: world.filter(({ women }) => women.length > 0),
			told: fc.shuffledSubarray(['mentor-0', 'mentor-1', 'mentor-2', 'mentor-3', 'mentor-4']),
		})
		fc.assert(
			fc.property(withLie, ({ input, told }) => {
				const [woman, ...others] = input.women as [WaitingWoman, ...WaitingWoman[]]
				const list = listOf(woman, input)
				const truth = depth(list, mentorOf(matchRound(input), woman.id))
				const hiding = { ...woman, noMatch: (id: string) => id === list[0] || woman.noMatch(id) }
				for (const lie of [hiding, { ...woman, choices: told }]) {
					const round = matchRound({ ...input, women: [lie, ...others] })
					expect(depth(list, mentorOf(round, woman.id))).toBeGreaterThanOrEqual(truth)
				}
			}),
		)
	})
})

describe('what one more mentor would change', () => {
	const ideal = (language: string, capacity: number): Mentor => ({
		id: 'mentor-new',
		languages: { [language]: 'well' },
		needs: NEEDS,
		helped: [],
		times: WHOLE_WEEK,
		how: WAYS,
		capacity,
		load: 0,
		town: 'elsewhere',
		community: 'none',
		organisation: 'centre',
		vettedUntil: new Date('2030-01-01'),
		trainingUntil: new Date('2030-01-01'),
	})

	test('is what a round with her in it changes, and makes nobody worse off', () => {
		fc.assert(
			fc.property(world, fc.integer({ min: 1, max: 3 }), (drawn, places) => {
				const input = {
					...drawn,
					// Whom she may not have is not asked of someone imagined, and of equals she has the fewest women.
					women: drawn.women.map((woman) => ({ ...woman, limits: NO_LIMITS })),
					mentors: drawn.mentors.map((one) => ({ ...one, load: one.load + 1, capacity: one.capacity + 1 })),
				}
				const before = matchRound(input)
				const after = matchRound({ ...input, mentors: [...input.mentors, ideal('ti', places)] })
				const changed = before.oneMoreMentor('ti', places)
				const gained = after.pairs.filter(({ womanId, mentorId }) => mentorOf(before, womanId) !== mentorId)
				expect([...changed.matched, ...changed.better].toSorted()).toEqual(
					gained.map(({ womanId }) => womanId).toSorted(),
				)
				expect(changed.matched).toEqual(
					before.unmatched.map(({ womanId }) => womanId).filter((id) => mentorOf(after, id)),
				)
				expect(changed.matched.length).toBeLessThanOrEqual(places)
			}),
		)
	})
})

/** By what the last of a mentor's women comes before someone who would rather have this mentor. */
function whatDecided({ pairs }: Round, woman: WaitingWoman, mentor: Mentor, { women, seed }: RoundInput) {
	const hers = pairs.filter(({ mentorId }) => mentorId === mentor.id).map(({ womanId }) => womanId)
	const claims = women.filter(({ id }) => hers.includes(id)).map((one) => claim(one, mentor, seed))
	const last = claims.reduce((a, b) => (isBefore(a, b) ? b : a))
	const own = claim(woman, mentor, seed)
	return ['priority', 'waiting', 'lottery'][own.findIndex((value, at) => value !== last[at])]
}

describe('why two are no pair', () => {
	test('every two have one answer, and it is true', () => {
		fc.assert(
			fc.property(world, (input) => {
				const round = matchRound(input)
				for (const woman of input.women) {
					const list = listOf(woman, input)
					const has = mentorOf(round, woman.id)
					for (const mentor of input.mentors) {
						const why = round.whyNot(woman.id, mentor.id)
						if (has === mentor.id) expect(why).toBeUndefined()
						else if (breaksARule(woman, mentor, input.now)) expect(why?.kind).toBe('rule')
						else if (list.indexOf(mentor.id) > depth(list, has)) {
							expect(why).toEqual({ kind: 'dearer', mentorId: has })
						} else expect(why).toEqual({ kind: 'full', by: whatDecided(round, woman, mentor, input) })
					}
				}
			}),
		)
	})
})
