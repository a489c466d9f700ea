import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, db, type Tx } from '~/db/client.server'
import { mentorLessons, mentorOffers } from '~/db/schema/mentoring'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { TRAINING_MONTHS } from '../mentoring.limits'
import {
	ANSWERS,
	isLesson,
	LESSONS,
	type Lesson,
	RIGHT_ANSWER,
	TRAINING_VERSION,
	trainingState,
} from './training'

async function passedLessons(tx: Db, memberId: string) {
	const rows = await tx
		.select({ lesson: mentorLessons.lesson, passedAt: mentorLessons.passedAt })
		.from(mentorLessons)
		.where(eq(mentorLessons.memberId, memberId))
	return new Map(rows.flatMap(({ lesson, passedAt }) => (isLesson(lesson) ? [[lesson, passedAt]] : [])))
}

/** When she passed the last lesson: what is kept with her offer, or what a new offer would be given. */
async function trainedAt(tx: Db, memberId: string) {
	const [offer] = await tx
		.select({ trainedAt: mentorOffers.trainedAt })
		.from(mentorOffers)
		.where(eq(mentorOffers.memberId, memberId))
	if (offer) return offer.trainedAt
	const [row] = await tx.execute<{ at: string | null }>(sql`select ${lastOfAll(memberId)} as at`)
	return row?.at ? new Date(row.at) : null
}

/** Where she stands with the training. With an offer or without. */
export async function readTraining(actor: Actor) {
	const [passed, trained] = await Promise.all([passedLessons(db, actor.id), trainedAt(db, actor.id)])
	return trainingState({ passed, trainedAt: trained, now: new Date() })
}

/** A lesson's page: where it stands in the training, and whether she has passed it. Throws `not-found`. */
export async function readLesson(actor: Actor, lesson: string | undefined) {
	if (!isLesson(lesson)) throw new AppError('not-found')
	const { done } = await readTraining(actor)
	return { lesson, number: LESSONS.indexOf(lesson) + 1, of: LESSONS.length, passed: done.includes(lesson) }
}

const AnswerForm = z.object({
	lesson: z.string('errors:notUnderstood'),
	answer: z.enum(ANSWERS, 'errors:choose'),
})

/**
 * Her answer to a lesson's question. Throws `conflict` with the answer (`details.answer`) where it is not the right one:
 * the page says why, and she tries again. Returns the lesson that is left to do, null after the last.
 */
export const answerLesson = command({
	input: AnswerForm,
	limit: 'mentoring.training',
	async run({ actor, input: { lesson, answer }, tx }): Promise<{ next: Lesson | null }> {
		if (!isLesson(lesson)) throw new AppError('not-found')
		if (answer !== RIGHT_ANSWER[lesson]) throw new AppError('conflict', { details: { answer } })
		const passed = { version: TRAINING_VERSION, passedAt: sql`now()` }
		await tx
			.insert(mentorLessons)
			.values({ memberId: actor.id, lesson, ...passed })
			.onConflictDoUpdate({ target: [mentorLessons.memberId, mentorLessons.lesson], set: passed })
		await keepTraining(tx, actor.id)
		const state = trainingState({
			passed: await passedLessons(tx, actor.id),
			trainedAt: await trainedAt(tx, actor.id),
			now: new Date(),
		})
		return { next: state.next }
	},
})

/** The moment she passed the last of all lessons; null while one is left, or was passed too long ago. */
const lastOfAll = (memberId: string) => sql`(
	select max(l.passed_at) from mentor_lessons l
	where l.member_id = ${memberId}::uuid and l.lesson = any(string_to_array(${LESSONS.join()}, ','))
		and l.passed_at > now() - make_interval(months => ${TRAINING_MONTHS})
	having count(*) = ${LESSONS.length})`

/**
 * Writes with her offer when she was trained: once all lessons are passed, and again when all of them have been passed
 * anew since. Without an offer there is nothing to write yet; `saveOffer` does it then.
 */
export async function keepTraining(tx: Tx, memberId: string) {
	await tx.execute(sql`
		update mentor_offers o set trained_at = ${lastOfAll(memberId)}
		where o.member_id = ${memberId}::uuid and ${lastOfAll(memberId)} is not null
			and not exists (select 1 from mentor_lessons l where l.member_id = o.member_id
				and l.lesson = any(string_to_array(${LESSONS.join()}, ',')) and l.passed_at <= o.trained_at)`)
}
