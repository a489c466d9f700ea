import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { mentoringGoals, mentoringNotes } from '~/db/schema/together'

/** What becomes of the words of a woman who leaves, as she has said (members/leaving.server.ts). */
export type LeftWords = 'keep' | 'remove'

/** Her steps and goals go; of a goal that the other one has taken steps to the shell stays, for these steps. */
async function removeGoals(tx: Tx, memberId: string) {
	const hers = eq(mentoringGoals.authorId, memberId)
	const nobodyElses = sql`not exists (select 1 from mentoring_goals step
		where step.goal_id = mentoring_goals.id and step.author_id is distinct from ${memberId}::uuid)`
	await tx.delete(mentoringGoals).where(and(hers, nobodyElses))
	await tx.update(mentoringGoals).set({ body: '' }).where(hers)
}

/**
 * What a mentor wrote on pages that stay the mentee's, by the forum's rule: left, it stands there as a former member's,
 * with no link to her; taken away, it is gone. Her notes for herself go in either case: nobody else has ever read them.
 */
export async function leaveSharedWords(tx: Tx, memberId: string, words: LeftWords) {
	const goes = words === 'keep' ? eq(mentoringNotes.shared, false) : undefined
	await tx.delete(mentoringNotes).where(and(eq(mentoringNotes.authorId, memberId), goes))
	if (words === 'remove') await removeGoals(tx, memberId)
}
