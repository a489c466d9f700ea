import { type SQL, sql } from 'drizzle-orm'
import { type Db, db } from '~/db/client.server'
import type { Actor } from '~/platform/actor'
import { aside } from '~/platform/aside.server'
import { pgArray } from '~/platform/text'

/** Said in a burst, it is one attempt. */
const ATTEMPT_SECONDS = 60

/**
 * Counts that a woman who is kept apart from these tried to reach them, at most once a minute for each pair: one
 * statement, to be part of a larger one where it can be. Where no order holds nothing is written, and it takes the same.
 */
export const attemptAt = (actorId: string, others: SQL) => sql`
	update restrictions set attempts = attempts + 1, last_attempt_at = now()
	where kind = 'apart' and ended_at is null and member_id = ${actorId} and other_id in (${others})
		and (last_attempt_at is null or last_attempt_at < now() - make_interval(secs => ${ATTEMPT_SECONDS}))`

/** The same for those of whom it is known who they are. */
export const countAttempt = (tx: Pick<Db, 'execute'>, actorId: string, others: readonly string[]) =>
	tx.execute(attemptAt(actorId, sql`select unnest(${pgArray(others)}::uuid[])`))

/**
 * The same where she is refused and her transaction is given up with it: beside it, and nobody waits for it, so that her
 * answer takes as long as any other.
 */
export function countRefused(actor: Pick<Actor, 'id' | 'blocked'>, other: string) {
	if (!actor.blocked.includes(other)) return
	aside('moderation.attempts', () => countAttempt(db, actor.id, [other]))
}
