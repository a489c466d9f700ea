import { TRAINING_MONTHS } from '../mentoring.limits'

/** The lessons of the mentors' training in their order; the words of each are `training:<lesson>.…`. */
export const LESSONS = ['role', 'listening', 'safety', 'boundaries', 'passingOn', 'ending'] as const
export type Lesson = (typeof LESSONS)[number]

/** Raised when the lessons say something new, and kept with each one passed. */
export const TRAINING_VERSION = '1'

/** The answers to a lesson's question: a page shows them in this order. */
export const ANSWERS = ['a', 'b', 'c'] as const
export type Answer = (typeof ANSWERS)[number]

/** The right one stands in another place each time: the same for everyone, so that nothing has to be remembered. */
export const RIGHT_ANSWER: Record<Lesson, Answer> = {
	role: 'b',
	listening: 'c',
	safety: 'a',
	boundaries: 'b',
	passingOn: 'c',
	ending: 'a',
}

/** A training that runs out within this time can be done again. */
const DUE_MONTHS = 2

export const isLesson = (text: unknown): text is Lesson => LESSONS.includes(text as Lesson)

/** A date some months later (or earlier), as Postgres reckons: the last day of a shorter month. */
export function monthsAfter(date: Date, months: number): Date {
	const later = new Date(date)
	later.setUTCDate(1)
	later.setUTCMonth(later.getUTCMonth() + months)
	const days = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate()
	later.setUTCDate(Math.min(date.getUTCDate(), days))
	return later
}

export interface TrainingFacts {
	/** When she had passed the last lesson; null while she has not. */
	trainedAt: Date | null
	/** When she passed each lesson, the last time. */
	passed: ReadonlyMap<Lesson, Date>
	now: Date
}

/** Where she stands: until when her training holds, whether it is time to do it again, and which lessons are left. */
export function trainingState({ trainedAt, passed, now }: TrainingFacts) {
	const validUntil = trainedAt && monthsAfter(trainedAt, TRAINING_MONTHS)
	const due = validUntil !== null && monthsAfter(validUntil, -DUE_MONTHS) <= now
	const valid = validUntil !== null && validUntil > now
	/** What was passed before this does not count any more. */
	const since = due ? trainedAt! : monthsAfter(now, -TRAINING_MONTHS)
	const done = LESSONS.filter((lesson) => (valid && !due) || (passed.get(lesson) ?? since) > since)
	return { validUntil, valid, due, done, next: LESSONS.find((lesson) => !done.includes(lesson)) ?? null }
}
