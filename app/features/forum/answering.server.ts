import { and, eq, isNull, sql } from 'drizzle-orm'
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
import { accessTopic, notBlocked } from './access.server'
import { lockTopic } from './counting.server'
import { draftPlace, dropDraft, keepDraft } from './drafts.server'
import { checkMayWrite } from './forum.policy'
import { NewPost } from './forum.schema'
import { renderBody } from './markdown.server'
import { calledBy, type Mention, mentionsIn, writtenHandles } from './mentions.server'
import { isFirst, screenText } from './screening.server'
import { slowly } from './slowly.server'
import { postSubject } from './subject.server'
import { tellMentioned, tellNewPost, type WrittenPost } from './telling.server'
import { checkLanguage, languageOf } from './text-language.server'
import { keepSilent } from './waiting.server'

type Answer = z.output<typeof NewPost>
type Locked = Awaited<ReturnType<typeof lockTopic>>

const written = {
	id: posts.id,
	seq: posts.seq,
	topicId: posts.topicId,
	aliased: posts.aliased,
	waits: sql<boolean>`${posts.heldAt} is not null`,
}

async function writtenBefore(tx: Tx, actor: Actor, key: string) {
	const [before] = await tx
		.select(written)
		.from(posts)
		.where(and(eq(posts.authorId, actor.id), eq(posts.key, key)))
	return before
}

/** The post she answers, if it is still there for her in this topic. */
async function postAnswered(tx: Tx, actor: Actor, { id: topicId }: Locked, replyTo: string | undefined) {
	if (!replyTo) return undefined
	const [post] = await tx
		.select({ id: posts.id })
		.from(posts)
		.where(
			and(
				eq(posts.id, replyTo),
				eq(posts.topicId, topicId),
				isNull(posts.hiddenAt),
				isNull(posts.deletedAt),
				notBlocked(actor, 'posts'),
			),
		)
	return post?.id
}

/** Who asked under an alias answers there under it. */
const writesAsAlias = (actor: Actor, topic: Locked) => topic.alias !== null && topic.authorId === actor.id

/**
 * The next number of the topic, whose row is locked. A deleted question counts again once it has an answer. What waits for
 * a moderator moves the topic nowhere.
 */
async function countPost(tx: Tx, topicId: string, waits: boolean) {
	const [counted] = await tx
		.update(topics)
		.set({
			postSeq: sql`${topics.postSeq} + 1`,
			visiblePosts: sql`greatest(${topics.visiblePosts}, 1) + 1`,
			lastPostAt: waits ? undefined : sql`now()`,
		})
		.where(eq(topics.id, topicId))
		.returning({ seq: topics.postSeq })
	return counted!.seq
}

interface Writing {
	input: Answer
	replyTo?: string
	mentions: Mention[]
	waits: boolean
}

async function insertAnswer(
	tx: Tx,
	actor: Actor,
	topic: Locked,
	{ input, replyTo, mentions, waits }: Writing,
) {
	const { key, body, note } = input
	const { lang, langSource } = languageOf(input)
	const [post] = await tx
		.insert(posts)
		.values({
			topicId: topic.id,
			seq: await countPost(tx, topic.id, waits),
			authorId: actor.id,
			aliased: writesAsAlias(actor, topic),
			key,
			body,
			html: renderBody(body, writtenHandles(mentions)),
			lang,
			dir: directionOf(body, dirOf(lang)),
			langSource,
			note,
			replyTo,
		})
		.returning(written)
	return post!
}

/** Her own words: what she had quoted of a post that is gone goes with it, or her answer would bring it back. */
function withoutQuote({ body, quoted }: Answer): string {
	const lost = new Set(quoted.split('\n').filter((line) => line.startsWith('>')))
	const words = body
		.split('\n')
		.filter((line) => !lost.has(line))
		.join('\n')
		.trim()
	if (!words) throw new AppError('invalid', { fields: { body: 'errors:empty' } })
	return words
}

/** Those it names, and those who follow the topic. */
async function tellOthers(tx: Tx, post: WrittenPost, mentions: Mention[]) {
	const named = calledBy(post, mentions)
	await tellMentioned(tx, post, named)
	await tellNewPost(tx, post, named)
}

/**
 * Answers in a topic. The same form sent again gives the same post; the topic's row lock gives posts their order. Where
 * the topic was locked or merged meanwhile her text becomes its draft, and `kept` says why. `lostReply`: what she
 * answered is gone, so that her text stands on its own, without what she quoted of it. A post that `waits` is looked at by
 * a moderator before anyone else.
 */
export const answer = command({
	input: NewPost,
	limit: 'forum.post',
	async access(actor, input) {
		const { topic, space } = await accessTopic(actor, input.space, input.topic)
		checkMayWrite(actor, topic.spaceId)
		agreedFirst(actor)
		await checkLanguage(input)
		const screened = await screenText(input)
		await slowly(actor, space, posts, input.key)
		return { topic, screened, first: isFirst(actor, space) }
	},
	async run({ actor, input, found: { topic, screened, first }, tx, publish }) {
		const locked = await lockTopic(tx, topic.id)
		const before = await writtenBefore(tx, actor, input.key)
		if (before) return { post: before, lostReply: false }
		if (locked.mergedInto || locked.lockedAt) {
			const topicId = locked.mergedInto ?? topic.id
			await keepDraft(tx, actor.id, { ...input, place: draftPlace.answer(topicId) })
			return { kept: locked.mergedInto ? ('merged' as const) : ('locked' as const), topicId }
		}
		const replyTo = await postAnswered(tx, actor, locked, input.replyTo)
		const lostReply = input.replyTo !== undefined && !replyTo
		const sent = lostReply ? { ...input, body: withoutQuote(input) } : input
		const mentions = await mentionsIn(tx, { actor, aliased: writesAsAlias(actor, locked) }, sent.body)
		const waits = first || screened.hold !== null
		const post = await insertAnswer(tx, actor, locked, { input: sent, replyTo, mentions, waits })
		await carryOut(tx, { subject: postSubject, id: post.id, screened, first }, publish)
		if (waits) await keepSilent(tx, post.id)
		else await tellOthers(tx, { ...post, authorId: actor.id }, mentions)
		await dropDraft(tx, actor.id, draftPlace.answer(topic.id))
		return { post: { ...post, waits }, lostReply }
	},
})
