import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Db, Tx } from '~/db/client.server'
import { posts, postThanks, postVersions, spaceMembers, topicEvents, topics } from '~/db/schema/forum'
import { drafts, spaceFollowers, topicReaders } from '~/db/schema/reading'
import {
	translationClaims,
	translationRequests,
	translations,
	translationThanks,
} from '~/db/schema/translation'
import type { Belongings, Part } from '~/features/members/belongings'
import { recountWhere } from './counting.server'
import { UNDO_MINUTES } from './forum.limits'

/**
 * Not of hers any more since she deleted it and the time to take that back is over: also where it is kept a while for
 * moderators, or her copy would tell her that somebody reported it.
 */
const notGone = sql`(posts.deleted_at is null or posts.deleted_at > now() - make_interval(mins => ${UNDO_MINUTES}))`

async function written(db: Db, memberId: string): Promise<Part[]> {
	const said = await db
		.select({
			at: posts.createdAt,
			title: sql<
				string | undefined
			>`case when ${posts.seq} = 1 and ${topics.authorId} = ${posts.authorId} then ${topics.title} end`,
			text: posts.body,
			lang: posts.lang,
			dir: posts.dir,
		})
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.where(and(eq(posts.authorId, memberId), notGone))
		.orderBy(asc(posts.createdAt))
	const before = await db
		.select({
			at: postVersions.until,
			title: postVersions.title,
			text: postVersions.body,
			lang: postVersions.lang,
			dir: posts.dir,
		})
		.from(postVersions)
		.innerJoin(posts, eq(posts.id, postVersions.postId))
		.where(and(eq(posts.authorId, memberId), notGone))
		.orderBy(asc(postVersions.until))
	const begun = await db
		.select({ at: drafts.savedAt, title: drafts.title, text: drafts.body, lang: drafts.lang })
		.from(drafts)
		.where(eq(drafts.memberId, memberId))
		.orderBy(asc(drafts.savedAt))
	const translated = await db
		.select({
			at: translations.publishedAt,
			title: translations.title,
			text: translations.body,
			lang: translations.lang,
			dir: translations.dir,
		})
		.from(translations)
		.innerJoin(posts, eq(posts.id, translations.postId))
		.where(and(eq(translations.authorId, memberId), notGone))
		.orderBy(asc(translations.publishedAt))
	const titled = <Row extends { title?: string | null }>(rows: Row[]) =>
		rows.map((row) => ({ ...row, title: row.title || undefined }))
	return [
		{ name: 'posts', texts: titled(said) },
		{ name: 'earlier', texts: titled(before) },
		{ name: 'drafts', texts: titled(begun) },
		{ name: 'translations', texts: titled(translated) },
	]
}

/** What is kept of her going about the forum; ids lead to pages that she can open. */
async function traces(db: Db, memberId: string): Promise<Part> {
	const asked = await db
		.select({
			question: topics.id,
			askedAt: topics.createdAt,
			alias: topics.alias,
			answeredAt: topics.answeredAt,
		})
		.from(topics)
		.where(eq(topics.authorId, memberId))
	const read = await db
		.select({
			topic: topicReaders.topicId,
			readTo: topicReaders.readSeq,
			readAt: topicReaders.readAt,
			follows: topicReaders.follows,
		})
		.from(topicReaders)
		.where(eq(topicReaders.memberId, memberId))
	const followed = await db
		.select({ followedSpace: spaceFollowers.spaceId, at: spaceFollowers.at })
		.from(spaceFollowers)
		.where(eq(spaceFollowers.memberId, memberId))
	const invited = await db
		.select({
			invitedTo: spaceMembers.spaceId,
			invitedAt: spaceMembers.invitedAt,
			acceptedAt: spaceMembers.acceptedAt,
		})
		.from(spaceMembers)
		.where(eq(spaceMembers.memberId, memberId))
	const thanked = await db
		.select({ thankedPost: postThanks.postId, at: postThanks.at })
		.from(postThanks)
		.where(eq(postThanks.memberId, memberId))
	const thankedFor = await db
		.select({ thankedTranslation: translationThanks.translationId, at: translationThanks.at })
		.from(translationThanks)
		.where(eq(translationThanks.memberId, memberId))
	const wished = await db
		.select({
			translationWishedOf: translationRequests.postId,
			into: translationRequests.lang,
			at: translationRequests.at,
		})
		.from(translationRequests)
		.where(eq(translationRequests.memberId, memberId))
	const claimed = await db
		.select({
			translating: translationClaims.postId,
			into: translationClaims.lang,
			at: translationClaims.claimedAt,
		})
		.from(translationClaims)
		.where(eq(translationClaims.memberId, memberId))
	const moderated = await db
		.select({ did: topicEvents.kind, topic: topicEvents.topicId, at: topicEvents.at })
		.from(topicEvents)
		.where(eq(topicEvents.actorId, memberId))
	const facts = [
		...asked,
		...read,
		...followed,
		...invited,
		...thanked,
		...thankedFor,
		...wished,
		...claimed,
		...moderated,
	]
	return { name: 'forum', facts }
}

/** Questions of hers that nobody else wrote under go whole; of the others the shell stays, for the answers. */
async function removeWords(tx: Tx, memberId: string) {
	const wroteIn = sql`${topics.id} in (select p.topic_id from posts p where p.author_id = ${memberId}::uuid)`
	await tx.select({ id: topics.id }).from(topics).where(wroteIn).orderBy(asc(topics.id)).for('update')
	// What others have begun to make of her words, and what they have published.
	await tx.execute(sql`delete from drafts where split_part(drafts.place, ':', 1) = 'translation'
		and split_part(drafts.place, ':', 2) in (select p.id::text from posts p where p.author_id = ${memberId}::uuid)`)
	const hers = tx.select({ id: posts.id }).from(posts).where(eq(posts.authorId, memberId))
	await tx.delete(translations).where(inArray(translations.postId, hers))
	await tx.delete(translations).where(eq(translations.authorId, memberId))
	await tx
		.delete(topics)
		.where(
			and(
				eq(topics.authorId, memberId),
				sql`not exists (select 1 from posts p where p.topic_id = topics.id and p.author_id is distinct from ${memberId}::uuid)`,
			),
		)
	await tx.update(topics).set({ title: '' }).where(eq(topics.authorId, memberId))
	await tx
		.update(posts)
		.set({ body: '', html: '', note: null, deletedAt: sql`coalesce(deleted_at, now())` })
		.where(eq(posts.authorId, memberId))
	await recountWhere(tx, wroteIn)
}

/** What she wrote and left in the forum. */
export const forumBelongings: Belongings = {
	tables: [
		'topics',
		'posts',
		'drafts',
		'translations',
		'topic_readers',
		'space_followers',
		'space_members',
		'post_thanks',
		'translation_thanks',
		'translation_requests',
		'translation_claims',
		'topic_events',
	],
	async collect(db, memberId) {
		return [...(await written(db, memberId)), await traces(db, memberId)]
	},
	async leave(tx, memberId, words) {
		const hers = tx.select({ id: posts.id }).from(posts).where(eq(posts.authorId, memberId))
		await tx.delete(postVersions).where(inArray(postVersions.postId, hers))
		if (words === 'remove') await removeWords(tx, memberId)
	},
}
