import { useTranslation } from 'react-i18next'
import { ButtonLink } from './button'
import { Empty } from './page'

export interface TroubleProps {
	code: string
	details?: Record<string, string | number>
	/** What is wrong with the form that was sent, by its fields: catalogue keys. */
	fields?: Record<string, string>
}

/** The page that stands in for one that cannot be shown: what happened in one sentence, and one way on. */
export function Trouble({ code, details = {}, fields = {} }: TroubleProps) {
	const { t } = useTranslation()
	const [wrong] = Object.values(fields)
	const missing = code === 'not-found' || (code === 'invalid' && !wrong)
	return (
		<Empty
			page
			title={missing ? t('common:missing.title') : t('common:trouble.title')}
			action={<ButtonLink to="/">{t('common:missing.home')}</ButtonLink>}
		>
			{missing ? t('common:missing.text') : t(wrong ?? `errors:${code}`, details)}
		</Empty>
	)
}

/**
 * The page of a route whose forms and address only lead on (`leadOn`): never shown. For a route without any, Remix
 * answers a refused form in JSON; for one with a page, by the error page.
 */
export const NoPage = () => null
