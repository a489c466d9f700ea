import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { topicReaders } from '~/db/schema/reading'
import { entranceOfMember, opensFor } from '~/features/members/entrance.server'
import { isMutedBy } from '~/features/members/mutes.server'
import type { NoticeKind } from '~/features/members/notices.server'
import { pgArray } from '~/platform/text'

interface Told {
	kind: NoticeKind
	subjectId: string
	placeId: string
	topicId: string
	/** Who did it. What is written under an alias is told in spite of blocks, as it is shown in spite of them. */
	by: { id: string; aliased: boolean }
	/** Who might hear of it: a select of `member_id`. */
	whom: SQL
}

/** Who may enter the space: of members other than the one who asks. */
const opensForMember = opensFor(entranceOfMember(sql`m.id`))

const noBlockBetween = (who: SQL) => sql`not exists (select 1 from blocks b
	where (b.blocker_id = m.id and b.blocked_id = ${who}) or (b.blocked_id = m.id and b.blocker_id = ${who}))`

/**
 * Tells members of something in a topic, in the transaction that made it happen and in one statement however many they
 * are: only who may still enter the space, nobody across a block or who has muted her, never the one who did it. Of a
 * translation who wished for it hears all the same.
 */
async function tellOf(tx: Tx, { kind, subjectId, placeId, topicId, by, whom }: Told) {
	await tx.execute(sql`
		insert into notices (member_id, kind, subject_id, place_id)
		select m.id, ${kind}, ${subjectId}::uuid, ${placeId}::uuid
		from topics t
		join spaces on spaces.id = t.space_id
		join members m on m.id in (${whom})
		where t.id = ${topicId}::uuid and m.status = 'active' and m.id <> ${by.id}::uuid and ${opensForMember}
			and (t.alias is not null or t.author_id is null or ${noBlockBetween(sql`t.author_id`)})
			and (${by.aliased}::boolean or (${noBlockBetween(sql`${by.id}::uuid`)}
				and (${kind === 'translation.published'}::boolean or not ${isMutedBy(sql`m.id`, sql`${by.id}::uuid`)})))
		-- Always in one order: two writers telling the same members must not wait for each other in a circle.
		order by m.id
		on conflict (member_id, kind, subject_id) where read_at is null
			do update set times = notices.times + 1, at = now()`)
}

/** Who writes in a topic follows it, unless she has said that she does not want to. */
async function followByWriting(tx: Tx, memberId: string, topicId: string, seq: number) {
	await tx
		.insert(topicReaders)
		.values({ memberId, topicId, readSeq: seq, follows: true })
		.onConflictDoUpdate({
			target: [topicReaders.memberId, topicReaders.topicId],
			set: {
				follows: sql`coalesce(${topicReaders.follows}, true)`,
				// Her own words are nothing new to her; what stands before them may be.
				readSeq: sql`case when ${topicReaders.readSeq} = ${seq} - 1 then ${seq} else ${topicReaders.readSeq} end`,
			},
		})
}

export interface WrittenPost {
	id: string
	seq: number
	topicId: string
	authorId: string
	aliased: boolean
}

/** After a question was asked: its asker follows it, and the space's followers are told. */
export async function tellNewTopic(
	tx: Tx,
	topic: { id: string; spaceId: string; authorId: string; aliased: boolean },
) {
	await followByWriting(tx, topic.authorId, topic.id, 1)
	await tellOf(tx, {
		kind: 'space.topic',
		subjectId: topic.spaceId,
		placeId: topic.id,
		topicId: topic.id,
		by: { id: topic.authorId, aliased: topic.aliased },
		whom: sql`select member_id from space_followers where space_id = ${topic.spaceId}::uuid`,
	})
}

/** After an answer was written: its author follows the topic, and the other followers are told. The mentioned hear of it once, as mentioned. */
export async function tellNewPost(tx: Tx, post: WrittenPost, mentioned: readonly string[] = []) {
	await followByWriting(tx, post.authorId, post.topicId, post.seq)
	await tellOf(tx, {
		kind: 'topic.reply',
		subjectId: post.topicId,
		placeId: post.id,
		topicId: post.topicId,
		by: { id: post.authorId, aliased: post.aliased },
		whom: sql`select member_id from topic_readers where topic_id = ${post.topicId}::uuid and follows
			and member_id <> all(${pgArray(mentioned)}::uuid[])`,
	})
}

/** Tells these members that a post names them; whoever may not read it, or has a block with its author, hears nothing. */
export const tellMentioned = (tx: Tx, post: WrittenPost, memberIds: readonly string[]) =>
	tellNamed(tx, 'topic.mention', post, memberIds)

/** Tells the author of an answer that the asker marked it as the one that helped. */
export const tellAnswered = (
	tx: Tx,
	answer: { id: string; topicId: string; authorId: string | null },
	by: { id: string; aliased: boolean },
) =>
	tellNamed(
		tx,
		'topic.answered',
		{ id: answer.id, topicId: answer.topicId, authorId: by.id, aliased: by.aliased },
		answer.authorId ? [answer.authorId] : [],
	)

/**
 * Tells those who wished for it, and the author of the post, that a translation was published. Who may not read the
 * post hears nothing of what others make of it.
 */
export async function tellTranslated(
	tx: Tx,
	post: { id: string; topicId: string },
	by: { id: string },
	memberIds: readonly string[],
) {
	if (memberIds.length === 0) return
	await tellOf(tx, {
		kind: 'translation.published',
		subjectId: post.topicId,
		placeId: post.id,
		topicId: post.topicId,
		by: { id: by.id, aliased: false },
		whom: sql`select w.id from unnest(${pgArray(memberIds)}::uuid[]) as w(id)
			where not exists (select 1 from posts p join blocks b
				on (b.blocker_id = w.id and b.blocked_id = p.author_id) or (b.blocked_id = w.id and b.blocker_id = p.author_id)
				where p.id = ${post.id}::uuid and not p.aliased)`,
	})
}

async function tellNamed(
	tx: Tx,
	kind: NoticeKind,
	post: Omit<WrittenPost, 'seq'>,
	memberIds: readonly string[],
) {
	if (memberIds.length === 0) return
	await tellOf(tx, {
		kind,
		subjectId: post.topicId,
		placeId: post.id,
		topicId: post.topicId,
		by: { id: post.authorId, aliased: post.aliased },
		whom: sql`select unnest(${pgArray(memberIds)}::uuid[])`,
	})
}
