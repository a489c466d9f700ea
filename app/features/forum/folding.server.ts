import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { posts } from '~/db/schema/forum'
import { isMutedBy } from '~/features/members/mutes.server'
import type { Fold } from './forum.limits'

interface MayBeMuted {
	authorId: PgColumn
	aliased: PgColumn
}

/** Behind what a post is folded for its reader; null where it can be read as it is. What its author says comes first. */
export const foldOf = (post: { note: PgColumn; foldedAt: PgColumn } = posts) =>
	sql<Fold | null>`case when ${post.note} is null and ${post.foldedAt} is not null then 'moderated' else ${post.note} end`

/** Whether a post can be read without opening it first. */
export const isPlain = (post: { note: PgColumn; foldedAt: PgColumn } = posts) =>
	sql<boolean>`(${post.note} is null and ${post.foldedAt} is null)`

/** The reader has muted who wrote it under her handle: an alias must not be told by what is folded. */
const isMuted = (post: MayBeMuted, reader: SQL) =>
	sql`(not ${post.aliased} and ${isMutedBy(reader, sql`${post.authorId}`)})`

/** Behind what a post is folded for this reader, whose own wish for quiet comes before all else. */
export const foldFor = (reader: SQL, post: MayBeMuted & Parameters<typeof foldOf>[0] = posts) =>
	sql<Fold | null>`case when ${isMuted(post, reader)} then 'muted' else ${foldOf(post)} end`

/** Whether this reader can read a post without opening it first. */
export const isPlainFor = (reader: SQL, post: MayBeMuted & Parameters<typeof foldOf>[0] = posts) =>
	sql<boolean>`(${isPlain(post)} and not ${isMuted(post, reader)})`
