import { tooLongIn } from './counter'

const AGAIN_AFTER_MS = 5000

/** One tap sends once. The buttons stay enabled, because a disabled button's value would not be sent. */
function onSubmit(event: SubmitEvent) {
	const form = event.target as HTMLFormElement
	if (event.defaultPrevented || form.method !== 'post') return
	if (form.hasAttribute('aria-busy')) return event.preventDefault()
	// Why is said below the field already. Keeping it as a draft is another matter.
	const tooLong = (event.submitter as HTMLButtonElement | null)?.formNoValidate ? undefined : tooLongIn(form)
	if (tooLong) {
		tooLong.focus()
		return event.preventDefault()
	}
	hideSecrets(form)
	form.setAttribute('aria-busy', 'true')
	setTimeout(() => free(form), AGAIN_AFTER_MS)
}

function free(form: HTMLFormElement) {
	form.removeAttribute('aria-busy')
}

/** A shown passphrase goes out as one, or the browser would offer it later as an ordinary word. */
function hideSecrets(form: HTMLFormElement) {
	for (const button of form.querySelectorAll<HTMLElement>('[data-reveal][aria-pressed="true"]'))
		button.click()
}

export function guardForms() {
	// On the window, so that a form the page itself takes care of has said so before.
	addEventListener('submit', onSubmit)
	addEventListener('pageshow', () => {
		for (const form of document.forms) free(form)
	})
}

/** After a refused form the reader starts at what to do about it. */
export function showSummary() {
	document.querySelector<HTMLElement>('[data-summary]')?.focus()
}

/** An open menu closes when she taps or tabs elsewhere. */
export function closeMenus() {
	const close = (event: Event) => {
		for (const menu of document.querySelectorAll<HTMLDetailsElement>('[data-menu][open]')) {
			if (!menu.contains(event.target as Node)) menu.open = false
		}
	}
	addEventListener('click', close)
	addEventListener('focusin', close)
}
