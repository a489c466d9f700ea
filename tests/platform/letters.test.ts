import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { lettersFor } from '~/platform/i18n/letters'

const page = (headers: HeadersInit = {}) => new Request('http://localhost/', { headers })
const fonts = readdirSync('app/ui/fonts').filter((name) => name.endsWith('.woff2'))
const css = readFileSync('app/ui/theme/type.css', 'utf8')

describe('the letters sent with a page', () => {
	test.each([
		['it', false, undefined],
		['it', true, undefined],
		['ar', true, undefined],
		['ti', false, 'ethiopic'],
		['ka', false, 'georgian'],
		['ur', false, undefined],
		['ur', true, 'nastaliq'],
	] as const)('%s, Nastaliq %s: %s', (locale, nastaliq, letters) => {
		expect(lettersFor(locale, nastaliq, page())).toBe(letters)
		expect(lettersFor(locale, nastaliq, page({ 'save-data': 'on' }))).toBeUndefined()
	})

	test('are a font each, light, with its licence, and only where a page names it', () => {
		expect(fonts).toEqual(['ethiopic.woff2', 'georgian.woff2', 'nastaliq.woff2'])
		for (const file of fonts) {
			const name = file.replace('.woff2', '')
			const bytes = statSync(`app/ui/fonts/${file}`).size
			// Nastaliq is heavier than all the rest of a page, and so only by her own choice.
			expect(bytes).toBeLessThanOrEqual((name === 'nastaliq' ? 115 : 45) * 1024)
			expect(readFileSync(`app/ui/fonts/${name}.OFL.txt`, 'utf8')).toContain('SIL Open Font License')
			expect(css).toContain(`[data-letters="${name}"]`)
		}
	})

	test('never hold up a page, and come for their own script alone', () => {
		const faces = [...css.matchAll(/@font-face \{[\s\S]*?\n\}/g)].map(([face]) => face)
		expect(faces).toHaveLength(fonts.length)
		for (const face of faces) {
			expect(face).toContain('font-display: optional')
			expect(face).toContain('unicode-range: U+')
		}
		const families = [...css.matchAll(/font-family: ("Mimosa \w+"),/g)]
		expect(families).toHaveLength(fonts.length)
	})
})
