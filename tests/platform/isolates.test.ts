import bidiFactory from 'bidi-js'
import { describe, expect, test } from 'vitest'
import { fixedT } from '~/platform/i18n/i18n.server'
import { intoSentence, isolated } from '~/platform/i18n/isolate'
import { dirOf } from '~/platform/i18n/languages'

const bidi = bidiFactory()

/** What stands on the screen from left to right, by the Unicode bidirectional algorithm. */
function seen(text: string, locale: string) {
	const levels = bidi.getEmbeddingLevels(text, dirOf(locale))
	return bidi.getReorderedString(text, levels).replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
}

/** Sentences of the kind the catalogues have: the name first, in the middle, before a bracket, beside a number. */
const SENTENCES: Record<string, string> = {
	en: '{{name}}: 2 answers (new)!',
	it: 'Scrivi a {{name}}, 1522.',
	ar: '{{name}}: 2 إجابات (جديد)!',
	fa: 'به {{name}}، 3 پیام بنویسید!',
	ur: '{{name}} (2) نے لکھا',
}

const said = (locale: string, name: string) =>
	SENTENCES[locale]!.replace('{{name}}', String(intoSentence(locale, name)))

/** Looked at once by eye; each line is what she sees, so right-to-left words stand the other way round. */
const SEEN: [locale: string, name: string, order: string][] = [
	['en', 'Amal', 'Amal: 2 answers (new)!'],
	['en', 'أمل', 'لمأ: 2 answers (new)!'],
	['en', 'Amal أمل', 'Amal لمأ: 2 answers (new)!'],
	['en', 'أمل Ana!', '!Ana لمأ: 2 answers (new)!'],
	['en', '23 نوفمبر 2026', '2026 ربمفون 23: 2 answers (new)!'],
	['en', '+39 06 1522', '+39 06 1522: 2 answers (new)!'],
	['en', '\u202eevil', 'live: 2 answers (new)!'],
	['it', 'أمل', 'Scrivi a لمأ, 1522.'],
	['it', 'Amal أمل', 'Scrivi a Amal لمأ, 1522.'],
	['it', 'Мария', 'Scrivi a Мария, 1522.'],
	['ar', 'Amal', '!(ديدج) تاباجإ 2 :Amal'],
	['ar', 'أمل', '!(ديدج) تاباجإ 2 :لمأ'],
	['ar', 'أمل Ana!', '!(ديدج) تاباجإ 2 :!Ana لمأ'],
	['ar', '+39 06 1522', '!(ديدج) تاباجإ 2 :+39 06 1522'],
	['ar', 'C++ (A-B)', '!(ديدج) تاباجإ 2 :C++ (A-B)'],
	['ar', '23 نوفمبر 2026', '!(ديدج) تاباجإ 2 :2026 ربمفون 23'],
	['fa', 'Amal', '!دیسیونب مایپ 3 ،Amal هب'],
	['fa', '+39 06 1522', '!دیسیونب مایپ 3 ،+39 06 1522 هب'],
	['fa', '2026-11-23', '!دیسیونب مایپ 3 ،2026-11-23 هب'],
	['fa', 'Мария', '!دیسیونب مایپ 3 ،Мария هب'],
	['ur', 'Amal أمل', 'اھکل ےن (2) Amal لمأ'],
	['ur', '+39 06 1522', 'اھکل ےن (2) +39 06 1522'],
	['ur', 'أمل', 'اھکل ےن (2) لمأ'],
]

describe('T14 a name inside a sentence', () => {
	test.each(SEEN)('in %s: %s', (locale, name, order) => expect(seen(said(locale, name), locale)).toBe(order))

	test('would come apart without its isolates', () => {
		const bare = (locale: string, name: string) => seen(SENTENCES[locale]!.replace('{{name}}', name), locale)
		const apart = SEEN.filter(([locale, name, order]) => bare(locale, name) !== order)
		expect(apart.length).toBeGreaterThan(12)
	})
})

test('the catalogue fills every value in this way', () => {
	expect(fixedT('ar')('common:pair', { name: 'Amal', value: 'أمل' })).toContain(isolated('Amal'))
	expect(fixedT('en')('common:pair', { name: 'Amal', value: 'أمل' })).toContain(isolated('أمل'))
	// And no living page says it otherwise: tests/platform/living-texts.test.ts.
})

test('what runs the way of the page is left as it is, letter by letter', () => {
	for (const value of ['Amal', 'Łucja', 'Мария', 'ትግርኛ', '王', '+39 06 1522', '', 7, null, undefined])
		expect(intoSentence('it', value)).toBe(value)
	for (const value of ['أمل', '2026', '10:30', '16:00–17:30', '3,5', '!', '', 7, null, undefined])
		expect(intoSentence('ar', value)).toBe(value)
})

test('what was isolated before is isolated once', () => {
	for (const value of [isolated('أمل'), '\u2066+39 06\u2069']) {
		expect(intoSentence('en', value)).toBe(value)
		expect(intoSentence('ar', value)).toBe(value)
	}
	// Two isolates are not one.
	const two = `${isolated('a')} ${isolated('ب')}`
	expect(intoSentence('ar', two)).toBe(isolated(two))
})
