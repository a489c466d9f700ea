import type { Tx } from '~/db/client.server'
import { posts, spaces, topics } from '~/db/schema/forum'
import { renderBody } from '~/features/forum/markdown.server'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { castParts, partsOf } from './cast'
import type { ExamplePeople, ExampleTopic } from './texts.server'
import { daysBefore, type ExampleIds } from './write-people.server'

const HOUR_MS = 3_600_000
/** Rows in one statement: Postgres takes 65,535 parameters. */
const CHUNK = 500

type ForumTexts = { people: ExamplePeople; forum: { space: string; topics: ExampleTopic[] }[] }
type TopicRow = typeof topics.$inferInsert & { id: string }
type PostRow = typeof posts.$inferInsert

/** Who can play a part: speakers of its languages, mentors where a mentor speaks. */
export const playersOf = (people: ExamplePeople) => {
	const mentors = new Set(people.mentors.map(({ handle }) => handle))
	return people.members.map(({ handle, speaks }) => ({ handle, speaks, mentor: mentors.has(handle) }))
}

/** Writes the spaces with their questions and answers. */
export async function writeForum(tx: Tx, { people, forum }: ForumTexts, ids: ExampleIds) {
	const made = await tx
		.insert(spaces)
		.values(
			people.spaces.map(({ icon, names, descriptions }, at) => ({
				position: at + 1,
				icon,
				names,
				descriptions,
			})),
		)
		.returning({ id: spaces.id, position: spaces.position })
	const spaceIds = new Map(
		people.spaces.map(({ key }, at) => [key, made.find(({ position }) => position === at + 1)!.id]),
	)
	const players = playersOf(people)
	const said = new Map<string, number>()
	const topicRows: TopicRow[] = []
	const postRows: PostRow[] = []
	for (const { space, topics: list } of forum) {
		for (const topic of list) {
			const lines = [{ by: 'a', lang: topic.lang }, ...topic.replies]
			const cast = castParts(partsOf(lines, 'm'), players, said)
			const rows = rowsOf(topic, spaceIds.get(space)!, (letter) => ids.member(cast.get(letter)!), ids.now)
			topicRows.push(rows.topic)
			postRows.push(...rows.posts)
		}
	}
	await tx.insert(topics).values(topicRows)
	for (let at = 0; at < postRows.length; at += CHUNK)
		await tx.insert(posts).values(postRows.slice(at, at + CHUNK))
}

function rowsOf(topic: ExampleTopic, spaceId: string, memberOf: (letter: string) => string, now: Date) {
	const id = crypto.randomUUID()
	const asked = daysBefore(now, topic.daysAgo)
	const after = (hours: number) =>
		new Date(Math.min(asked.getTime() + hours * HOUR_MS, now.getTime() - HOUR_MS / 4))
	const lines = [{ by: 'a', lang: topic.lang, body: topic.body, hoursAfter: 0 }, ...topic.replies]
	const written = lines.map(
		({ by, lang, body, hoursAfter }, at): PostRow => ({
			topicId: id,
			seq: at + 1,
			authorId: memberOf(by),
			key: crypto.randomUUID(),
			body,
			html: renderBody(body),
			lang,
			dir: directionOf(body, dirOf(lang)),
			langSource: 'declared',
			createdAt: after(hoursAfter),
		}),
	)
	const row: TopicRow = {
		id,
		spaceId,
		authorId: memberOf('a'),
		key: crypto.randomUUID(),
		title: topic.title,
		lang: topic.lang,
		langs: [topic.lang],
		dir: directionOf(topic.title, dirOf(topic.lang)),
		createdAt: asked,
		lastPostAt: after(lines.at(-1)!.hoursAfter),
		postSeq: written.length,
		visiblePosts: written.length,
	}
	return { topic: row, posts: written }
}
