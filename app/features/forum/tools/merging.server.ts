import { eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { topics } from '~/db/schema/forum'
import { topicReaders } from '~/db/schema/reading'
import { type Actor, moderates } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { accessTopic } from '../access.server'
import { recountPosts } from '../counting.server'
import { draftPlace } from '../drafts.server'
import { refreshLanguages } from '../translation/languages.server'
import {
	accessManaged,
	assertMayGo,
	type LockedTopic,
	lockManaged,
	outdated,
	record,
	refused,
} from './managing.server'
import { moveCases } from './moving.server'
import { Merge } from './tools.schema'

const wrong = (why: string) => new AppError('invalid', { fields: { into: `forum:manage.wrong.${why}` } })

/** The other topic of a merge. One she may not read, or does not moderate, is an address that leads nowhere. */
async function accessOther(
	actor: Actor,
	{ space, topic, into }: { space: string; topic: string; into: string },
) {
	if (into.toLowerCase() === topic.toLowerCase()) throw wrong('same')
	const other = await accessTopic(actor, space, into).catch((error: unknown) => {
		throw error instanceof AppError ? wrong('address') : error
	})
	if (!moderates(actor, other.topic.spaceId) || other.topic.mergedInto) throw wrong('address')
	return other.topic
}

/** Appends the posts in the order they were written; the numbers of what is there already stay. */
async function movePosts(tx: Tx, from: LockedTopic, into: LockedTopic) {
	const moved = await tx.execute(sql`
		update posts set topic_id = ${into.id}::uuid, seq = ${into.postSeq} + placed.place
		from (select id, row_number() over (order by created_at, seq) as place
			from posts where topic_id = ${from.id}::uuid) placed
		where posts.id = placed.id`)
	return moved.count
}

/**
 * Who followed one follows the other, unless she has said no there. Who had read both to the end has read the whole;
 * for everyone else what was added is new.
 */
async function carryReaders(tx: Tx, from: LockedTopic, into: LockedTopic, added: number) {
	await tx.execute(sql`
		insert into topic_readers (member_id, topic_id, read_seq, read_at, follows)
		select member_id, ${into.id}::uuid, 0, read_at, follows from topic_readers
		where topic_id = ${from.id}::uuid order by member_id
		on conflict (member_id, topic_id) do update set
			follows = coalesce(topic_readers.follows, excluded.follows),
			read_seq = case when topic_readers.read_seq >= ${into.postSeq} and exists (
					select 1 from topic_readers r where r.topic_id = ${from.id}::uuid
						and r.member_id = topic_readers.member_id and r.read_seq >= ${from.postSeq})
				then ${into.postSeq + added} else topic_readers.read_seq end`)
	await tx.delete(topicReaders).where(eq(topicReaders.topicId, from.id))
}

/** What she was told of the one leads to the other; two unread notices of one kind become one. */
async function carryNotices(tx: Tx, from: LockedTopic, into: LockedTopic) {
	await tx.execute(sql`
		delete from notices n using notices kept
		where n.subject_id = ${from.id}::uuid and n.read_at is null and kept.read_at is null
			and kept.member_id = n.member_id and kept.kind = n.kind and kept.subject_id = ${into.id}::uuid`)
	await tx.execute(sql`
		update notices set subject_id = ${into.id}::uuid where subject_id = ${from.id}::uuid`)
}

/** What was begun there can be sent here. */
const carryDrafts = (tx: Tx, from: LockedTopic, into: LockedTopic) =>
	tx.execute(sql`
		update drafts d set place = ${draftPlace.answer(into.id)} where d.place = ${draftPlace.answer(from.id)}
			and not exists (select 1 from drafts o
				where o.member_id = d.member_id and o.place = ${draftPlace.answer(into.id)})`)

/**
 * Merges a topic into another one that she moderates too; its old address leads there. A question asked under an alias
 * keeps its own topic: among other posts its flower would stand for someone else. Returns the other's address.
 */
export const mergeTopic = command({
	input: Merge,
	limit: 'moderation.decide',
	async access(actor, input) {
		await accessManaged(actor, input)
		return accessOther(actor, input)
	},
	async run({ input, found, tx, ...context }) {
		const { topic: from, others } = await lockManaged(tx, input, [found.id])
		const [into] = others
		if (!into || into.hiddenAt || into.mergedInto || into.spaceId !== found.spaceId)
			throw outdated('otherChanged')
		if (from.alias !== null) throw refused('alias')
		await assertMayGo(tx, from.spaceId, into.spaceId)
		const added = await movePosts(tx, from, into)
		await tx
			.update(topics)
			.set({
				postSeq: into.postSeq + added,
				lastPostAt: sql`greatest(${topics.lastPostAt}, (
					select f.last_post_at from topics f where f.id = ${from.id}::uuid))`,
			})
			.where(eq(topics.id, into.id))
		await recountPosts(tx, into.id)
		await tx
			.update(topics)
			.set({ mergedInto: into.id, visiblePosts: 0, pinnedAt: null, answeredAt: null, answeredBy: null })
			.where(eq(topics.id, from.id))
		for (const { id } of [from, into]) await refreshLanguages(tx, id)
		await carryReaders(tx, from, into, added)
		await carryNotices(tx, from, into)
		await carryDrafts(tx, from, into)
		await moveCases(tx, into.id, into.spaceId)
		await record({ ...context, tx }, { topicId: into.id, kind: 'merged', otherTopicId: from.id })
		return `/forum/${into.spaceId}/${into.id}`
	},
})
