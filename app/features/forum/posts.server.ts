import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '~/db/client.server'
import { posts, postThanks, topics } from '~/db/schema/forum'
import { grants, members } from '~/db/schema/members'
import { VOUCHED_DAYS } from '~/features/members/vouching/vouching.policy'
import { excerptOf } from '~/features/moderation/excerpt'
import { silenceIn } from '~/features/moderation/measures/restraints'
import { type Actor, moderates } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { goTo } from '~/platform/http.server'
import { isUuid, pgArray } from '~/platform/text'
import { type AccessedTopic, accessTopic, notBlocked } from './access.server'
import { foldFor, isPlainFor } from './folding.server'
import { UNDO_MINUTES } from './forum.limits'
import { canWrite } from './forum.policy'
import { plainText } from './markdown.server'
import { readingOf } from './reading.server'
import { saidTo } from './spaces.server'

const POSTS_A_PAGE = 20
/** Enough of a body for an excerpt of it. */
const EXCERPT_SOURCE = 1_200

/** The one role worth showing beside an author's words; a member's other roles are nobody's business here. */
const badge = sql<'mentor' | 'moderator' | null>`(
	select ${grants.role} from ${grants} where ${grants.memberId} = ${posts.authorId} and ${grants.endedAt} is null
	and ${grants.role} in ('moderator', 'mentor') order by ${grants.role} desc limit 1)`

const me = sql`${sql.placeholder('member')}::uuid`
const topicId = sql`${sql.placeholder('topic')}::uuid`
const blocked = sql`${sql.placeholder('blocked')}::uuid[]`
/** Nobody has vouched for its author yet, and the reader may: as a mentor, or known here for a while herself. */
const vouchable = sql<boolean>`coalesce(not ${posts.aliased} and ${members.status} = 'active' and ${members.vouchedAt} is null
	and ${members.id} <> ${me} and exists (select 1 from members reader where reader.id = ${me}
		and (reader.vouched_at <= now() - make_interval(days => ${VOUCHED_DAYS}::int) or exists (
			select 1 from grants g where g.member_id = reader.id and g.role = 'mentor' and g.ended_at is null)))
	and not exists (select 1 from vouches v where v.member_id = ${members.id} and v.by_id = ${me} and v.ended_at is null), false)`
const replied = alias(posts, 'replied')
const repliedBy = alias(members, 'replied_by')

/** Where the page begins: at a post of this topic, or after a number. */
const start = sql`coalesce(
	(select s.seq from posts s where s.id = ${sql.placeholder('from')}::uuid and s.topic_id = ${topicId}),
	${sql.placeholder('after')}::int + 1)`

/** The post that the page before this one begins with; worked out once for the page. */
const previous = sql<string | null>`(select b.id from (
	select p.id, p.seq from posts p
	where p.topic_id = ${topicId} and p.seq < ${start} and p.hidden_at is null
		and (p.aliased or p.author_id is null or p.author_id <> all(${blocked}))
	order by p.seq desc limit ${POSTS_A_PAGE}) b order by b.seq limit 1)`

/** The post that answered the question, as long as she may read it. */
const solution = sql<string | null>`(
	select a.id from posts a where a.id = ${sql.placeholder('answer')}::uuid and a.topic_id = ${topicId}
		and a.hidden_at is null and a.deleted_at is null
		and (a.aliased or a.author_id is null or a.author_id <> all(${blocked})))`

const pageOfPosts = db
	.select({
		id: posts.id,
		seq: posts.seq,
		html: sql<string>`case when ${posts.deletedAt} is null then ${posts.html} else '' end`,
		lang: posts.lang,
		dir: posts.dir,
		createdAt: posts.createdAt,
		editedAt: posts.editedAt,
		deleted: sql<boolean>`${posts.deletedAt} is not null`,
		undoable: sql<boolean>`coalesce(${posts.authorId} = ${me} and ${posts.deletedAt} > now() - make_interval(mins => ${UNDO_MINUTES}), false)`,
		mine: sql<boolean>`coalesce(${posts.authorId} = ${me}, false)`,
		// Under an alias nothing of her leaves the database.
		authorId: sql<string | null>`case when ${posts.aliased} then null else ${posts.authorId} end`,
		author: sql<string | null>`case when ${posts.aliased} then null else ${members.handle} end`,
		aliased: posts.aliased,
		vouchable,
		badge: sql<'mentor' | 'moderator' | null>`case when ${posts.aliased} then null else ${badge} end`,
		note: foldFor(me),
		thanks: posts.thanks,
		thanked: sql<boolean>`exists (select 1 from ${postThanks} where ${postThanks.postId} = ${posts.id} and ${postThanks.memberId} = ${me})`,
		reply: {
			id: replied.id,
			author: sql<string | null>`case when ${replied.aliased} then null else ${repliedBy.handle} end`,
			aliased: replied.aliased,
			// What is folded for its reader is folded here too.
			body: sql<string>`case when ${isPlainFor(me, replied)} then left(${replied.body}, ${EXCERPT_SOURCE}) else '' end`,
			lang: replied.lang,
			dir: replied.dir,
			note: foldFor(me, replied),
		},
		/** Somebody has translated it, or would like to read it in another language. */
		translated: sql<boolean>`(exists (select 1 from translations t where t.post_id = ${posts.id})
			or exists (select 1 from translation_requests r where r.post_id = ${posts.id}))`,
		previous,
		solution,
	})
	.from(posts)
	.leftJoin(members, eq(members.id, posts.authorId))
	.leftJoin(
		replied,
		and(
			eq(replied.id, posts.replyTo),
			eq(replied.topicId, posts.topicId),
			isNull(replied.hiddenAt),
			isNull(replied.deletedAt),
			isNull(posts.deletedAt),
			sql`(${replied.aliased} or ${replied.authorId} is null or ${replied.authorId} <> all(${blocked}))`,
		),
	)
	.leftJoin(repliedBy, eq(repliedBy.id, replied.authorId))
	.where(
		and(
			sql`${posts.topicId} = ${topicId}`,
			isNull(posts.hiddenAt),
			sql`${posts.seq} >= ${start}`,
			sql`(${posts.aliased} or ${posts.authorId} is null or ${posts.authorId} <> all(${blocked}))`,
		),
	)
	.orderBy(asc(posts.seq))
	// As a parameter: with the number in the text Postgres would plan this anew for each page (docs/decisions/032).
	.limit(POSTS_A_PAGE + 1)
	.prepare('page_of_posts')

type Row = Awaited<ReturnType<typeof pageOfPosts.execute>>[number]

/** What a page is given of a post: its number stays here, because numbers have gaps where something is left out. */
function present(
	{ seq, authorId, reply, translated: _t, previous: _p, solution: _s, ...post }: Row,
	topic: string,
) {
	return {
		...post,
		question: seq === 1,
		/** What her picture is drawn from: her id, unless it stands under an alias or she has left. */
		seed: post.aliased ? topic : (authorId ?? post.id),
		reply: reply?.id ? excerptFor({ ...reply, id: reply.id }) : null,
	}
}

const excerptFor = ({ body, ...reply }: NonNullable<Row['reply']> & { id: string }) => ({
	...reply,
	excerpt: excerptOf(plainText(body)),
})

export type ShownPost = ReturnType<typeof present>

/** What a page may know of a topic: not who asked it, which under an alias is nobody's business. */
function presentTopic(
	{ authorId, postSeq: _seq, mergedInto: _into, ...topic }: AccessedTopic['topic'],
	actor: Actor,
) {
	return { ...topic, mine: authorId === actor.id }
}

export type ShownTopic = ReturnType<typeof presentTopic>

/** Where a topic is now, when the address names another place. */
function placeNow({ topic }: AccessedTopic, space: string): string | undefined {
	if (topic.mergedInto) return `/forum/${topic.spaceId}/${topic.mergedInto}`
	return topic.spaceId === space ? undefined : `/forum/${topic.spaceId}/${topic.id}`
}

/** Where a page begins: a post's id, or a number that the page's own addresses used before. */
const readFrom = (from: string | null) =>
	isUuid(from ?? undefined)
		? { from, after: 0 }
		: { from: null, after: /^\d{1,9}$/.test(from ?? '') ? Number(from) : 0 }

/**
 * A topic with one page of its posts in the order they were written. `from` is the post it begins with. Throws
 * `not-found`, and leads on where a moderator moved or merged it.
 */
export const readTopic = async (
	actor: Actor,
	locale: string,
	ids: { space: string; topic: string },
	from: string | null,
) =>
	readPosts(actor, locale, { found: await accessTopic(actor, ids.space, ids.topic), space: ids.space, from })

/** The same once it is known that she may read it; `translated`: which of the posts have something in other languages. */
export async function readPosts(
	actor: Actor,
	locale: string,
	asked: { found: AccessedTopic; space: string; from: string | null },
) {
	const { found, from } = asked
	const moved = placeNow(found, asked.space)
	if (moved) throw goTo(from ? `${moved}?from=${encodeURIComponent(from)}` : moved)
	const { space, topic } = found
	const rows = await pageOfPosts.execute({
		topic: topic.id,
		member: actor.id,
		blocked: pgArray(actor.blocked),
		answer: topic.answeredBy,
		// A topic that fits one page is always shown whole, whichever post the address leads to.
		...readFrom(topic.postSeq > POSTS_A_PAGE ? from : null),
	})
	const shown = rows.slice(0, POSTS_A_PAGE)
	return {
		space: { id: space.id, name: saidTo(actor, locale, space.names) },
		topic: { ...presentTopic(topic, actor), answeredBy: rows[0]?.solution ?? null },
		reading: readingOf(found, shown),
		posts: shown.map((row) => present(row, topic.id)),
		translated: shown.filter(({ translated }) => translated).map(({ id }) => ({ id })),
		previous: rows[0]?.previous ?? undefined,
		next: rows[POSTS_A_PAGE]?.id,
		mayWrite: canWrite(actor, space.id) && topic.lockedAt === null,
		silence: silenceIn(actor, space.id),
		moderates: moderates(actor, space.id),
	}
}

/** The address of a post: a page that begins with it. */
export const postPath = (spaceId: string, post: { id: string; topicId: string }) =>
	`/forum/${spaceId}/${post.topicId}?from=${post.id}#p-${post.id}`

/** One post of a topic she may read, with what the buttons under it need. Throws `not-found`. */
export async function accessPost(actor: Actor, ids: { space: string; topic: string; post: string }) {
	const found = await accessTopic(actor, ids.space, ids.topic)
	if (!isUuid(ids.post)) throw new AppError('not-found')
	const [post] = await db
		.select({
			id: posts.id,
			seq: posts.seq,
			authorId: posts.authorId,
			aliased: posts.aliased,
			title: topics.title,
			body: posts.body,
			lang: posts.lang,
			langSource: posts.langSource,
			note: posts.note,
			version: posts.version,
			editedAt: posts.editedAt,
		})
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.where(
			and(
				eq(posts.id, ids.post),
				eq(posts.topicId, found.topic.id),
				isNull(posts.hiddenAt),
				isNull(posts.deletedAt),
				notBlocked(actor, 'posts'),
			),
		)
	if (!post) throw new AppError('not-found')
	return { ...found, post }
}

export type AccessedPost = Awaited<ReturnType<typeof accessPost>>
