import type { Message } from '../chat.wire'
import { type TimelineChange, withMine } from './timeline'

/** Messages that others point to and that are not held themselves; null for what is not there for her. */
export type Asides = Readonly<Record<string, Message | null>>

/** What was told of one of them: it changed, or it is gone. */
export function withAside(asides: Asides, entry: TimelineChange['entry']): Asides {
	if (!entry || !(entry.id in asides)) return asides
	const now = 'gone' in entry ? null : withMine(entry, asides[entry.id] ?? undefined)
	return { ...asides, [entry.id]: now }
}

/** What messages point to and nobody has looked at yet. */
export function notYetSeen(messages: readonly Message[], asides: Asides): string[] {
	const held = new Set(messages.map(({ id }) => id))
	const ids = messages.flatMap(({ replyTo, translationOf }) => [replyTo, translationOf])
	return [...new Set(ids)].filter(
		(id): id is string => typeof id === 'string' && !held.has(id) && !(id in asides),
	)
}

/** The message of this id as far as it is there; undefined while nobody has looked. */
export const findPointed = (messages: readonly Message[], asides: Asides, id: string) =>
	messages.find((message) => message.id === id) ?? asides[id]

/** Of those that were asked for, which are neither held nor to be shown. */
export function notThere(ids: readonly string[], messages: readonly Message[]): Asides {
	const held = new Set(messages.map(({ id }) => id))
	return Object.fromEntries(ids.filter((id) => !held.has(id)).map((id) => [id, null]))
}
