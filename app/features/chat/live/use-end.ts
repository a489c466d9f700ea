import { useEffect, useLayoutEffect, useRef, useState } from 'react'

const NEAR_PX = 240

const atEnd = () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - NEAR_PX
const goToEnd = () => window.scrollTo(0, document.documentElement.scrollHeight)

// On the server there is no layout to wait for.
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect

/**
 * Keeps the end of the talk in view while she is there, and leaves her alone while she reads above: then it counts
 * what is new. `count` is how many messages there are, `own` how many of them are on their way from her.
 */
export function useEnd(count: number, own: number, on: boolean) {
	const [unseen, setUnseen] = useState(0)
	const before = useRef({ count, own, near: true })
	useEffect(() => {
		if (!on) return
		if (window.scrollY === 0 && !location.hash) goToEnd()
		const look = () => {
			before.current.near = atEnd()
			if (before.current.near) setUnseen(0)
		}
		look()
		addEventListener('scroll', look, { passive: true })
		return () => removeEventListener('scroll', look)
	}, [on])
	useBeforePaint(() => {
		const added = count - before.current.count
		const wrote = own > before.current.own
		before.current.count = count
		before.current.own = own
		if (!on || (added <= 0 && !wrote)) return
		if (wrote || before.current.near) goToEnd()
		else setUnseen((number) => number + added)
	}, [count, own, on])
	return unseen
}
