import { and, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { db, type Tx } from '~/db/client.server'
import { posts, postVersions, spaces, topics } from '~/db/schema/forum'
import { mayEnter } from '~/features/members/entrance.server'
import { showChanged } from '~/features/moderation/deciding/edited.server'
import { lockCasesOf } from '~/features/moderation/locking.server'
import { carryOut, mustWait } from '~/features/moderation/screening.server'
import { type Actor, moderates } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf, isUuid } from '~/platform/text'
import { lockTopic } from './counting.server'
import { draftPlace, dropDraft } from './drafts.server'
import { checkMayWrite } from './forum.policy'
import { EditedPost } from './forum.schema'
import { renderBody } from './markdown.server'
import { calledBy, mentionsIn, writtenHandles } from './mentions.server'
import { accessPost } from './posts.server'
import { isFirst, screenText } from './screening.server'
import { postSubject } from './subject.server'
import { tellMentioned } from './telling.server'
import { checkLanguage, languageOf } from './text-language.server'

const ownColumns = {
	id: posts.id,
	seq: posts.seq,
	title: topics.title,
	body: posts.body,
	lang: posts.lang,
	langSource: posts.langSource,
	note: posts.note,
	version: posts.version,
}

interface PostIds {
	space: string
	topic: string
	post: string
}

/** A post of hers that nobody else sees until she changes it, in a space she may still enter. */
async function findAsked(actor: Actor, ids: PostIds) {
	if (!isUuid(ids.topic) || !isUuid(ids.post)) return undefined
	const [asked] = await db
		.select({ ...ownColumns, spaceId: topics.spaceId, topicId: topics.id, access: spaces.access })
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.innerJoin(spaces, eq(spaces.id, topics.spaceId))
		.where(
			and(
				eq(posts.id, ids.post),
				eq(topics.id, ids.topic),
				eq(posts.authorId, actor.id),
				isNotNull(posts.editAskedAt),
				isNull(posts.deletedAt),
				// Her question hides its topic with it; hidden for another reason, it is not there for her either.
				or(isNull(topics.hiddenAt), eq(posts.seq, 1)),
				mayEnter(actor),
			),
		)
	return asked
}

async function findShown(actor: Actor, ids: PostIds) {
	const { post, space, topic } = await accessPost(actor, ids)
	if (post.authorId !== actor.id) throw new AppError('not-found')
	const { authorId: _authorId, aliased: _aliased, editedAt: _editedAt, ...own } = post
	return { ...own, spaceId: space.id, topicId: topic.id, access: space.access }
}

/** Her own post, to change it. Moderators hide words, they never change them. Throws `not-found`. */
export async function readOwnPost(actor: Actor, ids: PostIds) {
	const asked = await findAsked(actor, ids)
	const { seq, title, ...own } = asked ?? (await findShown(actor, ids))
	return { ...own, title: seq === 1 ? title : undefined, asked: asked !== undefined }
}

type Edit = z.output<typeof EditedPost>

/** A question that its asker is asked to change stands in a hidden topic. */
const lockTopicOf = ({ topicId, asked }: { topicId: string; asked: boolean }, tx: Tx) =>
	asked
		? tx.select({ id: topics.id }).from(topics).where(eq(topics.id, topicId)).for('update')
		: lockTopic(tx, topicId)

/** The post as it is now, kept from other edits until this one is through. */
async function lockPost(tx: Tx, id: string) {
	const [post] = await tx
		.select({
			id: posts.id,
			topicId: posts.topicId,
			seq: posts.seq,
			authorId: posts.authorId,
			aliased: posts.aliased,
			title: topics.title,
			body: posts.body,
			lang: posts.lang,
			note: posts.note,
			version: posts.version,
			deletedAt: posts.deletedAt,
			hiddenAt: posts.hiddenAt,
			editAskedAt: posts.editAskedAt,
			announced: posts.announced,
		})
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.where(eq(posts.id, id))
		.for('update', { of: posts })
	if (!post || post.deletedAt || (post.hiddenAt && !post.editAskedAt)) throw new AppError('not-found')
	return post
}

type Locked = Awaited<ReturnType<typeof lockPost>>

const isQuestion = (post: Locked) => post.seq === 1

/** Whether the form says what is there already: the same form sent twice is one edit. */
const saysTheSame = (post: Locked, edit: Edit) =>
	post.body === edit.body &&
	post.lang === languageOf(edit).lang &&
	post.note === edit.note &&
	(!isQuestion(post) || edit.title === undefined || post.title === edit.title)

async function keepVersion(tx: Tx, post: Locked) {
	const { id: postId, version, body, lang } = post
	await tx
		.insert(postVersions)
		.values({ postId, version, title: isQuestion(post) ? post.title : null, body, lang })
}

/** Title and language of a question are its topic's too; translations of it can still be read. */
async function changeTopic(tx: Tx, post: Locked, { title = post.title, ...edit }: Edit) {
	const { lang } = languageOf(edit)
	await tx
		.update(topics)
		.set({
			title,
			lang,
			dir: directionOf(title, dirOf(lang)),
			langs: sql`array(select ${lang}::text union select tr.lang from translations tr
				where tr.post_id = ${post.id} and tr.hidden_at is null)`,
		})
		.where(eq(topics.id, post.topicId))
}

/** Asked to change her words she leaves them as they are. */
const sameWords = () => new AppError('invalid', { fields: { body: 'decisions:edit.same' } })

/**
 * Changes a post of hers. What it said before is kept for her and the moderators. Throws `conflict` when it was changed
 * since her form was opened (her words are in the form, the others on the page), `not-found` when it is not hers. Where a
 * moderator asked for the change it is shown again, and waits to be looked at; the same words are then `invalid`. `waits`:
 * nobody else sees it until a moderator has looked.
 */
export const editPost = command({
	input: EditedPost,
	limit: 'forum.edit',
	async access(actor, input) {
		const own = await readOwnPost(actor, input)
		checkMayWrite(actor, own.spaceId)
		const { language, body } = input
		// Asked once, she is not asked again; nor about words that she leaves as they are.
		const answered = own.langSource === 'confirmed' || own.body === body
		if (language !== own.lang || !answered) await checkLanguage(input)
		// Words that stand there already are no news to her.
		const sure = own.body === body && own.title === input.title ? 'yes' : input.sure
		return { ...own, screened: await screenText({ ...input, sure }) }
	},
	async run({ actor, input, found, tx, publish }) {
		await lockCasesOf(tx, postSubject.kind, found.id)
		await lockTopicOf(found, tx)
		const post = await lockPost(tx, input.post)
		const { body, note } = input
		const { lang } = languageOf(input)
		if (saysTheSame(post, input) && post.editAskedAt) throw sameWords()
		await dropDraft(tx, actor.id, draftPlace.edit(post.id))
		if (saysTheSame(post, input)) return { ...post, waits: false }
		if (post.version !== input.version) throw new AppError('conflict')
		await keepVersion(tx, post)
		const writer = { actor, aliased: post.aliased }
		const mentions = await mentionsIn(tx, writer, body)
		const version = post.version + 1
		await tx
			.update(posts)
			.set({
				body,
				html: renderBody(body, writtenHandles(mentions)),
				lang,
				dir: directionOf(body, dirOf(lang)),
				note,
				version,
				editedAt: sql`now()`,
				...(input.confirmed ? { langSource: 'confirmed' as const } : {}),
				...(input.minor ? {} : { meaningVersion: version }),
			})
			.where(eq(posts.id, post.id))
		if (isQuestion(post)) await changeTopic(tx, post, input)
		const about = { subject: postSubject, id: post.id }
		const written = { ...about, screened: found.screened, first: isFirst(actor, found) }
		if (post.editAskedAt) await showChanged(tx, { ...about, waits: mustWait(written) }, publish)
		const waits = await carryOut(tx, written, publish)
		const before = calledBy(post, await mentionsIn(tx, writer, post.body))
		const named = calledBy(post, mentions).filter((id) => !before.includes(id))
		// What has waited from the beginning has named them when it was shown.
		if (!waits && post.announced) await tellMentioned(tx, { ...post, authorId: actor.id }, named)
		return { ...post, waits }
	},
})

/** More versions than anybody compares; all of them would not fit into one page. */
const VERSIONS_SHOWN = 50

/** What a post said before, the latest first: for its author and the moderators of its space. Throws `not-found`. */
export async function readHistory(actor: Actor, ids: PostIds) {
	const { post, space, topic } = await accessPost(actor, ids)
	if (post.authorId !== actor.id && !moderates(actor, space.id)) throw new AppError('not-found')
	const versions = await db
		.select({
			version: postVersions.version,
			title: postVersions.title,
			body: postVersions.body,
			lang: postVersions.lang,
			until: postVersions.until,
		})
		.from(postVersions)
		.where(eq(postVersions.postId, post.id))
		.orderBy(desc(postVersions.version))
		.limit(VERSIONS_SHOWN)
	return {
		spaceId: space.id,
		post: { id: post.id, topicId: topic.id },
		now: {
			title: post.seq === 1 ? post.title : null,
			body: post.body,
			lang: post.lang,
			since: post.editedAt,
		},
		versions,
	}
}
