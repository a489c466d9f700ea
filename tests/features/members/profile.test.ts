import { describe, expect, test } from 'vitest'
import { Profile } from '~/features/members/profile.schema'
import { languagesToTick } from '~/features/members/profile-languages'
import { parse } from '~/platform/command.server'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { faultsOf } from '../../factories/outcomes'

const EMPTY = {
	reads: [],
	speaks: [],
	secondLocale: null,
	calendar: null,
	hostCountry: null,
	helpWanted: [],
	about: '',
}
/** What the form always sends stands beside it. */
const read = (raw: object) => parse(Profile, { about: '', ...raw })
const fieldsOf = async (raw: object) => (await faultsOf(async () => read(raw))).fields

describe('a profile as it is sent', () => {
	test.each([
		['nothing but the empty text', {}, EMPTY],
		['everything empty', { reads: '', speaks: '', hostCountry: '', about: '' }, EMPTY],
		['one box ticked', { reads: 'ti' }, { ...EMPTY, reads: ['ti'] }],
		['several, one of them twice', { speaks: ['ar', 'it', 'ar'] }, { ...EMPTY, speaks: ['ar', 'it'] }],
		['a country', { hostCountry: 'GR' }, { ...EMPTY, hostCountry: 'GR' }],
		['a second language', { secondLocale: 'fr' }, { ...EMPTY, secondLocale: 'fr' }],
		['none', { secondLocale: '' }, EMPTY],
		['a second calendar', { calendar: 'ethiopic' }, { ...EMPTY, calendar: 'ethiopic' }],
		['needs', { helpWanted: ['work', 'housing'] }, { ...EMPTY, helpWanted: ['work', 'housing'] }],
		[
			'words in two scripts',
			{ about: '  أحب الطبخ\nand tea 👩‍👩‍👧 ' },
			{ ...EMPTY, about: 'أحب الطبخ\nand tea 👩‍👩‍👧' },
		],
		['a decomposed letter', { about: 'Ame\u0301lie' }, { ...EMPTY, about: 'Amélie' }],
		['characters that turn the line around', { about: 'a\u202eb\u2066c' }, { ...EMPTY, about: 'abc' }],
		[
			'what is not hers to say',
			{ role: 'coordinator', grants: 'coordinator', handle: 'Nadia', status: 'active', id: 'x' },
			EMPTY,
		],
	])('%s', (_what, raw, expected) => expect(read(raw)).toEqual(expected))

	test.each([
		['a language that is none', { reads: ['en', 'klingon'] }, { reads: 'errors:notLanguage' }],
		['a language that is a thing of JavaScript', { reads: '__proto__' }, { reads: 'errors:notLanguage' }],
		['a language in capitals', { speaks: 'EN' }, { speaks: 'errors:notLanguage' }],
		['an object for a language', { speaks: { en: 1 } }, { speaks: 'errors:notLanguage' }],
		['every language', { reads: LANGUAGE_TAGS }, { reads: 'errors:tooMany' }],
		[
			'a hundred boxes of nonsense',
			{ reads: Array.from({ length: 100 }, (_, n) => `x${n}`) },
			{ reads: 'errors:tooMany' },
		],
		['a second language that is none', { secondLocale: 'klingon' }, { secondLocale: 'errors:choose' }],
		['two second languages', { secondLocale: ['fr', 'it'] }, { secondLocale: 'errors:choose' }],
		['a calendar nobody here counts by', { calendar: 'mayan' }, { calendar: 'errors:choose' }],
		['a country we do not serve', { hostCountry: 'XX' }, { hostCountry: 'errors:choose' }],
		['a country in small letters', { hostCountry: 'it' }, { hostCountry: 'errors:choose' }],
		['two countries', { hostCountry: ['IT', 'ES'] }, { hostCountry: 'errors:choose' }],
		['a need that is none', { helpWanted: ['work', 'money'] }, { helpWanted: 'errors:choose' }],
		['501 letters', { about: 'é'.repeat(501) }, { about: 'errors:tooLong' }],
		['a book', { about: 'a'.repeat(1_000_000) }, { about: 'errors:tooLong' }],
		['marks without end', { about: `a${'\u0301'.repeat(200)}` }, { about: 'errors:strange' }],
		['a character that cannot be kept', { about: 'a\u0000b' }, { about: 'errors:strangeCharacters' }],
		['half a character', { about: 'a\ud800b' }, { about: 'errors:strangeCharacters' }],
		['a bell', { about: 'a\u0007b' }, { about: 'errors:strangeCharacters' }],
		['about twice', { about: ['a', 'b'] }, { about: 'errors:notUnderstood' }],
	])('%s is refused', async (_what, raw, fields) => expect(await fieldsOf(raw)).toEqual(fields))

	test('500 letters as she counts them fit, in any script', () => {
		for (const letter of ['a', 'ä', 'ع', 'ት', '👩‍👩‍👧']) {
			expect(read({ about: letter.repeat(letter === '👩‍👩‍👧' ? 300 : 500) }).about.length).toBeGreaterThan(0)
		}
	})
})

describe('the languages to tick', () => {
	test('hers first, then those of her pages and her country; every language once', () => {
		const her = { reads: ['ti'], speaks: ['am', 'ti'], hostCountry: 'GR' }
		const { near, others } = languagesToTick(her, 'it', ['ar', 'en', 'it'])
		expect(near).toEqual(['ti', 'am', 'it', 'el', 'ar', 'en'])
		expect([...near, ...others].sort()).toEqual([...LANGUAGE_TAGS].sort())
	})
})
