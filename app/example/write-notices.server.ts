import type { Tx } from '~/db/client.server'
import { notices } from '~/db/schema/ties'
import type { NoticeKind } from '~/features/members/notices.server'
import { daysBefore } from './clock'
import type { ExamplePeople } from './texts.server'
import { inPieces, mentionedIn, type WrittenTopic } from './write-forum.server'
import type { TranslationRow } from './write-forum-life.server'
import { type Owner, RECENT_DAYS } from './write-forum-reading.server'
import type { ExampleIds } from './write-people.server'
import type { WrittenSpace } from './write-spaces.server'

/** Older ones have been cleared away. */
const KEPT_DAYS = 45

interface Fact {
	memberId: string
	kind: NoticeKind
	subjectId: string
	placeId?: string
	at: Date
}

interface Context {
	people: ExamplePeople
	spaces: Map<string, WrittenSpace>
	owners: Owner[]
	translations: TranslationRow[]
	ids: ExampleIds
}

/** Tells the women who can sign in what happened, as the commands would have: one row for each thing. */
export async function writeNotices(tx: Tx, written: WrittenTopic[], context: Context) {
	const { owners, ids } = context
	const facts = owners.flatMap((owner) => [
		...written.flatMap((one) => factsOfTopic(one, owner)),
		...translated(written, owner, context),
		...asked(written, owner, context),
		...invited(owner, context),
	])
	const rows = gather(facts.filter(({ at }) => at > daysBefore(ids.now, KEPT_DAYS)))
	const readBefore = daysBefore(ids.now, RECENT_DAYS)
	await inPieces(
		rows.map((row) => ({ ...row, readAt: row.at < readBefore ? daysBefore(row.at, -1) : null })),
		(piece) => tx.insert(notices).values(piece),
	)
}

/** Those about one thing gather in one row, which leads to the first of them. */
function gather(facts: Fact[]) {
	const rows = new Map<string, Fact & { times: number }>()
	for (const fact of [...facts].sort((a, b) => a.at.getTime() - b.at.getTime())) {
		const key = [fact.memberId, fact.kind, fact.subjectId].join(' ')
		const row = rows.get(key) ?? { ...fact, times: 0 }
		rows.set(key, { ...row, times: row.times + 1, at: fact.at })
	}
	return [...rows.values()]
}

/** New answers where she follows, her handle in an answer, and her answer marked as the one that helped. */
function factsOfTopic({ topic, posts }: WrittenTopic, { id, player, readers }: Owner): Fact[] {
	const about = { memberId: id, subjectId: topic.id }
	const reader = readers.get(topic.id)
	const isNew = (seq: number) => reader?.follows === true && seq > reader.readSeq
	const told = posts
		.filter(({ authorId, deletedAt }) => authorId !== id && !deletedAt)
		.flatMap(({ id: placeId, seq, body, createdAt: at }): Fact[] => {
			const mentions = mentionedIn(body, new Set([player.handle])).length > 0
			if (mentions) return [{ ...about, kind: 'topic.mention', placeId, at }]
			return isNew(seq) ? [{ ...about, kind: 'topic.reply', placeId, at }] : []
		})
	const answer = posts.find((post) => post.id === topic.answeredBy)
	const helped = answer?.authorId === id && topic.authorId !== id
	if (!helped) return told
	return [...told, { ...about, kind: 'topic.answered', placeId: answer.id, at: topic.answeredAt! }]
}

/** Translations of what she wrote. */
function translated(written: WrittenTopic[], { id }: Owner, { translations }: Context): Fact[] {
	const hers = new Map(
		written.flatMap(({ topic, posts }) =>
			posts.filter(({ authorId }) => authorId === id).map((post) => [post.id, topic.id] as const),
		),
	)
	return translations.flatMap(({ postId, authorId, publishedAt }): Fact[] => {
		const subjectId = hers.get(postId)
		if (!subjectId || authorId === id) return []
		return [{ memberId: id, kind: 'translation.published', subjectId, placeId: postId, at: publishedAt }]
	})
}

/** New questions in the spaces she follows. */
function asked(written: WrittenTopic[], { id, own }: Owner, { spaces, ids }: Context): Fact[] {
	const followed = new Set(own.follows.map((key) => spaces.get(key)!.id))
	return written
		.filter(({ topic }) => followed.has(topic.spaceId) && topic.authorId !== id)
		.filter(({ topic }) => topic.createdAt > daysBefore(ids.now, RECENT_DAYS))
		.map(({ topic }) => ({
			memberId: id,
			kind: 'space.topic',
			subjectId: topic.spaceId,
			placeId: topic.id,
			at: topic.createdAt,
		}))
}

/** Invitations she has not answered. */
const invited = ({ id, player }: Owner, { people, spaces, ids }: Context): Fact[] =>
	people.spaces
		.filter((space) => space.invited?.includes(player.handle))
		.map(({ key }) => ({
			memberId: id,
			kind: 'space.invited',
			subjectId: spaces.get(key)!.id,
			at: daysBefore(ids.now, 2),
		}))
