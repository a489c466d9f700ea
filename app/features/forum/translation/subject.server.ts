import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { translations } from '~/db/schema/translation'
import type { Subject } from '~/features/moderation/subject'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { accessTranslation } from './access.server'
import { announceTranslation } from './announcing.server'
import { refreshLanguages } from './languages.server'

/** The translation with the original beside it; under an alias the original names nobody here either. */
async function find(tx: Tx, id: string) {
	if (!isUuid(id)) return undefined
	const [found] = await tx
		.select({
			id: translations.id,
			authorId: translations.authorId,
			title: translations.title,
			body: translations.body,
			lang: translations.lang,
			dir: translations.dir,
			spaceId: topics.spaceId,
			original: {
				id: posts.id,
				author: sql<string | null>`case when ${posts.aliased} then null else ${members.handle} end`,
				body: sql<string>`case when ${posts.seq} = 1 then ${topics.title} || E'\\n\\n' || ${posts.body} else ${posts.body} end`,
				lang: posts.lang,
				dir: posts.dir,
			},
			deleted: sql<boolean>`${posts.deletedAt} is not null`,
		})
		.from(translations)
		.innerJoin(posts, eq(posts.id, translations.postId))
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.leftJoin(members, eq(members.id, posts.authorId))
		.where(eq(translations.id, id))
	if (!found) return undefined
	const { title, body, original, deleted, ...rest } = found
	return {
		...rest,
		body: title ? `${title}\n\n${body}` : body,
		private: false,
		path: `/forum/translation/${id}`,
		around: deleted ? [] : [original],
	}
}

async function mayReport(tx: Tx, actor: Actor, id: string) {
	try {
		await accessTranslation(tx, actor, id)
		return true
	} catch (error) {
		if (error instanceof AppError) return false
		throw error
	}
}

async function setHidden(tx: Tx, id: string, hidden: boolean) {
	const [changed] = await tx
		.update(translations)
		.set({ hiddenAt: hidden ? sql`now()` : null })
		.where(
			and(eq(translations.id, id), hidden ? isNull(translations.hiddenAt) : isNotNull(translations.hiddenAt)),
		)
		.returning({ postId: translations.postId })
	if (!changed) return false
	const [post] = await tx
		.select({ topicId: posts.topicId, seq: posts.seq })
		.from(posts)
		.where(eq(posts.id, changed.postId))
	if (post?.seq === 1) await refreshLanguages(tx, post.topicId)
	return true
}

/** Its row stays, hidden: the decision about it leads there. */
const wipeTranslation = async (tx: Tx, id: string) =>
	void (await tx.update(translations).set({ title: null, body: '', html: '' }).where(eq(translations.id, id)))

/** Translations, as moderation sees them. */
export const translationSubject: Subject = {
	kind: 'translation',
	find,
	mayReport,
	hide: async (tx, id) => void (await setHidden(tx, id, true)),
	async restore(tx, id) {
		if (await setHidden(tx, id, false)) await announceTranslation(tx, id)
	},
	wipe: wipeTranslation,
}
