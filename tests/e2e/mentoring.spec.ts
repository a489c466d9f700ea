import { expect, test } from '@playwright/test'
import { aMark, aMember, expectCalm, press } from './forum-steps'
import { inExample } from './house'
import { aMentor, askFor, choose, pressAct, SAID, type Said, tickNeed, unfold } from './mentoring-steps'
import { aPerson, closeAll } from './people'

/** The lessons' right answers. */
const RIGHT = {
	role: 'b',
	listening: 'c',
	safety: 'a',
	boundaries: 'b',
	passingOn: 'c',
	ending: 'a',
} as const
const LOCALES = ['ar', 'bg'] as const
/** Requests lapse once a minute. */
const PASSED_ON_WITHIN_MS = 100_000

for (const locale of LOCALES) {
	const scripts = locale === 'ar'
	test(`a woman offers, is trained and vetted, and found, in ${locale}, scripts ${scripts ? 'on' : 'off'}`, async ({
		browser,
	}) => {
		test.setTimeout(180_000)
		const mentor = await aMember(browser, { locale, scripts }, `${SAID[locale].mentor} ${aMark()}`)
		const coordinator = await aPerson(browser, {
			locale: 'it',
			scripts: false,
			width: 1280,
			as: 'coordinator',
		})
		const { page } = mentor

		// She offers: languages, what with, when, how many; and agrees to the code.
		await page.goto('/mentoring/offer')
		await page.selectOption('[name=language1]', locale)
		await page.selectOption('[name=level1]', 'well')
		await tickNeed(page, 'cv')
		await tickNeed(page, 'schoolEnrolment')
		await page.check('[name=how][value=write]')
		await page.check('[name=hours] >> nth=3')
		await page.selectOption('[name=capacity]', '2')
		await page.fill('main [name=words]', SAID[locale].offer)
		await page.check('[name=agree]')
		await press(page, 'main form:has([name=agree]) button[type=submit]')

		// The training: one wrong answer is explained, then every lesson is passed.
		await page.goto('/mentoring/training')
		await expect(page.locator('[data-item=lesson]')).toHaveCount(Object.keys(RIGHT).length)
		await page.goto('/mentoring/training/role')
		await page.check('[name=answer][value=a]')
		await press(page, 'main form:has([name=answer]) button[type=submit]')
		await expect(page.locator('main .notice, main [role=status], main [role=alert]').first()).toBeVisible()
		for (const [lesson, answer] of Object.entries(RIGHT)) {
			await page.goto(`/mentoring/training/${lesson}`)
			await page.check(`[name=answer][value=${answer}]`)
			await press(page, 'main form:has([name=answer]) button[type=submit]')
		}

		// Until she is vetted nobody finds her. A coordinator reads the offer, notes who speaks for her, and approves.
		const seeker = await aMember(browser, { locale, scripts: false })
		const found = async () => {
			const { body } = await seeker.page.request
				.get(`/mentoring/mentors?language=${locale}&need=schoolEnrolment`)
				.then(async (answer) => ({ body: await answer.text() }))
			return body.includes(mentor.handle)
		}
		expect(await found()).toBe(false)
		await coordinator.page.goto('/coordination/mentors')
		const offer = coordinator.page.locator('[data-item=offer]', { hasText: mentor.handle })
		for (let pages = 0; pages < 4 && (await offer.count()) === 0; pages += 1)
			await coordinator.page.locator('a[rel=next]').click()
		await expect(offer).toContainText(SAID[locale].offer)
		const decide = offer.locator('details', { has: coordinator.page.locator('[name=reference]') })
		if ((await decide.count()) > 0) await unfold(decide.first())
		await offer.locator('[name=reference]').fill('Casa delle donne, Rosaria')
		await offer.locator('select[name=organisation]').selectOption({ index: 1 })
		await press(coordinator.page, offer.locator('button[name=intent][value=approve]'))
		await expect.poll(found).toBe(true)
		expectCalm([mentor, coordinator, seeker])
		await closeAll([mentor, coordinator, seeker])
	})
}

test('women wish, rank, are passed on, accepted, meet and leave, in ar and bg', async ({ browser }) => {
	test.setTimeout(300_000)
	const meet = async (locale: Said) => {
		const scripts = locale === 'bg'
		// A language of their own keeps the two journeys apart from each other and from the example.
		const tongue = { ar: 'ur', bg: 'ka' }[locale]
		const silent = await aMentor(browser, { locale, scripts: false }, { languages: [locale, tongue] })
		const next = await aMentor(browser, { locale, scripts: false }, { languages: [locale, tongue] })
		const woman = await aMember(browser, { locale, scripts }, `${SAID[locale].woman} ${aMark()}`)

		// She says what she would like, in order, and within which limits.
		const { page } = woman
		await page.goto('/mentoring/ask')
		await expect(page.locator('html')).toHaveAttribute('dir', SAID[locale].dir)
		await tickNeed(page, 'residencePermit')
		await choose(page, 'first', 'cv')
		await choose(page, 'language1', tongue)
		await choose(page, 'language2', locale)
		await page.check('[name=how][value=write]')
		await page.fill('main [name=words]', SAID[locale].wish)
		await press(page, 'main form:has([name=inRounds]) button[type=submit]')

		// She asks one; the other stands in her line and knows nothing of it.
		await askFor(page, silent.handle, `language=${tongue}`)
		await askFor(page, next.handle, `language=${tongue}`)
		await page.goto('/mentoring')
		await expect(page.locator('[data-item=line]')).toHaveCount(2)
		await silent.page.goto('/mentoring')
		await expect(silent.page.locator('main')).toContainText(woman.handle)
		await next.page.goto('/mentoring')
		await expect(next.page.locator('main')).not.toContainText(woman.handle)
		return { locale, silent, next, woman }
	}
	const journeys = [await meet('ar'), await meet('bg')]

	// Three days without an answer.
	await inExample(
		(sql) => sql`
			update matches set asked_at = asked_at - interval '73 hours'
			where mentor_id in (select id from members where handle = any(${journeys.map(({ silent }) => silent.handle)}))`,
	)
	for (const { locale, silent, next, woman } of journeys) {
		const { page } = woman
		await expect(async () => {
			await next.page.goto('/mentoring')
			await expect(next.page.locator('main')).toContainText(woman.handle, { timeout: 1_000 })
		}).toPass({ timeout: PASSED_ON_WITHIN_MS, intervals: [3_000] })
		await silent.page.goto('/mentoring')
		await expect(
			silent.page.locator('[data-item=match]', { hasText: woman.handle }).locator('a').first(),
		).toHaveCount(0)

		// The next one says yes.
		await next.page.locator('[data-item=match]', { hasText: woman.handle }).locator('a').first().click()
		await next.page.waitForURL(/\/mentoring\/[0-9a-f-]{36}/)
		const match = new URL(next.page.url()).pathname
		await pressAct(next.page, 'accept')
		await page.goto(match)
		await expect(page.locator('main a[href^="/chat/"]').first()).toBeVisible()

		// They find a time: proposed by one, agreed by the other, and kept in a calendar without a name in it.
		const tomorrow = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
		await unfold(page.locator('main details:has([value=propose-meeting])'))
		await page.fill('[name=date]', tomorrow)
		await page.fill('[name=time]', '18:30')
		await page.check('form:has([value=propose-meeting]) [name=how][value=write]')
		await press(page, 'form:has([value=propose-meeting]) button[type=submit]')
		await next.page.goto(match)
		await pressAct(next.page, 'agree-meeting')
		await page.goto(match)
		const calendar = await page.request.get(
			(await page.locator('main a[href$=".ics"]').getAttribute('href'))!,
		)
		expect(calendar.headers()['content-type']).toContain('text/calendar')
		const text = await calendar.text()
		expect(text).toContain('BEGIN:VEVENT')
		for (const word of [woman.handle, next.handle, 'imosa']) expect(text).not.toContain(word)

		// A goal with a step; a note for both, and one of her own that stays hers.
		await unfold(page.locator('main details:has(form [name=goal][value=""])').first())
		const newGoal = page.locator('form:has([value=add-goal]):has([name=goal][value=""])')
		await newGoal.locator('[name=words]').fill(SAID[locale].goal)
		await press(page, newGoal.locator('button[type=submit]'))
		await next.page.goto(match)
		await expect(next.page.locator('[data-item=goal]')).toContainText(SAID[locale].goal)
		for (const [words, shared] of [
			[SAID[locale].shared, true],
			[SAID[locale].own, false],
		] as const) {
			const newNote = page.locator('form:has([value=add-note])')
			await unfold(page.locator('main details', { has: newNote }).first())
			await newNote.locator('[name=words]').fill(words)
			await newNote.locator('[name=shared]').setChecked(shared)
			await press(page, newNote.locator('button[type=submit]'))
		}
		await next.page.goto(match)
		await expect(next.page.locator('[data-item=note]')).toHaveCount(1)
		await expect(next.page.locator('main')).not.toContainText(SAID[locale].own)

		// After the first talk she goes on with her; then she takes a break, and at last leaves without a reason.
		await page.goto(match)
		await pressAct(page, 'settle')
		await pressAct(page, 'pause')
		await pressAct(page, 'resume')
		await unfold(page.locator('main details:has(button[value=end])').first())
		await page.check('[name=quietly][value=yes]')
		await press(page, 'main button[name=intent][value=end]')
		await next.page.goto(match)
		await expect(next.page.locator('main button[value=accept], main button[value=end]')).toHaveCount(0)

		// She says how it was, if she likes, and asks for another mentor.
		await page.goto(match)
		await press(page, 'main button[name=mood][value=good]')
		await pressAct(page, 'look-again')
		await expect(page).toHaveURL(/\/mentoring/)
		expectCalm([silent, next, woman])
		await closeAll([silent, next, woman])
	}
})

test('a coordinator draws a round over sixty waiting women, looks, and publishes; both say yes; in ar and bg', async ({
	browser,
}) => {
	test.setTimeout(240_000)
	for (const [at, locale] of LOCALES.entries()) {
		const tongue = 'ti'
		const mentor = await aMentor(browser, { locale, scripts: false }, { languages: [tongue], capacity: 5 })
		const woman = await aMember(browser, { locale, scripts: false }, `${SAID[locale].woman} ${aMark()}`)
		const { page } = woman
		await page.goto('/mentoring/ask')
		await choose(page, 'language1', tongue)
		await choose(page, 'first', 'jobSearch')
		await press(page, 'main form:has([name=inRounds]) button[type=submit]')

		const coordinator = await aPerson(browser, { locale, scripts: at === 0, width: 1280, as: 'coordinator' })
		const desk = coordinator.page
		await desk.goto('/coordination/rounds')
		await expect(desk.locator('html')).toHaveAttribute('dir', SAID[locale].dir)
		await press(desk, 'main form button[type=submit]')
		await expect(desk).toHaveURL(/\/coordination\/rounds\/[0-9a-f-]{36}/)
		const round = new URL(desk.url()).pathname
		if (at === 0) {
			const [drawn] = await inExample(
				(sql) => sql<{ n: number }[]>`
					select count(*)::int as n from mentoring_round_pairs where round_id = ${round.split('/').at(-1)!}`,
			)
			expect(drawn!.n).toBeGreaterThanOrEqual(60)
		}
		expect(await desk.locator('[data-item=pair]').count()).toBeGreaterThan(0)

		// Who stays without a mentor and why; why not this pair; what one more mentor would change.
		await desk.goto(`${round}?part=unmatched`)
		const first = desk.locator('[data-item=pair]').first()
		await unfold(first.locator('details').first())
		await first.locator('a.quiet-link').click()
		await desk.fill('[name=handle]', mentor.handle)
		await press(desk, 'button[name=intent][value=why]')
		await expect(desk).toHaveURL(/why=/)
		await desk.goto(`${round}?language=fa`)
		await desk.goto(round)
		await pressAct(desk, 'publish')
		await expect(desk.locator('button[value=publish]')).toHaveCount(0)

		// Both read of it, and both say yes.
		for (const one of [woman, mentor]) {
			await one.page.goto('/mentoring')
			const other = one === woman ? mentor : woman
			await one.page.locator('[data-item=match]', { hasText: other.handle }).locator('a').first().click()
			await one.page.waitForURL(/\/mentoring\/[0-9a-f-]{36}/)
			await pressAct(one.page, 'yes')
		}
		await expect(mentor.page.locator('main a[href^="/chat/"]').first()).toBeVisible()
		expectCalm([woman, mentor, coordinator])
		await closeAll([woman, mentor, coordinator])
	}
})
