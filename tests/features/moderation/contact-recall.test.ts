import { describe, expect, test } from 'vitest'
import { contactsIn } from '~/features/moderation/contact.server'
import { WITH, WITHOUT } from './contact-sentences'

/** SAFETY, row P16. */
const RECALL = 0.95
const FALSE_ALARM = 0.02

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)} % of ${whole}`

describe('what gives away where somebody can be reached', () => {
	test('is found, and ordinary numbers are left alone', () => {
		const [missed, alarmed] = [
			WITH.filter((text) => contactsIn(text).length === 0),
			WITHOUT.filter((text) => contactsIn(text).length > 0),
		]
		expect(WITH.length).toBeGreaterThanOrEqual(200)
		expect(WITHOUT.length).toBeGreaterThanOrEqual(500)
		process.stdout.write(
			`contact details: found ${percent(WITH.length - missed.length, WITH.length)}, false alarm ${percent(alarmed.length, WITHOUT.length)}\n`,
		)
		expect(alarmed.length / WITHOUT.length, alarmed.slice(0, 8).join('\n')).toBeLessThanOrEqual(FALSE_ALARM)
		expect(1 - missed.length / WITH.length, missed.slice(0, 12).join('\n')).toBeGreaterThanOrEqual(RECALL)
	})

	test.each([
		['IT60X0542811101000000123456', ['iban']],
		['IT60 X054 2811 1010 0000 0123 456 thank you', ['iban']],
		['IT61X0542811101000000123456', []],
		['BG80 BNBG 9661 1020 3456 78', ['iban']],
		['order 12345678901', []],
		['amina@example.org and 333 1234567', ['email', 'phone']],
	])('%s', (text, wanted) => {
		expect(contactsIn(text)).toEqual(wanted)
	})

	test.each([
		['numbers', '333 1234567 '.repeat(5_000)],
		['single digits', '1 2 3 4 5 6 7 8 9 0 '.repeat(3_000)],
		['brackets', '1(((((((((('.repeat(5_500)],
		['half accounts', 'IT60 X054 2811 '.repeat(4_000)],
		['dots', 'a.'.repeat(30_000)],
		['names of streets', 'via della casa della '.repeat(2_900)],
		['letters', 'a'.repeat(60_000)],
	])('a text of 60 kB full of %s takes no longer than a page', (_name, text) => {
		contactsIn(text)
		const from = performance.now()
		contactsIn(text)
		expect(performance.now() - from).toBeLessThan(250)
	})
})
