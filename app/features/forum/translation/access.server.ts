import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { posts, spaces, topics } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { translations } from '~/db/schema/translation'
import { mayEnter } from '~/features/members/entrance.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isUuid, pgArray } from '~/platform/text'
import { notBlocked } from '../access.server'
import { foldOf } from '../folding.server'

/** Posts with words that she may read: a condition over `posts`, `topics` and `spaces`. */
export const readable = (actor: Actor): SQL =>
	and(
		isNull(posts.hiddenAt),
		isNull(posts.deletedAt),
		isNull(topics.hiddenAt),
		mayEnter(actor),
		notBlocked(actor, 'topics'),
		notBlocked(actor, 'posts'),
	)!

/** Translations that are shown to her: a condition over `translations`. */
export const shownTo = (actor: Actor): SQL =>
	sql`(translations.hidden_at is null and (translations.author_id is null
		or translations.author_id <> all(${pgArray(actor.blocked)}::uuid[])))`

const fields = {
	id: posts.id,
	seq: posts.seq,
	topicId: posts.topicId,
	spaceId: topics.spaceId,
	title: sql<string | null>`case when ${posts.seq} = 1 then ${topics.title} end`,
	body: posts.body,
	html: posts.html,
	lang: posts.lang,
	dir: posts.dir,
	note: foldOf(),
	aliased: posts.aliased,
	authorId: posts.authorId,
	meaningVersion: posts.meaningVersion,
	access: spaces.access,
	topicAliased: sql<boolean>`${topics.alias} is not null`,
}

/** One post with words that she may read. Throws `not-found`, also where it was deleted. For the server only. */
export async function accessPost(tx: Db, actor: Actor, id: string) {
	if (!isUuid(id)) throw new AppError('not-found')
	const [post] = await tx
		.select(fields)
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.innerJoin(spaces, eq(spaces.id, topics.spaceId))
		.where(and(eq(posts.id, id), readable(actor)))
	if (!post) throw new AppError('not-found')
	return post
}

export type AccessedPost = Awaited<ReturnType<typeof accessPost>>

/** One translation that is shown to her, with the post it is of. Throws `not-found`. For the server only. */
export async function accessTranslation(tx: Db, actor: Actor, id: string) {
	if (!isUuid(id)) throw new AppError('not-found')
	const [found] = await tx
		.select({
			post: fields,
			translation: {
				id: translations.id,
				lang: translations.lang,
				dir: translations.dir,
				title: translations.title,
				html: translations.html,
				authorId: translations.authorId,
				author: members.handle,
				outdated: sql<boolean>`${translations.ofVersion} < ${posts.meaningVersion}`,
				thanks: translations.thanks,
				thanked: sql<boolean>`exists (select 1 from translation_thanks tt
					where tt.translation_id = translations.id and tt.member_id = ${actor.id}::uuid)`,
				publishedAt: translations.publishedAt,
			},
		})
		.from(translations)
		.innerJoin(posts, eq(posts.id, translations.postId))
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.innerJoin(spaces, eq(spaces.id, topics.spaceId))
		.leftJoin(members, eq(members.id, translations.authorId))
		.where(and(eq(translations.id, id), readable(actor), shownTo(actor)))
	if (!found) throw new AppError('not-found')
	return found
}
