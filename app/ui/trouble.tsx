import { useTranslation } from 'react-i18next'
import { ButtonLink } from './button'
import { Empty } from './page'

/** The page that stands in for one that cannot be shown: what happened in one sentence, and one way on. */
export function Trouble({ code, details }: { code: string; details?: Record<string, string | number> }) {
	const { t } = useTranslation()
	const missing = code === 'not-found' || code === 'invalid'
	return (
		<Empty
			page
			title={missing ? t('common:missing.title') : t('common:trouble.title')}
			action={<ButtonLink to="/">{t('common:missing.home')}</ButtonLink>}
		>
			{missing ? t('common:missing.text') : t(`errors:${code}`, details ?? {})}
		</Empty>
	)
}
