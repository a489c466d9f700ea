import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { command } from '~/platform/command.server'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { recountPosts } from '../counting.server'
import { refreshLanguages } from '../translation/languages.server'
import { accessManaged, type LockedTopic, lockManaged, outdated, record, refused } from './managing.server'
import { Split } from './tools.schema'

type Input = z.output<typeof Split>
type Chosen = Awaited<ReturnType<typeof chosenPosts>>

/** The posts of her form in their order, as long as all of them are still here to be read. Throws `conflict`. */
async function chosenPosts(tx: Tx, topic: LockedTopic, ids: string[]) {
	const rows = await tx
		.select({
			id: posts.id,
			seq: posts.seq,
			topicId: posts.topicId,
			authorId: posts.authorId,
			aliased: posts.aliased,
			createdAt: posts.createdAt,
			gone: sql<boolean>`(${posts.hiddenAt} is not null or ${posts.deletedAt} is not null)`,
		})
		.from(posts)
		.where(inArray(posts.id, ids))
		.orderBy(asc(posts.seq))
	const here = rows.filter(({ topicId, gone }) => topicId === topic.id && !gone)
	if (here.length !== ids.length) throw outdated('postsChanged')
	if (here.some(({ seq }) => seq === 1)) throw refused('question')
	// Elsewhere the flower would be nobody's, and her next words there would carry her handle.
	if (here.some(({ aliased }) => aliased)) throw refused('alias')
	return here
}

async function madeBefore(tx: Tx, { key, posts: [first] }: Input) {
	const [made] = await tx
		.select({ id: topics.id, spaceId: topics.spaceId })
		.from(topics)
		.innerJoin(posts, eq(posts.topicId, topics.id))
		.where(and(eq(posts.id, first!), eq(topics.key, key)))
	return made
}

async function insertTopic(tx: Tx, from: LockedTopic, { title, language: lang, key }: Input, chosen: Chosen) {
	const [first] = chosen
	const [made] = await tx
		.insert(topics)
		.values({
			spaceId: from.spaceId,
			authorId: first!.authorId,
			key,
			title,
			lang,
			langs: [lang],
			dir: directionOf(title, dirOf(lang)),
			createdAt: sql`(select p.created_at from posts p where p.id = ${first!.id})`,
			postSeq: chosen.length,
		})
		.returning({ id: topics.id })
	return made!.id
}

/** The numbers begin anew in the new topic; in the old one they keep their gaps. */
const movePosts = (tx: Tx, chosen: Chosen, topicId: string) =>
	tx.execute(sql`
		update posts set topic_id = ${topicId}::uuid, seq = placed.place
		from (select id, row_number() over (order by seq) as place from posts
			where ${inArray(
				posts.id,
				chosen.map(({ id }) => id),
			)}) placed
		where posts.id = placed.id`)

/** Who followed the old topic follows what came out of it, and has read of it what she had read. */
async function carryReaders(tx: Tx, from: LockedTopic, topicId: string, chosen: Chosen) {
	const numbers = sql`array[${sql.join(
		chosen.map(({ seq }) => sql`${seq}::int`),
		sql`, `,
	)}]`
	await tx.execute(sql`
		insert into topic_readers (member_id, topic_id, read_seq, read_at, follows)
		select member_id, ${topicId}::uuid,
			(select count(*)::int from unnest(${numbers}) seq where seq <= read_seq), read_at, follows
		from topic_readers where topic_id = ${from.id}::uuid`)
}

const carryNotices = (tx: Tx, from: LockedTopic, topicId: string, chosen: Chosen) =>
	tx.execute(sql`
		update notices set subject_id = ${topicId}::uuid
		where subject_id = ${from.id}::uuid and place_id in (${sql.join(
			chosen.map(({ id }) => sql`${id}::uuid`),
			sql`, `,
		)})`)

const lastPost = (topicId: string) => sql`coalesce((
	select p.created_at from posts p where p.topic_id = ${topicId}::uuid and p.hidden_at is null
	order by p.created_at desc limit 1), ${topics.createdAt})`

/** Counts both topics anew. An answer that went away no longer stands as the one that helped. */
async function settle(tx: Tx, from: LockedTopic, topicId: string, chosen: Chosen) {
	const answered = chosen.some(({ id }) => id === from.answeredBy)
	for (const id of [from.id, topicId]) {
		await recountPosts(tx, id)
		await tx
			.update(topics)
			.set({ lastPostAt: lastPost(id), ...(answered && id === from.id ? { answeredBy: null } : {}) })
			.where(eq(topics.id, id))
		await refreshLanguages(tx, id)
	}
}

/** Splits posts off into a topic of their own, with a title. Returns its address. */
export const splitTopic = command({
	input: Split,
	limit: 'moderation.decide',
	access: accessManaged,
	async run({ input, tx, ...context }) {
		const { topic: from } = await lockManaged(tx, input)
		const before = await madeBefore(tx, input)
		if (before) return `/forum/${before.spaceId}/${before.id}`
		const chosen = await chosenPosts(tx, from, input.posts)
		const made = await insertTopic(tx, from, input, chosen)
		await movePosts(tx, chosen, made)
		await carryReaders(tx, from, made, chosen)
		await carryNotices(tx, from, made, chosen)
		await settle(tx, from, made, chosen)
		await record(
			{ ...context, tx },
			{ topicId: from.id, kind: 'split-off', otherTopicId: made },
			{ topicId: made, kind: 'split-from', otherTopicId: from.id },
		)
		return `/forum/${from.spaceId}/${made}`
	},
})
