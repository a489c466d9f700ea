import { useEffect, useState } from 'react'
import type { LiveRoom } from '../live/live-room'
import type { Signs } from './live-signs'
import type { SignsView } from './signs.wire'

/** The signs of a private room as the page was made with them, and as they stand where the page is alive. */
export function useSigns(start: SignsView | null, live: LiveRoom | undefined): Signs | null {
	const [signs, setSigns] = useState<Signs | null>(start && { view: start, writing: [] })
	useEffect(() => {
		if (!live || !start) return
		let over = false
		let close: (() => void) | undefined
		import('./live-signs').then(
			({ openSigns }) => {
				if (!over) close = openSigns(live, start, setSigns)
			},
			// Nothing is shown that only the page's making knew.
			() => setSigns({ view: { ...start, on: false, readTo: 0 }, writing: [] }),
		)
		return () => {
			over = true
			close?.()
		}
	}, [live, start])
	return signs
}
