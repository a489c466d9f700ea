import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { posts, spaces } from '~/db/schema/forum'
import { answer } from '~/features/forum/answering.server'
import { askQuestion } from '~/features/forum/topics.server'
import type { Actor } from '~/platform/actor'
import { aMember } from './members'

let count = 0

/** A space of the forum. */
export async function aSpace(name = 'Work', fields: Partial<typeof spaces.$inferInsert> = {}) {
	count += 1
	const [space] = await db
		.insert(spaces)
		.values({
			position: count,
			icon: 'briefcase',
			names: { en: name },
			descriptions: { en: `${name}, in short` },
			...fields,
		})
		.returning()
	return space!
}

interface TopicFields {
	space?: { id: string }
	author?: Actor
	title?: string
	body?: string
	language?: string
	note?: string
	/** Asked without her handle; the space must allow it. */
	alias?: 'yes'
}

/** A question, asked through the command. */
export async function aTopic({
	space,
	author,
	title = 'A question',
	body = 'What do I need?',
	language = 'en',
	...more
}: TopicFields = {}) {
	const [inSpace, actor] = [space ?? (await aSpace()), author ?? (await aMember())]
	const topic = await askQuestion(actor, {
		space: inSpace.id,
		title,
		body,
		language,
		key: crypto.randomUUID(),
		...more,
	})
	return { ...topic, author: actor }
}

/** What the commands of a topic are told about where it is. */
export const idsOf = (topic: { id: string; spaceId: string }) => ({ space: topic.spaceId, topic: topic.id })

/** The post that asks a question. */
export async function questionOf(topic: { id: string }) {
	const [first] = await db.select().from(posts).where(eq(posts.topicId, topic.id)).orderBy(posts.seq).limit(1)
	return first!
}

/** An answer through the command; the topic must take answers. */
export async function anAnswer(
	topic: { id: string; spaceId: string },
	fields: { author?: Actor; body?: string; language?: string; note?: string; replyTo?: string } = {},
) {
	const { author = await aMember(), ...more } = fields
	const sent = await answer(author, {
		...idsOf(topic),
		body: 'An answer',
		language: 'en',
		key: crypto.randomUUID(),
		...more,
	})
	if (!('post' in sent)) throw new Error('the topic takes no answers')
	return { ...sent.post!, author }
}
