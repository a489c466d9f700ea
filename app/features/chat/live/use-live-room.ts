import { startTransition, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { LiveRoom, type LiveRoomOptions } from './live-room'
import { atRest } from './live-state'
import { openShelves } from './shelf'

type Start = LiveRoomOptions['start']

const CONNECT_WITHIN_MS = 10_000
const AGAIN_AFTER_MS = { first: 500, most: 8_000 }

/** The room can be read without it: it comes while the page is drawn. */
async function makeSocket() {
	const { io } = await import('socket.io-client')
	return io({
		transports: ['websocket', 'polling'],
		tryAllTransports: true,
		autoConnect: false,
		timeout: CONNECT_WITHIN_MS,
		reconnectionDelay: AGAIN_AFTER_MS.first,
		reconnectionDelayMax: AGAIN_AFTER_MS.most,
	})
}

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

const nothing = () => () => {}

function watchNetwork(listener: () => void) {
	for (const name of ['online', 'offline']) addEventListener(name, listener)
	return () => {
		for (const name of ['online', 'offline']) removeEventListener(name, listener)
	}
}

/** Whether the phone itself says that there is no network; then trying is not worth a word. */
const useOffline = () =>
	useSyncExternalStore(
		watchNetwork,
		() => !navigator.onLine,
		() => false,
	)

/**
 * The room, alive once the page is: the first rendering in the browser is the server's. `live` is undefined until then,
 * and stays so on a page of old messages.
 */
export function useLiveRoom({
	room,
	me,
	tabKey,
	start,
	on,
}: {
	room: string
	me: string
	tabKey: string
	start: Start
	on: boolean
}) {
	const [live, setLive] = useState<LiveRoom>()
	const begin = useRef(start)
	useEffect(() => {
		if (!on) return
		let again: ReturnType<typeof setTimeout> | undefined
		let here = true
		function come() {
			Promise.all([makeSocket(), openShelves({ member: me, room, tabKey })]).then(
				([socket, { outbox, draft }]) => {
					if (!here || isLeaving()) return
					const ways = { onSignedOut: signedOut, onLost() {} }
					const made = new LiveRoom({ room, start: begin.current, socket, shelf: outbox, draft, ...ways })
					// In small pieces: every message has something that lives.
					startTransition(() => setLive(made))
				},
				// The network was lost in between. Until it is here her forms go the plain way.
				() => {
					if (here) again = setTimeout(come, AGAIN_AFTER_MS.most)
				},
			)
		}
		come()
		return () => {
			here = false
			clearTimeout(again)
		}
	}, [room, me, tabKey, on])
	useEffect(() => live?.open(), [live])
	const resting = useRef(atRest(start)).current
	const state = useSyncExternalStore(
		live?.subscribe ?? nothing,
		() => live?.getState() ?? resting,
		() => resting,
	)
	const offline = useOffline() && state.connection === 'trying'
	return { live, state, connection: offline ? ('offline' as const) : state.connection }
}

const MINUTE_MS = 60_000

/** The server's time as the minutes pass: a phone's own clock can be years wrong. */
export function useServerNow(loadedAt: string): Date {
	const [passed, setPassed] = useState(0)
	useEffect(() => {
		const started = performance.now()
		const pass = () => setPassed(performance.now() - started)
		const timer = setInterval(() => startTransition(pass), MINUTE_MS)
		return () => clearInterval(timer)
	}, [])
	// The same moment as long as it is the same: every message shows how long ago it was.
	return useMemo(() => new Date(Date.parse(loadedAt) + passed), [loadedAt, passed])
}
