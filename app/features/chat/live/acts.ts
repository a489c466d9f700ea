import type { Reaction } from '../chat.limits'
import type { Entry, Message } from '../chat.wire'
import { isGone } from '../chat.wire'
import type { LiveRoom } from './live-room'

async function mark(live: LiveRoom, event: string, payload: object) {
	const answer = await live.ask<{ message: Entry }>(event, payload)
	if (answer?.ok && !isGone(answer.message)) live.take(answer.message)
}

/** Puts a sign under a message, or takes it away again. */
export const react = (live: LiveRoom, room: string, message: Message, kind: Reaction) =>
	mark(live, 'message:react', {
		...{ room, id: message.id, kind },
		on: !message.mine?.reactions.includes(kind),
	})

/** "Please translate", or no longer. */
export const wish = (live: LiveRoom, room: string, message: Message, language: string) =>
	mark(live, 'message:wish', {
		...{ room, id: message.id, language },
		on: !message.mine?.wanted.includes(language),
	})
