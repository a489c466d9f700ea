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
	/** How many messages may be held; more when she went back to read. */
	room?: number
}

/** One change of the room; without an entry only the cursor moves. */
export interface TimelineChange {
	seq: number
	entry?: Entry | { id: string; gone: true }
}

/** What a telling of a change says of a message; nothing where she looks at it herself. */
export function entryOf(change: { message: Message } | { id: string; gone?: true }): TimelineChange['entry'] {
	if ('message' in change) return change.message
	return change.gone && { id: change.id, gone: true }
}

/** More would make an old phone slow; what is above is one link away. */
const HELD_AT_MOST = 300

function put(messages: readonly Message[], entry: TimelineChange['entry']): readonly Message[] {
	if (!entry) return messages
	const known = messages.find(({ id }) => id === entry.id)
	const others = known ? messages.filter((message) => message !== known) : messages
	if ('gone' in entry) return others
	const last = others.at(-1)
	const now = withMine(entry, known)
	// Nearly always it is the newest; an edited or restored one goes back to its place.
	if (!last || last.seq < now.seq) return [...others, now]
	return [...others, now].sort((a, b) => a.seq - b.seq)
}

/** What is told to everyone does not say what is hers. */
export const withMine = (message: Message, known: Message | undefined): Message =>
	message.mine || !known?.mine ? message : { ...message, mine: known.mine }

function trimmed(timeline: Timeline): Timeline {
	const { room = HELD_AT_MOST } = timeline
	if (timeline.messages.length <= room) return timeline
	const messages = timeline.messages.slice(-room)
	return { ...timeline, messages, older: messages[0]!.seq }
}

/** Changed, but above what is held: it is read there when she goes there. */
const isAbove = ({ older }: Pick<Timeline, 'older'>, entry: TimelineChange['entry']) =>
	older !== null && entry !== undefined && 'seq' in entry && entry.seq < older

/** Takes in waiting changes as far as there is no gap. */
function settle(timeline: Timeline): Timeline {
	let { seq, messages } = timeline
	let waiting = timeline.waiting.filter((change) => change.seq > seq)
	for (let next = waiting[0]; next?.seq === seq + 1; next = waiting[0]) {
		if (!isAbove(timeline, next.entry)) messages = put(messages, next.entry)
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
		if (isAbove(timeline, entry)) continue
		messages = put(messages, isGone(entry) ? { id: entry.id, gone: true } : entry)
	}
	older = messages.length === 0 ? null : older
	return settle({ ...timeline, seq: page.seq, messages, older })
}

/** Takes in the page above what is held, and keeps as much as that from then on. */
export function withOlder(
	timeline: Timeline,
	page: { messages: readonly Message[]; older: number | null },
): Timeline {
	const first = timeline.messages[0]?.seq ?? Number.POSITIVE_INFINITY
	const above = page.messages.filter(({ seq }) => seq < first)
	const messages = [...above, ...timeline.messages]
	return { ...timeline, messages, older: page.older, room: messages.length + HELD_AT_MOST }
}

/** Takes in a message as she sees it, at no number of its own, if it is held. */
export const withSeen = (timeline: Timeline, message: Message): Timeline =>
	timeline.messages.some(({ id }) => id === message.id)
		? { ...timeline, messages: put(timeline.messages, message) }
		: timeline
