import type { Tx } from '~/db/client.server'
import { drafts, spaceFollowers, topicReaders } from '~/db/schema/reading'
import { translationClaims } from '~/db/schema/translation'
import { draftPlace } from '~/features/forum/drafts.server'
import { canTranslate } from '~/features/forum/translation/translation.policy'
import { daysBefore } from './clock'
import type { ExampleSignIn } from './sign-ins.server'
import type { ExampleOwn, ExamplePeople } from './texts.server'
import { inPieces, type WrittenTopic } from './write-forum.server'
import type { WishRow } from './write-forum-life.server'
import type { ExampleIds } from './write-people.server'
import type { Player, WrittenSpace } from './write-spaces.server'

/** What was written longer ago has been read by all who wrote there. */
export const RECENT_DAYS = 14
/** Topics she follows or has opened without having written in them. */
const FOLLOWED = 3
const OPENED = 6
const CLAIMED_HOURS_AGO = 3

type ReaderRow = typeof topicReaders.$inferInsert & { readSeq: number }

/** One of the women who can sign in, and what she sees as hers. */
export interface Owner {
	id: string
	player: Player
	own: ExampleOwn
	/** How far she read, by topic. */
	readers: Map<string, ReaderRow>
}

interface Context {
	people: ExamplePeople
	own: ExampleOwn[]
	signIns: ExampleSignIn[]
	spaces: Map<string, WrittenSpace>
	wishes: WishRow[]
	ids: ExampleIds
}

/** Writes how far everyone read, and what the women who can sign in follow, have begun to write and taken on. */
export async function writeForumReading(tx: Tx, written: WrittenTopic[], context: Context): Promise<Owner[]> {
	const { spaces, ids } = context
	const byWriting = written.flatMap((one) => readersByWriting(one, ids.now))
	const owners = ownersOf(context)
	for (const owner of owners) {
		const hers = byWriting.filter(({ memberId }) => memberId === owner.id)
		const all = [...hers, ...readersByChoice(written, owner, hers, ids.now)]
		for (const row of all) owner.readers.set(row.topicId, row)
	}
	const signedIn = new Set(owners.map(({ id }) => id))
	const rows = [
		...byWriting.filter(({ memberId }) => !signedIn.has(memberId)),
		...owners.flatMap(({ readers }) => [...readers.values()]),
	]
	await inPieces(rows, (piece) => tx.insert(topicReaders).values(piece))
	await tx.insert(spaceFollowers).values(
		owners.flatMap(({ id, own }) =>
			own.follows.map((key) => ({
				memberId: id,
				spaceId: spaces.get(key)!.id,
				at: daysBefore(ids.now, RECENT_DAYS),
			})),
		),
	)
	await tx.insert(drafts).values(
		owners.flatMap(({ id, own }) =>
			own.drafts.map(({ space, ...draft }) => ({
				memberId: id,
				place: draftPlace.question(spaces.get(space)!.id),
				...draft,
			})),
		),
	)
	await tx.insert(translationClaims).values(claimsOf(written, owners, context))
	return owners
}

const ownersOf = ({ people, own, signIns, spaces, ids }: Context): Owner[] =>
	signIns.map(({ role, handle }) => ({
		id: ids.member(handle),
		player: spaces.get(people.spaces[0]!.key)!.players.find((player) => player.handle === handle)!,
		own: own.find((one) => one.role === role)!,
		readers: new Map(),
	}))

const isRecent = (moment: Date, now: Date) => moment > daysBefore(now, RECENT_DAYS)

/** Who writes in a topic follows it; she has read what stood there when she last wrote. */
function readersByWriting({ topic, posts }: WrittenTopic, now: Date): ReaderRow[] {
	const last = new Map(posts.map(({ authorId, seq, createdAt }) => [authorId, { seq, createdAt }]))
	const all = { seq: topic.postSeq, createdAt: topic.lastPostAt }
	return [...last].map(([memberId, hers]) => {
		const read = isRecent(topic.lastPostAt, now) ? hers : all
		return { memberId, topicId: topic.id, readSeq: read.seq, readAt: read.createdAt, follows: true }
	})
}

/** The latest topics in languages she reads: some she follows and has not read to the end, some she only opened. */
function readersByChoice(written: WrittenTopic[], { id, player }: Owner, hers: ReaderRow[], now: Date) {
	const wroteIn = new Set(hers.map(({ topicId }) => topicId))
	return written
		.filter(({ topic, players }) => players.includes(player) && !wroteIn.has(topic.id))
		.filter(({ topic }) => player.reads.includes(topic.lang))
		.sort((a, b) => b.topic.lastPostAt.getTime() - a.topic.lastPostAt.getTime())
		.slice(0, OPENED)
		.map(({ topic, posts }, at): ReaderRow => {
			const follows = at < FOLLOWED
			const halfRead = follows && isRecent(topic.lastPostAt, now)
			const read = posts[(halfRead ? Math.ceil(posts.length / 2) : posts.length) - 1]!
			return {
				memberId: id,
				topicId: topic.id,
				readSeq: read.seq,
				readAt: read.createdAt,
				follows: follows || null,
			}
		})
}

/** What they have taken on to translate, from the end of the list of what is wanted; nothing is taken on twice. */
function claimsOf(written: WrittenTopic[], owners: Owner[], { wishes, ids }: Context) {
	const posts = new Map(
		written.flatMap((one) => one.posts.map((post) => [post.id, { ...post, one }] as const)),
	)
	const taken = new Set<string>()
	return owners.flatMap(({ id, player, own }) => {
		const rows: (typeof translationClaims.$inferInsert)[] = []
		for (const { postId, lang } of [...wishes].reverse()) {
			const post = posts.get(postId)!
			const fits =
				canTranslate(player, post.lang, lang) && post.one.players.includes(player) && post.authorId !== id
			if (rows.length === own.claims || taken.has(`${postId} ${lang}`) || !fits) continue
			taken.add(`${postId} ${lang}`)
			rows.push({ postId, lang, memberId: id, claimedAt: daysBefore(ids.now, CLAIMED_HOURS_AGO / 24) })
		}
		return rows
	})
}
