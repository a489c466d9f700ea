import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitOf, POINTS, TOP_PRIORITY } from '~/features/mentoring/matching/fit'
import { lottery } from '~/features/mentoring/matching/lottery'
import type { Mentor, WaitingWoman } from '~/features/mentoring/matching/people'
import { rankMentors } from '~/features/mentoring/matching/rank-mentors'
import { brokenRule, type Rule } from '~/features/mentoring/matching/rules'
import { firstSharedHour, sharedHours, WHOLE_WEEK, weekOf } from '~/features/mentoring/matching/week'
import { aFreeMentor, aWaitingWoman, circumstances, NO_LIMITS, NOW, world } from '../../../factories/matching'

const EARLIER = new Date(NOW.getTime() - 1)

describe('hard rules', () => {
	test('two who break none can be a pair', () => {
		expect(brokenRule(aWaitingWoman('her'), aFreeMentor('mentor'), NOW)).toBeUndefined()
	})

	const limits = (change: Partial<WaitingWoman['limits']>) => ({ limits: { ...NO_LIMITS, ...change } })

	test.each<[string, Rule, Partial<WaitingWoman>, Partial<Mentor>]>([
		['she is the mentor', 'self', { id: 'mentor' }, {}],
		['no language in common', 'language', {}, { languages: { it: 'well' } }],
		['a language the mentor only understands', 'language', {}, { languages: { ar: 'understand' } }],
		['talking where she needs it known well', 'language', { level: 'well' }, { languages: { ar: 'talk' } }],
		['a tag that every object has', 'language', { languages: ['constructor'] }, {}],
		['never trained', 'training', {}, { trainingUntil: null }],
		['training that ends this moment', 'training', {}, { trainingUntil: NOW }],
		['never vetted', 'vetting', {}, { vettedUntil: null }],
		['vetting that has ended', 'vetting', {}, { vettedUntil: EARLIER }],
		['no place', 'capacity', {}, { capacity: 0 }],
		['all places taken', 'capacity', {}, { capacity: 2, load: 2 }],
		['capacity lowered below the women who stay', 'capacity', {}, { capacity: 1, load: 3 }],
		['a block', 'limits', { blocked: new Set(['mentor']) }, {}],
		['someone she must never meet', 'limits', { noMatch: (id) => id === 'mentor' }, {}],
		['her town', 'limits', limits({ notFromTown: 'Lesbos' }), {}],
		['a town that may be hers', 'limits', limits({ notFromTown: 'Lesbos' }), { town: null }],
		['her community', 'limits', limits({ notFromCommunity: 'SY' }), {}],
		['a community that may be hers', 'limits', limits({ notFromCommunity: 'SY' }), { community: null }],
		['an organisation she did not name', 'limits', limits({ onlyOrganisations: ['house'] }), {}],
		['no organisation', 'limits', limits({ onlyOrganisations: ['house'] }), { organisation: null }],
		['no organisation trusted', 'limits', limits({ onlyOrganisations: [] }), {}],
	])('%s', (_what, rule, her, hers) => {
		const [woman, mentor] = [aWaitingWoman('her', her), aFreeMentor('mentor', hers)]
		expect(brokenRule(woman, mentor, NOW)).toBe(rule)
		expect(rankMentors(woman, [mentor], circumstances())).toEqual([])
	})

	test('what only one of the two knows is not told where something else is wrong', () => {
		const woman = aWaitingWoman('her', { blocked: new Set(['mentor']) })
		expect(brokenRule(woman, aFreeMentor('mentor', { load: 1 }), NOW)).toBe('capacity')
	})
})

describe('the score', () => {
	test.each<[string, number, Partial<WaitingWoman>, Partial<Mentor>]>([
		['her dearest language, known well', 35, {}, {}],
		['another of hers, talked', 20, { languages: ['ti', 'ar'] }, { languages: { ar: 'talk' } }],
		['the best known of two', 30, { languages: ['ti', 'ar'] }, { languages: { ti: 'talk', ar: 'well' } }],
		['her only need', 65, { needs: ['jobSearch'] }, { needs: ['jobSearch'] }],
		['the first of two needs', 55, { needs: ['jobSearch', 'residencePermit'] }, { needs: ['jobSearch'] }],
		[
			'the second of two needs',
			45,
			{ needs: ['jobSearch', 'residencePermit'] },
			{ needs: ['residencePermit'] },
		],
		['help given to others', 75, { needs: ['jobSearch'] }, { needs: ['jobSearch'], helped: ['jobSearch'] }],
		['help given with what she does not offer now', 35, { needs: ['jobSearch'] }, { helped: ['jobSearch'] }],
		['two hours', 45, { times: weekOf([9, 10]) }, { times: weekOf([8, 9, 10]) }],
		['many hours', 50, { times: WHOLE_WEEK }, { times: WHOLE_WEEK }],
		['a way both want', 45, { how: ['write', 'meet'] }, { how: ['meet'] }],
		[
			'everything',
			100,
			{ needs: ['jobSearch', 'residencePermit'], times: WHOLE_WEEK, how: ['voice'] },
			{ needs: ['residencePermit', 'jobSearch'], helped: ['jobSearch'], times: WHOLE_WEEK, how: ['voice'] },
		],
	])('%s: %i', (_what, points, her, hers) => {
		expect(fitOf(aWaitingWoman('her', her), aFreeMentor('mentor', hers)).score).toBe(points)
	})

	test('a language known one level better is worth more than the hour or the way, not than her first need', () => {
		expect(POINTS.level).toBeGreaterThan(POINTS.hour)
		expect(POINTS.level).toBeLessThan(POINTS.needs)
	})
})

describe('the priority', () => {
	test.each<[string, number, Partial<WaitingWoman>, Partial<Mentor>]>([
		['nothing said by either', 7, {}, {}],
		['a language the mentor talks', 6, {}, { languages: { ar: 'talk' } }],
		['one of several needs', 7, { needs: ['jobSearch', 'residencePermit'] }, { needs: ['residencePermit'] }],
		['none of her needs', 5, { needs: ['jobSearch'] }, { needs: ['residencePermit'] }],
		['no way in common', 6, { how: ['write'] }, { how: ['meet'] }],
		['no hour in common', 6, { times: weekOf([1]) }, { times: weekOf([2]) }],
		['times only she named', 7, { times: weekOf([1]) }, {}],
	])('%s: %i', (_what, priority, her, hers) => {
		expect(fitOf(aWaitingWoman('her', her), aFreeMentor('mentor', hers)).priority).toBe(priority)
		expect(priority).toBeLessThanOrEqual(TOP_PRIORITY)
	})
})

describe('the order', () => {
	const order = (woman: WaitingWoman, mentors: Mentor[], seed = 'a seed') =>
		rankMentors(woman, mentors, circumstances({ seed })).map(({ mentorId }) => mentorId)

	test('her own choices, then the score, then fewer women', () => {
		const mentors = [
			aFreeMentor('busy', { capacity: 3, load: 2 }),
			aFreeMentor('free', { capacity: 3 }),
			aFreeMentor('chosen', { languages: { ar: 'talk' } }),
			aFreeMentor('dearest', { languages: { ar: 'talk' } }),
			aFreeMentor('best', { needs: ['jobSearch'] }),
		]
		const woman = aWaitingWoman('her', { needs: ['jobSearch'], choices: ['dearest', 'gone', 'chosen'] })
		expect(order(woman, mentors)).toEqual(['dearest', 'chosen', 'best', 'free', 'busy'])
		expect(order(woman, mentors.toReversed())).toEqual(['dearest', 'chosen', 'best', 'free', 'busy'])
	})

	test('equals as the lottery draws them: one order for her, another for someone else and for another seed', () => {
		const equals = Array.from({ length: 30 }, (_, at) => aFreeMentor(`mentor-${at}`))
		const hers = order(aWaitingWoman('her'), equals)
		expect(order(aWaitingWoman('her'), equals.toReversed())).toEqual(hers)
		expect(order(aWaitingWoman('someone'), equals)).not.toEqual(hers)
		expect(order(aWaitingWoman('her'), equals, 'another')).not.toEqual(hers)
	})

	test('who else is listed moves nobody', () => {
		fc.assert(
			fc.property(world, fc.nat(), ({ women, mentors, now, seed }, at) => {
				const left = mentors.toSpliced(at % Math.max(1, mentors.length), 1)
				for (const woman of women) {
					const all = rankMentors(woman, mentors, { now, seed })
					const fewer = rankMentors(woman, left, { now, seed })
					expect(fewer).toEqual(all.filter(({ mentorId }) => left.some(({ id }) => id === mentorId)))
				}
			}),
		)
	})

	test('the lottery favours no name, whichever seed comes', () => {
		const wins = Array.from({ length: 2_000 }, (_, seed) => {
			const turnOf = lottery(`${seed}`)
			return turnOf('her-1') < turnOf('her-2')
		})
		const share = wins.filter(Boolean).length / wins.length
		expect(share).toBeGreaterThan(0.45)
		expect(share).toBeLessThan(0.55)
	})
})

describe('the reasons', () => {
	const keys = (her: Partial<WaitingWoman>, hers: Partial<Mentor>) =>
		rankMentors(aWaitingWoman('her', her), [aFreeMentor('mentor', hers)], circumstances())[0]!.reasons.map(
			({ key, params }) => [key, ...Object.values(params)].join(' '),
		)

	test.each<[string, Partial<WaitingWoman>, Partial<Mentor>, string[]]>([
		[
			'language, help and hour',
			{ needs: ['jobSearch', 'residencePermit'], times: weekOf([90, 91]), how: ['write'] },
			{
				needs: ['residencePermit', 'jobSearch'],
				helped: ['jobSearch'],
				times: weekOf([91, 92]),
				how: ['write'],
			},
			['mentoring:reason.bothSpeak ar', 'mentoring:reason.helped jobSearch', 'mentoring:reason.freeAt 91'],
		],
		[
			'a second need in the place of the hour',
			{ needs: ['jobSearch', 'residencePermit', 'doctor'] },
			{ needs: ['doctor', 'residencePermit'] },
			[
				'mentoring:reason.bothSpeak ar',
				'mentoring:reason.helps residencePermit',
				'mentoring:reason.helps doctor',
			],
		],
		[
			'a way and the place where nothing else is known',
			{ how: ['meet', 'voice'] },
			{ how: ['voice', 'meet'] },
			['mentoring:reason.bothSpeak ar', 'mentoring:reason.meet', 'mentoring:reason.free'],
		],
		['nothing said', {}, {}, ['mentoring:reason.bothSpeak ar', 'mentoring:reason.free']],
	])('%s', (_what, her, hers, expected) => {
		expect(keys(her, hers)).toEqual(expected)
	})
})

describe('weeks', () => {
	const hours = fc.uniqueArray(fc.integer({ min: 0, max: 167 }))

	test('share what both have', () => {
		fc.assert(
			fc.property(hours, hours, fc.integer({ min: 1, max: 5 }), (a, b, most) => {
				const both = a.filter((hour) => b.includes(hour))
				expect(sharedHours(weekOf(a), weekOf(b), most)).toBe(Math.min(most, both.length))
				expect(firstSharedHour(weekOf(a), weekOf(b))).toBe(both.length > 0 ? Math.min(...both) : undefined)
			}),
		)
	})

	test.each([-1, 168, 1.5, Number.NaN])('have no hour %s', (hour) => {
		expect(() => weekOf([hour])).toThrow(RangeError)
	})
})
