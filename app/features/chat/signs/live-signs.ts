import type { LiveRoom } from '../live/live-room'
import type { SignsView } from './signs.wire'

const TELL_EVERY_MS = 3_000
const GONE_AFTER_MS = 6_000

export interface Signs {
	view: SignsView
	/** Who is writing just now. */
	writing: readonly string[]
}

/** What makes a field's words hers: typed by her in the field for new messages, and not put there by the page. */
function isWriting({ isTrusted, target }: Event) {
	const field = target as HTMLTextAreaElement
	return isTrusted && field.name === 'body' && field.form?.id === 'write' && field.value.trim() !== ''
}

/**
 * Keeps the signs of a private room as they stand: asks when they may have changed, shows who writes until she stops,
 * and tells that she writes herself, all of it only while everyone has them on. Returns what ends it.
 */
export function openSigns(live: LiveRoom, start: SignsView, show: (signs: Signs) => void) {
	const { room, socket } = live.options
	const writing = new Map<string, ReturnType<typeof setTimeout>>()
	let view = start
	let standing = live.getState().standing
	let asked = 0
	let toldAt = Number.NEGATIVE_INFINITY

	const tell = () => show({ view, writing: [...writing.keys()] })

	function stop(name: string) {
		clearTimeout(writing.get(name))
		if (writing.delete(name)) tell()
	}

	function take(next: SignsView) {
		view = next
		if (!next.on) for (const name of [...writing.keys()]) stop(name)
		tell()
	}

	async function ask() {
		asked += 1
		const question = asked
		const answer = await live.ask<{ signs: SignsView | null }>('room:signs', { room })
		// An answer that another question has overtaken may be older than what is known.
		if (question === asked && answer?.ok && answer.signs) take(answer.signs)
	}

	const changed = () => {
		const { standing: now, lost } = live.getState()
		if (lost) return take({ mine: false, on: false, readTo: 0 })
		if (now === standing) return
		standing = now
		void ask()
	}

	const typing = (told: { room: string; name: string }) => {
		if (told.room !== room || !view.on) return
		clearTimeout(writing.get(told.name))
		writing.set(
			told.name,
			setTimeout(() => stop(told.name), GONE_AFTER_MS),
		)
		tell()
	}
	// What is told never turns them on: it may have been on its way when they ended.
	const read = (told: { room: string; signs: SignsView }) => {
		if (told.room === room && view.on) take({ ...view, readTo: Math.max(view.readTo, told.signs.readTo) })
	}
	const said = ({ message }: { message: { author: string | null } }) => stop(message.author ?? '')

	const wrote = (event: Event) => {
		const now = performance.now()
		if (!view.on || !live.isJoined() || now - toldAt < TELL_EVERY_MS || !isWriting(event)) return
		toldAt = now
		void live.ask('room:typing', { room })
	}

	socket.on('room:typing', typing)
	socket.on('room:signs', read)
	socket.on('message:new', said)
	document.addEventListener('input', wrote)
	const unsubscribe = live.subscribe(changed)
	// The page was made a moment ago.
	if (live.isJoined()) void ask()
	return () => {
		unsubscribe()
		socket.off('room:typing', typing)
		socket.off('room:signs', read)
		socket.off('message:new', said)
		document.removeEventListener('input', wrote)
		for (const timer of writing.values()) clearTimeout(timer)
	}
}
