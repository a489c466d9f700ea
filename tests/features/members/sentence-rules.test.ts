import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesOf, presentSentence, roomOf, sentencesOf } from '~/features/members/sentences/catalogue.server'
import { lineDiff } from '~/features/members/sentences/line-diff'
import { findSentences } from '~/features/members/sentences/searching'
import { faultOf, inItsLetters, type Sentence } from '~/features/members/sentences/sentence-rules'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'
import { graphemes } from '~/platform/text'

const a = (text: string, english: string, key = 'common:a.b'): Sentence => ({ key, text, english })

describe('what may stand in the catalogue', () => {
	test.each(UI_LOCALES)('%s: every sentence that stands there', (tag) => {
		// The same text is another's better sentence: what is there would be taken.
		const wrong = [...sentencesOf(tag).values()].filter(
			(sentence) => faultOf(tag, { ...sentence, text: `${sentence.text} ` }, sentence.text) !== undefined,
		)
		expect(wrong).toEqual([])
		expect([...sentencesOf(tag).values()].filter((one) => graphemes(one.text) > roomOf(one))).toEqual([])
	})

	test.each(UI_LOCALES)('%s: its letters are left as they are', (tag) => {
		const changed = [...sentencesOf(tag).values()].filter(({ text }) => inItsLetters(tag, text) !== text)
		expect(changed).toEqual([])
	})

	const HELLO = a('Ciao {{name}}', 'Hello {{name}}')
	const DAYS = (tag: 'it' | 'ru', form: string) =>
		a(tag === 'it' ? '{{count}} giorno' : '{{count}} день', '{{count}} days', `common:days_${form}`)
	test.each<[string, string, Sentence, string, string | undefined]>([
		['the same', 'it', HELLO, 'Ciao {{name}}', 'same'],
		['other words', 'it', HELLO, 'Buongiorno {{name}}', undefined],
		['a placeholder less', 'it', HELLO, 'Ciao', 'parts'],
		['a placeholder more', 'it', HELLO, 'Ciao {{name}} e {{name}}', 'parts'],
		['another placeholder', 'it', HELLO, 'Ciao {{nome}}', 'parts'],
		['half a placeholder', 'it', HELLO, 'Ciao {{name}} {name}', 'parts'],
		['a tag', 'it', HELLO, 'Ciao <1>{{name}}</1>', 'parts'],
		['a text within', 'it', HELLO, 'Ciao {{name}} $t(common:nav.home)', 'parts'],
		['a percent sign', 'it', HELLO, 'Ciao {{name}} %s', 'parts'],
		['its number, said for one alone', 'it', DAYS('it', 'one'), 'Un giorno', undefined],
		['no number, said for many', 'it', DAYS('it', 'other'), 'Giorni', 'parts'],
		['no number, said for 1, 21 and 31', 'ru', DAYS('ru', 'one'), 'Один день', 'parts'],
		['other letters', 'bg', a('Здравей', 'Hello'), 'Zdravei', 'letters'],
		['no letters at all', 'bg', a('Здравей', 'Hello'), '?!', 'letters'],
		['a letter of a neighbour', 'bg', a('Здравей', 'Hello'), 'Здравейы', 'letters'],
		['a Latin letter in a word', 'bg', a('Здравей', 'Hello'), 'Здрaвей', 'letters'],
		['half a question', 'es', a('¿Quién?', 'Who?'), 'Quién es?', 'signs'],
		['a whole question', 'es', a('¿Quién?', 'Who?'), '¿Quién es?', undefined],
		['a foreign question mark', 'el', a('Ποια;', 'Who?'), 'Ποια είναι?', 'signs'],
		['a Latin comma', 'ar', a('نعم', 'Yes'), 'نعم, طبعا', 'signs'],
		['its own comma', 'ar', a('نعم', 'Yes'), 'نعم، طبعا', undefined],
	])('%s (%s)', (_what, tag, sentence, better, fault) => {
		expect(faultOf(tag, sentence, better)).toBe(fault)
	})

	test.each([
		['ro', 'şi ţara', 'și țara'],
		['fa', 'كي', 'کی'],
		['fr', 'Qui ? « Moi »', 'Qui\u202f? «\u202fMoi\u202f»'],
		['it', 'perche\u0301', 'perché'],
	])('%s: letters of another keyboard become its own', (tag, typed, meant) => {
		expect(inItsLetters(tag, typed)).toBe(meant)
	})

	test('a form that is said for some numbers says for which', () => {
		const shown = (tag: string, key: string) =>
			presentSentence(tag, sentencesOf(tag).get(key)!, false).numbers.join(' ')
		expect(shown('ru', 'common:unread.new_one')).toBe('1 21 31 …')
		expect(shown('ar', 'common:unread.new_two')).toBe('2')
		expect(shown('it', 'common:unread.new_many')).toBe('1.000.000')
		expect(shown('it', 'common:footer.help')).toBe('')
	})
})

describe('finding a sentence', () => {
	const keys = (tag: string, typed: string) => findSentences(sentencesOf(tag), typed).map(({ key }) => key)

	test.each([
		['it', 'aiuto adesso', 'common:footer.help'],
		['it', 'AIUTO', 'common:footer.help'],
		['it', 'help now', 'common:footer.help'],
		['el', 'βοηθεια', 'common:footer.help'],
		['ar', 'الخصوصية', 'common:footer.privacy'],
		['ar', 'الخصوصيه', 'common:footer.privacy'],
		['tr', 'gizlilik', 'common:footer.privacy'],
	])('%s: %s', (tag, typed, key) => {
		expect(keys(tag, typed)).toContain(key)
	})

	test('is quiet about nothing, and shows twenty at most', () => {
		expect(keys('it', '')).toEqual([])
		expect(keys('it', ' ?! ')).toEqual([])
		expect(keys('it', 'qqqzzz')).toEqual([])
		expect(keys('it', 'a')).toHaveLength(20)
	})

	test('a sentence copied with its values is found by the words it has', () => {
		const text = sentencesOf('it').get('vouch:own.posts_other')!.text.replace('{{count}}', '3')
		expect(keys('it', text)[0]).toMatch(/^vouch:own\.posts_/)
	})
})

describe('the diff of a file', () => {
	const FILE = Array.from({ length: 30 }, (_, line) => `line ${line}`)
	const text = (lines: string[]) => `${lines.join('\n')}\n`

	test.each([
		['one line', [12]],
		['the first and the last', [0, 29]],
		['neighbours', [4, 5, 6]],
		['with lines between', [4, 8]],
		['runs that touch', [4, 11]],
		['runs that do not', [4, 12]],
		['all of them', FILE.map((_, line) => line)],
	])('%s: git and patch read it', (_what, changed) => {
		const folder = mkdtempSync(path.join(tmpdir(), 'diff-'))
		const after = FILE.map((line, at) => (changed.includes(at) ? `"${line}" é €` : line))
		writeFileSync(path.join(folder, 'file'), text(FILE))
		writeFileSync(path.join(folder, 'it.patch'), lineDiff('file', text(FILE), text(after)))
		const run = (...[program, ...words]: [string, ...string[]]) =>
			execFileSync(program, words, { cwd: folder, stdio: 'pipe' })
		run('patch', '-p1', '--dry-run', '--fuzz=0', '-i', 'it.patch')
		run('git', 'apply', 'it.patch')
		expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe(text(after))
	})
})

test('a file is written again as it is, letter by letter', () => {
	for (const tag of UI_LOCALES)
		for (const [name, tree] of Object.entries(filesOf(tag)))
			expect(`${JSON.stringify(tree, null, '\t')}\n`).toBe(
				readFileSync(`locales/${tag}/${name}.json`, 'utf8'),
			)
})
