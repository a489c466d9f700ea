import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import type { Fields } from '~/platform/http.server'
import { markTopic } from './marks.server'
import { mergeTopic } from './merging.server'
import { moveTopic } from './moving.server'
import { splitTopic } from './splitting.server'

const TOOLS = {
	pin: markTopic,
	unpin: markTopic,
	lock: markTopic,
	unlock: markTopic,
	move: moveTopic,
	merge: mergeTopic,
	split: splitTopic,
}

/** Does what the form of a tool asks for and returns where to go then. Throws `invalid` for what is no tool. */
export async function manageTopic(actor: Actor, ids: { space: string; topic: string }, fields: Fields) {
	const { intent } = fields
	const tool =
		typeof intent === 'string' && Object.hasOwn(TOOLS, intent) && TOOLS[intent as keyof typeof TOOLS]
	if (!tool) throw new AppError('invalid', { fields: { '': 'errors:notUnderstood' } })
	return (await tool(actor, { ...fields, ...ids })) ?? `/forum/${ids.space}/${ids.topic}`
}
