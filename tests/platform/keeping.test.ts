import { describe, expect, test } from 'vitest'
import { buttonName, joinButtons, type Keeping, MENU_FORM } from '~/ui/keeping'

const menu = `<details class="menu" data-menu=""><button type="submit" form="${MENU_FORM}" name="${buttonName(MENU_FORM)}" value="it"></button></details>`
const page = (form: string) => `<body>${menu}<main>${form}</main></body>`
const joined = (form: string, main: Keeping['main'] = { form: 'sign-in', weight: 2 }) =>
	joinButtons(page(form), { main })

/** What Enter presses: the first button of the form in the order of the page. */
const first = (html: string) => /<(?:input|button)\b[^>]* form="sign-in"[^>]*>/.exec(html)?.[0]

describe('Enter in a field of the form the language buttons belong to', () => {
	test('presses the form’s own first button, with what that says', () => {
		const html = joined(
			'<form id="sign-in"><input/><button type="submit" name="act" value="in">Sign in</button></form>',
		)
		expect(first(html)).toContain('name="act" value="in"')
		expect(first(html)).toContain('tabindex="-1" aria-hidden="true"')
		expect(html.indexOf('value="in"')).toBeLessThan(html.indexOf('value="it"'))
	})

	test('also where its button stands beside it, or can not be pressed', () => {
		const beside = joined(
			'<form id="sign-in"></form><button class="btn" type="submit" form="sign-in" value="in"></button>',
		)
		expect(first(beside)).toContain('value="in"')
		const disabled = joined(
			'<form id="sign-in"><button type="submit" disabled="" value="in"></button></form>',
		)
		expect(first(disabled)).toContain('disabled=""')
	})

	test('a form without a button gets none, and a page without such a form stays as it is', () => {
		expect(joined('<form id="sign-in"></form>')).not.toContain('aria-hidden')
		expect(joinButtons(page('<p></p>'), {})).toBe(page('<p></p>'))
	})

	test('the language buttons send that form', () => {
		const html = joined('<form id="sign-in"><button type="submit">Sign in</button></form>')
		expect(html).toContain(`name="${buttonName('sign-in')}" value="it"`)
	})
})
