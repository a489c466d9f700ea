import { useEffect, useLayoutEffect, useRef, useState } from 'react'

/** The end of the talk: below it stands where she writes, and below that what is seldom needed. */
const end = () => document.getElementById('end')
const endTop = () => end()?.getBoundingClientRect().top ?? 0
const endDepth = () => endTop() + window.scrollY
/** Where she writes stays above the lower edge: with the end of the talk in the window nothing is missed by much. */
const atEnd = () => endTop() <= window.innerHeight
/** To the same place as a link to the end leads. */
const goToEnd = () => end()?.scrollIntoView()

// On the server there is no layout to wait for.
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect

interface Held {
	id: string
	seq: number
}

/** How far down the page a message stands. */
function depthOf(id: string | undefined) {
	const top = id === undefined ? undefined : document.getElementById(`m-${id}`)?.getBoundingClientRect().top
	return top === undefined ? undefined : top + window.scrollY
}

/**
 * Keeps the end of the talk in view while she is there, and leaves her alone while she reads above: then it counts
 * what is new, and what comes in above what she reads does not move it. `own`: how many messages of hers are on their
 * way. `away`: she is not at the end.
 */
export function useEnd(messages: readonly Held[], own: number, on: boolean) {
	const [unseen, setUnseen] = useState(0)
	const [away, setAway] = useState(false)
	const first = messages[0]
	const last = messages.at(-1)?.seq ?? 0
	const before = useRef({ first, last, own, near: true, depth: undefined as number | undefined, end: 0 })
	useEffect(() => {
		if (!on) return
		// Browsers that keep the place by themselves would move twice.
		document.documentElement.style.overflowAnchor = 'none'
		// What only stands in a page without scripts has gone, and moved the end.
		if (location.hash === '#end' ? atEnd() : window.scrollY === 0 && !location.hash) goToEnd()
		const look = () => {
			before.current.near = atEnd()
			before.current.end = endDepth()
			setAway(!before.current.near)
			if (before.current.near) setUnseen(0)
		}
		look()
		addEventListener('scroll', look, { passive: true })
		return () => removeEventListener('scroll', look)
	}, [on])
	useBeforePaint(() => {
		const { current } = before
		const depth = depthOf(current.first?.id)
		if (on && first && current.first && first.seq < current.first.seq && depth && current.depth)
			window.scrollBy(0, depth - current.depth)
		const added = messages.filter(({ seq }) => seq > current.last).length
		const wrote = own > current.own
		const { near } = current
		const grown = endDepth() - current.end
		Object.assign(current, { first, last: Math.max(last, current.last), own })
		Object.assign(current, { depth: depthOf(first?.id), end: endDepth() })
		if (!on || (added === 0 && !wrote)) return
		if (wrote) goToEnd()
		else if (near) window.scrollBy(0, grown)
		else setUnseen((number) => number + added)
	}, [messages, own, on])
	return { unseen, away }
}
