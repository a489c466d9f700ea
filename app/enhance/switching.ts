/** Of several forms on a page the language buttons send the one she wrote in last: so its words come back with the page. */
export function followWriting() {
	addEventListener('input', ({ target }) => {
		// Not its property: a field may have that name.
		const form = (target as HTMLInputElement).form?.getAttribute('id')
		if (!form) return
		for (const button of document.querySelectorAll<HTMLButtonElement>('[name^="showIn "]')) {
			button.setAttribute('form', form)
			button.name = `showIn ${form}`
		}
	})
}

/** Whether a form is only on its way to its page in another language. */
export const isSwitching = ({ submitter }: SubmitEvent) =>
	(submitter as HTMLButtonElement | null)?.name.startsWith('showIn ') === true
