import { randomUUID } from 'node:crypto'
import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import { aMark, aMember, press } from './forum-steps'
import { inExample } from './house'
import type { aPerson } from './people'

/** What the women of these journeys say, each in her language. */
export const SAID = {
	ar: {
		dir: 'rtl',
		mentor: 'ريحانة',
		woman: 'سوسن',
		offer: 'وصلت إلى هنا قبل ثماني سنوات. يسعدني أن أرافقك خطوة خطوة.',
		wish: 'أريد أن أجد عملاً وأن أفهم الأوراق.',
		goal: 'أكتب سيرتي الذاتية',
		step: 'أكتب أين عملت',
		shared: 'كلمات اليوم: عقد، دوام، راتب.',
		own: 'أن أسأل عن الحضانة.',
	},
	bg: {
		dir: 'ltr',
		mentor: 'Здравка',
		woman: 'Росица',
		offer: 'Тук съм от осем години. С радост ще вървя до теб, стъпка по стъпка.',
		wish: 'Искам да намеря работа и да разбирам документите.',
		goal: 'Пиша автобиографията си',
		step: 'Записвам къде съм работила',
		shared: 'Думите от днес: договор, смяна, заплата.',
		own: 'Да попитам за детската градина.',
	},
} as const

export type Said = keyof typeof SAID

/** Opens a fold that is closed. */
export async function unfold(fold: Locator) {
	if ((await fold.getAttribute('open')) === null) await fold.locator('> summary').click()
}

/** Ticks a need, in the fold of its area. */
export async function tickNeed(page: Page, need: string) {
	const box = `[name=needs][value=${need}]`
	await unfold(page.locator(`main details:has(${box})`))
	await page.check(`main ${box}`)
}

/** Chooses from a list, also where it stands in a fold. */
export async function choose(page: Page, name: string, value: string) {
	const list = `[name=${name}]`
	const fold = page.locator(`main details:has(${list})`)
	if ((await fold.count()) > 0) await unfold(fold.first())
	await page.selectOption(`main ${list}`, value)
}

/** A member who is a mentor already: trained, vetted, and found by women who speak one of these languages. */
export async function aMentor(
	browser: Browser,
	options: Parameters<typeof aPerson>[1],
	{ languages, capacity = 2 }: { languages: string[]; capacity?: number },
) {
	const locale = options.locale as Said
	const mentor = await aMember(browser, options, `${SAID[locale].mentor} ${aMark()}`)
	const levels = Object.fromEntries(languages.map((tag) => [tag, 'well' as const]))
	await inExample(async (sql) => {
		const [member] = await sql<{ id: string }[]>`select id from members where handle = ${mentor.handle}`
		await sql`
			insert into mentor_offers (member_id, languages, language_tags, needs, how, words_lang, words_dir, capacity, status,
				code_version, trained_at, vetted_at, valid_until)
			values (${member!.id}, ${sql.json(levels)}, ${languages}, ${['cv', 'jobSearch']}, ${['write']}, ${locale},
				${SAID[locale].dir}, ${capacity}, 'vetted', '1', now(), now(), now() + interval '6 months')`
		await sql`insert into grants (id, member_id, role) values (${randomUUID()}, ${member!.id}, 'mentor')`
	})
	return mentor
}

/** Finds a mentor in the list, on whichever of its pages, and opens the form to ask her. */
export async function askFor(page: Page, handle: string, query: string) {
	await page.goto(`/mentoring/mentors?${query}`)
	const card = page.locator('[data-item=mentor]', { hasText: handle })
	for (let pages = 0; pages < 8 && (await card.count()) === 0; pages += 1) {
		await page.locator('a[rel=next]').click()
		await page.waitForLoadState()
	}
	await expect(card).toHaveCount(1)
	await card.locator('a[href*="/mentoring/ask"]').click()
	await page.fill('main [name=words]', '')
	await press(page, 'main form:has([name=words]) button[type=submit]')
}

/** Presses the button of an act, in its fold where it stands in one. */
export async function pressAct(page: Page, act: string) {
	const button = `button[name=intent][value=${act}]`
	const fold = page.locator(`main details:has(${button})`).first()
	if ((await fold.count()) > 0) await unfold(fold)
	await press(page, page.locator(`main ${button}`).first())
}
