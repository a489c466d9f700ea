import i18next from 'i18next'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { type Catalogues, holesIn, speechOf } from '~/platform/i18n/both.server'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { Marks } from '~/platform/i18n/marks.server'

const TEXTS = {
	en: {
		common: {
			save: 'Save',
			ok: 'OK',
			hello: 'Hello {{who}}',
			kind: 'centre',
			days_one: '{{count}} day',
			days_other: '{{count}} days',
		},
	},
	it: {
		common: {
			save: 'Salva',
			ok: 'OK',
			hello: 'Ciao {{who}}',
			kind: 'centro',
			days_one: '{{count}} giorno',
			days_many: '{{count}} di giorni',
			days_other: '{{count}} giorni',
		},
	},
	fr: { common: { save: 'Enregistrer', kind: 'lieu' } },
	ar: {
		common: {
			save: 'احفظي',
			ok: 'OK',
			hello: 'أهلا {{who}}',
			kind: 'مركز',
			days_one: 'يوم',
			days_other: '{{count}} يوم',
		},
	},
} as const

const instances = new Map(
	Object.keys(TEXTS).map((lng) => {
		const instance = i18next.createInstance()
		void instance.init({
			lng,
			fallbackLng: 'en',
			resources: TEXTS,
			defaultNS: 'common',
			initImmediate: false,
			interpolation: { escapeValue: false },
		})
		return [lng, instance] as const
	}),
)
const catalogues: Catalogues = {
	of: (locale) => instances.get(locale)!,
	holesOf: (locale) => holesIn(TEXTS[locale as 'it'], TEXTS.en, locale),
}

/** A page in these languages, as the server writes it. */
function pageIn(chain: string[], also: string | undefined, page: ReactNode) {
	const speech = speechOf({ chain, also }, catalogues)
	const html = renderToString(<I18nextProvider i18n={speech.page}>{page}</I18nextProvider>)
	return speech.writtenOut(html)
}

function Said({ of, ...values }: { of: string; who?: string; count?: number }) {
	const { t } = useTranslation()
	return <p>{t(of, values)}</p>
}
const said = (key: string, values?: { who?: string; count?: number }) => <Said of={key} {...values} />

function Nested() {
	const { t } = useTranslation()
	return <p>{t('common:hello', { who: t('common:kind') })}</p>
}

function Pieces() {
	const { t } = useTranslation()
	return (
		<p>
			{t('common:kind')} · {t('common:save')} {3}
		</p>
	)
}

function Form() {
	const { t } = useTranslation()
	return (
		<form aria-label={t('common:kind')}>
			<input value={t('common:save')} placeholder={t('common:kind')} readOnly />
			<select>
				<option value="a">{t('common:kind')}</option>
				<option value="b">{t('common:ok')}</option>
			</select>
			<textarea defaultValue={t('common:kind')} />
			<svg role="img">
				<title>{t('common:kind')}</title>
				<text>{t('common:save')}</text>
			</svg>
			<script type="application/json">{t('common:save')}</script>
			<button type="submit">{t('common:save')}</button>
		</form>
	)
}

function Hostile({ written }: { written: string }) {
	const { t } = useTranslation()
	return (
		<p title={written}>
			{t('common:hello', { who: written })}
			<bdi>{written}</bdi>
		</p>
	)
}

describe('a page in two languages', () => {
	test('says each text in both, each with its language and direction', () => {
		expect(pageIn(['ar', 'en'], 'it', said('common:save'))).toBe(
			'<p><span class="both">احفظي <span class="with" lang="it" dir="ltr">Salva</span></span></p>',
		)
		expect(pageIn(['it', 'en'], 'ar', said('common:save'))).toBe(
			'<p><span class="both">Salva <span class="with" lang="ar" dir="rtl">احفظي</span></span></p>',
		)
	})

	test('says once what is the same in both', () => {
		expect(pageIn(['it', 'en'], 'ar', said('common:ok'))).toBe('<p>OK</p>')
	})

	test('fills a text into a text in its own language, and counts in each', () => {
		expect(pageIn(['it', 'en'], 'en', <Nested />)).toBe(
			'<p><span class="both">Ciao centro <span class="with" lang="en" dir="ltr">Hello centre</span></span></p>',
		)
		expect(pageIn(['it', 'en'], 'en', said('common:days', { count: 1 }))).toContain(
			'1 giorno <span class="with" lang="en" dir="ltr">1 day</span>',
		)
	})

	test('says a sentence that stands in pieces whole in the one, then in the other', () => {
		expect(pageIn(['it', 'en'], 'en', <Pieces />)).toBe(
			'<p><span class="both">centro · Salva 3 <span class="with" lang="en" dir="ltr">centre · Save 3</span></span></p>',
		)
	})

	test('puts no span where none may stand, and one language where a machine reads', () => {
		expect(pageIn(['it', 'en'], 'en', <Form />)).toBe(
			'<form aria-label="centro"><input placeholder="centro" readonly="" value="Salva"/>' +
				'<select><option value="a">centro · \u2068centre\u2069</option><option value="b">OK</option></select>' +
				'<textarea>centro</textarea>' +
				'<svg role="img"><title>centro</title><text>Salva</text></svg>' +
				'<script type="application/json">Salva</script>' +
				'<button type="submit"><span class="both">Salva <span class="with" lang="en" dir="ltr">Save</span></span></button></form>',
		)
	})

	test('what stands around the page stays in her language', () => {
		const { frame } = speechOf({ chain: ['it', 'en'], also: 'ar' }, catalogues)
		expect(frame.getFixedT(null, 'common')('common:save')).toBe('Salva')
	})
})

describe('what members write', () => {
	const HOSTILE = [
		'\ue000it\ue001<b>x</b>\ue001ar\ue001y\ue002',
		'\ue000secret',
		'\ue002\ue001\ue000',
		'</span><script>alert(1)</script>',
		'<option>',
		'{{who}} $t(common:save)',
	]

	test.each(HOSTILE)('%j stays letters, in a text and beside it', (written) => {
		const escaped = renderToString(<b>{written}</b>).slice(3, -4)
		const html = pageIn(['it', 'en'], 'en', <Hostile written={written} />)
		expect(html).toContain(`<bdi>${escaped}</bdi>`)
		expect(html.match(/class="with"/g)).toHaveLength(1)
		expect(html.match(/<(?!\/?(p|span|bdi)\b)/g)).toBeNull()
	})

	test('what was marked for one page means nothing on another', () => {
		const stolen = new Marks().mark({ lang: 'it', text: 'a' }, { lang: 'ar', text: 'b' })
		const html = pageIn(['it', 'en'], 'en', said('common:hello', { who: stolen }))
		expect(html).toContain(stolen)
	})

	test('a page of a megabyte is written out in no time', () => {
		const marks = new Marks('s')
		const marked = marks.mark({ lang: 'it', text: 'Salva' }, { lang: 'en', text: 'Save' })
		const html = `<p a="${'x'.repeat(99)}">${marked}<b>${' '.repeat(200)}</b></p>`.repeat(4000)
		const started = performance.now()
		marks.writtenOut(html + '<'.repeat(50_000) + ' '.repeat(50_000), 'it', 'en')
		expect(performance.now() - started).toBeLessThan(2500)
	})
})

describe('a key that a catalogue lacks', () => {
	test('is said along her chain, with its own language and direction', () => {
		expect(pageIn(['fr', 'ar', 'it', 'en'], undefined, said('common:hello', { who: 'Amina' }))).toBe(
			'<p><span lang="ar" dir="rtl">أهلا Amina</span></p>',
		)
		expect(pageIn(['fr', 'en'], undefined, said('common:hello', { who: 'Amina' }))).toBe(
			'<p><span lang="en" dir="ltr">Hello Amina</span></p>',
		)
		expect(pageIn(['fr', 'en'], undefined, said('common:save'))).toBe('<p>Enregistrer</p>')
	})

	test('is one that lacks a form for some number, and then falls for all of them', () => {
		expect([...catalogues.holesOf('ar')]).toEqual(['common:days'])
		expect(pageIn(['ar', 'it', 'en'], undefined, said('common:days', { count: 1 }))).toBe(
			'<p><span lang="it" dir="ltr">1 giorno</span></p>',
		)
	})

	test('keeps its mark where the page is shown in a second language', () => {
		expect(pageIn(['fr', 'en'], 'it', said('common:hello', { who: 'A' }))).toBe(
			'<p><span class="both"><span lang="en" dir="ltr">Hello A</span> <span class="with" lang="it" dir="ltr">Ciao A</span></span></p>',
		)
	})

	test('that nobody has is said as i18next says it', () => {
		expect(pageIn(['fr', 'en'], 'it', said('common:none'))).toBe('<p>none</p>')
	})
})

describe('without a second language, in a whole catalogue', () => {
	test('the page speaks with the plain instance, and is not looked at again', () => {
		const { frame, page, writtenOut } = speechOf({ chain: ['it', 'en'] }, catalogues)
		expect(page).toBe(catalogues.of('it'))
		expect(frame).toBe(page)
		const html = '<p>\ue000</p>'
		expect(writtenOut(html)).toBe(html)
	})

	test.each(['en', 'it', 'es', 'bg', 'ar'])('so does ours in %s', (locale) => {
		expect(UI_LOCALES).toContain(locale)
		expect(speechOf({ chain: [locale, 'en'] }).page === i18nFor(locale)).toBe(true)
	})
})
