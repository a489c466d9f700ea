import { describe, expect, test } from 'vitest'
import { alsoCookie } from '~/platform/i18n/also.server'
import { fixedT } from '~/platform/i18n/i18n.server'
import { aSpace } from '../factories/forum'
import { aMemberWithToken } from '../factories/members'
import { cookieOf, knock } from '../matrix/door'

const VOID = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'path', 'use', 'wbr'])
const ARABIC = { lang: 'ar', cookies: 'language=ar' }

interface Asked {
	cookies?: string
	fields?: Record<string, string>
}

async function pageAt(address: string, asked: Asked = {}) {
	const { bytes, status } = await knock(address, asked)
	const [, headers, html] = JSON.parse(bytes) as [number, [string, string][], string]
	return { status, html, language: headers.find(([name]) => name === 'content-language')?.[1] }
}

const mainOf = (html: string) => html.slice(html.indexOf('<main'), html.indexOf('</main>'))

/** What a page says, text by text: not what others call themselves, and no drawing. */
const saidIn = (html: string) =>
	mainOf(html)
		.replace(/<(bdi|svg|textarea|time|code)\b.*?<\/\1>/gs, '<i>')
		.replaceAll('<!-- -->', '')
		.split(/<[^>]*>/)
		.map((text) => text.trim())
		.filter((text) => /\p{L}{3}/u.test(text))

/** The tags of a page that are not closed by whom they were opened. */
function wronglyClosed(html: string) {
	const open: string[] = []
	const wrong: string[] = []
	for (const [tag, end, name = '', self] of html.matchAll(/<(\/?)([a-z][\w-]*)[^>]*?(\/?)>/gi)) {
		if (VOID.has(name) || self) continue
		if (!end) open.push(name)
		else if (open.pop() !== name) wrong.push(tag)
	}
	return [...wrong, ...open]
}

/** A visitor's language says in which country she probably is, and so which countries are the others. */
const OF_ITS_COUNTRY = ['it', 'ar'].map((locale) => fixedT(locale)('safety:help.others'))

const FOR_TWO = ['/help', '/rules', '/privacy', '/join', '/sign-in', '/recover']

describe('a page for two', () => {
	test.each(FOR_TWO)('%s says each of its texts in both', async (address) => {
		const [ar, it, both] = await Promise.all([
			pageAt(address, ARABIC),
			pageAt(address, { cookies: 'language=it' }),
			pageAt(`${address}?with=it`, ARABIC),
		])
		const said = saidIn(both.html).join('\n')
		expect(saidIn(it.html).length).toBeGreaterThan(5)
		for (const page of [ar, it])
			expect(
				saidIn(page.html).filter((text) => !said.includes(text) && !OF_ITS_COUNTRY.includes(text)),
			).toEqual([])
		expect(both.html).toMatch(/^<!DOCTYPE html><html lang="ar" dir="rtl"/)
		expect(both.language).toBe('ar, it')
		expect(wronglyClosed(both.html)).toEqual([])
		expect(both.html).not.toMatch(/[\ue000-\ue002]/)
	})

	test('marks each text of the second with its language and direction, and nothing around the page', async () => {
		const { html } = await pageAt('/rules?with=ar', { cookies: 'language=it' })
		const main = mainOf(html)
		expect(main.match(/class="with" lang="ar" dir="rtl"/g)!.length).toBeGreaterThan(20)
		expect(html.replace(main, '')).not.toContain('class="with"')
	})

	test.each([
		['the language of the page', '/rules?with=it'],
		['none of ours', '/rules?with=xx'],
		['nothing', '/rules?with='],
		['a thing of JavaScript', '/rules?with=__proto__'],
		['a text that would leave its attribute', '/rules?with=%22%3E%3Cb%3E'],
	])('with %s it is said in one', async (_what, address) => {
		const { html, language } = await pageAt(address, { cookies: 'language=it' })
		expect(html).not.toContain('class="with"')
		expect(language).toBe('it')
	})

	test('a refused form is still said in both, with what she typed', async () => {
		const fields = { handle: 'Amina', words: 'offered' }
		const { status, html } = await pageAt('/join?with=it', { ...ARABIC, fields })
		expect(status).toBe(422)
		expect(html).toContain('value="Amina"')
		const alert = html.slice(html.indexOf('role="alert"'))
		expect(alert).toMatch(/^.{0,900}class="with" lang="it"/s)
	})
})

test('a space is named in both where the community gave both names', async () => {
	const names = { en: 'Kitchen', it: 'Cucina', ar: 'مطبخ' }
	await aSpace('Kitchen', { names, descriptions: { en: 'Cooking together', ar: 'نطبخ معا' } })
	const { token } = await aMemberWithToken({ locale: 'ar' })
	const spaces = async (cookies: string) =>
		mainOf((await pageAt('/forum', { cookies })).html).replaceAll('<!-- -->', '')
	const both = await spaces(`${cookieOf(token)}; with=it`)
	expect(both).toContain('مطبخ <span class="with" lang="it" dir="ltr">Cucina</span>')
	expect(both).toContain('>نطبخ معا<')
	const one = await spaces(cookieOf(token))
	expect(one).toContain('مطبخ')
	expect(one).not.toContain('Cucina')
})

describe('the choice for a visit', () => {
	test('goes from page to page, and an address can say otherwise', async () => {
		const cookies = 'language=ar; with=it'
		expect((await pageAt('/sign-in', { cookies })).html).toContain('class="with" lang="it"')
		expect((await pageAt('/sign-in?with=bg', { cookies })).html).toContain('class="with" lang="bg"')
		expect((await pageAt('/sign-in?with=', { cookies })).html).not.toContain('class="with"')
	})

	test('can be left on every page, also on one that does not offer it', async () => {
		const { token } = await aMemberWithToken({ locale: 'ar' })
		const plain = await pageAt('/forum', { cookies: cookieOf(token) })
		expect(mainOf(plain.html)).not.toContain('value="+it"')
		const both = await pageAt('/forum', { cookies: `${cookieOf(token)}; with=it` })
		expect(mainOf(both.html)).toMatch(/name="showIn [\w-]+" value="-"/)
	})

	test('is kept by a cookie of this browser’s session, which no script reads', () => {
		expect(alsoCookie('it')).toBe('with=it; Path=/; HttpOnly; SameSite=Lax')
		for (const none of ['', undefined, 'xx', 'it; Domain=x'])
			expect(alsoCookie(none)).toBe('with=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0')
	})
})
