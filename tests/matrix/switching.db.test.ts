import './unlimited'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'
import type { ActorName } from './actors'
import { knock } from './door'
import { type FormIn, filledForm, formsIn, isTyped, sentBy } from './forms-in'
import { pressLanguage } from './language-button'
import { PAGES } from './rows/pages'
import { closeSnapshot, keepWorld, restoreWorld } from './snapshot'
import { filled } from './table'
import { makeWorld, type World } from './world'

/** One of each kind of woman whose pages hold other forms. */
const WOMEN: ActorName[] = ['G', 'W', 'T', 'B', 'U', 'L', 'A']

/** Whose words are never written back into a page. */
const SECRET = /^(passphrase|newPassphrase|recoveryCode)$/

let world: World

beforeAll(async () => {
	world = await makeWorld()
	await keepWorld()
}, 120_000)
beforeEach(restoreWorld)
afterAll(closeSnapshot)

const bodyOf = (bytes: string) => (JSON.parse(bytes) as [number, unknown, string])[2]

/** What is in it; some lists stand in another order in another language. */
const written = ({ controls }: FormIn) =>
	controls
		.filter(isTyped)
		.map(({ name, kind, value, checked }) =>
			JSON.stringify([name, kind, SECRET.test(name) ? '' : value, checked]),
		)
		.sort()

const isLong = ({ controls }: FormIn) => controls.some(({ kind }) => kind === 'textarea')

/** The form to which the language buttons belong, each of them; those for a second language are others. */
function formOfButtons(html: string) {
	const buttons = [...html.matchAll(/<button\b[^>]* name="showIn ([\w-]+)"[^>]*>/g)]
	expect(buttons.length).toBeGreaterThanOrEqual(UI_LOCALES.length)
	for (const [tag, form] of buttons) expect(tag).toContain(` form="${form}"`)
	return buttons[0]![1]!
}

/** Forms that she fills in; the one of her profile that is itself a choice of language has no name. */
const typedForms = (html: string) =>
	formsIn(html).filter(({ id, controls }) => id !== '' && controls.some(isTyped))

test.each(PAGES)('$of: $address keeps what she typed in any form', async ({ address, cells }) => {
	const at = filled(address, world.things)
	const seen = new Set<string>()
	for (const name of WOMEN.filter((one) => cells[one] === '+')) {
		const token = world.tokenOf(name)
		const { status, bytes } = await knock(at, { token })
		expect(status, name).toBeLessThan(400)
		if (status !== 200 || !bytes.includes('<!DOCTYPE html>')) continue
		const html = bodyOf(bytes)
		const forms = typedForms(html)
		const main = formOfButtons(html)
		const long = forms.filter(isLong)
		if (forms.length === 0) expect(main).toBe('languages')
		else expect((long.length > 0 ? long : forms).map(({ id }) => id)).toContain(main)
		for (const form of forms.filter(({ id }) => !seen.has(id))) {
			seen.add(form.id)
			const typed = filledForm(form)
			const pressed = await pressLanguage(at, { token, form: form.id, fields: sentBy(typed), language: 'it' })
			// A list of one thing is as it was: then she is led to the page.
			if (pressed.status === 303) {
				expect(written(typed), `${name}: ${form.id}`).toEqual(written(form))
				continue
			}
			expect(pressed.status, `${name}: ${form.id}`).toBe(200)
			const page = bodyOf(pressed.bytes)
			expect(page).toContain('<html lang="it"')
			const again = formsIn(page).find(({ id }) => id === form.id)
			expect(again && written(again), `${name}: ${form.id}`).toEqual(written(typed))
			expect(page).not.toContain('data-summary')
			await pressLanguage(at, { token, form: 'languages', fields: [], language: 'en' })
		}
	}
})
