const EVERY_MS = 8_000

/** A page on which she waits for somebody else looks again by itself, by the link that does the same; not while she leaves. */
export function lookAgain() {
	if (!document.querySelector('[data-look-again]')) return
	setInterval(() => {
		if (!document.hidden && !document.documentElement.hidden) location.reload()
	}, EVERY_MS)
}
