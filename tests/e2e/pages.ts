import { readdirSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import { aPerson } from './people'

/** Every language of the interface. */
export const UI_TAGS = readdirSync('locales').filter((tag) => !tag.startsWith('_'))

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** A topic of the coordinator's, edited and translated, as she finds it. */
const HERS = '/search?q=cena+giovedì'

/** The talk of the example that goes on, and one that is planned; the mentor leads both. */
const SESSION = '[data-item=session]:has(.row-title[lang=ar]) a'
const PLANNED = '[data-item=session]:has(.row-title[lang=es]) a'

export interface Visited {
	path: string
	as?: string
	/** How to get to those whose address holds an id: from this page, or address, by the first link of each kind. */
	from?: string
	link?: string | string[]
	/** The address, where the path alone shows little. */
	at?: string
	/** What must be on it. */
	shows?: string
	/** It shows a catalogue: looked at in a language that has one. */
	ofCatalogue?: true
}

/** Every page there is, as somebody who may see it. */
export const PAGES: Visited[] = [
	{ path: '' },
	{ path: 'help' },
	{ path: 'rules' },
	{ path: 'privacy' },
	{ path: 'join' },
	{ path: 'sign-in' },
	{ path: 'recover' },
	{ path: '*' },
	{ path: '', as: 'member' },
	{ path: 'design', as: 'member' },
	{ path: 'welcome', as: 'member' },
	{ path: 'me', as: 'member' },
	{ path: 'me/profile', as: 'member' },
	{ path: 'me/safety', as: 'member' },
	{ path: 'me/devices', as: 'member' },
	{ path: 'me/decisions', as: 'member' },
	{ path: 'me/data', as: 'member' },
	{ path: 'me/blocked', as: 'member' },
	{ path: 'notices', as: 'member', shows: '[data-item=notice]' },
	{ path: 'forum', as: 'member' },
	{ path: 'forum/:space', as: 'member', from: '/forum', link: '[data-item=space] a' },
	{ path: 'forum/:space/new', as: 'member', from: 'forum/:space', link: 'a[href$="/new"]' },
	{ path: 'forum/:space/:topic', as: 'member', from: 'forum/:space', link: '[data-item=topic] a' },
	{ path: 'search', as: 'member', at: 'search?q=lavoro', shows: '[data-item=hit] mark' },
	{ path: 'forum/translate', as: 'member', shows: '[data-item=wanted]' },
	{
		path: 'forum/translate/:post/:language',
		as: 'member',
		from: '/forum/translate',
		link: 'main a[href^="/forum/translate/"]',
	},
	{
		path: 'forum/translation/:translation',
		as: 'coordinator',
		from: HERS,
		link: ['[data-item=hit] a', 'a[href^="/forum/translation/"]'],
		shows: '.beside .original',
	},
	{
		path: 'forum/:space/:topic/edit/:post',
		as: 'coordinator',
		from: HERS,
		link: ['[data-item=hit] a', 'a[href*="/edit/"]'],
		shows: '#edit-form',
	},
	{
		path: 'forum/:space/:topic/history/:post',
		as: 'coordinator',
		from: HERS,
		link: ['[data-item=hit] a', 'a[href*="/history/"]'],
		shows: '[data-item=version]',
	},
	{
		path: 'forum/:space/:topic/manage',
		as: 'moderator',
		from: 'forum/:space/:topic',
		link: 'a[href$="/manage"]',
	},
	{ path: 'report/person', as: 'member', shows: '[name=handle]' },
	{ path: 'report/:kind/:id', as: 'member', from: 'forum/:space/:topic', link: 'a[href^="/report/"]' },
	{ path: 'chat', as: 'member' },
	{ path: 'chat/:room', as: 'member', from: '/chat', link: '[data-item=room] a[href^="/chat/"]' },
	{ path: 'chat/new', as: 'mentor', shows: '#plan' },
	{ path: 'chat/circle', as: 'member', shows: '#circle' },
	{
		path: 'chat/:room/people',
		as: 'member',
		from: '/chat',
		link: ['[data-item=circle] a', 'a[href$="/people"]'],
		shows: '#invite',
	},
	{
		path: 'chat/:room/forget',
		as: 'member',
		from: '/chat',
		link: ['[data-item=circle] a', 'a[href$="/forget"]'],
		shows: 'main form button[type=submit]',
	},
	{
		path: 'chat/:room/taken-back',
		as: 'member',
		from: '/chat',
		link: ['[data-item=room] a', 'a[href$="/taken-back"]'],
	},
	// A talk: its door, as one who takes part in it sees it, and as she who leads it.
	{
		path: 'chat/:room',
		as: 'moderator',
		from: '/chat',
		link: SESSION,
		shows: '[data-act]:has([value=come]) button',
	},
	{ path: 'chat/:room', as: 'mentor', from: '/chat', link: SESSION, shows: '[data-item=session-head]' },
	{
		path: 'chat/:room/lead',
		as: 'mentor',
		from: '/chat',
		link: [SESSION, 'a[href$="/lead"]'],
		shows: '[data-item=participant]',
	},
	{
		path: 'chat/:room/plan',
		as: 'mentor',
		from: '/chat',
		link: [PLANNED, 'a[href$="/lead"]', 'a[href$="/plan"]'],
		shows: '#plan',
	},
	{ path: 'mentoring', as: 'member' },
	{ path: 'mentoring/mentors', as: 'member' },
	{ path: 'mentoring/offer', as: 'member' },
	{
		path: 'mentoring/ask',
		as: 'member',
		from: '/mentoring/mentors?language=all',
		link: 'a[href*="/mentoring/ask?"]',
	},
	// Her wishes: the same address without a mentor in it.
	{ path: 'mentoring/ask', as: 'member', shows: '[name=inRounds]' },
	{ path: 'mentoring/training', as: 'mentor', shows: '[data-item=lesson]' },
	{ path: 'mentoring/training/:lesson', as: 'mentor', at: 'mentoring/training/safety' },
	{
		path: 'mentoring/:match',
		as: 'mentor',
		from: '/mentoring',
		link: '[data-item=match]:has(a[href^="/chat/"]) a[href^="/mentoring/"]',
		shows: '[data-item=goal]',
	},
	{ path: 'moderation', as: 'moderator' },
	{ path: 'me/vouch', as: 'member' },
	{ path: 'me/referrals', as: 'member' },
	{ path: 'rules/accept', as: 'member' },
	{ path: 'forum/waiting', as: 'member' },
	{ path: 'moderation/log', as: 'moderator' },
	{ path: 'moderation/rota', as: 'moderator', shows: '[data-item=shift]' },
	{ path: 'moderation/translations', as: 'member' },
	{ path: 'coordination/referrals', as: 'practitioner' },
	{ path: 'coordination/organisations', as: 'coordinator' },
	{ path: 'coordination/rota', as: 'coordinator' },
	{ path: 'coordination/rules', as: 'coordinator' },
	{ path: 'coordination/settings', as: 'coordinator' },
	{ path: 'coordination/watch', as: 'coordinator' },
	{ path: 'coordination/wording', as: 'coordinator', shows: '[data-item=wording-language]' },
	{
		path: 'coordination/wording/:locale',
		as: 'coordinator',
		from: 'coordination/wording',
		link: ['a[href="/coordination/wording/el"]', '.pills a[href$="state=done"]'],
		shows: '[data-item=worded]',
	},
	{ path: 'coordination/sentences', as: 'coordinator' },
	{ path: 'language/better', as: 'member' },
	{
		path: 'language/better',
		as: 'coordinator',
		at: 'language/better?q=help',
		shows: '[data-item=sentence]',
		ofCatalogue: true,
	},
	{
		path: 'language/better',
		as: 'member',
		at: 'language/better?key=common:unread.new_other',
		shows: '#better',
		ofCatalogue: true,
	},
	{ path: 'coordination/translators', as: 'coordinator' },
	{ path: 'coordination/moderation', as: 'coordinator' },
	{ path: 'moderation/held', as: 'moderator' },
	{
		path: 'moderation/:case',
		as: 'moderator',
		from: '/moderation',
		link: '[data-item=case] a[href^="/moderation/"]',
	},
	{ path: 'coordination', as: 'coordinator' },
	{ path: 'coordination/people', as: 'coordinator' },
	{ path: 'coordination/invitations', as: 'coordinator' },
	{ path: 'coordination/recoveries', as: 'coordinator' },
	{ path: 'coordination/mentors', as: 'coordinator' },
	{ path: 'coordination/mentoring', as: 'coordinator', shows: '.bar-chart' },
	{ path: 'coordination/rounds', as: 'coordinator', shows: '[data-item=round]' },
	{
		path: 'coordination/rounds/:round',
		as: 'coordinator',
		from: '/coordination/rounds',
		link: '[data-item=round] a',
		shows: '[data-item=pair]',
	},
	{ path: 'coordination/rooms', as: 'coordinator' },
	{
		path: 'coordination/rooms/:room',
		as: 'coordinator',
		from: '/coordination/rooms',
		link: 'main a[href^="/coordination/rooms/"]',
	},
	{ path: 'coordination/spaces', as: 'coordinator' },
	{
		path: 'coordination/spaces/:space',
		as: 'coordinator',
		from: '/coordination/spaces',
		link: '[data-item=space] a[href^="/coordination/spaces/"]',
	},
]
/** Not pages, or only reached in the middle of something: looked at by the journeys. */
export const ELSEWHERE = [
	'exit',
	'language',
	'sign-out',
	'healthz',
	'readyz',
	'metrics',
	'join/codes',
	'sign-in/second',
	'me/recovery',
	'notices/:id',
	'forum/draft',
	'forum/translate/wish',
	'forum/translate/thank',
	'forum/:space/:topic/reading',
	'mentoring/:match/meetings/:meeting.ics',
	'coordination/mentoring/:list',
	'coordination/moderation/file',
	'coordination/sentences/:tag.patch',
]
async function open(page: Page, { path, from, link, at = path }: Visited) {
	if (!from) return page.goto(path === '*' ? '/there-is-nothing' : `/${at}`)
	const before = PAGES.find((other) => other.path === from)
	if (before) await open(page, before)
	else await page.goto(from)
	for (const step of [link ?? []].flat()) {
		const href = await page.locator(step).first().getAttribute('href')
		await page.goto(href!)
	}
}

/** Those who walk the pages, each with one browser for all she looks at: to open one takes as long as to look. */
const walkers = new Map<string, ReturnType<typeof aPerson>>()

async function walker(browser: Browser, locale: string, as?: string) {
	const key = `${locale} ${as}`
	const known = walkers.get(key)
	if (known) return known
	const person = aPerson(browser, { locale, as })
	walkers.set(key, person)
	await (await person).context.addCookies([
		{ name: 'language', value: locale, domain: 'localhost', path: '/' },
	])
	return person
}

/** A page as she sees it in a language, with what its console and its requests to other hosts said. */
export async function visit(browser: Browser, locale: string, what: Visited) {
	const { context, complaints, foreign } = await walker(browser, locale, what.as)
	complaints.length = 0
	foreign.length = 0
	const page = await context.newPage()
	await open(page, what)
	return { page, complaints, foreign }
}

/** The page by its address, where it stands in the list more than once as this one of them sees it. */
export function pageAt(path: string, as?: string): Visited {
	const found = PAGES.find((page) => page.path === path && page.as === as)
	if (!found) throw new Error(`/${path} is not in the list`)
	return found
}

/** What every woman meets: looked at in every language. */
export const KEY_PAGES = [
	pageAt(''),
	pageAt('help'),
	pageAt('join'),
	pageAt('forum/:space/:topic', 'member'),
	pageAt('chat/:room', 'member'),
	pageAt('mentoring/mentors', 'member'),
]

/** By how many pixels a page is wider than the screen. */
export const tooWide = (page: Page) =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** What the page is called in a report of the tests. */
export const named = ({ path, at, from, as }: Visited) =>
	`/${at ?? path}${from ? ` from ${from}` : ''}${as ? ` as ${as}` : ''}`

/** What stays in sight lies over what scrolls below it at that moment, which is no fault of either. */
const lieStill = (page: Page) =>
	page.evaluate(() => {
		for (const each of document.querySelectorAll<HTMLElement>('.top, .nav-main, .composer, .session-head'))
			each.style.position = 'static'
	})

/** What axe finds wrong on a page, in words. */
export async function violationsOn(page: Page): Promise<string[]> {
	await lieStill(page)
	const { violations } = await new AxeBuilder({ page })
		// Our pages have no frames: nothing to gather from them in another page, which takes as long again.
		.setLegacyMode()
		.options({ resultTypes: ['violations'] })
		.withTags(AXE_TAGS)
		.analyze()
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)
}
