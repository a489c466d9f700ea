import { leave, leaveWord } from './exit'

const PRESSES = 3
const WITHIN_MS = 5000

let key = ''
let count = 0
let began = 0
/** Shift is down and nothing else was touched since: only then does letting go of it count. */
let alone = false
let live: HTMLElement | undefined
let timer = 0

function say(words: string) {
	if (!live) {
		live = document.createElement('p')
		live.className = 'sr-only'
		live.setAttribute('role', 'status')
		document.body.append(live)
	}
	live.textContent = words
}

function reset() {
	clearTimeout(timer)
	if (count === PRESSES - 1) say(leaveWord('stopped'))
	count = 0
}

function press(pressed: string) {
	const now = performance.now()
	if (pressed !== key || now - began > WITHIN_MS) count = 0
	if (count === 0) began = now
	key = pressed
	count += 1
	if (count < PRESSES) {
		say(leaveWord(count === 1 ? 'two' : 'one'))
		clearTimeout(timer)
		timer = window.setTimeout(reset, WITHIN_MS - (now - began))
		return
	}
	say(leaveWord('going'))
	leave()
}

/** A key that belongs to an input method says nothing about leaving (229 is what old browsers send for it). */
const composing = (event: KeyboardEvent) => event.isComposing || event.keyCode === 229

function onDown(event: KeyboardEvent) {
	const other = event.ctrlKey || event.altKey || event.metaKey
	alone = event.key === 'Shift' && !other && !composing(event) && (alone || !event.repeat)
	if (alone) return
	if (event.key === 'Escape' && !other && !event.shiftKey && !composing(event)) {
		if (!event.repeat) press('Escape')
		return
	}
	reset()
}

function onUp(event: KeyboardEvent) {
	if (event.key !== 'Shift' || !alone) return
	alone = false
	if (!composing(event)) press('Shift')
}

function notAlone() {
	alone = false
}

/** Some keyboards give letters without a key: what was written between two presses tells. */
function onWriting() {
	notAlone()
	reset()
}

/** Escape three times, or Shift three times on its own, within five seconds, wherever the cursor stands. */
export function watchExitKeys() {
	addEventListener('keydown', onDown, true)
	addEventListener('keyup', onUp, true)
	// Shift with a click selects text; it is not a press on its own.
	addEventListener('pointerdown', notAlone, true)
	addEventListener('compositionstart', onWriting, true)
	addEventListener('input', onWriting, true)
}
