import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import { aMark, aMember, press, tellLanguages } from './forum-steps'
import { inExample } from './house'
import { unfold } from './mentoring-steps'

/** What the women of these journeys say, each in her language, and what another says in English. */
export const SAID = {
	it: {
		handle: 'Graziella',
		room: 'Il tavolo della cucina',
		hello: 'Buongiorno, oggi ho firmato il contratto.',
		english: 'Good morning, I signed the contract today.',
		second: 'Vi racconto tutto stasera.',
		changed: 'Vi racconto tutto domani.',
		taken: 'Questa la riprendo.',
		number: 'Chiamami al +39 347 555 0192',
		offline: 'Scritto in galleria, senza rete.',
		draft: 'E poi volevo dirvi',
	},
	ar: {
		handle: 'وفاء',
		room: 'طاولة المطبخ',
		hello: 'صباح الخير، وقّعت العقد اليوم.',
		english: 'Good morning, I signed the contract today.',
		second: 'سأحكي لكن كل شيء هذا المساء.',
		changed: 'سأحكي لكن كل شيء غداً.',
		taken: 'سأسحب هذه الجملة.',
		number: 'اتصلي بي على ٠٣٤٧ ٥٥٥ ٠١٩٢',
		offline: 'كتبتها في النفق من دون شبكة.',
		draft: 'وأردت أن أقول أيضاً',
	},
} as const

export type Said = keyof typeof SAID

/** A journey is walked once left to right with scripts, and once right to left without. */
export const WALKS: readonly { locale: Said; scripts: boolean }[] = [
	{ locale: 'it', scripts: true },
	{ locale: 'ar', scripts: false },
]

/** A woman of these journeys. */
export interface Woman {
	page: Page
	scripts: boolean
	handle: string
	complaints: string[]
	foreign: string[]
}

/** She who speaks two languages. */
export async function aSpeaker(browser: Browser, { locale, scripts }: { locale: Said; scripts: boolean }) {
	const woman = await aMember(browser, { locale, scripts }, `${SAID[locale].handle} ${aMark()}`)
	await tellLanguages(woman.page, [locale, 'en'])
	return { ...woman, scripts }
}

/** She who reads English alone, on a living page. */
export async function aReader(browser: Browser) {
	return { ...(await aMember(browser, { locale: 'en' })), scripts: true }
}

/** An open room that only this journey uses. */
export async function aRoom(locale: Said): Promise<string> {
	const names = { [locale]: `${SAID[locale].room} ${aMark()}` }
	const [room] = await inExample(
		(sql) =>
			sql<{ id: string }[]>`insert into rooms (kind, names, languages)
				values ('open', ${sql.json(names)}, ${[locale, 'en']}) returning id`,
	)
	return `/chat/${room!.id}`
}

/** Opens a room and waits until it lives, where it does. */
export async function enter({ page, scripts }: Woman, room: string) {
	await page.goto(room)
	if (scripts) await expect(page.locator('.room-line .connection:not(.trying)')).toBeVisible()
}

export const saying = (page: Page, body: string) => page.locator('[data-item=message]', { hasText: body })

/** The same, once the server has it: what is only on its way is marked by its key. */
export const said = (page: Page, body: string) => saying(page, body).and(page.locator('[id^="m-"]'))

/** Presses a button that changes something in place, or brings the page anew where nothing lives in it. */
export async function tap({ page, scripts }: Woman, button: Locator) {
	await (scripts ? button.click() : press(page, button))
}

export async function say(woman: Woman, body: string) {
	await woman.page.fill('#write [name=body]', body)
	await tap(woman, woman.page.locator('#write > button[type=submit]'))
}

/** Follows a link of the talk to the field she writes in. */
export async function compose(woman: Woman, link: Locator) {
	if (woman.scripts) await link.click()
	else await Promise.all([woman.page.waitForEvent('load'), link.click()])
	await expect(woman.page.locator('#write .answering')).toBeVisible()
}

/** The fold of a message that holds this. */
export async function foldOf(message: Locator, holding: string) {
	const fold = message.locator(`details:has(${holding})`).first()
	await unfold(fold)
	return fold
}
