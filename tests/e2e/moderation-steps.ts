import { type Browser, expect, type Page } from '@playwright/test'
import { SAID as IN_ROOMS } from './chat-steps'
import { aMark, aMember, ask, press, tellLanguages, WORDS } from './forum-steps'
import { inExample } from './house'
import { aMentor, askFor, SAID as IN_MENTORING, pressAct, unfold } from './mentoring-steps'
import type { aPerson } from './people'

export type Tongue = 'ar' | 'bg'
type Options = Parameters<typeof aPerson>[1] & { locale: Tongue }
type Woman = Awaited<ReturnType<typeof aMember>>

/** Something of one woman's that another one sees, and is about to report. */
export interface Scene {
	author: Woman
	reporter: Woman
	/** The page where the reporter sees it, and the link there that leads to the report. */
	seenAt: string
	link: string
	/** What it says; for conduct and persons nothing is quoted. */
	text?: string
	/** Taken off the pages by the decision, and there again after the appeal. */
	comesBack: boolean
}

const idOf = async (handle: string) => {
	const [found] = await inExample(
		(sql) => sql<{ id: string }[]>`select id from members where handle = ${handle}`,
	)
	return found!.id
}

async function two(browser: Browser, options: Options) {
	return Promise.all([aMember(browser, options), aMember(browser, options)])
}

async function aPostScene(browser: Browser, options: Options): Promise<Scene> {
	const [author, reporter] = await two(browser, options)
	const text = `${WORDS[options.locale].title} ${aMark()}`
	const seenAt = await ask(author.page, {
		title: text,
		body: WORDS[options.locale].body,
		language: options.locale,
	})
	return { author, reporter, seenAt, link: 'a[href^="/report/post/"]', text, comesBack: true }
}

async function aTranslationScene(browser: Browser, options: Options): Promise<Scene> {
	const { locale } = options
	const [asker, author] = await two(browser, options)
	const reporter = await aMember(browser, options)
	const text = `Translated ${aMark()}`
	const seenAt = await ask(asker.page, {
		title: `${WORDS[locale].title} ${aMark()}`,
		body: WORDS[locale].body,
		language: locale,
	})
	await tellLanguages(author.page, [locale, 'en'])
	const post = await inExample(
		(sql) => sql<{ id: string }[]>`select id from posts where topic_id = ${seenAt.split('/').at(-1)!}`,
	)
	await author.page.goto(`/forum/translate/${post[0]!.id}/en`)
	const title = author.page.locator('main [name=title]')
	if ((await title.count()) > 0) await title.fill(text)
	await author.page.fill('main [name=body]', text)
	await press(author.page, 'main button[name=act][value=publish]')
	const [made] = await inExample(
		(sql) => sql<{ id: string }[]>`select id from translations where body = ${text}`,
	)
	return {
		...{ author, reporter, text, comesBack: true },
		seenAt: `/forum/translation/${made!.id}`,
		link: 'a[href^="/report/translation/"]',
	}
}

async function aMessageScene(browser: Browser, options: Options): Promise<Scene> {
	const [author, reporter] = await two(browser, options)
	const text = `${IN_ROOMS.ar.hello} ${aMark()}`
	const names = { en: `Table ${aMark()}` }
	const [room] = await inExample(
		(sql) =>
			sql<{ id: string }[]>`insert into rooms (kind, names, languages)
				values ('open', ${sql.json(names)}, ${[options.locale]}) returning id`,
	)
	const seenAt = `/chat/${room!.id}`
	await author.page.goto(seenAt)
	await author.page.fill('#write [name=body]', text)
	await author.page.locator('#write > button[type=submit]').click()
	await expect(author.page.locator('[data-item=message][id^="m-"]', { hasText: text })).toBeVisible()
	return { author, reporter, seenAt, link: 'a[href^="/report/message/"]', text, comesBack: true }
}

async function aCircleScene(browser: Browser, options: Options): Promise<Scene> {
	const [author, reporter] = await two(browser, options)
	const text = `Circle ${aMark()}`
	await author.page.goto('/chat/circle')
	await author.page.fill('#circle [name=name]', text)
	await author.page.selectOption('#circle [name=language]', options.locale)
	await press(author.page, '#circle button[type=submit]')
	await author.page.fill('#invite [name=handle]', reporter.handle)
	await press(author.page, '#invite button[type=submit]')
	return { author, reporter, seenAt: '/chat', link: 'a[href^="/report/circle/"]', text, comesBack: true }
}

const offered = ({ locale }: Options) => `${IN_MENTORING[locale].offer} ${aMark()}`

async function aPair(browser: Browser, options: Options, words: string) {
	const mentor = await aMentor(browser, options, { languages: [options.locale] })
	const mentee = await aMember(browser, options)
	await askFor(mentee.page, mentor.handle, `language=${options.locale}`)
	const [match] = await inExample(
		async (sql) =>
			sql<{ id: string }[]>`update matches set words = ${words}, words_lang = ${options.locale}
				where mentor_id = ${await idOf(mentor.handle)} returning id`,
	)
	return { mentor, mentee, address: `/mentoring/${match!.id}` }
}

async function aRequestScene(browser: Browser, options: Options): Promise<Scene> {
	const text = `${IN_MENTORING[options.locale].wish} ${aMark()}`
	const { mentor, mentee, address } = await aPair(browser, options, text)
	return {
		...{ author: mentee, reporter: mentor, seenAt: address, text },
		...{ link: 'a[href^="/report/match/"]', comesBack: true },
	}
}

async function anOfferScene(browser: Browser, options: Options): Promise<Scene> {
	const author = await aMentor(browser, options, { languages: [options.locale] })
	const reporter = await aMember(browser, options)
	const text = offered(options)
	const id = await idOf(author.handle)
	await inExample((sql) => sql`update mentor_offers set words = ${text} where member_id = ${id}`)
	return {
		...{ author, reporter, text, comesBack: true },
		seenAt: `/mentoring/ask?mentor=${id}`,
		link: 'a[href^="/report/offer/"]',
	}
}

const aConductScene =
	(side: 'mentor' | 'mentee') =>
	async (browser: Browser, options: Options): Promise<Scene> => {
		const { mentor, mentee, address } = await aPair(browser, options, '')
		await mentor.page.goto(address)
		await pressAct(mentor.page, 'accept')
		const [author, reporter] = side === 'mentor' ? [mentor, mentee] : [mentee, mentor]
		// What has ended is not begun again by an appeal.
		return {
			author,
			reporter,
			seenAt: address,
			link: `a[href^="/report/${side}-conduct/"]`,
			comesBack: false,
		}
	}

/** A talk that is led, by a mentor. */
async function aTalkScene(browser: Browser, options: Options): Promise<Scene> {
	const author = await aMentor(browser, options, { languages: [options.locale] })
	const reporter = await aMember(browser, options)
	const text = `Talk ${aMark()}`
	const start = new Date(Date.now() + 60 * 60_000).toLocaleString('sv-SE', { timeZone: 'Europe/Rome' })
	const { page } = author
	await page.goto('/chat/new')
	await page.fill('#plan [name=name]', text)
	await page.fill('#plan [name=date]', start.slice(0, 10))
	await page.fill('#plan [name=time]', start.slice(11, 16))
	await page.selectOption('#plan [name=zone]', 'Europe/Rome')
	await page.fill('#plan [name=size]', '5')
	await press(page, '#plan button[type=submit]')
	await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/)
	return { author, reporter, seenAt: '/chat', link: 'a[href^="/report/room/"]', text, comesBack: true }
}

/** An open room, named by one woman. */
async function anOpenRoomScene(browser: Browser, options: Options): Promise<Scene> {
	const [author, reporter] = await two(browser, options)
	const text = `Room ${aMark()}`
	const id = await idOf(author.handle)
	const [room] = await inExample(
		(sql) =>
			sql<{ id: string }[]>`insert into rooms (kind, names, languages, words_by)
				values ('open', ${sql.json({ en: text })}, ${[options.locale]}, ${id}) returning id`,
	)
	// Closed it can still be read.
	return {
		...{ author, reporter, text, comesBack: false },
		seenAt: `/chat/${room!.id}`,
		link: 'a[href^="/report/open-room/"]',
	}
}

async function anInvitationScene(browser: Browser, options: Options): Promise<Scene> {
	const [author, reporter] = await two(browser, options)
	const text = `Space ${aMark()}`
	const [by, invited] = [await idOf(author.handle), await idOf(reporter.handle)]
	await inExample(
		(sql) => sql`with made as (
			insert into spaces (position, icon, names, descriptions, access)
				values (99, 'briefcase', ${sql.json({ en: text })}, ${sql.json({ en: 'In short' })}, 'invited') returning id)
			insert into space_members (space_id, member_id, invited_by) select id, ${invited}, ${by} from made`,
	)
	return {
		...{ author, reporter, text, comesBack: true },
		seenAt: '/forum',
		link: 'a[href^="/report/space-invitation/"]',
	}
}

/** What can be reported, each with the way it comes about. */
export const SCENES: Record<string, (browser: Browser, options: Options) => Promise<Scene>> = {
	post: aPostScene,
	translation: aTranslationScene,
	message: aMessageScene,
	circle: aCircleScene,
	room: aTalkScene,
	'open-room': anOpenRoomScene,
	'space-invitation': anInvitationScene,
	match: aRequestScene,
	offer: anOfferScene,
	'mentor-conduct': aConductScene('mentor'),
	'mentee-conduct': aConductScene('mentee'),
}

/** She follows the link where she sees it, chooses a picture, and is told that it has come. */
export async function report({ page }: Woman, { seenAt, link, text }: Scene, reason: string) {
	await page.goto(seenAt)
	// A talk is reported at its door.
	const door = page
		.locator('[data-item=session]', { hasText: text ?? '' })
		.locator('a')
		.first()
	if (link.includes('/report/room/')) await page.goto((await door.getAttribute('href'))!)
	const address = await page.locator(link).first().getAttribute('href')
	await page.goto(address!)
	await page.check(`[name=reason][value=${reason}]`)
	await press(page, 'main form:has([name=reason]) button[type=submit]')
	await expect(page).toHaveURL(/\?sent/)
}

/** The open case about what a woman has done or said. */
export async function caseAbout(handle: string, appeal = false): Promise<string> {
	const id = await idOf(handle)
	const [found] = await inExample(
		(sql) => sql<{ id: string }[]>`select id from cases where author_id = ${id} and status = 'open'
			and (statement_id is not null) = ${appeal}`,
	)
	return `/moderation/${found!.id}`
}

/** A moderator decides, by a rule; `more` are other choices of the form. */
export async function decide(page: Page, address: string, decision: string, more: string[] = []) {
	await page.goto(address)
	await page.check(`[name=decision][value=${decision}]`)
	for (const choice of more) {
		const fold = page.locator(`main details:has(${choice})`)
		if ((await fold.count()) > 0) await unfold(fold.first())
		await page.check(choice)
	}
	const rule = page.locator('[name=rule][value=insult]')
	if ((await rule.count()) > 0) await rule.check()
	await press(page, 'form:has([name=decision]) button[type=submit]')
	await expect(page.locator('form:has([name=decision])')).toHaveCount(0)
}

/** A page has far fewer places to stop at. */
const STOPS_AT_MOST = 150

/** Whether the place where the keyboard is has a visible outline: its own, or that of the row it stands in. */
export const whereSheIs = (page: Page) =>
	page.evaluate(() => {
		const at = document.activeElement
		return [at, at?.closest('.choice'), at?.closest('.card')].some((place) => {
			if (!place) return false
			const { outlineStyle, outlineWidth } = getComputedStyle(place)
			return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
		})
	})

/** Goes on with the Tab key alone to the first of these, and sees that she is there. */
export async function tabTo(page: Page, selector: string) {
	const wanted = page.locator(selector).first()
	await expect(wanted).toBeVisible()
	for (let stops = 0; stops < STOPS_AT_MOST; stops += 1) {
		await page.keyboard.press('Tab')
		if (await wanted.evaluate((place) => place === document.activeElement)) {
			expect(await whereSheIs(page)).toBe(true)
			return
		}
	}
	throw new Error(`the Tab key never came to ${selector}`)
}

/** Presses Enter where she is, and waits for the page that follows. */
export const enter = (page: Page) => Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
