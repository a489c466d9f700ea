import type { Actor } from '~/platform/actor'
import type { Fields } from '~/platform/http.server'
import { markAnswered, markAnsweredBy, takeAnsweredBack } from './answered.server'
import { answer } from './answering.server'
import { deletePost, restorePost } from './deletion.server'
import { discardDraft, draftPlace, saveDraft } from './drafts.server'
import { takeThanksBack, thank } from './thanks.server'
import { WAITING_PATH } from './waiting.server'

interface Place {
	space: string
	topic: string
	/** The post her page begins with; null on the first. */
	from: string | null
}

/** The buttons under posts: their name is what to do, their value is the post. */
const ON_POSTS = {
	thank,
	unthank: takeThanksBack,
	delete: deletePost,
	restore: restorePost,
	answeredBy: markAnsweredBy,
} as const

const isOnPost = (name: string): name is keyof typeof ON_POSTS => Object.hasOwn(ON_POSTS, name)

function address({ space, topic, from }: Place, told?: string) {
	const asked = new URLSearchParams({ ...(from ? { from } : {}), ...(told ? { told } : {}) }).toString()
	return `/forum/${space}/${topic}${asked ? `?${asked}` : ''}`
}

/** Does what a form of a topic's page asks for; returns where to go. Throws what the commands throw. */
export async function actOnTopic(actor: Actor, place: Place, fields: Fields): Promise<string> {
	const ids = { space: place.space, topic: place.topic }
	const name = Object.keys(fields).find(isOnPost)
	if (name) {
		const done = await ON_POSTS[name](actor, { ...ids, post: fields[name] })
		return `${address(place, done ? undefined : 'late')}#p-${fields[name]}`
	}
	if (fields.answered) {
		await (fields.answered === 'no' ? takeAnsweredBack : markAnswered)(actor, ids)
		return address(place)
	}
	const draft = draftPlace.answer(place.topic)
	if (fields.intent === 'draft') {
		await saveDraft(actor, { ...fields, place: draft, key: undefined })
		return `${address(place, 'kept')}#answer`
	}
	if (fields.intent === 'discard') {
		await discardDraft(actor, { place: draft })
		return `${address(place)}#answer`
	}
	return sendAnswer(actor, ids, fields)
}

async function sendAnswer(actor: Actor, ids: { space: string; topic: string }, fields: Fields) {
	const sent = await answer(actor, { ...fields, ...ids })
	if ('kept' in sent) return address({ ...ids, topic: sent.topicId ?? ids.topic, from: null }, sent.kept)
	const { id, waits } = sent.post
	if (waits) return WAITING_PATH
	return `${address({ ...ids, from: id }, sent.lostReply ? 'alone' : undefined)}#p-${id}`
}
