const SAID = ['name', 'value', 'formaction', 'formmethod', 'formenctype', 'formnovalidate', 'disabled']
// Not every browser says which button it was.
const isLanguage = (button: HTMLButtonElement | null | undefined) =>
	button?.name.startsWith('showIn ') === true

/** What Enter presses in this form: its own first button, as the page does it for the form it was made with (ui/keeping.tsx). */
function pressOwnOnEnter(form: HTMLFormElement) {
	const id = 'on-enter'
	const made = document.getElementById(id)
	const own = ([...form.elements] as HTMLButtonElement[]).find(
		(one) => one.type === 'submit' && !isLanguage(one) && one !== made,
	)
	if (!own) return made?.remove()
	const first = made ?? document.createElement('input')
	if (!made) {
		const fixed = { id, type: 'submit', class: 'sr-only', tabindex: '-1', 'aria-hidden': 'true' }
		for (const [name, value] of Object.entries(fixed)) first.setAttribute(name, value)
		document.querySelector('.top .menu')?.before(first)
	}
	first.setAttribute('form', form.getAttribute('id')!)
	for (const name of SAID) {
		const value = own.getAttribute(name)
		if (value === null) first.removeAttribute(name)
		else first.setAttribute(name, value)
	}
}

/** Of several forms on a page the language buttons send the one she wrote in last: so its words come back with the page. */
export function followWriting() {
	addEventListener('input', ({ target }) => {
		// Not its property: a field may have that name.
		const owner = (target as HTMLInputElement).form
		const form = owner?.getAttribute('id')
		if (!owner || !form) return
		pressOwnOnEnter(owner)
		for (const button of document.querySelectorAll<HTMLButtonElement>('[name^="showIn "]')) {
			button.setAttribute('form', form)
			button.name = `showIn ${form}`
		}
	})
}

/** Whether a form is only on its way to its page in another language. */
export const isSwitching = ({ submitter }: SubmitEvent) => isLanguage(submitter as HTMLButtonElement | null)
