import { describe, expect, test } from 'vitest'
import { matchRound } from '~/features/mentoring/matching/match-round'
import type { Mentor, WaitingWoman } from '~/features/mentoring/matching/people'
import { aFreeMentor, aWaitingWoman, circumstances, NO_LIMITS } from '../../../factories/matching'

const DAY = 86_400_000
const FIRST = new Date('2026-01-01T08:00:00Z')
const later = (ms: number) => new Date(FIRST.getTime() + ms)

const round = (women: WaitingWoman[], mentors: Mentor[], candidates?: Map<string, string[]>) =>
	matchRound({ women, mentors, candidates, ...circumstances() })

describe('who comes first to one place', () => {
	const mentor = aFreeMentor('mentor', { needs: ['jobSearch'] })

	test('whom the mentor can help, however long the other waits', () => {
		const helped = aWaitingWoman('helped', { needs: ['jobSearch'], waitingSince: later(90 * DAY) })
		const waiting = aWaitingWoman('waiting', { needs: ['doctor'], waitingSince: FIRST })
		const result = round([waiting, helped], [mentor])
		expect(result.pairs.map(({ womanId }) => womanId)).toEqual(['helped'])
		expect(result.whyNot('waiting', 'mentor')).toEqual({ kind: 'full', by: 'priority' })
	})

	test('among equals who has waited longer', () => {
		const longer = aWaitingWoman('longer', { waitingSince: FIRST })
		const result = round([aWaitingWoman('shorter', { waitingSince: later(DAY) }), longer], [mentor])
		expect(result.pairs.map(({ womanId }) => womanId)).toEqual(['longer'])
		expect(result.whyNot('shorter', 'mentor')).toEqual({ kind: 'full', by: 'waiting' })
		expect(result.unmatched).toEqual([{ womanId: 'shorter', why: { kind: 'full', mentors: 1 } }])
	})

	test('of one day, whom the lottery draws, not who came an hour before', () => {
		const women = ['a', 'b'].map((id, at) => aWaitingWoman(id, { waitingSince: later(at * 3_600_000) }))
		const winners = Array.from({ length: 200 }, (_, seed) =>
			matchRound({ women, mentors: [mentor], ...circumstances({ seed: `${seed}` }) }).pairs.map(
				({ womanId }) => womanId,
			),
		).flat()
		const share = winners.filter((id) => id === 'a').length / winners.length
		expect(winners).toHaveLength(200)
		expect(share).toBeGreaterThan(0.35)
		expect(share).toBeLessThan(0.65)
		const result = round(women, [mentor])
		expect(result.whyNot(result.unmatched[0]!.womanId, 'mentor')).toEqual({ kind: 'full', by: 'lottery' })
		expect(result.seed).toBe(circumstances().seed)
	})

	test('a woman who skipped a question waits no longer than one who answered it', () => {
		const silent = aWaitingWoman('silent', { waitingSince: FIRST })
		const answered = aWaitingWoman('answered', { needs: ['jobSearch'], waitingSince: later(DAY) })
		expect(round([answered, silent], [mentor]).pairs.map(({ womanId }) => womanId)).toEqual(['silent'])
	})
})

describe('why a woman has no mentor', () => {
	test.each<[string, Partial<WaitingWoman>, Mentor[], object]>([
		['nobody knows a language of hers', { languages: ['ti'] }, [aFreeMentor('a')], { kind: 'nobody' }],
		['there is no mentor', {}, [], { kind: 'nobody' }],
		[
			'all of them break a rule',
			{ blocked: new Set(['a']), limits: { ...NO_LIMITS, notFromTown: 'Milan' } },
			[
				aFreeMentor('a'),
				aFreeMentor('b', { town: 'Milan' }),
				aFreeMentor('c', { load: 1 }),
				aFreeMentor('d', { languages: { ar: 'understand' } }),
			],
			{ kind: 'rule', mentors: { limits: 2, capacity: 1, language: 1 } },
		],
	])('%s', (_what, her, mentors, why) => {
		expect(round([aWaitingWoman('her', her)], mentors).unmatched).toEqual([{ womanId: 'her', why }])
	})
})

describe('why two are no pair', () => {
	const limits = [
		aWaitingWoman('her', { blocked: new Set(['mentor']) }),
		aWaitingWoman('her', { noMatch: () => true }),
		aWaitingWoman('her', { limits: { ...NO_LIMITS, notFromTown: 'Lesbos' } }),
		aWaitingWoman('her', { limits: { ...NO_LIMITS, notFromCommunity: 'SY' } }),
		aWaitingWoman('her', { limits: { ...NO_LIMITS, onlyOrganisations: ['house'] } }),
	]

	test('whose limit it is, and which, cannot be told from the answer', () => {
		const answers = limits.map((woman) => {
			const result = round([woman], [aFreeMentor('mentor')])
			return JSON.stringify([result.whyNot('her', 'mentor'), result.unmatched])
		})
		expect(new Set(answers).size).toBe(1)
		expect(answers[0]).toContain('"limits"')
	})

	test('someone who is not in the round, and a mentor nobody looked at', () => {
		const mentors = [aFreeMentor('seen'), aFreeMentor('unseen')]
		const result = round([aWaitingWoman('her')], mentors, new Map([['her', ['seen', 'seen', 'gone']]]))
		expect(result.pairs.map(({ mentorId }) => mentorId)).toEqual(['seen'])
		expect(result.whyNot('her', 'seen')).toBeUndefined()
		expect(result.whyNot('her', 'unseen')).toEqual({ kind: 'candidates' })
		expect(result.whyNot('her', 'gone')).toEqual({ kind: 'unknown' })
		expect(result.whyNot('someone', 'seen')).toEqual({ kind: 'unknown' })
	})
})

describe('what one more mentor would change', () => {
	const women = [
		aWaitingWoman('a', { languages: ['ti'], waitingSince: FIRST }),
		aWaitingWoman('b', { languages: ['ti'], waitingSince: later(DAY) }),
		aWaitingWoman('c', { languages: ['it', 'ti'], waitingSince: later(2 * DAY) }),
	]
	const mentors = [aFreeMentor('mentor', { languages: { it: 'talk' } })]

	test('in a language nobody knows: the longest waiting have one', () => {
		const result = round(women, mentors)
		expect(result.oneMoreMentor('ti')).toEqual({ language: 'ti', places: 1, matched: ['a'], better: [] })
		expect(result.oneMoreMentor('ti', 3)).toEqual({
			language: 'ti',
			places: 3,
			matched: ['a', 'b'],
			better: ['c'],
		})
	})

	test('in a language nobody waits in: nothing', () => {
		expect(round(women, mentors).oneMoreMentor('bg')).toEqual({
			language: 'bg',
			places: 1,
			matched: [],
			better: [],
		})
	})
})

test('nobody can be in a round twice', () => {
	const [woman, mentor] = [aWaitingWoman('her'), aFreeMentor('mentor')]
	expect(() => round([woman, woman], [mentor])).toThrow(RangeError)
	expect(() => round([woman], [mentor, mentor])).toThrow(RangeError)
})
