/** Tells the server that she came to the end of these posts. Only when she sees it: an open tab behind others reads nothing. */
export function watchReading() {
	const form = document.querySelector<HTMLFormElement>('form[data-read]')
	if (!form || !('IntersectionObserver' in window)) return
	const bar = form.parentElement ?? form
	// Reaching it is enough, so the button is for those without scripts.
	form.hidden = true
	const observer = new IntersectionObserver((entries) => {
		if (!entries.some(({ isIntersecting }) => isIntersecting)) return
		observer.disconnect()
		const read = new URLSearchParams({ intent: 'read', post: form.dataset.read ?? '', quiet: 'yes' })
		navigator.sendBeacon(form.action, read)
	})
	observer.observe(bar)
}
