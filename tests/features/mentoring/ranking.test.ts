import { describe, expect, test } from 'vitest'
import { type Candidate, rankedAfter, rankMentors, type Wishes } from '~/features/mentoring/ranking'

const candidate = (id: string, change: Partial<Candidate> = {}): Candidate => ({
	id,
	languages: { ar: 'well' },
	needs: [],
	roomy: false,
	...change,
})

const wishes = (change: Partial<Wishes> = {}): Wishes => ({
	memberId: 'her',
	speaks: ['ar'],
	needs: [],
	...change,
})

const order = (candidates: Candidate[], wanted = wishes()) =>
	rankMentors(candidates, wanted).map(({ id }) => id)

describe('who comes first', () => {
	test.each<[string, Partial<Candidate>, Partial<Candidate>, Partial<Wishes>]>([
		['a language known well before one understood', {}, { languages: { ar: 'understand' } }, {}],
		[
			'two shared languages before one',
			{ languages: { ar: 'talk', it: 'talk' } },
			{},
			{ speaks: ['ar', 'it'] },
		],
		[
			'a language before every need and place',
			{},
			{
				languages: { ar: 'talk' },
				needs: ['work', 'papers', 'health', 'housing', 'daily'],
				roomy: true,
			},
			{ needs: ['work', 'papers', 'health', 'housing', 'daily'] },
		],
		['a need before places', { needs: ['papers'] }, { roomy: true }, { needs: ['papers'] }],
		['several places before the last one', { roomy: true }, {}, {}],
	])('%s', (_what, better, worse, wanted) => {
		const both = [candidate('worse', worse), candidate('better', better)]
		expect(order(both, wishes(wanted))).toEqual(['better', 'worse'])
		expect(order(both.toReversed(), wishes(wanted))).toEqual(['better', 'worse'])
	})

	test('equals keep one order for her, and have another for someone else', () => {
		const equals = Array.from({ length: 30 }, (_, at) => candidate(`mentor-${at}`))
		const hers = order(equals)
		expect(order(equals.toReversed())).toEqual(hers)
		expect(order(equals, wishes({ memberId: 'someone else' }))).not.toEqual(hers)
	})

	test('pages meet without a gap, also when the last one shown is gone', () => {
		const many = Array.from({ length: 25 }, (_, at) => candidate(`mentor-${at}`, { roomy: at % 3 === 0 }))
		const ranked = rankMentors(many, wishes())
		const place = ranked[9]!
		expect(rankedAfter(ranked, place, 'her')).toEqual(ranked.slice(10))
		const without = ranked.filter(({ id }) => id !== place.id)
		expect(rankedAfter(without, place, 'her')).toEqual(ranked.slice(10))
	})
})

describe('why she is shown', () => {
	test.each<[string, Partial<Candidate>, Partial<Wishes>, string[]]>([
		[
			'language, need and place',
			{ needs: ['papers'] },
			{ needs: ['papers'] },
			['bothSpeak ar', 'helps papers', 'free'],
		],
		[
			'two needs leave no place for the place',
			{ needs: ['papers', 'work'] },
			{ needs: ['work', 'papers'] },
			['bothSpeak ar', 'helps work', 'helps papers'],
		],
		[
			'the language known best first',
			{ languages: { ar: 'talk', it: 'well' } },
			{ speaks: ['ar', 'it'] },
			['bothSpeak it', 'bothSpeak ar', 'free'],
		],
		[
			'a language asked for that she does not speak',
			{ languages: { ti: 'well' } },
			{ asked: 'ti' },
			['speaks ti', 'free'],
		],
		['nothing shared', { languages: { ti: 'well' }, needs: ['work'] }, {}, ['free']],
	])('%s', (_what, change, wanted, reasons) => {
		const [ranked] = rankMentors([candidate('mentor', change)], wishes(wanted))
		expect(ranked?.reasons.map((reason) => Object.values(reason).join(' '))).toEqual(reasons)
	})
})
