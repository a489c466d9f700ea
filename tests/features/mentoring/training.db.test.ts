import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { mentorLessons, mentorOffers } from '~/db/schema/mentoring'
import { readOwnOffer, saveOffer } from '~/features/mentoring/offers/offers.server'
import {
	ANSWERS,
	LESSONS,
	type Lesson,
	monthsAfter,
	RIGHT_ANSWER,
	trainingState,
} from '~/features/mentoring/offers/training'
import { answerLesson, readLesson, readTraining } from '~/features/mentoring/offers/training.server'
import type { Actor } from '~/platform/actor'
import { aMember } from '../../factories/members'
import { anOffer, anOfferForm } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'

const pass = (actor: Actor, lesson: Lesson) => answerLesson(actor, { lesson, answer: RIGHT_ANSWER[lesson] })

async function passAll(actor: Actor) {
	let next: Lesson | null = LESSONS[0]
	for (const lesson of LESSONS) next = (await pass(actor, lesson)).next
	return next
}

const trainedAt = async (actor: Actor) =>
	(
		await db
			.select({ at: mentorOffers.trainedAt })
			.from(mentorOffers)
			.where(eq(mentorOffers.memberId, actor.id))
	)[0]?.at

/** As if she had passed them some months before. */
const monthsPass = (actor: Actor, months: number) =>
	db.execute(sql`with l as (
			update mentor_lessons set passed_at = passed_at - make_interval(months => ${months})
			where member_id = ${actor.id}::uuid)
		update mentor_offers set trained_at = trained_at - make_interval(months => ${months})
		where member_id = ${actor.id}::uuid`)

describe('a lesson', () => {
	test('is passed with the right answer, once, and leads to the next that is left', async () => {
		const her = await aMember()
		expect(await readLesson(her, 'safety')).toEqual({ lesson: 'safety', number: 3, of: 6, passed: false })
		expect(await pass(her, 'safety')).toEqual({ next: 'role' })
		await Promise.all([pass(her, 'safety'), pass(her, 'safety')])
		expect(await db.$count(mentorLessons)).toBe(1)
		expect(await readLesson(her, 'safety')).toMatchObject({ passed: true })
		expect(await readTraining(her)).toMatchObject({ done: ['safety'], next: 'role', valid: false })
	})

	test.each(LESSONS)('%s: another answer is no harm, she tries again', async (lesson) => {
		const her = await aMember()
		for (const answer of ANSWERS.filter((one) => one !== RIGHT_ANSWER[lesson])) {
			expect(await faultsOf(() => answerLesson(her, { lesson, answer }))).toMatchObject({
				code: 'conflict',
				details: { answer },
			})
		}
		expect(await db.$count(mentorLessons)).toBe(0)
		await pass(her, lesson)
		expect(await db.$count(mentorLessons)).toBe(1)
	})

	test.each([
		['no such lesson', { lesson: 'cooking', answer: 'a' }, 'not-found'],
		['no lesson', { answer: 'a' }, 'invalid'],
		['no answer', { lesson: 'role' }, 'invalid'],
		['no such answer', { lesson: 'role', answer: 'd' }, 'invalid'],
		['two answers', { lesson: 'role', answer: ['a', 'b'] }, 'invalid'],
	])('%s is refused', async (_what, fields, code) => {
		const her = await aMember()
		expect(await codeOf(() => answerLesson(her, fields))).toBe(code)
		expect(await db.$count(mentorLessons)).toBe(0)
	})

	test('that does not exist has no page', async () => {
		const her = await aMember()
		expect(await codeOf(() => readLesson(her, 'cooking'))).toBe('not-found')
		expect(await codeOf(() => readLesson(her, undefined))).toBe('not-found')
	})
})

describe('the training', () => {
	test('is done with the last lesson, in any order', async () => {
		const her = await aMember()
		await anOffer(her, { status: 'waiting', trainedAt: null })
		for (const lesson of LESSONS.toReversed()) {
			expect(await trainedAt(her)).toBeNull()
			await pass(her, lesson)
		}
		expect(await trainedAt(her)).toBeInstanceOf(Date)
		expect(await readTraining(her)).toMatchObject({ valid: true, due: false, next: null })
	})

	test('counts without an offer, and is written with the offer when that is saved', async () => {
		const her = await aMember()
		expect(await passAll(her)).toBeNull()
		expect(await readTraining(her)).toMatchObject({ valid: true, next: null })
		await monthsPass(her, 5)
		await saveOffer(her, anOfferForm())
		const at = await trainedAt(her)
		expect(at!.getTime()).toBeLessThan(Date.now() - 140 * 86_400_000)
		expect(await readTraining(her)).toMatchObject({ valid: true })
		expect(await readOwnOffer(her)).toMatchObject({ status: 'waiting' })
	})

	test('half a training is none, whenever the offer is saved', async () => {
		const her = await aMember()
		await pass(her, 'role')
		await saveOffer(her, anOfferForm())
		expect(await trainedAt(her)).toBeNull()
	})

	test('holds for 24 months, and can be done again in the last two', async () => {
		const her = await aMember()
		await saveOffer(her, anOfferForm())
		await passAll(her)
		await monthsPass(her, 21)
		expect(await readTraining(her)).toMatchObject({ valid: true, due: false, next: null })
		await monthsPass(her, 2)
		expect(await readTraining(her)).toMatchObject({ valid: true, due: true, done: [], next: 'role' })
		const before = await trainedAt(her)
		for (const lesson of LESSONS.slice(1)) await pass(her, lesson)
		expect(await trainedAt(her)).toEqual(before)
		expect(await pass(her, LESSONS[0])).toEqual({ next: null })
		expect((await trainedAt(her))!.getTime()).toBeGreaterThan(Date.now() - 60_000)
		expect(await readTraining(her)).toMatchObject({ valid: true, due: false })
		await monthsPass(her, 25)
		expect(await readTraining(her)).toMatchObject({ valid: false, due: true, done: [] })
	})

	test('lessons of years ago do not count for a training of today', async () => {
		const her = await aMember()
		for (const lesson of LESSONS.slice(1)) await pass(her, lesson)
		await monthsPass(her, 30)
		expect(await pass(her, LESSONS[0])).toEqual({ next: LESSONS[1] })
		await saveOffer(her, anOfferForm())
		expect(await trainedAt(her)).toBeNull()
	})

	test('of whoever was vetted before there was one holds as if she had done it', () => {
		const now = new Date('2026-11-22T12:00:00Z')
		const state = trainingState({ trainedAt: new Date('2026-01-22T12:00:00Z'), passed: new Map(), now })
		expect(state).toMatchObject({ valid: true, next: null, done: [...LESSONS] })
	})

	test.each([
		['2026-01-31', 1, '2026-02-28'],
		['2024-02-29', 24, '2026-02-28'],
		['2026-11-22', 24, '2028-11-22'],
		['2026-03-31', -1, '2026-02-28'],
		['2026-01-15', -2, '2025-11-15'],
	])('%s and %i months is %s, as Postgres has it', async (from, months, to) => {
		expect(monthsAfter(new Date(`${from}T10:00:00Z`), months).toISOString()).toBe(`${to}T10:00:00.000Z`)
		const [row] = await db.execute<{ day: string }>(
			sql`select to_char(${from}::date + make_interval(months => ${months}), 'YYYY-MM-DD') as day`,
		)
		expect(row?.day).toBe(to)
	})
})
