import { randomUUID } from 'node:crypto'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { aMark, aMember, press } from './forum-steps'
import { inExample } from './house'
import { unfold } from './mentoring-steps'
import { closeAll } from './people'

/** What is said in a talk, in the language it is led in. */
const SAID = {
	it: {
		dir: 'ltr',
		host: 'Letizia',
		women: ['Amaranta', 'Fiorella'],
		name: 'Il primo colloquio di lavoro',
		rules: 'Parliamo una alla volta, con rispetto.',
		agenda: 'Ci salutiamo\nLe domande difficili\nCosa portiamo a casa',
		hello: 'Ciao a tutte, sono contenta di essere qui.',
		form: 'Scrivo senza script e mi leggete lo stesso.',
		early: 'Vorrei parlare anche se non tocca a me.',
		turn: 'Grazie, ora racconto il mio colloquio.',
		muted: 'Questa frase resta nel campo.',
		note: 'Abbiamo parlato delle domande difficili.',
	},
	ar: {
		dir: 'rtl',
		host: 'ليلى',
		women: ['نور', 'هدى'],
		name: 'أول مقابلة عمل',
		rules: 'نتكلم واحدة بعد الأخرى وباحترام.',
		agenda: 'نتعارف\nالأسئلة الصعبة\nماذا تعلمنا',
		hello: 'مرحباً بكن، أنا سعيدة بوجودي هنا.',
		form: 'أكتب من دون برامج وتقرأنني أيضاً.',
		early: 'أريد أن أتكلم مع أنه ليس دوري.',
		turn: 'شكراً، سأحكي الآن عن مقابلتي.',
		muted: 'تبقى هذه الجملة في مكانها.',
		note: 'تكلمنا عن الأسئلة الصعبة.',
	},
} as const

/** The door looks again every eight seconds. */
const LOOKS_AGAIN_WITHIN_MS = 20_000

/** A member who may lead: a mentor. */
async function aHost(browser: Browser, locale: keyof typeof SAID) {
	const host = await aMember(browser, { locale }, `${SAID[locale].host} ${aMark()}`)
	await inExample(
		(sql) => sql`insert into grants (id, member_id, role)
			select ${randomUUID()}::uuid, id, 'mentor' from members where handle = ${host.handle}`,
	)
	return host
}

/** The button of one tool. */
const tool = (page: Page, intent: string, within: Locator | Page = page) =>
	within.locator(`form:has([name=intent][value="${intent}"]) button[type=submit]`).first()

/** The fold above the talk with what is needed less often. */
const openTools = (page: Page) => unfold(page.locator('.session-strip > details'))

const saying = (page: Page, body: string) => page.locator('[data-item=message]', { hasText: body })

async function say(page: Page, body: string) {
	await page.fill('#write [name=body]', body)
	await page.click('#write button[type=submit]')
}

/** A talk that begins in ten minutes, so that its doors stand as its host sets them. */
async function plan(page: Page, words: (typeof SAID)[keyof typeof SAID], name: string) {
	const start = new Date(Date.now() + 10 * 60_000).toLocaleString('sv-SE', { timeZone: 'Europe/Rome' })
	await page.goto('/chat/new')
	await page.fill('#plan [name=name]', name)
	await page.fill('#plan [name=date]', start.slice(0, 10))
	await page.fill('#plan [name=time]', start.slice(11, 16))
	await page.selectOption('#plan [name=zone]', 'Europe/Rome')
	await page.fill('#plan [name=size]', '5')
	await page.check('#plan [name=doors][value=lobby]')
	await page.fill('#plan [name=agenda]', words.agenda)
	await page.fill('#plan [name=rules]', words.rules)
	await press(page, '#plan button[type=submit]')
	await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/)
	return page.url()
}

/** She finds the talk in the list and comes to its door. */
async function comeToDoor(page: Page, name: string) {
	await page.goto('/chat')
	await page.locator('[data-item=session]', { hasText: name }).locator('a').first().click()
	await expect(page.locator('h1')).toContainText(name)
	await tool(page, 'come').click()
	await expect(tool(page, 'go-away')).toBeVisible()
	await expect(page.locator('#write')).toHaveCount(0)
}

for (const locale of ['it', 'ar'] as const) {
	test(`a host leads a talk from the lobby to its end, three browsers, in ${locale}`, async ({ browser }) => {
		test.setTimeout(240_000)
		const words = SAID[locale]
		const name = `${words.name} ${aMark()}`
		const host = await aHost(browser, locale)
		const first = await aMember(browser, { locale }, `${words.women[0]} ${aMark()}`)
		const second = await aMember(browser, { locale, scripts: false }, `${words.women[1]} ${aMark()}`)
		const room = await plan(host.page, words, name)
		const lead = `${room}/lead`
		await expect(host.page.locator('html')).toHaveAttribute('dir', words.dir)

		// They come to the door; the host sees them wait and lets them in, one by one.
		await comeToDoor(first.page, name)
		await comeToDoor(second.page, name)
		for (const woman of [first, second]) {
			const waiting = host.page.locator('section.card.new li', { hasText: woman.handle })
			await expect(waiting).toBeVisible()
			await tool(host.page, 'let-in', waiting).click()
			await expect(waiting).toHaveCount(0)
		}
		await expect(first.page.locator('#write')).toBeVisible({ timeout: LOOKS_AGAIN_WITHIN_MS })
		await second.page.goto(room)
		await expect(second.page.locator('#write')).toBeVisible()

		// It begins; what one says all read, with and without scripts.
		await tool(host.page, 'open').click()
		await openTools(host.page)
		await expect(tool(host.page, 'pause')).toBeVisible()
		await say(first.page, words.hello)
		await expect(saying(host.page, words.hello)).toBeVisible()
		await second.page.goto(room)
		await expect(saying(second.page, words.hello)).toBeVisible()
		await second.page.fill('#write [name=body]', words.form)
		await press(second.page, '#write button[type=submit]')
		await expect(saying(second.page, words.form)).toBeVisible()
		await expect(saying(first.page, words.form)).toBeVisible()

		// One at a time: out of turn her words stay with her; the first raised hand comes next.
		await host.page.goto(lead)
		await press(host.page, tool(host.page, 'turns'))
		await say(first.page, words.early)
		await expect(saying(first.page, words.early)).toBeVisible()
		await host.page.goto(room)
		await expect(saying(host.page, words.early)).toHaveCount(0)
		await tool(first.page, 'raise').click()
		await tool(host.page, 'next').click()
		await expect(tool(first.page, 'lower')).toBeVisible()
		await say(first.page, words.turn)
		await expect(saying(host.page, words.turn)).toBeVisible()

		// A message kept in sight, a point of the plan, one who only reads for a while.
		await host.page.goto(lead)
		await unfold(host.page.locator('details', { has: host.page.locator('[name=intent][value=pin]') }))
		await press(host.page, tool(host.page, 'pin', host.page.locator('li', { hasText: words.turn })))
		await expect(first.page.locator('aside', { hasText: words.turn })).toBeVisible()
		await press(host.page, tool(host.page, 'step'))
		await press(host.page, tool(host.page, 'turns'))
		const about = host.page.locator('[data-item=participant]', { hasText: second.handle })
		await unfold(about.locator('details'))
		await press(host.page, tool(host.page, 'mute', about))
		await second.page.fill('#write [name=body]', words.muted)
		await press(second.page, '#write button[type=submit]')
		await expect(second.page.locator('#write [name=body]')).toHaveValue(words.muted)
		await expect(saying(host.page, words.muted)).toHaveCount(0)

		// One is taken out: for her the talk is not there any more, and nothing is said of it.
		await unfold(about.locator('details'))
		await press(host.page, tool(host.page, 'remove-member', about))
		expect((await second.page.goto(room))?.status()).toBe(404)
		await second.page.goto('/chat')
		await expect(second.page.locator('[data-item=session]', { hasText: name })).toHaveCount(0)

		// A pause, and the end: those who are in it go on reading.
		await host.page.goto(room)
		await openTools(host.page)
		await tool(host.page, 'pause').click()
		await expect(tool(host.page, 'go-on')).toBeVisible()
		await tool(host.page, 'go-on').click()
		await expect(tool(host.page, 'pause')).toBeVisible()
		await host.page.goto(lead)
		await host.page.fill('#note [name=note]', words.note)
		await press(host.page, '#note button[type=submit]')
		await unfold(host.page.locator('details', { has: host.page.locator('[name=intent][value=end]') }))
		await press(host.page, tool(host.page, 'end'))
		await expect(first.page.locator('#write')).toHaveCount(0)
		await first.page.goto(room)
		await expect(saying(first.page, words.turn)).toBeVisible()
		await expect(first.page.locator('#write')).toHaveCount(0)
		for (const { complaints, foreign } of [host, first, second])
			expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] })
		await closeAll([host, first, second])
	})
}
