import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/page'

/** Tells a woman who waits for approval, or whose account is paused, what she can do meanwhile. */
export function StandingNotice({ status }: { status: 'active' | 'waiting' | 'suspended' }) {
	const { t } = useTranslation()
	if (status === 'active') return null
	return (
		<Notice kind={status === 'waiting' ? 'info' : 'care'} title={t(`auth:standing.${status}Title`)}>
			<p>{t(`auth:standing.${status}Text`)}</p>
			{status === 'suspended' ? (
				<p>
					<a href="/me/decisions">{t('members:day.decisionsGo')}</a>
				</p>
			) : null}
			<p>
				<a href="/help">{t('auth:standing.help')}</a>
			</p>
		</Notice>
	)
}
