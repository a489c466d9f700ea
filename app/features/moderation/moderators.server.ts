import { type SQL, sql } from 'drizzle-orm'

/**
 * The grants by which somebody moderates now, as the rows of a query (`moderating`, with her account as `moderator`): who
 * lost the role or is shut out counts no more, whatever she was given.
 */
export const activeModerators = sql`grants moderating join members moderator on moderator.id = moderating.member_id
	and moderator.status = 'active' and moderating.role = 'moderator' and moderating.ended_at is null`

/** Whether a member moderates anything now. */
export const moderatesNow = (member: SQL) =>
	sql<boolean>`exists (select 1 from ${activeModerators} where moderating.member_id = ${member})`
