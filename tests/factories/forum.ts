import { db } from '~/db/client.server'
import { spaces } from '~/db/schema/forum'
import { askQuestion } from '~/features/forum/topics.server'
import type { Actor } from '~/platform/actor'
import { aMember } from './members'

let count = 0

/** A space of the forum. */
export async function aSpace(name = 'Work') {
	count += 1
	const [space] = await db
		.insert(spaces)
		.values({
			position: count,
			icon: 'briefcase',
			names: { en: name },
			descriptions: { en: `${name}, in short` },
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
}

/** A question, asked through the command. */
export async function aTopic({
	space,
	author,
	title = 'A question',
	body = 'What do I need?',
	language = 'en',
}: TopicFields = {}) {
	const [inSpace, actor] = [space ?? (await aSpace()), author ?? (await aMember())]
	const topic = await askQuestion(actor, {
		space: inSpace.id,
		title,
		body,
		language,
		key: crypto.randomUUID(),
	})
	return { ...topic, author: actor }
}
