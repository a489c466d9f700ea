import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import { inExample } from './house'
import { aPerson, join } from './people'

/** A number that only this journey has: in handles and titles it tells its things from those of the others. */
export const aMark = () => 100_000 + Math.floor(Math.random() * 900_000)

/** What the women of the journeys say, each in her language. */
export const WORDS = {
	ar: {
		handle: 'مها',
		title: 'كيف أسجّل ابنتي في المدرسة؟',
		body: 'وصلنا في الصيف. أين أذهب أولاً؟',
		changed: 'وصلنا في الصيف. أي أوراق أحضر معي؟',
		other: 'وصلنا في الربيع ولا نعرف أحداً.',
		answer: 'اذهبي إلى مكتب الحي، هم يساعدونك.',
		more: 'شكراً، ذهبت اليوم وكانوا لطيفين.',
		begun: 'بدأت أكتب ثم جاءت ابنتي.',
	},
	bg: {
		handle: 'Милена',
		title: 'Как да запиша дъщеря си на училище?',
		body: 'Дойдохме през лятото. Къде да отида първо?',
		changed: 'Дойдохме през лятото. Какви документи да взема?',
		other: 'Дойдохме през пролетта и не познаваме никого.',
		answer: 'Отидете в общината, там помагат.',
		more: 'Благодаря, ходих днес и бяха любезни.',
		begun: 'Започнах да пиша и тогава дойде дъщеря ми.',
	},
} as const

export type Tongue = keyof typeof WORDS
export const TONGUES = Object.keys(WORDS) as Tongue[]

/** A longer journey is walked once right to left with scripts, and once left to right without. */
export const WALKS: readonly { locale: Tongue; scripts: boolean }[] = [
	{ locale: 'ar', scripts: true },
	{ locale: 'bg', scripts: false },
]

type Woman = Awaited<ReturnType<typeof aPerson>> & { handle: string; passphrase: string }

/** A new member with a browser of her own. */
export async function aMember(
	browser: Browser,
	{ invitation, ...options }: Parameters<typeof aPerson>[1] & { invitation?: string },
	handle = `${options.locale in WORDS ? WORDS[options.locale as Tongue].handle : 'Ada'} ${aMark()}`,
): Promise<Woman> {
	const person = await aPerson(browser, options)
	const passphrase = await join(person.page, handle, invitation)
	return { ...person, handle, passphrase }
}

/** The example has one moderator who can sign in; another is made of a new member, with her second step given. */
export async function aModerator(browser: Browser, options: Parameters<typeof aPerson>[1]) {
	const woman = await aMember(browser, options)
	await inExample(async (sql) => {
		const [made] = await sql`insert into grants (member_id, role)
			select id, 'moderator' from members where handle = ${woman.handle} returning member_id`
		await sql`update sessions set second_factor_at = now() where member_id = ${made!.member_id}`
	})
	return woman
}

/** Presses a button of a form and waits for the page that answers it. */
export async function press(page: Page, button: string | Locator) {
	await Promise.all([
		page.waitForEvent('load'),
		(typeof button === 'string' ? page.locator(button) : button).click(),
	])
}

interface Question {
	title: string
	body: string
	language: string
	note?: string
	alias?: boolean
}

/** Fills the form of a question. */
export async function fillQuestion(page: Page, { title, body, language, note, alias }: Question) {
	await page.fill('#question-form [name=title]', title)
	await page.fill('#question-form [name=body]', body)
	await page.selectOption('#question-form [name=language]', language)
	if (note) await page.selectOption('#question-form [name=note]', note)
	if (alias) await page.check('#question-form [name=alias]')
}

/** The addresses of the spaces she sees, in their order. */
export async function spacesOf(page: Page): Promise<string[]> {
	await page.goto('/forum')
	const links = page.locator('[data-item=space] > a')
	return links.evaluateAll((all) => all.map((link) => link.getAttribute('href')!))
}

/** Asks in the first space, or in one that is given; returns the address of the topic. */
export async function ask(page: Page, question: Question, space?: string): Promise<string> {
	await page.goto(`${space ?? (await spacesOf(page))[0]}/new`)
	await fillQuestion(page, question)
	await press(page, '#question-form button[type=submit]:not([name])')
	await expect(page.locator('[data-item=post]')).toHaveCount(1)
	return new URL(page.url()).pathname
}

/** Answers in a topic she has open. */
export async function answer(page: Page, body: string, language: string) {
	const field = page.locator('#answer-form [name=body]')
	await field.fill((await field.inputValue()) + body)
	await page.selectOption('#answer-form [name=language]', language)
	await press(page, '#answer-form button[type=submit]:not([name])')
}

/** Ticks on her profile what she reads and speaks. */
export async function tellLanguages(page: Page, tags: string[]) {
	await page.goto('/me/profile')
	for (const name of ['reads', 'speaks'])
		for (const tag of tags) {
			const box = page.locator(`[name=${name}][value=${tag}]`)
			// What is unlikely for her pages lies in a fold.
			if (!(await box.isVisible()))
				await page.locator('#profile .fold', { has: box }).locator('summary').click()
			await box.check()
		}
	await press(page, '#profile button[type=submit]:not([name])')
	await expect(page.locator('main .notice')).toBeVisible()
}

/** Opens the fold with what is seldom done with a post, and gives the post. */
export async function openMore(post: Locator) {
	await post.locator('.post-more > summary').click()
	return post
}

export const postWith = (page: Page, text: string) => page.locator('[data-item=post]', { hasText: text })

/** Her browser found nothing to complain of, and asked nobody else. */
export function expectCalm(people: { complaints: string[]; foreign: string[] }[]) {
	for (const { complaints, foreign } of people) {
		expect(complaints).toEqual([])
		expect(foreign).toEqual([])
	}
}
