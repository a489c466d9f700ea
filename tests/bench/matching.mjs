import { tsImport } from 'tsx/esm/api'
import { mostWorth } from './assignment.mjs'
import { candidateLists, inventPeople } from './people.mjs'

// Measures a whole matching round, and what a stable round costs against the optimum.
//   node tests/bench/matching.mjs
const load = (/** @type {string} */ name) => tsImport(`../../app/features/${name}`, import.meta.url)
const { matchRound } = await load('mentoring/matching/match-round.ts')
const { rankMentors } = await load('mentoring/matching/rank-mentors.ts')
const { weekOf } = await load('mentoring/matching/week.ts')
const { NEEDS } = await load('mentoring/needs.ts')

const RUNS = 7
const INSTANCES = 20
const MB = 1024 * 1024

const median = (/** @type {number[]} */ values) => values.toSorted((a, b) => a - b)[values.length >> 1]
const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Wall and processor time of it, in ms. @param {() => unknown} work */
function timed(work) {
	const [start, before] = [performance.now(), process.cpuUsage()]
	work()
	const { user, system } = process.cpuUsage(before)
	return { wall: performance.now() - start, cpu: (user + system) / 1000 }
}

/** @param {number} women @param {number} mentors @param {boolean} withLists */
function measure(women, mentors, withLists) {
	const people = inventPeople({ women, mentors, seed: 1 }, { weekOf, NEEDS })
	const input = withLists ? { ...people, candidates: candidateLists(people) } : people
	const round = matchRound(input)
	const times = Array.from({ length: RUNS }, () => timed(() => matchRound(input)))
	const candidatePairs = withLists
		? [...input.candidates.values()].reduce((sum, list) => sum + list.length, 0)
		: null
	return {
		women,
		mentors,
		'candidate pairs': candidatePairs ?? 'by language',
		matched: round.pairs.length,
		'round ms': Math.round(median(times.map(({ wall }) => wall))),
		'worst ms': Math.round(Math.max(...times.map(({ wall }) => wall))),
		'CPU ms': Math.round(median(times.map(({ cpu }) => cpu))),
		'one more mentor ms': Math.round(timed(() => round.oneMoreMentor('ti', 3)).wall),
		'peak memory MB': Math.round(process.resourceUsage().maxRSS / 1024),
	}
}

/** Ten times the women among the same mentors, turn by turn and each at its best: the machine is busy with others. */
function growth() {
	const inputs = [1_000, 10_000].map((women) => {
		const people = inventPeople({ women, mentors: 2_000, seed: 1 }, { weekOf, NEEDS })
		return { ...people, candidates: candidateLists(people) }
	})
	const turns = Array.from({ length: RUNS * 2 }, () =>
		inputs.map((input) => timed(() => matchRound(input)).cpu),
	)
	const [small, large] = [0, 1].map((which) => Math.min(...turns.map((turn) => turn[which])))
	return `10 × the pairs take ${(large / small).toFixed(1)} × the processor time (${small.toFixed(0)} and ${large.toFixed(0)} ms)`
}

/** @param {number} seed */
function compareWithOptimum(seed) {
	const people = inventPeople({ women: 300, mentors: 60, seed }, { weekOf, NEEDS })
	const round = matchRound(people)
	const lists = people.women.map((woman) => rankMentors(woman, people.mentors, people))
	const places = new Map(people.mentors.map(({ id, capacity }) => [id, capacity]))
	const worth = (/** @type {(score: number) => number} */ of) =>
		mostWorth(
			lists.map((list) => list.map(({ mentorId, score }) => ({ mentorId, worth: of(score) }))),
			places,
		)
	const best = worth((score) => score)
	const stable = round.pairs.reduce(
		(/** @type {number} */ sum, /** @type {{ score: number }} */ pair) => sum + pair.score,
		0,
	)
	return {
		ratio: stable / best.total,
		women: round.pairs.length / worth(() => 1).women,
		first: mean(round.pairs.map((pair) => pair.score)),
		best: best.total / best.women,
	}
}

console.log(`Node ${process.version}, memory before: ${Math.round(process.memoryUsage().rss / MB)} MB\n`)
// Compiled before anything is measured, or the first row would look slow and the last ones near linear.
measure(1_000, 2_000, true)
measure(1_000, 2_000, true)
const rows = [
	measure(1_000, 200, true),
	measure(1_000, 2_000, true),
	measure(10_000, 2_000, true),
	measure(500, 150, false),
	measure(1_000, 200, false),
]
console.table(rows)
console.log(growth(), '\n')

const compared = Array.from({ length: INSTANCES }, (_, seed) => compareWithOptimum(seed + 1))
const ratios = compared.map(({ ratio }) => ratio)
const show = (/** @type {number} */ value) => value.toFixed(4)
console.log(`300 women and 60 mentors, ${INSTANCES} communities, against the exact optimum:`)
console.log(
	`  total score, stable : optimum   mean ${show(mean(ratios))}, least ${show(Math.min(...ratios))}`,
)
// The women's best stable outcome has the highest total of all stable ones, since their lists go by the score.
console.log(
	`  price of stability               mean ${show(mean(ratios.map((r) => 1 / r)))}, most ${show(1 / Math.min(...ratios))}`,
)
console.log(`  women matched : most possible    mean ${show(mean(compared.map(({ women }) => women)))}`)
console.log(
	`  points a pair                    stable ${mean(compared.map(({ first }) => first)).toFixed(1)}, optimum ${mean(compared.map(({ best }) => best)).toFixed(1)}`,
)
