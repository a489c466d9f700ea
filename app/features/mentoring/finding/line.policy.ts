import { FIRST_TALKS, LIMITS } from '../mentoring.limits'
import type { MatchStatus } from '../mentoring.policy'

export interface AskFacts {
	/** What is open between the two, if anything is. */
	open: Extract<MatchStatus, 'chosen' | 'proposed' | 'asked' | 'accepted'> | null
	/** Mentors in her line, the one she asks among them. */
	inLine: number
	/** Whether one of them is asked now; the next one then waits for that answer. */
	asksNow: boolean
	/** First talks she has, with nobody chosen to go on with. */
	talks: number
	/** Why the mentor can take no request just now. */
	mentor: 'full' | 'busy' | null
}

export const WHY_NOT_ASK = ['open', 'chosen', 'full', 'several', 'talks', 'busy'] as const
export type WhyNotAsk = (typeof WHY_NOT_ASK)[number]

/**
 * Why she cannot ask this mentor now, the nearest reason first; undefined when she can. A mentor whom many ask can stand
 * in a line behind another one: by then she may have answered.
 */
export function whyNotAsk({ open, inLine, asksNow, talks, mentor }: AskFacts): WhyNotAsk | undefined {
	if (open) return open === 'chosen' ? 'chosen' : 'open'
	if (mentor === 'full') return 'full'
	if (inLine >= LIMITS.line) return 'several'
	if (talks >= FIRST_TALKS) return 'talks'
	return mentor === 'busy' && !asksNow ? 'busy' : undefined
}

export const MOVES = ['up', 'down', 'remove'] as const
export type Move = (typeof MOVES)[number]

/** The line after a move; one that leads nowhere changes nothing. */
export function moved(line: readonly string[], id: string, move: Move): string[] {
	const at = line.indexOf(id)
	if (at < 0) return [...line]
	const without = line.toSpliced(at, 1)
	if (move === 'remove') return without
	const to = Math.min(Math.max(at + (move === 'up' ? -1 : 1), 0), without.length)
	return without.toSpliced(to, 0, id)
}

/** Until when who was asked at this moment can answer. */
export const answersBy = (askedAt: Date) => new Date(askedAt.getTime() + LIMITS.answerHours * 60 * 60 * 1000)

/** A time to a first answer in plain words: within 1, 2 or 3 days. */
export const answersInDays = (seconds: number) => Math.min(Math.max(Math.ceil(seconds / 86_400), 1), 3)
