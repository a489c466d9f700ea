import { RemixBrowser } from '@remix-run/react'
import i18next from 'i18next'
import { startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { I18nextProvider, initReactI18next } from 'react-i18next'

/** Written by the alive page (app/ui/dictionary.tsx): the texts this page needs, in the language it was rendered in. */
function readDictionary() {
	const element = document.getElementById('dictionary')
	return JSON.parse(element?.textContent ?? '{}') as Record<string, Record<string, string>>
}

const locale = document.documentElement.lang
void i18next.use(initReactI18next).init({
	lng: locale,
	resources: { [locale]: readDictionary() },
	fallbackLng: false,
	initImmediate: false,
	interpolation: { escapeValue: false, skipOnVariables: true },
	react: { useSuspense: false },
})

startTransition(() => {
	hydrateRoot(
		document,
		<I18nextProvider i18n={i18next}>
			<RemixBrowser />
		</I18nextProvider>,
	)
})
