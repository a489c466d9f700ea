import { type CatchUp, type Change, type Entry, type Held, isGone, type Message } from '../chat.wire'
import { type Asides, notThere, notYetSeen, withAside } from './asides'
import { ask, isTooBig } from './asking'
import {
	atRest,
	type Composing,
	type LiveRoomOptions,
	type LiveState,
	PATIENCE,
	roomChanged,
	stillHeld,
} from './live-state'
import { Looking } from './looking'
import { backToForm, newKey, type Pending, pack, unpackAnew, type Words } from './outbox'
import { finalOf } from './refusals'
import { pageShelf } from './shelf'
import {
	entryOf,
	type Timeline,
	type TimelineChange,
	withChange,
	withOlder,
	withPage,
	withSeen,
} from './timeline'
import { Timers } from './timers'

export type { LiveRoomOptions, LiveState } from './live-state'

/**
 * A room that is alive: holds what the page shows, tells when it changes, and carries her words out. It sends only
 * while connected and in the room, one message at a time, with the same key until the server has confirmed it; after
 * each connection it asks for what it missed.
 */
export class LiveRoom {
	readonly options: Required<LiveRoomOptions>
	private readonly listeners = new Set<() => void>()
	private readonly timers = new Timers()
	private timeline: Timeline
	private state: LiveState
	private joined = false
	private sending: string | undefined
	private gapTimer: ReturnType<typeof setTimeout> | undefined
	private readonly looking = new Looking(
		(ids) => this.askToLook(ids),
		(ids, messages) => this.looked(ids, messages),
	)

	constructor(options: LiveRoomOptions) {
		this.options = { patience: PATIENCE, draft: pageShelf(), ...options }
		const { seq, messages, older } = options.start
		this.timeline = { seq, messages, older, waiting: [] }
		this.state = { ...atRest(options.start), pending: unpackAnew(options.shelf.read()) }
	}

	readonly getState = () => this.state

	/** Whether what she does now reaches the room. */
	readonly isJoined = () => this.joined && this.options.socket.connected

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
		socket.on('message:changed', (change) => {
			if ('look' in change) this.looking.add([change.id])
			this.told(change, entryOf(change))
		})
		socket.on('room:changed', (change) => {
			this.change(roomChanged(this.state, change))
			this.told(change, undefined)
		})
		socket.on('message:look', ({ id }) => this.looking.add([id]))
		socket.on('room:lost', ({ room }) => room === this.options.room && this.lose())
		for (const { key } of this.state.pending) this.giveUpLater(key)
		socket.connect()
		return () => {
			socket.removeAllListeners()
			socket.disconnect()
			this.timers.clear()
			clearTimeout(this.gapTimer)
		}
	}

	/** Takes her words; they are shown at once, and kept until the server has them. */
	send(body: string, more: Omit<Words, 'body'> = {}) {
		const key = newKey()
		this.setPending([...this.state.pending, { ...more, key, body, state: 'sending' }])
		this.compose(null)
		this.giveUpLater(key)
		void this.pump()
	}

	/** Sends it once more; `sure`: although it shows how somebody can be reached. */
	retry(key: string, sure = false) {
		const anew = { final: undefined, why: undefined, contact: undefined }
		this.mark(key, { ...anew, state: 'sending', ...(sure && { sure }) })
		this.giveUpLater(key)
		void this.pump()
	}

	/** Gives words that were not taken back to where she writes. */
	takeBack(key: string) {
		const words = this.state.pending.find((one) => one.key === key)
		if (!words) return
		this.discard(key)
		this.change(backToForm(words))
	}

	/** What the next words are about. */
	compose(composing: Composing | null) {
		this.change({ composing })
	}

	/** Takes in a message as she sees it. */
	take(message: Message) {
		this.setTimeline(withSeen(this.timeline, message))
		this.setAsides(withAside(this.state.asides, message))
	}

	/** Brings the page above. */
	async loadOlder() {
		const { room } = this.options
		const page = await this.ask<{ messages: Message[]; older: number | null }>('message:older', {
			room,
			before: this.timeline.older,
		})
		if (page?.ok) this.setTimeline(withOlder(this.timeline, page))
		return page?.ok === true
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

	private setAsides(asides: Asides) {
		if (asides !== this.state.asides) this.change({ asides })
	}

	private setTimeline(timeline: Timeline) {
		if (timeline === this.timeline) return
		this.timeline = timeline
		// A message of hers that has come back is no longer on its way, whichever tab sent it.
		const shown = new Set(timeline.messages.map(({ key }) => key))
		const pending = this.state.pending.filter(({ key }) => !shown.has(key))
		if (pending.length < this.state.pending.length) this.options.shelf.write(pack(pending))
		this.change({ messages: timeline.messages, older: timeline.older, pending })
		this.looking.add(notYetSeen(timeline.messages, this.state.asides))
		clearTimeout(this.gapTimer)
		if (timeline.waiting.length > 0)
			this.gapTimer = setTimeout(() => void this.join(), this.options.patience.gap)
	}

	private told(change: Change, entry: TimelineChange['entry']) {
		if (change.room !== this.options.room) return
		this.setAsides(withAside(this.state.asides, entry))
		if (entry && 'gone' in entry) this.change({ held: stillHeld(this.state.held, entry) })
		this.setTimeline(withChange(this.timeline, { seq: change.seq, entry }))
	}

	private async askToLook(ids: readonly string[]) {
		if (!this.joined) return undefined
		const answer = await this.ask<{ messages: Message[] }>('message:look', { room: this.options.room, ids })
		return answer?.ok ? answer.messages : undefined
	}

	/** These messages as they are for her; those that are not there are nothing to her. */
	private looked(ids: readonly string[], messages: readonly Message[]) {
		this.change({ asides: { ...this.state.asides, ...notThere(ids, this.timeline.messages) } })
		for (const message of messages) this.take(message)
	}

	private readonly later = (act: () => void, ms = this.options.patience.again) => this.timers.add(act, ms)

	/** The answer to an event; undefined when the connection was lost before it came. */
	ask<T>(event: string, payload: object) {
		return ask<T>(this.options, event, payload)
	}

	/** Enters the room and asks for what was missed, until there is nothing more. */
	private async join() {
		const { room, socket } = this.options
		for (let more = true; more && socket.connected; ) {
			const page = await this.ask<CatchUp>('room:join', { room, after: this.timeline.seq })
			if (page?.ok !== true) {
				if (page?.code === 'not-found') return this.lose()
				return this.later(() => void this.join())
			}
			more = page.more
			this.setAsides(page.messages.reduce(withAside, this.state.asides))
			this.setTimeline(withPage(this.timeline, page))
			this.change({ alone: page.alone, closed: page.closed, held: page.held ?? this.state.held })
		}
		if (!socket.connected) return
		this.joined = true
		this.change({ connection: 'connected', standing: this.state.standing + 1 })
		this.tryAgain()
		this.looking.goOn()
	}

	/** The room is not hers any more: nothing of it stays on the page but what she had not sent. */
	private lose() {
		this.joined = false
		this.timeline = { seq: this.timeline.seq, messages: [], older: null, waiting: [] }
		this.change({ lost: true, messages: [], held: [], asides: {}, older: null, composing: null })
		this.options.onLost()
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
		const { key, body, language, replyTo, translationOf, sure } = next
		this.sending = key
		const words = { room, key, body, language, replyTo, translationOf, sure }
		const answer = await this.ask<{ message: Entry } | { held: Held }>('message:send', words)
		this.sending = undefined
		if (answer?.ok && 'held' in answer) this.putAside(answer.held)
		else if (answer?.ok) this.sent(key, answer.message)
		else if (answer) this.refusedOne(key, finalOf(answer))
		// When the connection was lost it goes out again after the next one, which is hardly a moment later.
		if (answer) void this.pump()
	}

	private sent(key: string, entry: Entry) {
		if (!isGone(entry)) this.setTimeline(withChange(this.timeline, { seq: entry.seq, entry }))
		if (isGone(entry) || entry.seq <= this.timeline.seq) this.discard(key)
		else this.mark(key, { state: 'sent' })
	}

	private putAside(held: Held) {
		this.discard(held.key)
		this.change({ held: [...stillHeld(this.state.held, held), held] })
	}

	/** It is given up as it is, or goes out again by itself after a while. */
	private refusedOne(key: string, final: Partial<Pending> | undefined) {
		this.mark(key, { state: 'not-sent', ...final })
		if (!final) this.later(() => this.tryAgain())
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
		if (this.sending && isTooBig(details)) this.refusedOne(this.sending, { final: 'tooLong' })
		// Whatever the reason was, the server does not want this session here.
		if (reason === 'io server disconnect') this.options.onSignedOut()
	}

	private refused({ message }: Error) {
		if (message === 'not-signed-in' || message === 'forbidden') return this.options.onSignedOut()
		// The client comes back by itself only where there was no answer at all.
		if (!this.options.socket.active) this.later(() => this.options.socket.connect())
	}
}
