import { inArray, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { mentoringRounds } from '~/db/schema/rounds'
import { keepDoing } from '~/platform/aside.server'
import { KEPT } from './rounds.policy'

const EVERY_MS = 60 * 60_000
/** Each takes the lines of all its women with it. */
const AT_ONCE = 20

/** A draft is counted from the day it was drawn, also one that was put aside: nothing else is known of it. */
const isOver = sql`case mentoring_rounds.status
	when 'published' then mentoring_rounds.published_at <= now() - make_interval(months => ${KEPT.publishedMonths})
	else mentoring_rounds.drawn_at <= now() - make_interval(days => ${KEPT.draftDays}) end`

/**
 * Takes rounds whose time is over out of the database for good, with all they say about anyone; the matches that came
 * of them stay. Several processes at once share the work. Returns how many.
 */
export const deleteOldRounds = () =>
	db.transaction(async (tx) => {
		const due = await tx
			.select({ id: mentoringRounds.id })
			.from(mentoringRounds)
			.where(isOver)
			.orderBy(mentoringRounds.drawnAt)
			.limit(AT_ONCE)
			.for('update', { skipLocked: true })
		const ids = due.map(({ id }) => id)
		if (ids.length > 0) await tx.delete(mentoringRounds).where(inArray(mentoringRounds.id, ids))
		return ids.length
	})

/** Looks every hour for as long as the process runs. */
export const keepEndingRounds = () => keepDoing('mentoring.rounds', EVERY_MS, () => deleteOldRounds())
