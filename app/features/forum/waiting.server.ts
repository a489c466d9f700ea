import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { posts, postVersions, topics } from '~/db/schema/forum'
import { translations } from '~/db/schema/translation'
import type { Actor } from '~/platform/actor'
import { calledBy, mentionsIn } from './mentions.server'
import { tellMentioned, tellNewPost, tellNewTopic } from './telling.server'

/** Where she finds what of hers waits for a moderator. */
export const WAITING_PATH = '/forum/waiting'

const WAITING_SHOWN = 50

const ofHers = (actor: Actor) =>
	and(eq(posts.authorId, actor.id), isNotNull(posts.heldAt), isNull(posts.deletedAt))

/** A translation that a rule, or her being new, keeps back: it is hidden, and the case about it is open. */
const isTranslationWaiting = sql`${translations.hiddenAt} is not null and exists (
	select 1 from cases c where c.subject_kind = 'translation' and c.subject_id = ${translations.id}
		and c.status = 'open' and c.origin in ('rule', 'first'))`

/** How many posts of hers wait, as a query to be part of another; its parameter is `member`. */
export const countOfWaiting = sql`select count(*)::int as count from posts
	where posts.author_id = ${sql.placeholder('member')}::uuid and posts.held_at is not null and posts.deleted_at is null`

/** Her own words that a moderator looks at before anyone else, the newest first. */
export async function readWaiting(actor: Actor) {
	const [written, translated] = await Promise.all([
		db
			.select({
				id: posts.id,
				title: sql<string | null>`case when ${posts.seq} = 1 then ${topics.title} end`,
				body: posts.body,
				lang: posts.lang,
				dir: posts.dir,
				at: posts.createdAt,
			})
			.from(posts)
			.innerJoin(topics, eq(topics.id, posts.topicId))
			.where(ofHers(actor))
			.orderBy(desc(posts.createdAt))
			.limit(WAITING_SHOWN),
		db
			.select({
				id: translations.id,
				title: translations.title,
				body: translations.body,
				lang: translations.lang,
				dir: translations.dir,
				at: translations.publishedAt,
			})
			.from(translations)
			.where(and(eq(translations.authorId, actor.id), isTranslationWaiting))
			.limit(WAITING_SHOWN),
	])
	return [...written, ...translated].toSorted((a, b) => b.at.getTime() - a.at.getTime())
}

export type WaitingText = Awaited<ReturnType<typeof readWaiting>>[number]

/** Nobody hears of it while it waits: they do when it is shown. */
export const keepSilent = (tx: Tx, id: string) =>
	tx.update(posts).set({ announced: false }).where(eq(posts.id, id))

/** A post that nobody else sees, whose author is here. */
async function findUnseen(tx: Tx, id: string) {
	const [post] = await tx
		.select({
			id: posts.id,
			seq: posts.seq,
			topicId: posts.topicId,
			authorId: posts.authorId,
			aliased: posts.aliased,
			body: posts.body,
			held: sql<boolean>`${posts.heldAt} is not null`,
			announced: posts.announced,
			spaceId: topics.spaceId,
		})
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.where(and(eq(posts.id, id), isNotNull(posts.hiddenAt)))
	return post?.authorId ? { ...post, authorId: post.authorId } : undefined
}

type Unseen = NonNullable<Awaited<ReturnType<typeof findUnseen>>>

/** Whom these words of hers call. Blocks are asked where they are told of it. */
const calledIn = async (tx: Tx, post: Unseen, body: string) =>
	calledBy(
		post,
		await mentionsIn(tx, { actor: { id: post.authorId, blocked: [] }, aliased: post.aliased }, body),
	)

/** Only its edit waited: those whom it did not name before. */
async function tellNewlyNamed(tx: Tx, post: Unseen) {
	const [before] = await tx
		.select({ body: postVersions.body })
		.from(postVersions)
		.where(eq(postVersions.postId, post.id))
		.orderBy(desc(postVersions.version))
		.limit(1)
	if (!before) return
	const told = await calledIn(tx, post, before.body)
	const named = (await calledIn(tx, post, post.body)).filter((id) => !told.includes(id))
	await tellMentioned(tx, post, named)
}

/** It has waited from the beginning: those who follow, and those it names. */
async function announce(tx: Tx, post: Unseen) {
	const named = await calledIn(tx, post, post.body)
	await tx.update(posts).set({ announced: true }).where(eq(posts.id, post.id))
	if (post.seq === 1) await tellNewTopic(tx, { ...post, id: post.topicId })
	await tellMentioned(tx, post, named)
	if (post.seq > 1) await tellNewPost(tx, post, named)
}

/** Tells of something that waited, once it is there; to be asked before it is shown. */
export async function tellOnceShown(tx: Tx, id: string): Promise<() => Promise<void>> {
	const post = await findUnseen(tx, id)
	return async () => {
		if (!post) return
		if (!post.announced) await announce(tx, post)
		else if (post.held) await tellNewlyNamed(tx, post)
	}
}
