import { expect, test } from 'vitest'
import { cleanHandle, handleFault, skeleton } from '~/features/members/handle'
import { Handle } from '~/features/members/members.schema'

const faultOf = (typed: string) => handleFault(cleanHandle(typed))
const ZWJ = '\u200d'
const ZWNJ = '\u200c'

// SAFETY 2F 86, 90: whole names, in the scripts our members write.
test.each([
	['Tigrinya', 'ሰላም ተስፋይ'],
	['Dari', 'زهرا احمدی'],
	['Pashto', 'ښایسته'],
	['Kurdish (Sorani)', 'ڕۆژین'],
	['Kurdish (Kurmanji)', 'Gulê'],
	['Bangla', 'রোকেয়া খাতুন'],
	['Chinese', '王秀英'],
	['Yoruba with dots', 'Ṣọlá Ọlọ́run'],
	['Vietnamese', 'Nguyễn Thị Hồng'],
	['Thai', 'น้ำผึ้ง'],
	['vocalised Arabic', 'أَمِينَة'],
	['Hebrew with points', 'שָׂרָה'],
	['Georgian', 'ნინო'],
	['Ukrainian with an apostrophe', 'Мар’яна'],
	['an apostrophe', "O'Neill"],
	['four words', 'Maria del Carmen Ruiz'],
	['digits', 'Rosa 1990'],
	['an emoji', 'Luna 🌙'],
	['an emoji family', `Us 👩${ZWJ}👧${ZWJ}👦`],
	['Persian with ZWNJ', `مهر${ZWNJ}بان`],
	['Sinhala with ZWJ', `ශ්${ZWJ}රී`],
])('a name in %s is kept as it is', (_what, name) => {
	expect(Handle.parse(name)).toBe(name.normalize('NFKC'))
})

// SAFETY 2F 82, 84, 85, 87 to 89.
test.each([
	['nothing', '', 'errors:handleEmpty'],
	['spaces', '   ', 'errors:handleEmpty'],
	['zero-width spaces', '\u200b\u200b\u200b', 'errors:handleEmpty'],
	['soft hyphens', '\u00ad\u00ad', 'errors:handleEmpty'],
	['Hangul fillers', '\u3164\u115f\u1160\uffa0', 'errors:handleEmpty'],
	['braille blanks', '\u2800\u2800', 'errors:handleEmpty'],
	['joiners alone', ZWJ + ZWNJ, 'errors:handleEmpty'],
	['emoji alone', '🌙🌙', 'errors:handleEmpty'],
	['tags', '\u{e0041}\u{e0042}', 'errors:handleEmpty'],
	['one letter', 'a', 'errors:handleShort'],
	['31 letters', 'a'.repeat(31), 'errors:handleLong'],
	['31 vocalised letters', 'بَ'.repeat(31), 'errors:handleLong'],
	['zalgo', `a${'\u0301'.repeat(500)}b`, 'errors:handleMarks'],
	['nine marks on a letter', `aب${'\u064b'.repeat(9)}`, 'errors:handleMarks'],
	['a noncharacter', 'Ami\uffffna', 'errors:strange'],
	['private use', 'Ami\ue000na', 'errors:strange'],
	['unassigned', 'Ami\u0378na', 'errors:strange'],
	['a control character', 'Ami\u0007na', 'errors:strange'],
	['markup', '<b>Amina</b>', 'errors:handleCharacters'],
	['a template', '{{Amina}}', 'errors:handleCharacters'],
	['a formula', '=Amina', 'errors:handleCharacters'],
	['an address', 'amina@example.org', 'errors:handleCharacters'],
])('a name of %s is refused', (_what, name, fault) => {
	expect(faultOf(name)).toBe(fault)
})

test('thirty letters with their marks are thirty letters', () => {
	expect(faultOf('بَ'.repeat(30))).toBeUndefined()
	expect(faultOf('ab'.repeat(15))).toBeUndefined()
})

test('what turns the neighbours round is taken out', () => {
	expect(cleanHandle('\u202eanimA\u202c \u2066x\u2069')).toBe('animA x')
	expect(cleanHandle('  Amina \n  B ')).toBe('Amina B')
	expect(cleanHandle('Ａｍｉｎａ')).toBe('Amina')
})

// SAFETY 2F 83, 91: one rule for joining and signing in.
test.each([
	['Cyrillic а', 'admin', 'аdmin'],
	['Greek omicron', 'Rosa Koro', 'Rosa Kοrο'],
	['Arabic and Persian yeh', 'علي', 'علی'],
	['Arabic and Persian kaf', 'ملك', 'ملک'],
	['hamza on alef', 'أمينة', 'امينه'],
	['vowel signs', 'أَمِينَة', 'أمينة'],
	['capitals', 'AMINA', 'amina'],
	['accents', 'Zoë', 'Zoe'],
	['spaces and dots', 'Amina B.', 'amina b'],
	['a one for an l', 'Lola', '1o1a'],
	['a zero for an o', 'Rosa', 'R0sa'],
	['rn for m', 'Mimi', 'Mirni'.replace('rn', 'm')],
	['Turkish dotless i', 'Işıl', 'Isil'],
	['Turkish dotted I', 'İpek', 'ipek'],
	['German ss', 'Strauß', 'STRAUSS'],
	['Greek final sigma', 'Ελενης', 'ελενησ'],
	['an emoji more', 'Amina', 'Amina 🌙'],
	['invisible characters', 'Amina', 'Am\u200bi\u00adna'],
])('names that differ only by %s are one', (_what, one, other) => {
	expect(skeleton(cleanHandle(other))).toBe(skeleton(cleanHandle(one)))
})

test.each([
	['Amina', 'Amira'],
	['مريم', 'مرام'],
	['Мария', 'Марина'],
	['王秀英', '王秀兰'],
])('%s and %s are two', (one, other) => {
	expect(skeleton(one)).not.toBe(skeleton(other))
})
