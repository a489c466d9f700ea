import fc from 'fast-check'
import {
	type Circumstances,
	type Mentor,
	WAYS,
	type WaitingWoman,
} from '~/features/mentoring/matching/people'
import { weekOf } from '~/features/mentoring/matching/week'
import { LEVELS, type Level } from '~/features/mentoring/mentoring.limits'
import { NEEDS } from '~/features/mentoring/needs'

export const NOW = new Date('2026-03-02T09:00:00Z')
const [PAST, FUTURE] = [new Date('2026-03-01T09:00:00Z'), new Date('2026-09-01T09:00:00Z')]
export const circumstances = (change: Partial<Circumstances> = {}): Circumstances => ({
	now: NOW,
	seed: 'a seed',
	...change,
})

export const NO_LIMITS = { notFromTown: null, notFromCommunity: null, onlyOrganisations: null }

/** A woman who waits, speaks Arabic and has skipped every question. */
export const aWaitingWoman = (id: string, change: Partial<WaitingWoman> = {}): WaitingWoman => ({
	id,
	languages: ['ar'],
	level: 'talk',
	needs: [],
	times: weekOf([]),
	how: [],
	limits: NO_LIMITS,
	blocked: new Set(),
	noMatch: () => false,
	choices: [],
	waitingSince: new Date('2026-02-01T12:00:00Z'),
	...change,
})

/** A trained and vetted mentor who knows Arabic well and has one place. */
export const aFreeMentor = (id: string, change: Partial<Mentor> = {}): Mentor => ({
	id,
	languages: { ar: 'well' },
	needs: [],
	helped: [],
	times: weekOf([]),
	how: [],
	capacity: 1,
	load: 0,
	town: 'Lesbos',
	community: 'SY',
	organisation: 'centre',
	vettedUntil: FUTURE,
	trainingUntil: FUTURE,
	...change,
})

const LANGUAGES = ['ar', 'ti', 'it']
const TOWNS = ['Lesbos', 'Milan']
const COMMUNITIES = ['SY', 'ER']
const ORGANISATIONS = ['centre', 'house']
/** Few, so that two of a small world share some. */
const SOME_NEEDS = NEEDS.slice(0, 4)
const WOMEN_AT_MOST = 8
const MENTORS_AT_MOST = 5
const MENTOR_IDS = Array.from({ length: MENTORS_AT_MOST }, (_, at) => `mentor-${at}`)

/** What a round is mostly about is who gets a place: rules are broken by few, or there would be nothing to share. */
const mostly = <T, U>(usual: T, unusual: readonly U[]) =>
	fc.oneof(
		{ weight: 9, arbitrary: fc.constant(usual) },
		{ weight: 1, arbitrary: fc.constantFrom(...unusual) },
	)
const times = fc.subarray([9, 10, 33, 105]).map(weekOf)
const validity = mostly(FUTURE, [PAST, null])

const woman = (id: string): fc.Arbitrary<WaitingWoman> =>
	fc
		.record({
			languages: fc.shuffledSubarray(LANGUAGES, { minLength: 1 }),
			level: mostly('talk' as Level, LEVELS),
			needs: fc.shuffledSubarray(SOME_NEEDS),
			times,
			how: fc.subarray([...WAYS]),
			limits: fc.record({
				notFromTown: mostly(null, TOWNS),
				notFromCommunity: mostly(null, COMMUNITIES),
				onlyOrganisations: mostly(null, [ORGANISATIONS, ORGANISATIONS.slice(0, 1)]),
			}),
			blocked: mostly(
				[],
				MENTOR_IDS.map((other) => [other]),
			),
			unwanted: mostly(
				[] as string[],
				MENTOR_IDS.map((other) => [other]),
			),
			choices: fc.shuffledSubarray(MENTOR_IDS, { maxLength: 3 }),
			daysWaiting: fc.integer({ min: 0, max: 2 }),
		})
		.map(({ blocked, unwanted, daysWaiting, ...rest }) => ({
			...rest,
			id,
			blocked: new Set(blocked),
			noMatch: (mentorId: string) => unwanted.includes(mentorId),
			waitingSince: new Date(Date.UTC(2026, 1, 20 - daysWaiting, 12)),
		}))

/** Some mentor; mostly trained, vetted and with a place. */
export const mentor = (id: string): fc.Arbitrary<Mentor> =>
	fc.record({
		id: fc.constant(id),
		languages: fc.dictionary(fc.constantFrom(...LANGUAGES), mostly('well' as Level, LEVELS), {
			minKeys: 1,
			noNullPrototype: true,
		}),
		needs: fc.subarray([...SOME_NEEDS]),
		helped: fc.subarray([...SOME_NEEDS]),
		times,
		how: fc.subarray([...WAYS]),
		capacity: fc.constantFrom(1, 1, 2, 3, 0),
		load: mostly(0, [1, 2]),
		town: mostly<string | null, string | null>('Lesbos', ['Milan', null]),
		community: mostly<string | null, string | null>('SY', ['ER', null]),
		organisation: mostly<string | null, string | null>('centre', ['house', null]),
		vettedUntil: validity,
		trainingUntil: validity,
	})

/** A small community in which languages, needs and waiting days are often equal: where ties and chains arise. */
export const world = fc.record({
	women: fc
		.integer({ min: 0, max: WOMEN_AT_MOST })
		.chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => woman(`woman-${at}`)))),
	mentors: fc
		.integer({ min: 0, max: MENTORS_AT_MOST })
		.chain((count) => fc.tuple(...MENTOR_IDS.slice(0, count).map(mentor))),
	now: fc.constant(NOW),
	seed: fc.string({ maxLength: 4 }),
})
