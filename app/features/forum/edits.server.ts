import { desc, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { db, type Tx } from '~/db/client.server'
import { posts, postVersions, topics } from '~/db/schema/forum'
import { type Actor, moderates } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { lockTopic } from './counting.server'
import { draftPlace, dropDraft } from './drafts.server'
import { EditedPost } from './forum.schema'
import { renderBody } from './markdown.server'
import { idsOf, mentionsIn, writtenHandles } from './mentions.server'
import { accessPost } from './posts.server'
import { tellMentioned } from './telling.server'
import { checkLanguage, languageOf } from './text-language.server'

interface PostIds {
	space: string
	topic: string
	post: string
}

/** Her own post, to change it. Moderators hide words, they never change them. Throws `not-found`. */
export async function readOwnPost(actor: Actor, ids: PostIds) {
	const { post, space, topic } = await accessPost(actor, ids)
	if (post.authorId !== actor.id) throw new AppError('not-found')
	const { authorId: _authorId, seq, title, ...own } = post
	return { spaceId: space.id, topicId: topic.id, ...own, title: seq === 1 ? title : undefined }
}

type Edit = z.output<typeof EditedPost>

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
		})
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.where(eq(posts.id, id))
		.for('update', { of: posts })
	if (!post || post.deletedAt || post.hiddenAt) throw new AppError('not-found')
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

/**
 * Changes a post of hers. What it said before is kept for her and the moderators. Throws `conflict` when it was changed
 * since her form was opened (her words are in the form, the others on the page), `not-found` when it is not hers.
 */
export const editPost = command({
	input: EditedPost,
	limit: 'forum.edit',
	async access(actor, input) {
		const own = await readOwnPost(actor, input)
		const { language, body } = input
		// Asked once, she is not asked again; nor about words that she leaves as they are.
		const answered = own.langSource === 'confirmed' || own.body === body
		if (language !== own.lang || !answered) await checkLanguage(input)
		return own
	},
	async run({ actor, input, found, tx }) {
		await lockTopic(tx, found.topicId)
		const post = await lockPost(tx, input.post)
		const { body, note } = input
		const { lang } = languageOf(input)
		await dropDraft(tx, actor.id, draftPlace.edit(post.id))
		if (saysTheSame(post, input)) return post
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
		const before = idsOf(await mentionsIn(tx, writer, post.body))
		const named = idsOf(mentions).filter((id) => !before.includes(id))
		await tellMentioned(tx, { ...post, authorId: actor.id }, named)
		return post
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
