import { randomInt } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { agreedFirst } from '~/features/members/editions/in-force.server'
import { carryOut } from '~/features/moderation/screening.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { accessSpace } from './access.server'
import { draftPlace, dropDraft } from './drafts.server'
import { FLOWERS } from './forum.limits'
import { checkMayWrite } from './forum.policy'
import { NewTopic } from './forum.schema'
import { renderBody } from './markdown.server'
import { calledBy, mentionsIn, writtenHandles } from './mentions.server'
import { isFirst, screenText } from './screening.server'
import { slowly } from './slowly.server'
import { postSubject } from './subject.server'
import { tellMentioned, tellNewTopic } from './telling.server'
import { checkLanguage, languageOf } from './text-language.server'
import { keepSilent } from './waiting.server'

type Question = z.output<typeof NewTopic>

/** A space that has closed this door meanwhile must not publish under her handle what she meant to ask without it. */
function aliasFor(input: Question, space: { aliasAllowed: boolean }): number | null {
	if (!input.alias) return null
	if (!space.aliasAllowed) throw new AppError('invalid', { fields: { alias: 'errors:noAliasHere' } })
	return randomInt(FLOWERS)
}

/**
 * Asks a question: a topic with its first post. The same form sent again gives the same topic. `waits`: a moderator looks
 * at it before anyone else.
 */
export const askQuestion = command({
	input: NewTopic,
	limit: 'forum.topic',
	async access(actor, input) {
		const space = await accessSpace(actor, input.space)
		checkMayWrite(actor, space.id)
		agreedFirst(actor)
		await checkLanguage(input)
		const screened = await screenText(input)
		await slowly(actor, space, topics, input.key)
		return { space, screened }
	},
	async run({ actor, input, found: { space, screened }, tx, publish }) {
		const { key, title } = input
		const { lang } = languageOf(input)
		const alias = aliasFor(input, space)
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
				alias,
				postSeq: 1,
				visiblePosts: 1,
			})
			.onConflictDoNothing({ target: [topics.authorId, topics.key] })
			.returning({ id: topics.id, spaceId: topics.spaceId })
		if (!made) return madeBefore(tx, actor, key)
		const topic = { ...made, aliased: alias !== null }
		const { post, mentions } = await insertQuestion(tx, actor, input, topic)
		const written = { subject: postSubject, id: post.id, screened, first: isFirst(actor, space) }
		const waits = await carryOut(tx, written, publish)
		if (waits) await keepSilent(tx, post.id)
		else {
			await tellNewTopic(tx, { ...topic, authorId: actor.id })
			const called = calledBy(topic, mentions)
			await tellMentioned(tx, { ...post, authorId: actor.id, aliased: topic.aliased }, called)
		}
		await dropDraft(tx, actor.id, draftPlace.question(space.id))
		return { ...made, waits }
	},
})

async function insertQuestion(
	tx: Tx,
	actor: Actor,
	input: Question,
	{ id: topicId, aliased }: { id: string; aliased: boolean },
) {
	const { key, body, note } = input
	const { lang, langSource } = languageOf(input)
	const mentions = await mentionsIn(tx, { actor, aliased }, body)
	const [post] = await tx
		.insert(posts)
		.values({
			topicId,
			seq: 1,
			authorId: actor.id,
			aliased,
			key,
			body,
			html: renderBody(body, writtenHandles(mentions)),
			lang,
			dir: directionOf(body, dirOf(lang)),
			langSource,
			note,
		})
		.returning({ id: posts.id, seq: posts.seq, topicId: posts.topicId })
	return { post: post!, mentions }
}

async function madeBefore(tx: Tx, actor: Actor, key: string) {
	const [before] = await tx
		.select({ id: topics.id, spaceId: topics.spaceId, waits: sql<boolean>`${posts.heldAt} is not null` })
		.from(topics)
		.innerJoin(posts, and(eq(posts.topicId, topics.id), eq(posts.seq, 1)))
		.where(and(eq(topics.authorId, actor.id), eq(topics.key, key)))
	return before!
}
