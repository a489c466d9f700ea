import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'

/**
 * Writes down anew in which languages a question can be read: its own, and those of its translations that are shown.
 * To be called in the transaction that changes one of them.
 */
export async function refreshLanguages(tx: Tx, topicId: string) {
	await tx.execute(sql`update topics set langs = array[topics.lang] || array(
		select distinct t.lang from posts p join translations t on t.post_id = p.id
		where p.topic_id = topics.id and p.seq = 1 and t.hidden_at is null and t.lang <> topics.lang order by t.lang)
		where topics.id = ${topicId}::uuid`)
}
