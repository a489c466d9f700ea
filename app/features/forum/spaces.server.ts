import { asc, eq, sql } from 'drizzle-orm'
import { type Db, db } from '~/db/client.server'
import { spaces, type Translated } from '~/db/schema/forum'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'

/** A text of ours in the reader's language, English where it has not been translated yet. */
export const inLocale = (texts: Translated, locale: string) => texts[locale] ?? texts.en

// Written out: in a query over one table drizzle leaves table names away, and `id` would then mean the topic's.
const lastActivity = sql<string | null>`(
	select max(t.last_post_at) from topics t where t.space_id = spaces.id and t.hidden_at is null)`
const topicCount = sql<number>`(
	select count(*)::int from topics t where t.space_id = spaces.id and t.hidden_at is null)`

/** The spaces she may enter, in their order, named in her language. */
export async function listSpaces(_actor: Actor, locale: string) {
	const rows = await db
		.select({
			id: spaces.id,
			icon: spaces.icon,
			names: spaces.names,
			descriptions: spaces.descriptions,
			topics: topicCount,
			lastActivity,
		})
		.from(spaces)
		.orderBy(asc(spaces.position))
	return rows.map(({ names, descriptions, lastActivity: last, ...space }) => ({
		...space,
		name: inLocale(names, locale),
		description: inLocale(descriptions, locale),
		lastActivityAt: last === null ? null : new Date(last),
	}))
}

const findSpace = db
	.select()
	.from(spaces)
	.where(eq(spaces.id, sql.placeholder('id')))
	.prepare('find_space')

/** One space, if it exists and she may enter it. Throws `not-found` for both. */
export async function accessSpace(_db: Db, _actor: Actor, id: string) {
	const [space] = isUuid(id) ? await findSpace.execute({ id }) : []
	if (!space) throw new AppError('not-found')
	return space
}
