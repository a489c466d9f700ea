import { type FormEvent, useEffect, useState } from 'react'
import type { FormResult } from '~/ui/form'
import { isSwitching } from '~/ui/keeping'
import type { LiveRoom } from '../live/live-room'
import { isSessionIntent } from './session.intents'
import type { SessionView } from './session.wire'

/** Several changes of one moment (everyone is let in) are asked for once. */
const GATHER_MS = 120

/**
 * The session as the page was made with it, and as it stands now where the page is alive: asked for anew whenever its
 * room tells of a change (`standing`). What its forms do goes by the socket then, so that her draft stays.
 */
export function useSession(
	room: string,
	start: SessionView | null,
	{ live, standing }: { live: LiveRoom | undefined; standing: number },
) {
	const [view, setView] = useState(start)
	const [result, setResult] = useState<FormResult>()

	useEffect(() => {
		if (!live || start === null || standing === 0) return
		let current = true
		const timer = setTimeout(async () => {
			const answer = await live.ask<{ view: SessionView }>('room:state', { room })
			if (current && answer?.ok) setView(answer.view)
		}, GATHER_MS)
		return () => {
			current = false
			clearTimeout(timer)
		}
	}, [live, room, start, standing])

	function act(event: FormEvent<HTMLElement>) {
		if (isSwitching(event)) return
		const form = event.target as HTMLFormElement
		const fields = Object.fromEntries(new FormData(form))
		// Leaving is a way to another page.
		if (!live?.isJoined() || !isSessionIntent(fields.intent) || fields.intent === 'leave-session') return
		event.preventDefault()
		void live.ask('room:act', { ...fields, room }).then((answer) => {
			// Lost on the way: the page does it as if nothing were alive.
			if (!answer) return form.submit()
			setResult(answer.ok ? undefined : { ...answer, ok: false })
		})
	}

	return { view, act: live ? act : undefined, result }
}
