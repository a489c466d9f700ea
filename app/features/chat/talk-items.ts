import { shownIn } from '~/platform/i18n/moments'
import type { Message } from './chat.wire'

const TOGETHER_MS = 5 * 60_000

/** What one person said within a few minutes, in one group. */
export function groupsOf(messages: readonly Message[]): Message[][] {
	const groups: Message[][] = []
	for (const message of messages) {
		const last = groups.at(-1)?.at(-1)
		const together =
			last !== undefined &&
			last.authorId !== null &&
			last.authorId === message.authorId &&
			Date.parse(message.at) - Date.parse(last.at) < TOGETHER_MS
		if (together) groups.at(-1)!.push(message)
		else groups.push([message])
	}
	return groups
}

/** One line of a talk, or what a person said in one go. */
export type TalkItem =
	| { kind: 'day'; at: string }
	/** From here on it is new to her. */
	| { kind: 'new' }
	| { kind: 'group'; messages: Message[] }
	/** A translation, which stands with the message it is of. */
	| { kind: 'pair'; message: Message; original: Message }

interface Facts {
	/** Whose clock says when a day begins. */
	zone: string
	/** How far she had read; null where she never was here. */
	readTo: number | null
	me: { id: string }
	/** There is more above. */
	more: boolean
}

/** The day of a moment, the same in every language. */
const dayOf = (at: string, zone: string) => shownIn(zone, new Date(at)).date

/** The first message that is new to her; none where everything is, or where she cannot know what came before. */
function firstNew(messages: readonly Message[], { readTo, me, more }: Facts) {
	if (readTo === null) return undefined
	const at = messages.findIndex(({ seq, authorId }) => seq > readTo && authorId !== me.id)
	return at > 0 || (at === 0 && !more) ? messages[at] : undefined
}

/** The originals of those translations that stand with them. */
function pairsIn(messages: readonly Message[]) {
	const byId = new Map(messages.map((message) => [message.id, message]))
	return (message: Message) => (message.translationOf === null ? undefined : byId.get(message.translationOf))
}

/** The talk in its order: a line for each day and where the new begins, and what each said between. */
export function itemsOf(messages: readonly Message[], facts: Facts): TalkItem[] {
	const items: TalkItem[] = []
	const originalOf = pairsIn(messages)
	const first = firstNew(messages, facts)
	let said: Message[] = []
	let before: Message | undefined
	const close = () => {
		items.push(...groupsOf(said).map((group) => ({ kind: 'group' as const, messages: group })))
		said = []
	}
	for (const message of messages) {
		if (!before || dayOf(before.at, facts.zone) !== dayOf(message.at, facts.zone)) {
			close()
			items.push({ kind: 'day', at: message.at })
		}
		if (message === first) {
			close()
			items.push({ kind: 'new' })
		}
		const original = originalOf(message)
		if (!original) said.push(message)
		else if (original !== before) {
			close()
			items.push({ kind: 'pair', message, original })
		}
		// A translation that follows what it is of stands right there: it needs no line of its own.
		before = original === before && original ? before : message
	}
	close()
	return items
}

/** The translations of a message, in the order they were said. */
export const pairsOf = (messages: readonly Message[], id: string) =>
	messages.filter(({ translationOf }) => translationOf === id)
