import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { RecoveriesPage } from '~/features/members/components/recoveries-page'
import { RecoveryNotice } from '~/features/members/components/recovery-notice'
import { qrShape } from '~/features/members/qr.server'
import type { RecoveryRow } from '~/features/members/recoveries.server'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'

const NOW = new Date('2026-11-22T10:00:00Z')
const STATES: RecoveryRow['state'][] = ['started', 'wait', 'ready', 'handed', 'stopped', 'over']

const rowsFor = (part: RecoveryRow['part']): RecoveryRow[] =>
	STATES.map((state, n) => ({
		id: `row-${n}`,
		handle: 'Amina',
		organisation: 'Casa',
		state,
		startedAt: NOW,
		confirmedAt: NOW,
		readyAt: NOW,
		untilAt: NOW,
		part,
	}))

/** What she sees; a text that is missing would show its key. */
function seen(locale: string, element: React.ReactElement) {
	const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{element}</I18nextProvider>)
	expect(html).not.toMatch(/(members|auth|errors):\w/)
	return html
}
const pageFor = (
	part: RecoveryRow['part'],
	more: { result?: Parameters<typeof RecoveriesPage>[0]['result'] } = {},
) => <RecoveriesPage rows={rowsFor(part)} back="/coordination" fresh={false} languages={['ar']} {...more} />

describe.each(UI_LOCALES)('in %s', (locale) => {
	test('who may do what next has the button for it, and nobody else', () => {
		const buttons = (part: RecoveryRow['part']) =>
			[...seen(locale, pageFor(part)).matchAll(/name="intent" value="(confirm|hand|takeBack)"/g)].map(
				([, intent]) => intent,
			)
		const takeBacks = ['takeBack', 'takeBack', 'takeBack', 'takeBack']
		expect(buttons('first').sort()).toEqual(['hand', ...takeBacks])
		expect(buttons('second').sort()).toEqual(['confirm', 'hand', ...takeBacks])
		expect(buttons(null).sort()).toEqual(['confirm', ...takeBacks])
	})

	test('the card is there in two languages, without her name', () => {
		const card = {
			code: 'AAAAA-BBBBB',
			address: 'mimosa.test/recover',
			handedAt: NOW,
			qr: qrShape('https://mimosa.test'),
		}
		const html = seen(
			locale,
			pageFor('first', { result: { ok: true, card, second: locale === 'ar' ? 'it' : 'ar' } }),
		)
		const paper = html.slice(html.indexOf('data-item="card"'), html.indexOf('</article>'))
		expect(paper.split(card.code)).toHaveLength(3)
		expect(paper).not.toContain('Amina')
		expect(paper).toContain('dir="rtl"')
	})

	test('her notice names the centre and has one button', () => {
		const html = seen(locale, <RecoveryNotice organisation="Casa" />)
		expect(html).toContain('Casa')
		expect(html.match(/<button/g)).toHaveLength(1)
		expect(html).toContain('method="post" action="/me/recovery"')
	})
})
