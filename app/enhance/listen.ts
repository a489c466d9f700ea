/** Reads a page to her, where her device has a voice or the community a recording. A file of its own, on these pages only. */

import { piecesIn } from './listening/pieces'
import { Player, type State } from './listening/player'
import { voiceFor } from './listening/voices'

/** Some devices name their voices only a while after they are asked. */
const VOICES_WITHIN_MS = 3000

function offer(bar: HTMLElement, page: HTMLElement) {
	const part = (name: string) => page.querySelector<HTMLElement>(`[data-listen="${name}"]`)!
	const voices = () => window.speechSynthesis?.getVoices() ?? []
	const show = (state: State) => {
		for (const words of bar.querySelectorAll<HTMLElement>('[data-while]'))
			words.hidden = words.dataset.while !== state
		part('stop').hidden = state === 'off'
	}
	const player = new Player(show, voices)

	const look = (late: boolean) => {
		const can = voiceFor(document.documentElement.lang, voices()) || page.querySelector('[data-clip]')
		part('buttons').hidden = !can
		part('none').hidden = Boolean(can) || !late
		bar.hidden = !can
	}
	part('play').addEventListener('click', () => {
		if (player.state === 'on') player.pause()
		else if (player.state === 'paused') player.goOn()
		else player.begin(piecesIn(page))
	})
	part('stop').addEventListener('click', () => {
		player.stop()
		// The button she stood on is gone.
		part('play').focus()
	})

	// Nobody hears what she no longer sees, and nobody at all after she left (exit.ts says so first).
	const stop = () => player.stop()
	for (const name of ['leave', 'pagehide']) addEventListener(name, stop)
	document.addEventListener('visibilitychange', () => document.hidden && player.stop())
	// What a page before this one was saying is over.
	stop()

	look(!window.speechSynthesis)
	window.speechSynthesis?.addEventListener?.('voiceschanged', () => look(true))
	setTimeout(() => look(true), VOICES_WITHIN_MS)
}

const bar = document.querySelector<HTMLElement>('.listen')
const page = document.querySelector('main')
if (bar && page && !document.documentElement.hidden) offer(bar, page)
