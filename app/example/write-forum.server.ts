import { eq } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { FLOWERS } from '~/features/forum/forum.limits'
import { renderBody } from '~/features/forum/markdown.server'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { castParts, partsOf } from './cast'
import { daysBefore } from './clock'
import type { ExamplePeople, ExampleTopic } from './texts.server'
import type { ExampleIds } from './write-people.server'
import type { Player, WrittenSpace } from './write-spaces.server'

const HOUR_MS = 3_600_000
/** Rows in one statement: Postgres takes 65,535 parameters. */
const CHUNK = 500
/** Steps through the flowers, so that two neighbours in the list do not bear the same one. */
const FLOWER_STEP = 7
const EDITED_AFTER_HOURS = 5

type TopicRow = typeof topics.$inferInsert & {
	id: string
	postSeq: number
	lastPostAt: Date
	createdAt: Date
}
export type PostRow = typeof posts.$inferInsert & { id: string; authorId: string; createdAt: Date }

/** A topic as it was written, with what its text says of its life since. */
export interface WrittenTopic {
	text: ExampleTopic
	topic: TopicRow
	posts: PostRow[]
	/** Who may enter its space. */
	players: Player[]
	/** A moment some hours after another, never in the future. */
	after(moment: Date, hours: number): Date
}

/** Inserts rows a piece at a time. */
export async function inPieces<Row>(rows: Row[], insert: (piece: Row[]) => Promise<unknown>) {
	for (let at = 0; at < rows.length; at += CHUNK) await insert(rows.slice(at, at + CHUNK))
}

/** Writes the questions and answers; what happened to them since is `writeForumLife`'s. */
export async function writeForum(
	tx: Tx,
	{ people, forum }: { people: ExamplePeople; forum: { space: string; topics: ExampleTopic[] }[] },
	spaces: Map<string, WrittenSpace>,
	ids: ExampleIds,
): Promise<WrittenTopic[]> {
	const handles = new Set(people.members.map(({ handle }) => handle))
	// Whoever works here speaks by handle only: she would not ask where to find a first room.
	const staff = new Set([...people.practitioners, ...people.leads, ...people.coordinators])
	const said = new Map<string, number>()
	const written: WrittenTopic[] = []
	let flower = 0
	for (const { space, topics: list } of forum) {
		const { id: spaceId, players } = spaces.get(space)!
		for (const text of list) {
			const castOf = castTopic(
				text,
				players.filter(({ handle }) => !staff.has(handle)),
				said,
			)
			if (text.alias) flower = (flower + FLOWER_STEP) % FLOWERS
			const memberOf = (by: string) => ids.member(castOf(by))
			const rows = rowsOf(text, { spaceId, memberOf, handles, now: ids.now, flower })
			written.push({ text, ...rows, players })
		}
	}
	await inPieces(
		// Its answer is a post, and that is not there yet.
		written.map(({ topic }) => ({ ...topic, answeredBy: null })),
		(piece) => tx.insert(topics).values(piece),
	)
	await inPieces(
		written.flatMap((one) => one.posts),
		(piece) => tx.insert(posts).values(piece),
	)
	for (const { topic } of written)
		if (topic.answeredBy)
			await tx.update(topics).set({ answeredBy: topic.answeredBy }).where(eq(topics.id, topic.id))
	return written
}

/** Who speaks under each letter; a handle speaks for itself. */
function castTopic(text: ExampleTopic, players: Player[], said: Map<string, number>) {
	const lines = [{ by: 'a', lang: text.lang }, ...text.replies].map((line) =>
		line.by === 'a' && text.by ? { ...line, by: text.by } : line,
	)
	const named = new Set(lines.map(({ by }) => by).filter((by) => !isLetter(by)))
	const parts = partsOf(
		lines.filter(({ by }) => isLetter(by)),
		'm',
	)
	const cast = castParts(
		parts,
		players.filter(({ handle }) => !named.has(handle)),
		said,
	)
	if (text.by) cast.set('a', text.by)
	return (by: string) => cast.get(by) ?? by
}

const isLetter = (by: string) => /^[a-z]$/.test(by)

interface Cast {
	spaceId: string
	memberOf(by: string): string
	/** Whom a text can mention. */
	handles: Set<string>
	now: Date
	flower: number
}

/** The members whom a text mentions, by handle. */
export const mentionedIn = (body: string, handles: Set<string>) =>
	[...body.matchAll(/@([\p{L}\p{M}]+)/gu)]
		.map(([, handle]) => handle!)
		.filter((handle) => handles.has(handle))

function rowsOf(text: ExampleTopic, { spaceId, memberOf, handles, now, flower }: Cast) {
	const asked = daysBefore(now, text.daysAgo)
	const after = (moment: Date, hours: number) =>
		new Date(Math.min(moment.getTime() + hours * HOUR_MS, now.getTime() - HOUR_MS / 4))
	const ids = Array.from({ length: text.replies.length + 1 }, () => crypto.randomUUID())
	const topicId = crypto.randomUUID()
	const lines: ExampleTopic['replies'] = [{ ...text, by: 'a', hoursAfter: 0 }, ...text.replies]
	const written = lines.map((line, at): PostRow => {
		const createdAt = after(asked, line.hoursAfter)
		const body = line.deleted ? '' : line.body
		return {
			id: ids[at]!,
			topicId,
			seq: at + 1,
			authorId: memberOf(line.by),
			aliased: text.alias === true && memberOf(line.by) === memberOf('a'),
			key: crypto.randomUUID(),
			body,
			html: renderBody(body, mentionedIn(body, handles)),
			lang: line.lang,
			dir: directionOf(body, dirOf(line.lang)),
			langSource: 'declared',
			note: line.note,
			replyTo: line.answers === undefined ? null : ids[line.answers]!,
			createdAt,
			deletedAt: line.deleted ? after(createdAt, 1) : null,
			thanks: text.thanks?.find(({ post }) => post === at)?.times ?? 0,
			...editOf(text, at, (hours) => after(createdAt, hours)),
		}
	})
	const lastPostAt = written.at(-1)!.createdAt
	const topic: TopicRow = {
		id: topicId,
		spaceId,
		authorId: memberOf('a'),
		key: crypto.randomUUID(),
		title: text.title,
		lang: text.lang,
		langs: languagesOf(text),
		dir: directionOf(text.title, dirOf(text.lang)),
		alias: text.alias ? flower : null,
		createdAt: asked,
		lastPostAt,
		postSeq: written.length,
		visiblePosts: written.filter(({ deletedAt }) => !deletedAt).length,
		pinnedAt: text.pinned ? after(asked, 1) : null,
		lockedAt: text.locked ? after(lastPostAt, 1) : null,
		...answerOf(text, written, (moment) => after(moment, 1)),
	}
	return { topic, posts: written, after }
}

/** Its own language, and those its question was translated into. */
function languagesOf({ lang, translations = [] }: ExampleTopic) {
	const others = translations.filter(({ post }) => post === 0).map((translation) => translation.lang)
	return [lang, ...[...new Set(others)].sort()]
}

function editOf({ edited = [] }: ExampleTopic, at: number, after: (hours: number) => Date) {
	const edit = edited.find(({ post }) => post === at)
	if (!edit) return {}
	return { version: 2, meaningVersion: edit.minor ? 1 : 2, editedAt: after(EDITED_AFTER_HOURS) }
}

function answerOf({ answered }: ExampleTopic, written: PostRow[], after: (moment: Date) => Date) {
	if (answered === undefined) return {}
	const answer = answered < 0 ? undefined : written[answered]!
	return { answeredBy: answer?.id ?? null, answeredAt: after((answer ?? written.at(-1)!).createdAt) }
}
