import { Links, Meta, Outlet } from '@remix-run/react'
import i18next from 'i18next'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import { keepPack, type Pack } from '~/platform/i18n/format-packs'
import { Frame } from '~/ui/frame'
import formats from '../../../../locales/en/_intl.json'
import common from '../../../../locales/en/common.json'
import forum from '../../../../locales/en/forum.json'
import translation from '../../../../locales/en/translation.json'

keepPack('en', formats as Pack)
void i18next.use(initReactI18next).init({
	lng: 'en',
	resources: { en: { common, forum, translation } },
	initImmediate: false,
	interpolation: { escapeValue: false },
	react: { useSuspense: false },
})

const nav = ['home', 'forum', 'chat', 'mentoring', 'me'].map((key) => ({
	to: `/${key}`,
	key,
	icon: 'house' as const,
	current: key === 'forum',
}))

export default function App() {
	return (
		<I18nextProvider i18n={i18next}>
			<html lang="en" dir="ltr">
				<head>
					<meta charSet="utf-8" />
					<Meta />
					<Links />
				</head>
				<body>
					<Frame
						path="/"
						locale="en"
						locales={['ar', 'bg', 'el', 'en', 'es', 'it']}
						nav={nav}
						example={false}
						handle="member0001"
						unread={0}
					>
						<Outlet />
					</Frame>
				</body>
			</html>
		</I18nextProvider>
	)
}
