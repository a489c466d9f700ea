import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { translations } from '~/db/schema/translation'
import { publishTranslation } from '~/features/forum/translation/publishing.server'
import type { Actor } from '~/platform/actor'
import { aSpace } from './forum'
import { aMember } from './members'

const WRITTEN = { langSource: 'declared', dir: 'ltr' } as const

interface QuestionFields {
	space?: { id: string }
	author?: Actor
	lang?: string
	body?: string
	alias?: number
	note?: 'violence'
}

/** A question as a topic with its first post, to be translated. */
export async function aQuestion(fields: QuestionFields = {}) {
	const { lang = 'ar', body = 'سؤال عن العمل', alias, note } = fields
	const [space, author] = [fields.space ?? (await aSpace()), fields.author ?? (await aMember())]
	const [topic] = await db
		.insert(topics)
		.values({
			spaceId: space.id,
			authorId: author.id,
			key: crypto.randomUUID(),
			title: 'سؤال',
			lang,
			dir: 'rtl',
			langs: [lang],
			alias,
			postSeq: 1,
			visiblePosts: 1,
		})
		.returning()
	const post = await aPostIn(topic!, { author, lang, body, aliased: alias !== undefined, note })
	return { space, topic: topic!, post, author }
}

type PostFields = Partial<Omit<typeof posts.$inferInsert, 'authorId'>> & { author?: Actor | null }

/** One more post of a topic. */
export async function aPostIn(topic: { id: string }, { author, ...fields }: PostFields = {}) {
	const writer = author === undefined ? await aMember() : author
	const body = fields.body ?? 'جواب'
	const [post] = await db
		.insert(posts)
		.values({
			topicId: topic.id,
			seq: 1,
			authorId: writer?.id,
			key: crypto.randomUUID(),
			html: `<p>${body}</p>`,
			lang: 'ar',
			...WRITTEN,
			...fields,
			body,
		})
		.returning()
	return post!
}

/** Someone who speaks Arabic and English. */
export const aTranslator = (fields: Parameters<typeof aMember>[0] = {}) =>
	aMember({ speaks: ['ar', 'en'], reads: ['ar', 'en'], ...fields })

/** What the page to write a translation on sends. */
export const translationForm = (post: { id: string }, fields: Record<string, unknown> = {}) => ({
	post: post.id,
	language: 'en',
	title: 'A question',
	body: 'A question about work',
	key: crypto.randomUUID(),
	of: '1',
	seen: new Date().toISOString(),
	...fields,
})

/** A published translation, by a translator of its own unless one is named. */
export async function aTranslation(
	post: { id: string },
	{ by, ...fields }: Record<string, unknown> & { by?: Actor } = {},
) {
	const author = by ?? (await aTranslator())
	const { id } = await publishTranslation(
		author,
		translationForm(post, { seen: '2999-01-01T00:00:00Z', ...fields }),
	)
	const [row] = await db.select().from(translations).where(eq(translations.id, id))
	return { ...row!, author }
}
