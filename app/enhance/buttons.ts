const DONE_MS = 2000

async function copy(button: HTMLElement) {
	const source = document.getElementById(button.dataset.copy ?? '')
	if (!source) return
	// biome-ignore lint/performance/useDomNodeTextContent: textContent would run the lines of a list together
	const text = 'value' in source ? String(source.value) : source.innerText
	await navigator.clipboard.writeText(text.trim())
	const word = button.querySelector('span') ?? button
	const before = word.textContent
	word.textContent = button.dataset.done ?? before
	setTimeout(() => {
		word.textContent = before
	}, DONE_MS)
}

function reveal(button: HTMLElement) {
	const input = document.getElementById(button.getAttribute('aria-controls') ?? '') as HTMLInputElement | null
	if (!input) return
	const show = input.type === 'password'
	input.type = show ? 'text' : 'password'
	button.setAttribute('aria-pressed', String(show))
}

function each(selector: string, act: (button: HTMLElement) => void) {
	for (const button of document.querySelectorAll<HTMLElement>(selector)) {
		button.hidden = false
		button.addEventListener('click', () => act(button))
	}
}

/** Shows the buttons that only work with scripts: copy, print, show the passphrase. */
export function offerButtons() {
	// Browsers refuse the clipboard to pages that are not secure.
	if (navigator.clipboard) each('[data-copy]', (button) => void copy(button))
	each('[data-print]', () => print())
	each('[data-reveal]', reveal)
}
