import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { type Db, db } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf, isUuid } from '~/platform/text'
import { accessSpace, notBlocked } from './access.server'
import { canWrite } from './forum.policy'
import { NewTopic } from './forum.schema'
import { renderBody } from './markdown.server'
import { inLocale } from './spaces.server'

const TOPICS_A_PAGE = 20

/** Where the next page begins: after this topic in the order of activity, as an address carries it. */
const cursorOf = (topic: { lastPostAt: Date; id: string }) => `${topic.lastPostAt.getTime()}_${topic.id}`

function readCursor(cursor: string | null): { at: Date; id: string } | undefined {
	const [time = '', id] = (cursor ?? '').split('_')
	const at = new Date(Number(time))
	return isUuid(id) && !Number.isNaN(at.getTime()) ? { at, id } : undefined
}

/** Activity to the millisecond: what fits an address must also be what the database compares. */
const activity = sql`date_trunc('milliseconds', ${topics.lastPostAt})`

async function pageOfTopics(actor: Actor, spaceId: string, cursor: string | null) {
	const from = readCursor(cursor)
	const before = from
		? sql`(${activity}, ${topics.id}) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`
		: undefined
	return db
		.select({
			id: topics.id,
			title: topics.title,
			lang: topics.lang,
			dir: topics.dir,
			posts: topics.visiblePosts,
			lastPostAt: topics.lastPostAt,
			// Under an alias nothing of her leaves the database.
			author: sql<string | null>`case when ${topics.alias} is null then ${members.handle} end`,
			alias: topics.alias,
		})
		.from(topics)
		.leftJoin(members, eq(members.id, topics.authorId))
		.where(
			and(
				eq(topics.spaceId, spaceId),
				isNull(topics.hiddenAt),
				isNull(topics.mergedInto),
				notBlocked(actor, 'topics'),
				before,
			),
		)
		.orderBy(desc(activity), desc(topics.id))
		.limit(TOPICS_A_PAGE + 1)
}

/** A space with one page of its topics, the latest activity first. Throws `not-found`. */
export async function readSpace(actor: Actor, locale: string, spaceId: string, cursor: string | null) {
	const space = await accessSpace(actor, spaceId)
	const rows = await pageOfTopics(actor, space.id, cursor)
	const shown = rows.slice(0, TOPICS_A_PAGE)
	return {
		space: {
			id: space.id,
			icon: space.icon,
			name: inLocale(space.names, locale),
			description: inLocale(space.descriptions, locale),
		},
		topics: shown,
		older: rows.length > TOPICS_A_PAGE ? cursorOf(shown.at(-1)!) : null,
		first: !readCursor(cursor),
		mayWrite: canWrite(actor),
	}
}

/** Asks a question: a topic with its first post. The same form sent again gives the same topic. */
export const askQuestion = command({
	input: NewTopic,
	limit: 'forum.topic',
	async run({ actor, input, tx }) {
		const space = await accessSpace(actor, input.space)
		if (!canWrite(actor)) throw new AppError('forbidden')
		const { key, title, body, language: lang } = input
		const [made] = await tx
			.insert(topics)
			.values({
				spaceId: space.id,
				authorId: actor.id,
				key,
				title,
				lang,
				langs: [lang],
				dir: directionOf(title, dirOf(lang)),
				postSeq: 1,
				visiblePosts: 1,
			})
			.onConflictDoNothing({ target: [topics.authorId, topics.key] })
			.returning({ id: topics.id, spaceId: topics.spaceId })
		if (!made) return madeBefore(tx, actor, key)
		await tx.insert(posts).values({
			topicId: made.id,
			seq: 1,
			authorId: actor.id,
			key,
			body,
			html: renderBody(body),
			lang,
			dir: directionOf(body, dirOf(lang)),
			langSource: 'declared',
		})
		return made
	},
})

async function madeBefore(tx: Db, actor: Actor, key: string) {
	const [before] = await tx
		.select({ id: topics.id, spaceId: topics.spaceId })
		.from(topics)
		.where(and(eq(topics.authorId, actor.id), eq(topics.key, key)))
	return before!
}
