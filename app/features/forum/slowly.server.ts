import { and, eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import type { posts, spaces, topics } from '~/db/schema/forum'
import { beginsSlowly, countFirstPost } from '~/features/members/vouching/beginning.server'
import { isSlowed } from '~/features/moderation/measures/restraints'
import { slowPost } from '~/features/moderation/measures/slowing.server'
import type { Actor } from '~/platform/actor'

/**
 * Counts what she writes while she writes slowly: by a decision, or because she is new and everyone reads along. The same
 * form sent again is the same post, and counts once.
 */
export async function slowly(
	actor: Actor,
	{ access }: Pick<typeof spaces.$inferSelect, 'access'>,
	table: typeof posts | typeof topics,
	key: string,
) {
	const isNew = access === 'everyone' && beginsSlowly(actor)
	if (!isSlowed(actor) && !isNew) return
	if ((await db.$count(table, and(eq(table.authorId, actor.id), eq(table.key, key)))) > 0) return
	await slowPost(actor)
	if (isNew) await countFirstPost(actor)
}
