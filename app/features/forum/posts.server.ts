import { and, asc, desc, eq, gt, isNull, lte, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { grants, members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf, pgArray } from '~/platform/text'
import { type AccessedTopic, accessTopic } from './access.server'
import { canWrite } from './forum.policy'
import { NewPost } from './forum.schema'
import { renderBody } from './markdown.server'
import { inLocale } from './spaces.server'

const POSTS_A_PAGE = 20

/** The one role worth showing beside an author's words; a member's other roles are nobody's business here. */
const badge = sql<'mentor' | 'moderator' | null>`(
	select ${grants.role} from ${grants} where ${grants.memberId} = ${posts.authorId} and ${grants.endedAt} is null
	and ${grants.role} in ('moderator', 'mentor') order by ${grants.role} desc limit 1)`

const pageOfPosts = db
	.select({
		id: posts.id,
		seq: posts.seq,
		html: posts.html,
		lang: posts.lang,
		dir: posts.dir,
		createdAt: posts.createdAt,
		deleted: sql<boolean>`${posts.deletedAt} is not null`,
		// Under an alias nothing of her leaves the database.
		authorId: sql<string | null>`case when ${posts.aliased} then null else ${posts.authorId} end`,
		author: sql<string | null>`case when ${posts.aliased} then null else ${members.handle} end`,
		aliased: posts.aliased,
		badge: sql<'mentor' | 'moderator' | null>`case when ${posts.aliased} then null else ${badge} end`,
	})
	.from(posts)
	.leftJoin(members, eq(members.id, posts.authorId))
	.where(
		and(
			eq(posts.topicId, sql.placeholder('topic')),
			isNull(posts.hiddenAt),
			gt(posts.seq, sql.placeholder('after')),
			sql`(${posts.aliased} or ${posts.authorId} is null or ${posts.authorId} <> all(${sql.placeholder('blocked')}::uuid[]))`,
		),
	)
	.orderBy(asc(posts.seq))
	.limit(POSTS_A_PAGE + 1)
	.prepare('page_of_posts')

/** The seq that the page before this one starts after; undefined on the first page. */
async function pageBefore(topicId: string, after: number): Promise<number | undefined> {
	if (after <= 0) return undefined
	const rows = await db
		.select({ seq: posts.seq })
		.from(posts)
		.where(and(eq(posts.topicId, topicId), isNull(posts.hiddenAt), lte(posts.seq, after)))
		.orderBy(desc(posts.seq))
		.limit(POSTS_A_PAGE)
	return Math.max(0, (rows.at(-1)?.seq ?? 1) - 1)
}

const readAfter = (text: string | null) => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : 0)

/** What a page may know of a topic: not who asked it, which under an alias is nobody's business. */
function present({ authorId: _authorId, postSeq: _postSeq, ...topic }: AccessedTopic['topic']) {
	return topic
}

/** A topic with one page of its posts in the order they were written. Throws `not-found`. */
export async function readTopic(
	actor: Actor,
	locale: string,
	ids: { space: string; topic: string },
	from: string | null,
) {
	const { space, topic } = await accessTopic(actor, ids.space, ids.topic)
	const after = readAfter(from)
	const rows = await pageOfPosts.execute({ topic: topic.id, after, blocked: pgArray(actor.blocked) })
	const shown = rows.slice(0, POSTS_A_PAGE)
	return {
		space: { id: space.id, name: inLocale(space.names, locale) },
		topic: present(topic),
		posts: shown,
		previous: await pageBefore(topic.id, after),
		next: rows.length > POSTS_A_PAGE ? shown.at(-1)!.seq : undefined,
		mayWrite: canWrite(actor),
	}
}

async function writtenBefore(tx: Tx, actor: Actor, key: string) {
	const [before] = await tx
		.select({ id: posts.id, seq: posts.seq, topicId: posts.topicId })
		.from(posts)
		.where(and(eq(posts.authorId, actor.id), eq(posts.key, key)))
	return before
}

/** Makes the writers of one topic take turns, and sees what a moderator did since the page was read. */
async function lockTopic(tx: Tx, topicId: string) {
	const seen = and(eq(topics.id, topicId), isNull(topics.hiddenAt))
	const [locked] = await tx.select({ id: topics.id }).from(topics).where(seen).for('update')
	if (!locked) throw new AppError('not-found')
}

/** Answers in a topic. The same form sent again gives the same post; the topic's row lock gives posts their order. */
export const answer = command({
	input: NewPost,
	limit: 'forum.post',
	async run({ actor, input, tx }) {
		const { topic } = await accessTopic(actor, input.space, input.topic)
		if (!canWrite(actor)) throw new AppError('forbidden')
		await lockTopic(tx, topic.id)
		const before = await writtenBefore(tx, actor, input.key)
		if (before) return before
		const [counted] = await tx
			.update(topics)
			.set({
				postSeq: sql`${topics.postSeq} + 1`,
				visiblePosts: sql`${topics.visiblePosts} + 1`,
				lastPostAt: sql`now()`,
			})
			.where(eq(topics.id, topic.id))
			.returning({ seq: topics.postSeq })
		const { key, body, language: lang } = input
		const [post] = await tx
			.insert(posts)
			.values({
				topicId: topic.id,
				seq: counted!.seq,
				authorId: actor.id,
				key,
				body,
				html: renderBody(body),
				lang,
				dir: directionOf(body, dirOf(lang)),
				langSource: 'declared',
			})
			.returning({ id: posts.id, seq: posts.seq, topicId: posts.topicId })
		return post!
	},
})

/** The address of a post: its page, and its place on it. */
export const postPath = (spaceId: string, post: { topicId: string; seq: number }) => {
	const after = Math.max(0, post.seq - (((post.seq - 1) % POSTS_A_PAGE) + 1))
	return `/forum/${spaceId}/${post.topicId}${after > 0 ? `?after=${after}` : ''}#p${post.seq}`
}

const findLastLanguage = db
	.select({ lang: posts.lang })
	.from(posts)
	.where(eq(posts.authorId, sql.placeholder('author')))
	.orderBy(desc(posts.createdAt))
	.limit(1)
	.prepare('find_last_language')

/** The language she last wrote a post in: the form starts with it. */
export async function lastLanguage(actor: Actor): Promise<string | undefined> {
	const [last] = await findLastLanguage.execute({ author: actor.id })
	return last?.lang
}
