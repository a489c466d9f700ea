import { expect, test } from 'vitest'
import { pseudoText, pseudoTexts } from '~/platform/i18n/pseudo'

test('a text is accented, in brackets and as much longer as a translation can be', () => {
	const short = pseudoText('en-XA', 'Save')
	expect(short).toMatch(/^⟦Šåṽé .+⟧$/)
	expect(short).not.toMatch(/[A-Za-z]/)
	expect([...short].length).toBeGreaterThanOrEqual(8)
	const long = 'You can write to her in the room of your match.'
	expect([...pseudoText('en-XA', long)].length).toBeGreaterThanOrEqual(long.length * 1.5)
})

test('values and tags stay', () => {
	for (const locale of ['en-XA', 'ar-XB'] as const) {
		const said = pseudoText(locale, 'Ask <0>{{name}}</0> for {{count}} days, {n} left')
		expect(said).toContain('<0>{{name}}</0>')
		expect(said).toContain('{{count}}')
		expect(said).toContain('{n}')
		expect(said.replace(/\{\{\w+\}\}|\{n\}/g, '')).not.toMatch(/[A-Za-z]/)
	}
})

test('every word runs from right to left', () => {
	expect(pseudoText('ar-XB', 'Leave now')).toBe('\u202eĻéåṽé\u202c \u202eñöŵ\u202c')
})

test('a text that counts has all forms of its numbers', () => {
	const { day_other: _other, ...rest } = pseudoTexts('ar-XB', { day_one: 'one', day_other: '{{count}} days' })
	expect(Object.keys(rest).sort()).toEqual(['day_few', 'day_many', 'day_one', 'day_two', 'day_zero'])
	expect(rest.day_few).toContain('{{count}}')
})
