import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test, vi } from 'vitest'
import { pool } from '~/db/client.server'
import { SearchPage } from '~/features/forum/components/search-page'
import { readAsked } from '~/features/forum/search/asked'
import { excerptAround, finderOf, markedText, type Piece } from '~/features/forum/search/excerpt'
import type { Found } from '~/features/forum/search/search.server'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { LIMITS } from '~/platform/limits.server'
import { log } from '~/platform/log.server'
import { loader, meta } from '~/routes/forum/search'
import { anAnswer, aTopic } from '../../factories/forum'
import { aMemberWithToken } from '../../factories/members'
import { open } from '../../factories/requests'

type Page = Found & { title: string }

const address = (fields: Record<string, string>) => `/search?${new URLSearchParams(fields)}`
const read = async (token: string, fields: Record<string, string>) =>
	(await open(loader, address(fields), { token })).body as Page

function render(page: Found, locale = 'en') {
	const html = renderToStaticMarkup(
		<I18nextProvider i18n={i18nFor(locale)}>
			<SearchPage {...page} />
		</I18nextProvider>,
	)
	expect(html).not.toMatch(/search:|common:|forum:/)
	return html
}

describe('the page', () => {
	test('nobody is asked to sign in, and what she looked for is not in the address of that', async () => {
		expect(await open(loader, address({ q: 'secretword' }))).toMatchObject({
			status: 303,
			to: '/sign-in?next=%2Fsearch',
		})
	})

	test('she may look often, but not without end; opening the empty page costs nothing', async () => {
		const { token } = await aMemberWithToken()
		const look = async (q: string) => (await open(loader, address({ q }), { token })).status
		for (let n = 0; n < LIMITS['forum.search'].points; n += 1) expect(await look('lavoro')).toBe(200)
		expect(await look('lavoro')).toBe(429)
		expect(await look('')).toBe(200)
		const other = await aMemberWithToken()
		expect((await open(loader, address({ q: 'lavoro' }), { token: other.token })).status).toBe(200)
	})

	test('in every language of the interface: the form, what was found and marked, and nothing in the title', async () => {
		const topic = await aTopic({ title: 'Lavoro <b>vero</b>', body: 'Cerco un lavoro', language: 'it' })
		await anAnswer(topic, { body: 'Che lavoro?', language: 'it' })
		const { token } = await aMemberWithToken()
		const page = await read(token, { q: 'lavoro', language: 'it' })
		for (const locale of UI_LOCALES) {
			const html = render(page, locale)
			expect(html).toMatch(/<form method="get"[^>]*action="\/search"/)
			for (const name of ['q', 'language', 'kind', 'space', 'time', 'author'])
				expect(html).toContain(`name="${name}"`)
			expect(html).toContain('data-item="hit"')
			expect(html).toContain('<mark>Lavoro</mark> &lt;b&gt;vero&lt;/b&gt;')
			expect(html).toContain('<mark>lavoro</mark>')
		}
		const title = JSON.stringify(meta({ data: page } as never))
		expect(title).toBe('[{"title":"Mimosa · Search"}]')
	})

	test('what nothing was found for, what has no words and what is too long each have a sentence', async () => {
		const { token } = await aMemberWithToken()
		await aTopic({ title: 'Permesso di soggiorno', body: 'Lavoro', language: 'it' })
		expect(render(await read(token, { q: 'giardino' }))).toContain('Nothing found')
		expect(render(await read(token, { q: 'giardino', language: 'it' }))).toContain('Try without some')
		expect(render(await read(token, { q: 'ermesso' }))).toContain('Did you mean')
		expect(render(await read(token, { q: '&|!' }))).toContain('Write at least one word')
		expect(render(await read(token, { q: 'lavoro giardino' }))).toContain('have some of them')
		expect(render(await read(token, { q: 'lavoro '.repeat(200) }))).toContain('looked for the first words')
		expect(render(await read(token, {}))).not.toMatch(/role="status"|Nothing found/)
	})

	test('takes four queries at most, and logs nothing of it', async () => {
		const { token } = await aMemberWithToken()
		for (let n = 0; n < 25; n += 1) await aTopic({ title: `Bread ${n}` })
		const queries = vi.spyOn(pool, 'unsafe')
		const lines = (['info', 'warn', 'error', 'debug', 'trace'] as const).map((level) => vi.spyOn(log, level))
		for (const q of ['bread', 'breed', 'nothing like it']) {
			queries.mockClear()
			await read(token, { q })
			expect(queries.mock.calls.length).toBeLessThanOrEqual(4)
		}
		for (const line of lines) expect(line).not.toHaveBeenCalled()
	})
})

describe('whatever she types is answered', () => {
	test.each([
		['nothing', ''],
		['spaces', '   \n\t '],
		['only operators', '& | ! <-> :* ( ) " -'],
		['operators and words', "bread & | !'cheese':* \\ <2> \"open"],
		['quotes in quotes', `""'"'"''"bread"`],
		['a word that means nothing in SQL', 'null NULL true {} ,'],
		['one letter', 'a'],
		['one-letter words', 'a b c d e f g'],
		['one Han sign', '工'],
		['two Han signs', '工作'],
		['only bidi marks', '\u202e\u2066\u200f'],
		['a word with bidi marks', 'br\u202eead'],
		['only a minus', '-'],
		['only what is left out', '-bread -cheese'],
		['digits', '12345 ٠١٢'],
		['emoji', '👩‍👩‍👧 🏠'],
		['500 marks on one letter', `a${'\u0301'.repeat(500)}`],
		['a percent sign and an underscore', '%_%'],
		['10,000 letters', 'x'.repeat(10_000)],
		['10,000 letters of words', 'bread '.repeat(1_667)],
		['10,000 Han signs', '工作学校'.repeat(2_500)],
		['10,000 operators', '&!'.repeat(5_000)],
		['a lone surrogate', 'bread\ud800'],
		['NUL', 'bread\u0000'],
	])('%s', async (_name, q) => {
		const { token } = await aMemberWithToken()
		await aTopic({ title: 'Bread and cheese 12345', body: '找工作' })
		const asked = readAsked(new URLSearchParams({ q }))
		expect(asked.words.length).toBeLessThanOrEqual(12)
		const before = performance.now()
		const page = await read(token, { q })
		expect(performance.now() - before).toBeLessThan(2_000)
		render(page)
	})

	test.each([
		['operators and words', "bread & | !'cheese':* \\ <2> \"open"],
		['one Han sign', '工'],
		['two Han signs', '工作'],
		['a word with bidi marks', 'br\u202eead'],
		['digits of another script', '١٢٣٤٥'],
	])('%s finds what is there', async (_name, q) => {
		const { token } = await aMemberWithToken()
		const topic = await aTopic({ title: 'Bread and cheese open 12345', body: '找工作' })
		expect((await read(token, { q })).hits).toMatchObject([{ topicId: topic.id }])
	})

	test.each(['0', '-1', 'x', '1e9', '99999999999999999999', "1' or 1=1"])('page %s', async (page) => {
		const { token } = await aMemberWithToken()
		await aTopic({ title: 'Bread' })
		const { hits } = await read(token, { q: 'bread', page })
		expect(hits.length).toBeLessThanOrEqual(1)
	})
})

describe('marking', () => {
	const shown = (pieces: Piece[]) => pieces.map(({ text, found }) => (found ? `[${text}]` : text)).join('')

	test.each([
		['whole words only', 'cas casa casale', { words: ['casa'] }, 'cas [casa] casale'],
		['with its accents', 'Já está, esta', { words: ['esta'] }, 'Já [está], [esta]'],
		['with all its marks', 'e\u0301te\u0301 été', { words: ['ete'] }, '[e\u0301te\u0301] [été]'],
		['after an apostrophe', 'L’ufficio', { words: ['ufficio'] }, 'L’[ufficio]'],
		['with one inside', 'Наша сім’я', { words: ['сімя'] }, 'Наша [сім’я]'],
		['vocalised', 'المُدَرِّسَةُ هنا', { words: ['المدرسه'] }, '[المُدَرِّسَةُ] هنا'],
		['before ZWNJ', 'مدرسه\u200cها', { words: ['مدرسه'] }, '[مدرسه]\u200cها'],
		['with soft hyphens and bidi marks', 'ar\u00adbei\u200et', { words: ['arbeit'] }, '[ar\u00adbei\u200et]'],
		['pairs of signs', '孩子的学校在这里', { words: [], signs: ['学校'] }, '孩子的[学校]在这里'],
		['beside Latin letters', '在IT公司工作', { words: ['it'], signs: ['工作'] }, '在[IT]公司[工作]'],
		['none', 'nothing here', { words: ['x'] }, 'nothing here'],
		['in nothing', '', { words: ['x'] }, ''],
	])('%s', (_name, text, lookedFor, expected) => {
		expect(shown(markedText(text, finderOf({ signs: [], ...lookedFor })))).toBe(expected)
	})

	test('an excerpt never cuts a letter from its marks, nor a family in two', () => {
		const letter = 'e\u0301\u0327'
		const family = '👩‍👩‍👧'
		const long = `${letter.repeat(300)} bread ${family.repeat(100)}`
		const text = excerptAround(long, finderOf({ words: ['bread'], signs: [] }))
			.map((piece) => piece.text)
			.join('')
			.replace(/^… | …$/g, '')
		expect(long).toContain(text)
		const letters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)]
		expect(
			letters.every(({ segment }) => [letter, family].includes(segment) || /^[ bread]$/.test(segment)),
		).toBe(true)
	})
})
