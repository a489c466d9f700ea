const HERE = 'here'

const root = document.documentElement
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('tabs') : undefined
let left = false

/** The words for leaving, which travel on the link because this script carries none. */
export const leaveWord = (name: string) => document.getElementById('leave')?.dataset[name] ?? ''

/** Private windows and strict settings can refuse storage; leaving must work there too. */
function inTab(act: (store: Storage) => void) {
	try {
		act(sessionStorage)
	} catch {
		// Nothing was kept, so nothing is to be forgotten.
	}
}

/** Shows an empty page in this very frame; the network comes after. */
function blank() {
	document.title = leaveWord('title')
	root.hidden = true
	root.style.display = 'none'
	document.body?.replaceChildren()
}

/** Leaves: this tab and its sisters go blank, then the server ends the session. Back finds nothing. */
export function leave(tellSisters = true) {
	if (left) return
	left = true
	blank()
	if (tellSisters) tabs?.postMessage('leave')
	inTab((store) => store.clear())
	location.replace('/exit')
}

function onClick(event: MouseEvent) {
	const target = event.target instanceof Element ? event.target.closest('a[href="/exit"]') : null
	if (!target) return
	event.preventDefault()
	leave()
}

/** A page kept in memory by the browser must not come back to life after she left or someone else signed in. */
function onReturn(event: PageTransitionEvent) {
	if (!event.persisted) return
	inTab((store) => {
		if (store.getItem(HERE) === mark()) return
		root.hidden = true
		location.reload()
	})
}

/** Changes when someone signs in or out; says nothing about who. */
const mark = () => `${root.dataset.session ?? ''}${leaveWord('signed')}`

export function watchLeaving() {
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
