import { and, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { mentoringFeedback } from '~/db/schema/together'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { GiveFeedback } from './match.schema'
import { accessMatch } from './match-access.server'

/** What she said of a mentoring that is over; the other one's answer is shown to nobody. */
export async function readFeedback(matchId: string, actor: Pick<Actor, 'id'>) {
	const [given] = await db
		.select({ mood: mentoringFeedback.mood })
		.from(mentoringFeedback)
		.where(and(eq(mentoringFeedback.matchId, matchId), eq(mentoringFeedback.memberId, actor.id)))
	return given?.mood ?? null
}

/** Says how it was, by a picture; said again, the last one counts. Throws `not-found`, `conflict` while it goes on. */
export const giveFeedback = command({
	input: GiveFeedback,
	limit: 'mentoring.page',
	async run({ actor, input, tx }) {
		const match = await accessMatch(tx, actor, input.match)
		if (match.status !== 'ended') throw new AppError('conflict', { details: { reason: match.status } })
		await tx
			.insert(mentoringFeedback)
			.values({ matchId: match.id, memberId: actor.id, mood: input.mood })
			.onConflictDoUpdate({
				target: [mentoringFeedback.matchId, mentoringFeedback.memberId],
				set: { mood: input.mood, at: sql`now()` },
			})
	},
})
