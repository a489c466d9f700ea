import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { DecideForm } from '~/features/moderation/components/decide'
import { decisionOf } from '~/features/moderation/components/labels'
import { outcomesOf } from '~/features/moderation/components/outcomes'
import { ReportForm } from '~/features/moderation/components/report-form'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'

const reportable = (kind: string) => ({
	kind,
	path: '/chat',
	private: true,
	takenBack: false,
	excerpt: 'Sunday tea',
	lang: 'en',
	dir: 'ltr' as const,
})

const inLocale = (locale: string, page: React.ReactElement) =>
	renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>).replace(
		/<[^>]*>/g,
		' ',
	)

describe('a circle is closed, not hidden', () => {
	test('for the moderator who decides, and for her who looks at it again', () => {
		const offered = ['dismiss', 'hide'] as const
		const shown = { kind: 'circle', appeal: false, offered, reasons: [] } as unknown as Parameters<
			typeof DecideForm
		>[0]['shown']
		const first = inLocale('en', <DecideForm shown={shown} mark="a1b2" />)
		expect(first).toContain('Close the circle')
		expect(first).toContain('Nobody writes in it any more, and nobody else comes in.')
		const again = inLocale('en', <DecideForm shown={{ ...shown, appeal: true }} mark="a1b2" />)
		expect(again).toContain('Open it again')
		expect(again).toContain('Keep it closed')
		for (const html of [first, again]) expect(html).not.toMatch(/hide|hidden|Show it/i)
	})

	test('for her who reports it', () => {
		const html = inLocale('en', <ReportForm reportable={reportable('circle')} />)
		expect(html).toContain('If a moderator closes it')
		expect(html).not.toMatch(/hides|hidden/)
	})

	test('a message is still hidden', () => {
		expect(inLocale('en', <ReportForm reportable={reportable('message')} />)).toContain('hides it')
	})

	test.each(UI_LOCALES)('in every text of %s', (locale) => {
		const { t } = i18nFor(locale)
		const { restricted, restored, upheld, undone } = outcomesOf('circle')
		const keys = [restricted, restored, upheld].flatMap((one) => [one.choice, one.hint, one.told])
		for (const key of [...keys, undone, decisionOf('hidden', 'circle').label]) {
			expect(key).toContain('moderation:circle.')
			expect(t(key, { text: 'x' })).not.toContain('circle.')
		}
	})
})

describe('a led talk is ended, not hidden', () => {
	test.each(UI_LOCALES)('in every text of %s', (locale) => {
		const { t } = i18nFor(locale)
		const { restricted, restored, upheld, undone } = outcomesOf('room')
		const keys = [restricted, restored, upheld].flatMap((one) => [one.choice, one.told])
		for (const key of [...keys, undone, decisionOf('hidden', 'room').label]) {
			expect(key).toContain('reports:room.')
			expect(t(key)).not.toContain('room.')
		}
	})

	test('for her who reports it', () => {
		const html = inLocale('en', <ReportForm reportable={{ ...reportable('room'), private: false }} />)
		expect(html).toContain('If a moderator ends the talk')
	})
})
