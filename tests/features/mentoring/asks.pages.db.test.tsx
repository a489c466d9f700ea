import { eq } from 'drizzle-orm'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { matches, mentoringWishes } from '~/db/schema/mentoring'
import { OverviewPage } from '~/features/mentoring/components/overview-page'
import { AskPage } from '~/features/mentoring/finding/components/ask-page'
import { MentorList } from '~/features/mentoring/finding/components/mentor-list'
import { WishesPage } from '~/features/mentoring/finding/components/wishes-page'
import { WHY_NOT_ASK } from '~/features/mentoring/finding/line.policy'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as ask from '~/routes/mentoring/ask'
import * as mentors from '~/routes/mentoring/mentors'
import * as overview from '~/routes/mentoring/overview'
import { aMember, aMemberWithToken } from '../../factories/members'
import { aMatch, aMentor, anOffer, aRequest, asked } from '../../factories/mentoring'
import { open, resultOf, send } from '../../factories/requests'
import { wishes } from '../../factories/rounds'

/** The page as it is sent; every text of it must come from the catalogue of its language. */
function render(page: ReactElement, locale = 'en') {
	const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)
	expect(html).not.toMatch(/(mentoring|common|errors|training):[a-z]/)
	return html
}

// biome-ignore lint/suspicious/noExplicitAny: a loader's data, given to the page it belongs to
const dataOf = (answer: { body: unknown }) => answer.body as any

const form = (fields: Record<string, string | string[]>) => {
	const sent = new URLSearchParams()
	for (const [name, values] of Object.entries(fields))
		for (const value of [values].flat()) sent.append(name, value)
	return sent.toString()
}

const SKIPPED = { zone: 'Europe/Rome', words: '', language: 'en' }

describe('saying what she would like', () => {
	test('the form sends what the page shows again', async () => {
		const { actor, token } = await aMemberWithToken({ speaks: ['ti'] })
		const first = dataOf(await open(ask.loader, '/mentoring/ask', { token }))
		const html = render(<WishesPage {...first.hers} writing={first.writing} />)
		expect(html).toContain('A coordinator may look for a mentor for me')
		expect(html).toMatch(/name="inRounds"[^>]*checked|checked[^>]*name="inRounds"/)
		const sent = form({
			...SKIPPED,
			first: 'doctor',
			needs: ['cv', 'doctor'],
			hours: ['42'],
			names: 'Gundula',
		})
		expect(await send(ask.action, '/mentoring/ask', sent, { token })).toMatchObject({
			status: 303,
			to: '/mentoring/mentors',
		})
		const [row] = await db.select().from(mentoringWishes).where(eq(mentoringWishes.memberId, actor.id))
		expect(row).toMatchObject({ needs: ['doctor', 'cv'], inRounds: false })
		const again = dataOf(await open(ask.loader, '/mentoring/ask', { token }))
		const page = render(<WishesPage {...again.hers} writing={again.writing} />)
		expect(page).toContain('1 person is kept away from you.')
		expect(/Gundula/.test(page)).toBe(false)
		expect(page).toMatch(/name="first"[\s\S]*?<option value="doctor" selected=""/)
	})

	test('refused, with her words kept; stopped with one button', async () => {
		const { token } = await aMemberWithToken()
		const refused = await send(ask.action, '/mentoring/ask', { ...SKIPPED, zone: 'Mars' }, { token })
		expect([refused.status, Object.keys(resultOf(refused).fields ?? {})]).toEqual([422, ['zone']])
		await send(ask.action, '/mentoring/ask', SKIPPED, { token })
		const stopped = await send(ask.action, '/mentoring/ask', { intent: 'stop' }, { token })
		expect(stopped).toMatchObject({ status: 303, to: '/mentoring' })
		const page = dataOf(await open(overview.loader, '/mentoring', { token }))
		expect(render(<OverviewPage {...page} />)).toContain('Nobody is looking for a mentor for you now.')
	})

	test.each(UI_LOCALES)('every page of it in %s', async (locale) => {
		const { actor, token } = await aMemberWithToken({ speaks: ['en'], locale })
		await wishes(actor, { needs: ['jobSearch'], hours: [42], zone: 'Europe/Rome' })
		const one = await aMentor({ hours: [42], zone: 'Europe/Rome' }, 'One')
		const list = dataOf(await open(mentors.loader, '/mentoring/mentors', { token }))
		expect(render(<MentorList {...list} />, locale)).toMatch(/18:00|19:00|20:00|21:00/)
		const page = dataOf(await open(ask.loader, `/mentoring/ask?mentor=${one.id}`, { token }))
		render(<AskPage {...page.ask} writing={page.writing} />, locale)
		for (const whyNot of WHY_NOT_ASK)
			render(<AskPage {...page.ask} whyNot={whyNot} writing={page.writing} />, locale)
		const hers = dataOf(await open(ask.loader, '/mentoring/ask', { token }))
		render(<WishesPage {...hers.hers} writing={hers.writing} />, locale)
		for (const mentor of [one, await aMentor({}, 'Two'), await aMentor({}, 'Three')])
			await asked(actor, mentor)
		const shown = dataOf(await open(overview.loader, '/mentoring', { token }))
		render(<OverviewPage {...shown} />, locale)
	})
})

describe('her line on the page', () => {
	test('who is asked and until when, the others with buttons that work', async () => {
		const { actor, token } = await aMemberWithToken({ zone: 'Europe/Athens' })
		for (const handle of ['One', 'Two', 'Three']) await asked(actor, await aMentor({}, handle))
		await db
			.update(matches)
			.set({ askedAt: new Date('2026-03-02T09:00:00Z') })
			.where(eq(matches.status, 'asked'))
		const shown = dataOf(await open(overview.loader, '/mentoring', { token }))
		const html = render(<OverviewPage {...shown} />)
		expect(html.includes('She answers by March 5, 2026 at 11:00 (Eastern European Time).')).toBe(true)
		expect(html.match(/data-item="line"/g)).toHaveLength(3)
		expect(html).not.toContain(`href="/mentoring/${shown.line[1].id}"`)
		const moved = await send(
			overview.action,
			'/mentoring',
			{ match: shown.line[2].id, move: 'up' },
			{ token },
		)
		expect(moved).toMatchObject({ status: 303, to: '/mentoring' })
		const after = dataOf(await open(overview.loader, '/mentoring', { token }))
		expect(after.line.map(({ other }: { other: string }) => other)).toEqual(['One', 'Three', 'Two'])
	})

	test('asking leads to the request, choosing to the line', async () => {
		const { token } = await aMemberWithToken()
		const sent = async () => {
			const { needs, ...request } = aRequest(await aMentor())
			return send(ask.action, '/mentoring/ask', { ...request, needs: String(needs) }, { token })
		}
		expect((await sent()).to).toMatch(/^\/mentoring\/[0-9a-f-]{36}$/)
		expect((await sent()).to).toBe('/mentoring')
	})

	test('the mentor reads until when she can answer, what waits for her comes first', async () => {
		const mentor = await aMemberWithToken()
		const her = await aMember({ handle: 'Asking' })
		await anOffer(mentor.actor, { capacity: 3 })
		await aMatch(await aMember({ handle: 'Running' }), mentor.actor)
		await asked(her, mentor.actor)
		const shown = dataOf(await open(overview.loader, '/mentoring', { token: mentor.token }))
		const html = render(<OverviewPage {...shown} />)
		expect(html).toContain('You can answer until ')
		expect(html.indexOf('Asking')).toBeLessThan(html.indexOf('Running'))
	})
})
