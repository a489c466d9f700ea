import { randomUUID } from 'node:crypto'
import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { posts, spaces } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { mayEnter } from '~/features/members/entrance.server'
import { excerptOf } from '~/features/moderation/excerpt'
import { type Actor, moderates } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { accessTopic, notBlocked } from '../access.server'
import { plainText } from '../markdown.server'
import { saidTo } from '../spaces.server'
import { mayGo } from './managing.server'

const POSTS_A_PAGE = 50
/** Enough of a body for an excerpt of it. */
const EXCERPT_SOURCE = 600

/** Answers that can be split off, from a number on. */
async function pageOfAnswers(actor: Actor, topicId: string, after: number) {
	const rows = await db
		.select({
			id: posts.id,
			seq: posts.seq,
			body: sql<string>`left(${posts.body}, ${EXCERPT_SOURCE})`,
			lang: posts.lang,
			dir: posts.dir,
			createdAt: posts.createdAt,
			author: sql<string | null>`case when ${posts.aliased} then null else ${members.handle} end`,
		})
		.from(posts)
		.leftJoin(members, eq(members.id, posts.authorId))
		.where(
			and(
				eq(posts.topicId, topicId),
				gt(posts.seq, Math.max(1, after)),
				isNull(posts.hiddenAt),
				isNull(posts.deletedAt),
				eq(posts.aliased, false),
				notBlocked(actor, 'posts'),
			),
		)
		.orderBy(asc(posts.seq))
		.limit(POSTS_A_PAGE + 1)
	const shown = rows.slice(0, POSTS_A_PAGE)
	return {
		answers: shown.map(({ body, seq: _seq, ...post }) => ({ ...post, excerpt: excerptOf(plainText(body)) })),
		next: rows.length > POSTS_A_PAGE ? shown.at(-1)!.seq : undefined,
	}
}

/** Other spaces that she moderates and the topic's words may go to. */
async function spacesToMoveTo(actor: Actor, locale: string, from: string) {
	const rows = await db
		.select({
			id: spaces.id,
			names: spaces.names,
			access: spaces.access,
			organisationId: spaces.organisationId,
		})
		.from(spaces)
		.where(mayEnter(actor) as SQL)
		.orderBy(asc(spaces.position))
	const here = rows.find(({ id }) => id === from)!
	return rows
		.filter((space) => space.id !== from && moderates(actor, space.id) && mayGo(here, space))
		.map(({ id, names }) => ({ id, name: saidTo(actor, locale, names) }))
}

/**
 * The page of a topic's moderators, or the address where the topic is now. Throws `not-found` for everyone else, as if
 * there were no such page.
 */
export async function readManaged(
	actor: Actor,
	locale: string,
	ids: { space: string; topic: string },
	after: string | null,
) {
	const { topic, space } = await accessTopic(actor, ids.space, ids.topic)
	const hers = moderates(actor, topic.spaceId)
	if (!hers && !moderates(actor, ids.space)) throw new AppError('not-found')
	if (topic.mergedInto) return { movedTo: `/forum/${topic.spaceId}/${topic.mergedInto}` }
	if (topic.spaceId !== ids.space)
		return { movedTo: `/forum/${topic.spaceId}/${topic.id}${hers ? '/manage?told=moved' : ''}` }
	const from = /^\d{1,9}$/.test(after ?? '') ? Number(after) : 0
	const [page, targets] = await Promise.all([
		pageOfAnswers(actor, topic.id, from),
		spacesToMoveTo(actor, locale, topic.spaceId),
	])
	const { id, title, lang, dir, alias } = topic
	return {
		movedTo: undefined,
		space: { id: space.id, name: saidTo(actor, locale, space.names) },
		topic: {
			id,
			title,
			lang,
			dir,
			aliased: alias !== null,
			pinned: topic.pinnedAt !== null,
			locked: topic.lockedAt !== null,
		},
		targets,
		...page,
		formKey: randomUUID(),
		languages: [...new Set([topic.lang, locale, ...actor.speaks, ...LANGUAGE_TAGS])],
	}
}

export type ManagedTopic = Extract<Awaited<ReturnType<typeof readManaged>>, { movedTo: undefined }>
