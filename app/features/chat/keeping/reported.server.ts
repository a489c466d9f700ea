import { sql } from 'drizzle-orm'

/**
 * It or what says it in another language waits for a decision of the moderators: evidence must not vanish. Of a message
 * named `m`.
 */
export const underReport = sql`exists (select 1 from cases c where c.status = 'open' and c.subject_kind = 'message' and (
	c.subject_id = m.id or c.subject_id in (select t.id from messages t where t.translation_of = m.id)))`
