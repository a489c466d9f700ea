import { and, asc, eq, or, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { mentoringGoals } from '~/db/schema/together'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { GOALS_AT_MOST } from '../mentoring.limits'
import { AddGoal, OneGoal, TickGoal } from './match.schema'
import { accessRunning, type Match } from './match-access.server'

const ofMatch = (match: Pick<Match, 'id'>, id: string) =>
	and(eq(mentoringGoals.matchId, match.id), eq(mentoringGoals.id, id))

/** The goals of a match, the oldest first, each with its steps. One query. */
export async function readGoals(matchId: string) {
	const rows = await db
		.select({
			id: mentoringGoals.id,
			goalId: mentoringGoals.goalId,
			words: mentoringGoals.body,
			lang: mentoringGoals.lang,
			dir: mentoringGoals.dir,
			done: sql<boolean>`${mentoringGoals.doneAt} is not null`,
		})
		.from(mentoringGoals)
		.where(eq(mentoringGoals.matchId, matchId))
		.orderBy(asc(mentoringGoals.createdAt), asc(mentoringGoals.id))
	const shown = rows.map(({ goalId: _goalId, ...goal }) => goal)
	return shown.flatMap((goal, at) =>
		rows[at]!.goalId === null
			? [{ ...goal, steps: shown.filter((_, step) => rows[step]!.goalId === goal.id) }]
			: [],
	)
}

/**
 * Adds a goal, or a step towards one. The same form again is the same goal. Throws `not-found`, also for a goal to take
 * a step to that is not there; `conflict` (`details.reason`: the match's state, `break`, `many`).
 */
export const addGoal = command({
	input: AddGoal,
	limit: 'mentoring.page',
	async run({ actor, input, tx }) {
		const match = await accessRunning(tx, actor, input.match)
		const { key, words, language } = input
		const goal = input.goal || null
		const before = and(eq(mentoringGoals.matchId, match.id), eq(mentoringGoals.key, key))
		if ((await tx.$count(mentoringGoals, before)) > 0) return
		if (goal !== null) {
			// A step has no steps of its own: the page would be a tree.
			const parent = and(ofMatch(match, goal), sql`${mentoringGoals.goalId} is null`)
			if ((await tx.$count(mentoringGoals, parent)) === 0) throw new AppError('not-found')
		}
		if ((await tx.$count(mentoringGoals, eq(mentoringGoals.matchId, match.id))) >= GOALS_AT_MOST) {
			throw new AppError('conflict', { details: { reason: 'many' } })
		}
		await tx.insert(mentoringGoals).values({
			matchId: match.id,
			key,
			goalId: goal,
			authorId: actor.id,
			body: words,
			lang: language,
			dir: directionOf(words, dirOf(language)),
		})
	},
})

/** Ticks a goal or a step, or takes the tick away; either of the two may. Throws `not-found`, `conflict`. */
export const tickGoal = command({
	input: TickGoal,
	limit: 'mentoring.page',
	async run({ actor, input, tx }) {
		const match = await accessRunning(tx, actor, input.match)
		const doneAt = input.done === 'yes' ? sql`coalesce(${mentoringGoals.doneAt}, now())` : null
		const [ticked] = await tx
			.update(mentoringGoals)
			.set({ doneAt })
			.where(ofMatch(match, input.goal))
			.returning({ id: mentoringGoals.id })
		if (!ticked) throw new AppError('not-found')
	},
})

/** Takes a goal away with its steps, or a step. One that is gone already is no fault. Throws `not-found`, `conflict`. */
export const removeGoal = command({
	input: OneGoal,
	limit: 'mentoring.page',
	async run({ actor, input, tx }) {
		const match = await accessRunning(tx, actor, input.match)
		const itself = eq(mentoringGoals.id, input.goal)
		await tx
			.delete(mentoringGoals)
			.where(and(eq(mentoringGoals.matchId, match.id), or(itself, eq(mentoringGoals.goalId, input.goal))))
	},
})
