/** Whose page this tab showed last, and whose she wished to leave. */
const HERE = 'here'
const LEFT = 'left'

const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('tabs') : undefined
let left = false

/** The words for leaving, which travel on the link because this script carries none. */
export const leaveWord = (name: string) => document.getElementById('leave')?.dataset[name] ?? ''

/** Private windows and strict settings can refuse storage; leaving must work there too. */
function inTab<T>(act: (store: Storage) => T): T | undefined {
	try {
		return act(sessionStorage)
	} catch {
		// Nothing was kept, so nothing is to be forgotten.
	}
}

/** Changes with every session and is empty without one; says nothing about who. */
const mark = () => document.documentElement.dataset.session ?? ''

/** Shows an empty page in this very frame; the network comes after. */
function blank() {
	const { documentElement: root, body } = document
	document.title = leaveWord('title')
	root.hidden = true
	root.style.display = 'none'
	body?.replaceChildren()
}

/** On a slow line a page may come to life after she left and draw itself anew: that goes before it is seen. */
function stayBlank() {
	blank()
	const again = new MutationObserver(() => {
		if (document.body?.firstChild) blank()
	})
	again.observe(document, { childList: true, subtree: true })
}

/** Nothing of the page is heard any more either: whoever speaks for it hears that she leaves (listen.ts). */
function silence() {
	dispatchEvent(new Event('leave'))
	window.speechSynthesis?.cancel()
}

/** Leaves: this tab and its sisters go blank, then the server ends the session. Back finds nothing. */
export function leave(tellSisters = true) {
	if (left) return
	left = true
	stayBlank()
	silence()
	if (tellSisters) tabs?.postMessage('leave')
	inTab((store) => {
		store.clear()
		store.setItem(LEFT, mark())
	})
	location.replace('/exit')
}

/** She left where there was no network, and this is the same session still: it goes as she wished. */
const hasLeft = () => mark() !== '' && inTab((store) => store.getItem(LEFT)) === mark()

function onClick(event: MouseEvent) {
	const target = event.target instanceof Element ? event.target.closest('a[href="/exit"]') : null
	if (!target) return
	event.preventDefault()
	leave()
}

/** A page kept in memory by the browser must not come back to life after she left or someone else signed in. */
function onReturn(event: PageTransitionEvent) {
	if (!event.persisted || inTab((store) => store.getItem(HERE)) === mark()) return
	document.documentElement.hidden = true
	location.reload()
}

export function watchLeaving() {
	if (hasLeft()) return leave()
	inTab((store) => store.setItem(HERE, mark()))
	tabs?.addEventListener('message', (event) => {
		if (event.data === 'leave') leave(false)
	})
	addEventListener('click', onClick, true)
	addEventListener('auxclick', onClick, true)
	addEventListener('pageshow', onReturn)
	// A cross-fade would show her page once more on the way out.
	addEventListener('pageswap', (event) => {
		if (left)
			(event as Event & { viewTransition?: { skipTransition(): void } }).viewTransition?.skipTransition()
	})
}
