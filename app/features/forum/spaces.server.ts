import { asc, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { spaces, type Translated } from '~/db/schema/forum'
import type { Actor } from '~/platform/actor'
import { mayEnter } from './access.server'

/** A text of ours in the reader's language, English where it has not been translated yet. */
export const inLocale = (texts: Translated, locale: string) => texts[locale] ?? texts.en

// Written out: in a query over one table drizzle leaves table names away, and `id` would then mean the topic's.
const lastActivity = sql<string | null>`(
	select max(t.last_post_at) from topics t where t.space_id = spaces.id and t.hidden_at is null and t.merged_into is null)`
const topicCount = sql<number>`(
	select count(*)::int from topics t where t.space_id = spaces.id and t.hidden_at is null and t.merged_into is null)`

/** The spaces she may enter, in their order, named in her language. */
export async function listSpaces(actor: Actor, locale: string) {
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
		.where(mayEnter(actor))
		.orderBy(asc(spaces.position))
	return rows.map(({ names, descriptions, lastActivity: last, ...space }) => ({
		...space,
		name: inLocale(names, locale),
		description: inLocale(descriptions, locale),
		lastActivityAt: last === null ? null : new Date(last),
	}))
}

/** Every space by name, for those who look after people and settings; says nothing of what is in them. */
export async function allSpaces(locale: string) {
	const rows = await db
		.select({ id: spaces.id, names: spaces.names })
		.from(spaces)
		.orderBy(asc(spaces.position))
	return rows.map(({ id, names }) => ({ id, name: inLocale(names, locale) }))
}
