import { isSwitching } from './switching'

const PAUSE_MS = 3000
const FIELDS = ['title', 'body', 'language', 'key']

/** What she has begun, as the form itself would send it. */
function wordsOf(form: HTMLFormElement) {
	const all = new FormData(form)
	const words = new URLSearchParams({ place: form.dataset.draft ?? '' })
	for (const name of FIELDS) words.set(name, String(all.get(name) ?? ''))
	return words
}

function keep(form: HTMLFormElement) {
	let timer = 0
	let waiting = false
	let saving: AbortController | undefined

	const stop = () => {
		clearTimeout(timer)
		waiting = false
		saving?.abort()
	}
	const save = () => {
		stop()
		saving = new AbortController()
		// No answer is fine: the next pause tries again, and her words are in the field.
		fetch('/forum/draft', { method: 'POST', body: wordsOf(form), signal: saving.signal }).catch(() => {})
	}
	form.addEventListener('input', () => {
		clearTimeout(timer)
		waiting = true
		timer = window.setTimeout(save, PAUSE_MS)
	})
	// What is sent is no draft any more; what comes back in another language still is one.
	form.addEventListener('submit', (event) => {
		if (!isSwitching(event)) stop()
	})
	addEventListener('pagehide', () => {
		if (waiting) navigator.sendBeacon('/forum/draft', wordsOf(form))
		stop()
	})
}

/** Keeps what she types on the server, never on the device: a moment after she stops, and when the page goes. */
export function keepDrafts() {
	for (const form of document.querySelectorAll<HTMLFormElement>('form[data-draft]')) keep(form)
}
