import { useEffect, useRef } from 'react'
import type { LiveRoom } from './live-room'

/** A busy room is not told at every message how far she is; when she goes it is. */
const AFTER_MS = 4_000

/** Remembers for her how far she has read, while she is at the end of the talk and looks at it. */
export function useReading(
	live: LiveRoom | undefined,
	room: string,
	seq: number | undefined,
	there: boolean,
) {
	const told = useRef(0)
	useEffect(() => {
		if (!live || !there || seq === undefined) return
		const tell = async () => {
			if (seq <= told.current) return
			const answer = await live.ask('room:read', { room, seq })
			if (answer?.ok) told.current = Math.max(told.current, seq)
		}
		const soon = () => document.visibilityState === 'visible' && void tell()
		const going = () => document.visibilityState === 'hidden' && void tell()
		const timer = setTimeout(soon, AFTER_MS)
		document.addEventListener('visibilitychange', going)
		return () => {
			clearTimeout(timer)
			document.removeEventListener('visibilitychange', going)
		}
	}, [live, room, seq, there])
}
