import i18next from 'i18next'
import { describe, expect, test } from 'vitest'
import { fixedT, i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import chat from '../../locales/en/chat.json'
import common from '../../locales/en/common.json'

/** An instance as i18next makes it, beside ours that keeps what it has looked up. */
const stock = i18next.createInstance()
void stock.init({
	lng: 'en',
	resources: { en: { common, chat } },
	defaultNS: 'common',
	initImmediate: false,
	interpolation: { escapeValue: false },
})

/** Every key of a catalogue, with its namespace. */
function keysOf(texts: object, path: string): string[] {
	return Object.entries(texts).flatMap(([name, text]) =>
		typeof text === 'string'
			? `${path}${name}`
			: keysOf(text as object, path.endsWith(':') ? `${path}${name}.` : `${path}${name}.`),
	)
}

describe('texts that are kept once they were looked up', () => {
	const keys = [...keysOf(common, 'common:'), ...keysOf(chat, 'chat:')]

	test('are what i18next says, the first time and every time after', () => {
		const t = i18nFor('en').getFixedT(null, 'common')
		for (const key of [...keys, ...keys]) expect(t(key), key).toBe(stock.t(key))
	})

	test('are of their own language', () => {
		const saved = new Set(UI_LOCALES.map((tag) => fixedT(tag)('common:actions.save')))
		expect(saved.size).toBeGreaterThan(UI_LOCALES.length / 2)
		expect(fixedT('it')('common:actions.save')).not.toBe(fixedT('en')('common:actions.save'))
	})

	test('are filled in anew where there is a value, and after the same key without one', () => {
		const t = fixedT('en')
		const unfilled = t('common:form.left')
		expect(t('common:form.left', { n: 3 })).toMatch(/: 3$/)
		expect(t('common:form.left', { n: 40 })).toMatch(/: 40$/)
		expect(t('common:form.left')).toBe(unfilled)
	})

	test('a missing one is said as i18next says it', () => {
		expect(fixedT('en')('common:no.such.text')).toBe(stock.t('common:no.such.text'))
	})
})
