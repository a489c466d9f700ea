import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { OfferPage } from '~/features/mentoring/offers/components/offer-form'
import { LessonPage } from '~/features/mentoring/offers/components/training-lesson'
import { TrainingPage } from '~/features/mentoring/offers/components/training-page'
import { VettingPage } from '~/features/mentoring/offers/components/vetting-page'
import { ANSWERS, LESSONS, RIGHT_ANSWER } from '~/features/mentoring/offers/training'
import { fixedT, i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as mentors from '~/routes/coordination/mentors'
import * as lesson from '~/routes/mentoring/lesson'
import * as offer from '~/routes/mentoring/offer'
import * as training from '~/routes/mentoring/training'
import { aMemberWithToken } from '../../factories/members'
import { anOffer, anOfferForm } from '../../factories/mentoring'
import { open, resultOf, send } from '../../factories/requests'

/** The page as it is sent; every text of it must come from the catalogue of its language. */
function render(page: ReactElement, locale = 'en') {
	const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)
	expect(html).not.toMatch(/(mentoring|training|common|errors):[a-z]/)
	return html
}

// biome-ignore lint/suspicious/noExplicitAny: a loader's data, given to the page it belongs to
const dataOf = (answer: { body: unknown }) => answer.body as any

/** The box of the one need she ticked, in a fold that is closed at first. */
const TICKED_NEED =
	/<input[^>]*name="needs"[^>]*checked=""[^>]*value="cv"|<input[^>]*name="needs"[^>]*value="cv"[^>]*checked=""/

const count = (html: string, part: string) => html.split(part).length - 1

describe('the page of an offer', () => {
	test('holds all there is to tick, in folds, and no town of hers', async () => {
		const { actor, token } = await aMemberWithToken({ hostCountry: 'GR' })
		const first = dataOf(await open(offer.loader, '/mentoring/offer', { token }))
		for (const locale of UI_LOCALES) {
			const html = render(<OfferPage {...first} />, locale)
			expect(count(html, 'name="needs"')).toBe(40)
			expect(count(html, 'name="hours"')).toBe(28)
			expect(html).toContain('<option value="Europe/Athens" selected="">')
			expect(html).toContain('name="agree"')
			expect(html).not.toContain('name="forgetTown"')
		}
		await send(
			offer.action,
			'/mentoring/offer',
			{ ...anOfferForm(), needs: 'cv', hours: '42', town: 'Patra' },
			{ token },
		)
		const answer = await open(offer.loader, '/mentoring/offer', { token })
		expect(JSON.stringify(answer.body)).not.toMatch(/Patra|townHash/)
		const html = render(<OfferPage {...dataOf(answer)} />)
		expect(html).not.toContain('Patra')
		expect(html).toContain('name="forgetTown"')
		expect(html).not.toContain('name="agree"')
		expect(html).toMatch(/<input[^>]*name="hours"[^>]*checked=""[^>]*value="42"|value="42"[^>]*checked=""/)
		expect(html).toMatch(TICKED_NEED)
		expect(count(html, '<details class="fold" open="">')).toBe(0)
		expect(actor.id).toBeTruthy()
	})

	test('keeps what she ticked when something is missing', async () => {
		const { token } = await aMemberWithToken()
		const fields = { ...anOfferForm(), needs: 'cv', hours: '42', agree: '' }
		const refused = await send(offer.action, '/mentoring/offer', fields, { token })
		expect(refused.status).toBe(422)
		const page = dataOf(await open(offer.loader, '/mentoring/offer', { token }))
		const html = render(<OfferPage {...page} result={resultOf(refused)} />)
		expect(html).toMatch(/<input[^>]*name="hours"[^>]*checked=""[^>]*value="42"|value="42"[^>]*checked=""/)
		expect(html).toMatch(TICKED_NEED)
	})

	test('has the way to take a break, and to end it', async () => {
		const { actor, token } = await aMemberWithToken()
		await anOffer(actor)
		expect((await send(offer.action, '/mentoring/offer', { intent: 'pause' }, { token })).to).toBe(
			'/mentoring/offer',
		)
		const page = dataOf(await open(offer.loader, '/mentoring/offer', { token }))
		expect(page.offer).toMatchObject({ status: 'paused', pausedBy: 'herself' })
		for (const locale of UI_LOCALES)
			expect(render(<OfferPage {...page} />, locale)).toContain('value="resume"')
	})
})

describe('the pages of the training', () => {
	test('lead through six lessons and say kindly why another answer is not the best', async () => {
		const { token } = await aMemberWithToken()
		for (const [at, key] of LESSONS.entries()) {
			const path = `/mentoring/training/${key}`
			const from = { token, params: { lesson: key } }
			const page = dataOf(await open(lesson.loader, path, from))
			for (const tried of ANSWERS.filter((one) => one !== RIGHT_ANSWER[key])) {
				const wrong = await send(lesson.action, path, { answer: tried }, from)
				expect(resultOf(wrong).details).toEqual({ answer: tried })
				for (const locale of UI_LOCALES) {
					const html = render(<LessonPage {...page} tried={tried} result={resultOf(wrong)} />, locale)
					const why = renderToStaticMarkup(fixedT(locale)(`training:${key}.why.${tried}`))
					expect(html).toContain(why)
				}
			}
			const right = await send(lesson.action, path, { answer: RIGHT_ANSWER[key] }, from)
			expect(right.to).toBe(
				LESSONS[at + 1] ? `/mentoring/training/${LESSONS[at + 1]}` : '/mentoring/training',
			)
		}
		const done = dataOf(await open(training.loader, '/mentoring/training', { token }))
		for (const locale of UI_LOCALES) render(<TrainingPage {...done} />, locale)
		expect(done.training).toMatchObject({ valid: true, next: null })
	})

	test('are no pages for a lesson there is not', async () => {
		const { token } = await aMemberWithToken()
		const answer = await open(lesson.loader, '/mentoring/training/x', { token, params: { lesson: 'x' } })
		expect(answer.status).toBe(404)
	})
})

test('the page of offers says what is missing, asks who speaks for her, and keeps what was written', async () => {
	const { token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
	const { actor: her } = await aMemberWithToken()
	await anOffer(her, { status: 'waiting', trainedAt: null, townHash: 'hash-of-a-town' })
	const page = dataOf(await open(mentors.loader, '/coordination/mentors', { token }))
	expect(JSON.stringify(page)).not.toContain('hash-of-a-town')
	const refused = await send(
		mentors.action,
		'/coordination/mentors',
		{ member: her.id, intent: 'approve', reference: 'Her neighbour' },
		{ token },
	)
	expect(refused.status).toBe(409)
	for (const locale of UI_LOCALES) {
		const html = render(<VettingPage {...page} result={resultOf(refused)} />, locale)
		expect(html).toContain('Her neighbour')
		const words = renderToStaticMarkup(fixedT(locale)('mentoring:vetting.refused.untrained'))
		expect(html).toContain(words)
	}
})
