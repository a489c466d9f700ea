import { type CatchUp, type Entry, isGone, type Message } from '../chat.wire'

/** What one page holds of a room. Everything up to the cursor `seq` is in it, and nothing beyond. */
export interface Timeline {
	seq: number
	/** By place in the room. */
	messages: readonly Message[]
	/** Changes that came before one that is still missing. */
	waiting: readonly TimelineChange[]
	/** The place to ask before for what is not held here any more; null when the first message is shown. */
	older: number | null
}

/** One change of the room; without an entry only the cursor moves. */
export interface TimelineChange {
	seq: number
	entry?: Entry | { id: string; gone: true }
}

/** More would make an old phone slow; what is above is one link away. */
const HELD_AT_MOST = 300

function put(messages: readonly Message[], entry: TimelineChange['entry']): readonly Message[] {
	if (!entry) return messages
	const others = messages.filter(({ id }) => id !== entry.id)
	if ('gone' in entry) return others.length === messages.length ? messages : others
	const last = others.at(-1)
	// Nearly always it is the newest; an edited or restored one goes back to its place.
	if (!last || last.seq < entry.seq) return [...others, entry]
	return [...others, entry].sort((a, b) => a.seq - b.seq)
}

function trimmed(timeline: Timeline): Timeline {
	if (timeline.messages.length <= HELD_AT_MOST) return timeline
	const messages = timeline.messages.slice(-HELD_AT_MOST)
	return { ...timeline, messages, older: messages[0]!.seq }
}

/** Takes in waiting changes as far as there is no gap. */
function settle(timeline: Timeline): Timeline {
	let { seq, messages } = timeline
	let waiting = timeline.waiting.filter((change) => change.seq > seq)
	for (let next = waiting[0]; next?.seq === seq + 1; next = waiting[0]) {
		messages = put(messages, next.entry)
		seq = next.seq
		waiting = waiting.slice(1)
	}
	return trimmed({ ...timeline, seq, messages, waiting })
}

/** Takes in a change that was told. One that is known changes nothing; one beyond a gap waits for it to close. */
export function withChange(timeline: Timeline, change: TimelineChange): Timeline {
	if (change.seq <= timeline.seq || timeline.waiting.some(({ seq }) => seq === change.seq)) return timeline
	const waiting = [...timeline.waiting, change].sort((a, b) => a.seq - b.seq)
	return settle({ ...timeline, waiting })
}

/** Takes in a page of what was missed. A page that was read before what is held here says nothing new. */
export function withPage(timeline: Timeline, page: Pick<CatchUp, 'seq' | 'messages'>): Timeline {
	if (page.seq <= timeline.seq) return timeline
	let { messages, older } = timeline
	for (const entry of page.messages) {
		// Changed, but above what is held: it is read there when she goes there.
		if (older !== null && entry.seq < older) continue
		messages = put(messages, isGone(entry) ? { id: entry.id, gone: true } : entry)
	}
	older = messages.length === 0 ? null : older
	return settle({ ...timeline, seq: page.seq, messages, older })
}
