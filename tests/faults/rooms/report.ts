import { mkdirSync, writeFileSync } from 'node:fs'
import type { Fuzzed } from './fuzz'
import type { Verdict } from './history'
import type { Setup } from './town'

/** What came of one round. */
export interface Result {
	what: string
	setup: Setup
	screens: number
	/** Milliseconds until every writer got on after it was mended, and until every screen was level. */
	back: number
	level: number
	/** From being written to standing on a screen, in milliseconds, for 99 of 100. */
	shown: number
	verdict: Verdict
	wrong: string[]
}

/** What came of taking someone out. */
export interface Departure {
	what: string
	setup: Setup
	/** What was said in the room meanwhile. */
	said: number
	/** Things told her that were begun after the answer (and the second it may take to another process). */
	told: number
	/** How long after the answer the last words were begun that still reached her, in milliseconds. */
	reached: number
	wrong: string[]
}

export interface Outcome {
	results: Result[]
	departures: Departure[]
	/** From a moderator's press until the message was gone from the slower of two screens, in milliseconds. */
	removals: { setup: Setup; took: number }[]
	fuzzed: (Fuzzed & { seed: number; took: number; faults: number; fallen: number }) | undefined
	/** What this machine could not do, and why. */
	skipped: string[]
}

const seconds = (ms: number) => (ms === Number.POSITIVE_INFINITY ? 'never' : (ms / 1000).toFixed(1))

function table(head: readonly string[], rows: (string | number)[][]) {
	if (rows.length === 0) return ''
	const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
	return `${[line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')}\n`
}

const ROUNDS = [
	'what broke',
	'served by',
	'said',
	'acknowledged',
	'screens',
	'lost',
	'doubled',
	'out of order',
	'never sent',
	'writing again, s',
	'level, s',
	'shown, s',
]

const rounds = (results: readonly Result[]) =>
	table(
		ROUNDS,
		results.map(({ what, setup, screens, back, level, shown, verdict }) => {
			const { said, acknowledged, lost, doubled, outOfOrder, unsent } = verdict
			const counts = [lost, doubled, outOfOrder, unsent].map((list) => list.length)
			return [what, setup, said, acknowledged, screens, ...counts, ...[back, level, shown].map(seconds)]
		}),
	)

const departures = (all: readonly Departure[]) =>
	table(
		[
			'how she was taken out',
			'served by',
			'said meanwhile',
			'told her too late',
			'last words that reached her, s',
		],
		all.map(({ what, setup, said, told, reached }) => [what, setup, said, told, seconds(reached)]),
	)

const removals = (all: Outcome['removals']) =>
	table(
		['a message removed, served by', 'gone from both screens, s'],
		all.map(({ setup, took }) => [setup, seconds(took)]),
	)

function garbage(fuzzed: Outcome['fuzzed']) {
	if (!fuzzed) return ''
	const { sent, took, seed, cut, unanswered, answers, faults, fallen } = fuzzed
	const given = Object.entries(answers).map(([what, count]) => `${count} ${what}`)
	return `${sent} packets of garbage in ${seconds(took)} s (seed ${seed}): ${fallen} processes ended, ${faults} faults logged, ${unanswered} questions without an answer; connections cut ${cut} times; answers: ${given.join(', ')}.\n`
}

const REPORTS = '.data/test-reports'

/** All that came out so far, as Markdown; left for scripts/faults.mjs too. */
export function report(outcome: Outcome, isLong: boolean) {
	const parts = [
		rounds(outcome.results),
		departures(outcome.departures),
		removals(outcome.removals),
		garbage(outcome.fuzzed),
		...outcome.skipped.map((what) => `Not run: ${what}.\n`),
	]
	const text = parts.filter(Boolean).join('\n')
	mkdirSync(REPORTS, { recursive: true })
	writeFileSync(`${REPORTS}/rooms-${isLong ? 'long' : 'short'}.md`, text)
	return text
}
