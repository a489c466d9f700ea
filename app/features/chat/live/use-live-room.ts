import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { io } from 'socket.io-client'
import { LiveRoom, type LiveRoomOptions, type LiveState } from './live-room'
import { tabShelf } from './outbox'

type Start = LiveRoomOptions['start']

const CONNECT_WITHIN_MS = 10_000
const AGAIN_AFTER_MS = { first: 500, most: 8_000 }

const openSocket = () =>
	io({
		transports: ['websocket', 'polling'],
		tryAllTransports: true,
		autoConnect: false,
		timeout: CONNECT_WITHIN_MS,
		reconnectionDelay: AGAIN_AFTER_MS.first,
		reconnectionDelayMax: AGAIN_AFTER_MS.most,
	})

/** She pressed Leave now: the page is blank and on its way out, and nothing may turn that round. */
const isLeaving = () => document.documentElement.hidden

/** Her session is over: the page goes before anyone reads on, and leaves nothing in this tab. */
function signedOut() {
	if (isLeaving()) return
	document.documentElement.hidden = true
	try {
		sessionStorage.clear()
	} catch {
		// Nothing was kept.
	}
	document.location.replace('/sign-in')
}

const atRest = (start: Start): LiveState => ({ ...start, connection: 'trying', pending: [] })
const nothing = () => () => {}

/**
 * The room, alive once the page is: the first rendering in the browser is the server's. `live` is undefined until then,
 * and stays so on a page of old messages.
 */
export function useLiveRoom({
	room,
	me,
	start,
	on,
}: {
	room: string
	me: string
	start: Start
	on: boolean
}) {
	const [live, setLive] = useState<LiveRoom>()
	const begin = useRef(start)
	useEffect(() => {
		if (!on) return
		const opened = new LiveRoom({
			room,
			start: begin.current,
			socket: openSocket(),
			shelf: tabShelf(me, room),
			onSignedOut: signedOut,
			onLost: () => isLeaving() || document.location.reload(),
		})
		setLive(opened)
		return opened.open()
	}, [room, me, on])
	const resting = useRef(atRest(start)).current
	const state = useSyncExternalStore(
		live?.subscribe ?? nothing,
		() => live?.getState() ?? resting,
		() => resting,
	)
	return { live, state }
}

const MINUTE_MS = 60_000

/** The server's time as the minutes pass: a phone's own clock can be years wrong. */
export function useServerNow(loadedAt: string): Date {
	const [passed, setPassed] = useState(0)
	useEffect(() => {
		const started = performance.now()
		const timer = setInterval(() => setPassed(performance.now() - started), MINUTE_MS)
		return () => clearInterval(timer)
	}, [])
	return new Date(Date.parse(loadedAt) + passed)
}
