import { createHash } from 'node:crypto'
import { type MentorRow, mentorOf, type WomanRow, womenOf } from '../finding/person-rows.server'
import { matchRound, type Round } from '../matching/match-round'
import type { Circumstances, Mentor, WaitingWoman } from '../matching/people'
import { inQueue } from '../matching/queue'
import type { RoundInput } from '../matching/round-lists'
import { candidatesFor, indexKey, type MentorIndex } from './rounds-candidates'
import type { RoundTexts } from './rounds-reading.server'

/** What a round is drawn from, and under which circumstances. */
export interface RoundWork extends Circumstances, RoundTexts {}

/** What a round proposed to her before keeps a place until both have answered. */
export const roundMentorOf = (row: MentorRow, now: Date): Mentor => ({
	...mentorOf(row, now),
	load: row.load + row.proposed,
})

/**
 * As the core knows them in a round: a pair of which one has said no or left before is not brought together again.
 * To coordinators that is a limit like any other, which is nobody's business.
 */
export const roundWomenOf = (
	rows: readonly WomanRow[],
	mentorRows: readonly MentorRow[],
	now: Date,
): WaitingWoman[] =>
	womenOf(
		rows.map((row) => (row.former.length > 0 ? { ...row, blocked: [...row.blocked, ...row.former] } : row)),
		mentorRows,
		now,
	)

const DATES = ['waitingSince', 'vettedUntil', 'trainingUntil']

/** Rows as the driver would have given them. */
function rowsIn<Row extends object>(text: string): Row[] {
	const rows: Record<string, unknown>[] = JSON.parse(text)
	for (const row of rows)
		for (const name of DATES) if (typeof row[name] === 'string') row[name] = new Date(row[name])
	return rows as Row[]
}

function indexIn(text: string, mentors: readonly Mentor[]): MentorIndex {
	const entries: [tag: string, need: string, ids: string[]][] = JSON.parse(text)
	const known = new Map(mentors.map((mentor) => [mentor.id, mentor]))
	return new Map(
		entries.map(([tag, need, ids]) => [indexKey(tag, need), ids.flatMap((id) => known.get(id) ?? [])]),
	)
}

/** Rows come ordered, with their columns in one order: the same people give the same hash. */
const hashOf = (women: readonly WomanRow[], mentors: readonly MentorRow[]) =>
	createHash('sha256')
		.update(JSON.stringify([women, mentors]))
		.digest('hex')

/** The people of a round as the core knows them, whom to look at for each, and a hash of all that went in. */
export function roundInputOf(work: RoundWork): { input: RoundInput; inputHash: string } {
	const { now, seed } = work
	const mentorRows = rowsIn<MentorRow>(work.mentors)
	const womanRows = rowsIn<WomanRow>(work.women)
	const mentors = mentorRows.map((row) => roundMentorOf(row, now))
	const women = roundWomenOf(womanRows, mentorRows, now)
	const candidates = candidatesFor(women, mentors, { now, seed, index: indexIn(work.index, mentors) })
	return { input: { now, seed, women, mentors, candidates }, inputHash: hashOf(womanRows, mentorRows) }
}

/** One line of the table of pairs, as `drawRound` writes it. */
function rowsOf({ pairs, unmatched }: Round, { women, seed }: RoundInput) {
	const placeOf = new Map(inQueue(women, seed).map(({ id }, place) => [id, place]))
	const row = (womanId: string) => ({ woman_id: womanId, place: placeOf.get(womanId)! })
	return [
		...pairs.map(({ womanId, mentorId, score, reasons }) => ({
			...row(womanId),
			mentor_id: mentorId,
			score,
			reasons,
		})),
		...unmatched.map(({ womanId, why }) => ({ ...row(womanId), reasons: [], why })),
	]
}

/** Draws a round. `rows` is JSON for the table of pairs: it goes to the database as it is. */
function draw(work: RoundWork) {
	const { input, inputHash } = roundInputOf(work)
	return { inputHash, women: input.women.length, rows: JSON.stringify(rowsOf(matchRound(input), input)) }
}

function whyNot(work: RoundWork, womanId: string, mentorId: string) {
	const { input, inputHash } = roundInputOf(work)
	return { inputHash, answer: matchRound(input).whyNot(womanId, mentorId) }
}

function oneMore(work: RoundWork, language: string) {
	const { input, inputHash } = roundInputOf(work)
	const { matched, better } = matchRound(input).oneMoreMentor(language)
	return { inputHash, matched: matched.length, better: better.length }
}

/** What the thread of the rounds does. Pure: what it is given decides what it answers. */
export const ROUND_TASKS = { draw, whyNot, oneMore }
export type RoundTasks = typeof ROUND_TASKS
