// Invented women and mentors for the bench of matching: languages and needs are as unequal as in the centres, where a
// few languages are spoken by most. The same seed gives the same people.

const NOW = new Date('2026-03-02T09:00:00Z')
const LATER = new Date('2026-12-01T09:00:00Z')
const DAY = 86_400_000
const LANGUAGES = [
	'ar',
	'uk',
	'fa',
	'ti',
	'so',
	'bn',
	'sq',
	'ur',
	'fr',
	'am',
	'ps',
	'ku',
	'ro',
	'tr',
	'zh',
	'wo',
]
const HOST = ['it', 'es', 'el', 'bg', 'en']
const LEVELS = ['understand', 'talk', 'well', 'well']
const WAYS = ['write', 'voice', 'meet']
const TOWNS = Array.from({ length: 40 }, (_, at) => `town-${at}`)
const ORGANISATIONS = Array.from({ length: 12 }, (_, at) => `organisation-${at}`)
const LIST = 20

/** mulberry32: small and good enough to invent people. @param {number} seed */
export function randomFrom(seed) {
	let state = seed
	return () => {
		state = (state + 0x6d2b79f5) | 0
		let t = Math.imul(state ^ (state >>> 15), 1 | state)
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
	}
}

/** @param {() => number} random */
const dice = (random) => ({
	below: (/** @type {number} */ count) => Math.floor(random() * count),
	/** One of them, the first ones more often. @template T @param {readonly T[]} values */
	skewed: (values) => values[Math.floor(random() ** 2 * values.length)],
	/** @template T @param {readonly T[]} values @param {number} count */
	some: (values, count) => {
		const left = [...values]
		return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)[0])
	},
	uuid: () =>
		'xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(random() * 16).toString(16)),
})

/** Two evenings or mornings of three hours. @param {ReturnType<typeof dice>} d */
const hours = (d) =>
	d.some([8, 17, 32, 41, 56, 65, 80, 89, 104, 113, 128, 137], 2).flatMap((h) => [h, h + 1, h + 2])

/**
 * @param {{ women: number, mentors: number, seed: number }} size
 * @param {{ weekOf: (hours: number[]) => Uint32Array, NEEDS: readonly string[] }} app
 */
export function inventPeople({ women, mentors, seed }, { weekOf, NEEDS }) {
	const d = dice(randomFrom(seed))
	const mentorOf = () => ({
		id: d.uuid(),
		languages: {
			[d.skewed(LANGUAGES)]: d.skewed(LEVELS.toReversed()),
			...(d.below(2) ? { [d.skewed(LANGUAGES)]: d.some(LEVELS, 1)[0] } : {}),
			[d.some(HOST, 1)[0]]: 'well',
		},
		needs: d.some(NEEDS, 2 + d.below(4)),
		helped: d.some(NEEDS, d.below(3)),
		times: weekOf(d.below(5) ? hours(d) : []),
		how: d.some(WAYS, 1 + d.below(3)),
		capacity: 1 + d.below(5),
		load: 0,
		town: d.some(TOWNS, 1)[0],
		community: d.skewed(LANGUAGES),
		organisation: d.some(ORGANISATIONS, 1)[0],
		vettedUntil: LATER,
		trainingUntil: LATER,
	})
	const womanOf = () => ({
		id: d.uuid(),
		languages: [d.skewed(LANGUAGES), ...(d.below(3) ? [] : d.some(HOST, 1))],
		level: 'talk',
		needs: d.some(NEEDS, d.below(4)),
		times: weekOf(d.below(3) ? hours(d) : []),
		how: d.some(WAYS, d.below(4)),
		limits: {
			notFromTown: d.below(10) ? null : d.some(TOWNS, 1)[0],
			notFromCommunity: d.below(10) ? null : d.skewed(LANGUAGES),
			onlyOrganisations: d.below(20) ? null : d.some(ORGANISATIONS, 4),
		},
		blocked: new Set(),
		noMatch: () => false,
		choices: [],
		waitingSince: new Date(NOW.getTime() - d.below(120) * DAY),
	})
	return {
		mentors: Array.from({ length: mentors }, mentorOf),
		women: Array.from({ length: women }, womanOf),
		now: NOW,
		seed: `round ${seed}`,
	}
}

/**
 * What the query by language and need gives: up to twenty mentors for each woman, those who help with her first need
 * before others.
 * @param {ReturnType<typeof inventPeople>} people
 */
export function candidateLists({ women, mentors }, seed = 1) {
	const random = randomFrom(seed)
	/** @type {Map<string, string[]>} */
	const known = new Map()
	for (const { id, languages, needs } of mentors) {
		for (const tag of Object.keys(languages)) {
			for (const key of [tag, ...needs.map((need) => `${tag} ${need}`)])
				known.set(key, [...(known.get(key) ?? []), id])
		}
	}
	const pick = (/** @type {string} */ key, /** @type {number} */ count) => {
		const ids = known.get(key) ?? []
		return Array.from({ length: Math.min(count, ids.length) }, () => ids[Math.floor(random() * ids.length)])
	}
	return new Map(
		women.map(({ id, languages, needs }) => {
			const found = new Set(needs.length > 0 ? pick(`${languages[0]} ${needs[0]}`, LIST / 2) : [])
			for (let round = 0; round < 6 && found.size < LIST; round++) {
				for (const tag of languages) for (const one of pick(tag, LIST - found.size)) found.add(one)
			}
			return [id, [...found].slice(0, LIST)]
		}),
	)
}
