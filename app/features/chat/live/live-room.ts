import type { Socket } from 'socket.io-client'
import {
	type Answer,
	type CatchUp,
	type Change,
	type ClientEvents,
	type Entry,
	isGone,
	type Message,
	type ServerEvents,
} from '../chat.wire'
import { newKey, type Pending, pack, type Shelf, unpack } from './outbox'
import { type Timeline, type TimelineChange, withChange, withPage } from './timeline'

export interface LiveState {
	connection: 'connected' | 'trying'
	messages: readonly Message[]
	older: number | null
	/** What she wrote and the server has not confirmed, in the order she wrote it. */
	pending: readonly Pending[]
	alone: boolean
	closed: boolean
}

export interface LiveRoomOptions {
	room: string
	/** The room as the page was made, up to its cursor. */
	start: { seq: number; messages: readonly Message[]; older: number | null; alone: boolean; closed: boolean }
	socket: Socket<ServerEvents, ClientEvents>
	shelf: Shelf
	/** Her session is over: the page must go. */
	onSignedOut(): void
	/** The room is no longer hers. */
	onLost(): void
	/** How long to wait, in milliseconds; tests are less patient. */
	patience?: { answer: number; again: number; gap: number }
}

const PATIENCE = { answer: 10_000, again: 4_000, gap: 400 }
/** The close code of a WebSocket whose frame was larger than the server takes. */
const TOO_BIG = 1009
const NEVER_AGAIN = new Set(['invalid', 'forbidden', 'not-found', 'conflict'])

/**
 * A room that is alive: holds what the page shows, tells when it changes, and carries her words out. It sends only
 * while connected and in the room, one message at a time, with the same key until the server has confirmed it; after
 * each connection it asks for what it missed.
 */
export class LiveRoom {
	private readonly options: Required<LiveRoomOptions>
	private readonly listeners = new Set<() => void>()
	private readonly timers = new Set<ReturnType<typeof setTimeout>>()
	private timeline: Timeline
	private state: LiveState
	private joined = false
	private sending: string | undefined
	private gapTimer: ReturnType<typeof setTimeout> | undefined

	constructor(options: LiveRoomOptions) {
		this.options = { patience: PATIENCE, ...options }
		const { seq, messages, older, alone, closed } = options.start
		this.timeline = { seq, messages, older, waiting: [] }
		const pending = unpack(options.shelf.read()).map((one) =>
			one.final ? one : { ...one, state: 'sending' as const },
		)
		this.state = { connection: 'trying', messages, older, pending, alone, closed }
	}

	readonly getState = () => this.state

	readonly subscribe = (listener: () => void) => {
		this.listeners.add(listener)
		return () => void this.listeners.delete(listener)
	}

	/** Connects. Returns what ends it again. */
	open() {
		const { socket } = this.options
		socket.on('connect', () => void this.join())
		socket.on('connect_error', (error) => this.refused(error))
		socket.on('disconnect', (reason, details) => this.disconnected(reason, details))
		socket.on('signed-out', () => this.options.onSignedOut())
		socket.on('message:new', (change) => this.told(change, change.message))
		socket.on('message:changed', (change) =>
			this.told(change, 'message' in change ? change.message : { id: change.id, gone: true }),
		)
		socket.on('room:changed', (change) => {
			const { alone, closed } = this.state
			this.change({ alone: alone || change.alone === true, closed: change.closed ?? closed })
			this.told(change, undefined)
		})
		for (const { key } of this.state.pending) this.giveUpLater(key)
		socket.connect()
		return () => {
			socket.removeAllListeners()
			socket.disconnect()
			for (const timer of this.timers) clearTimeout(timer)
			clearTimeout(this.gapTimer)
		}
	}

	/** Takes her words; they are shown at once, and kept until the server has them. */
	send(body: string) {
		const key = newKey()
		this.setPending([...this.state.pending, { key, body, state: 'sending' }])
		this.giveUpLater(key)
		void this.pump()
	}

	retry(key: string) {
		this.mark(key, { state: 'sending' })
		this.giveUpLater(key)
		void this.pump()
	}

	discard(key: string) {
		this.setPending(this.state.pending.filter((one) => one.key !== key))
	}

	private change(part: Partial<LiveState>) {
		this.state = { ...this.state, ...part }
		for (const listener of this.listeners) listener()
	}

	private setPending(pending: readonly Pending[]) {
		this.options.shelf.write(pack(pending))
		this.change({ pending })
	}

	private mark(key: string, part: Partial<Pending>) {
		if (!this.state.pending.some((one) => one.key === key)) return
		this.setPending(this.state.pending.map((one) => (one.key === key ? { ...one, ...part } : one)))
	}

	private setTimeline(timeline: Timeline) {
		if (timeline === this.timeline) return
		this.timeline = timeline
		// A message of hers that has come back is no longer on its way, whichever tab sent it.
		const shown = new Set(timeline.messages.map(({ key }) => key))
		const pending = this.state.pending.filter(({ key }) => !shown.has(key))
		if (pending.length < this.state.pending.length) this.options.shelf.write(pack(pending))
		this.change({ messages: timeline.messages, older: timeline.older, pending })
		clearTimeout(this.gapTimer)
		if (timeline.waiting.length > 0)
			this.gapTimer = setTimeout(() => void this.join(), this.options.patience.gap)
	}

	private told(change: Change, entry: TimelineChange['entry']) {
		if (change.room !== this.options.room) return
		this.setTimeline(withChange(this.timeline, { seq: change.seq, entry }))
	}

	private later(act: () => void, ms = this.options.patience.again) {
		const timer = setTimeout(() => {
			this.timers.delete(timer)
			act()
		}, ms)
		this.timers.add(timer)
	}

	/**
	 * The answer to an event; undefined when the connection was lost before it came. A connection that does not answer
	 * in time is given up for a new one.
	 */
	private async ask<T>(event: string, payload: object): Promise<Answer<T> | undefined> {
		const { socket, patience } = this.options
		try {
			return (await socket.timeout(patience.answer).emitWithAck(event, payload)) as Answer<T>
		} catch {
			if (!socket.connected) return undefined
			socket.io.engine.close()
			return { ok: false, code: 'silent' }
		}
	}

	/** Enters the room and asks for what was missed, until there is nothing more. */
	private async join() {
		const { room, socket } = this.options
		for (let more = true; more && socket.connected; ) {
			const page = await this.ask<CatchUp>('room:join', { room, after: this.timeline.seq })
			if (page?.ok !== true) {
				if (page?.code === 'not-found') return this.options.onLost()
				return this.later(() => void this.join())
			}
			more = page.more
			this.setTimeline(withPage(this.timeline, page))
			this.change({ alone: page.alone, closed: page.closed })
		}
		if (!socket.connected) return
		this.joined = true
		this.change({ connection: 'connected' })
		this.tryAgain()
	}

	private tryAgain() {
		for (const { key, state, final } of this.state.pending) {
			if (state !== 'not-sent' || final) continue
			this.mark(key, { state: 'sending' })
			this.giveUpLater(key)
		}
		void this.pump()
	}

	/** Sends the first message that waits, then the next: hers stay in the order she wrote them. */
	private async pump() {
		// One that cannot go just now is tried again soon: what she wrote after it must not overtake it.
		const next = this.state.pending.find(({ state, final }) => state !== 'sent' && !final)
		const { socket, room } = this.options
		if (next?.state !== 'sending' || this.sending || !this.joined || !socket.connected) return
		const { key, body } = next
		this.sending = key
		const answer = await this.ask<{ message: Entry }>('message:send', { room, key, body })
		this.sending = undefined
		if (answer?.ok) this.sent(key, answer.message)
		else if (answer && NEVER_AGAIN.has(answer.code))
			this.giveUp(key, answer.fields?.body === 'errors:tooLong')
		else if (answer) this.notNow(key)
		// When the connection was lost it goes out again after the next one, which is hardly a moment later.
		if (answer) void this.pump()
	}

	private sent(key: string, entry: Entry) {
		if (!isGone(entry)) this.setTimeline(withChange(this.timeline, { seq: entry.seq, entry }))
		if (isGone(entry) || entry.seq <= this.timeline.seq) this.discard(key)
		else this.mark(key, { state: 'sent' })
	}

	private giveUp(key: string, tooLong: boolean) {
		this.mark(key, { state: 'not-sent', final: tooLong ? 'tooLong' : 'refused' })
	}

	private notNow(key: string) {
		this.mark(key, { state: 'not-sent' })
		this.later(() => this.tryAgain())
	}

	/** Says after a while that a message is not sent yet, once there is no connection; it still goes out by itself. */
	private giveUpLater(key: string, ms = this.options.patience.answer) {
		this.later(() => {
			if (!this.state.pending.some((one) => one.key === key && one.state === 'sending')) return
			if (this.joined) this.giveUpLater(key, this.options.patience.again)
			else this.mark(key, { state: 'not-sent' })
		}, ms)
	}

	private disconnected(reason: string, details: unknown) {
		this.joined = false
		this.change({ connection: 'trying' })
		const code = (details as { context?: { code?: number } } | undefined)?.context?.code
		if (code === TOO_BIG && this.sending) this.giveUp(this.sending, true)
		// Whatever the reason was, the server does not want this session here.
		if (reason === 'io server disconnect') this.options.onSignedOut()
	}

	private refused({ message }: Error) {
		if (message === 'not-signed-in' || message === 'forbidden') return this.options.onSignedOut()
		// The client comes back by itself only where there was no answer at all.
		if (!this.options.socket.active) this.later(() => this.options.socket.connect())
	}
}
