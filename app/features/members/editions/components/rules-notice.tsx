import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/page'

/** On every page of hers while there are new rules she has not agreed to: one line, and the way to them. */
export function RulesNotice({ first }: { first: boolean }) {
	const { t } = useTranslation()
	return (
		<div className="no-print" data-item="rules">
			<Notice kind={first ? 'care' : 'info'}>
				<p>
					{first ? t('editions:first') : t('editions:noticeText')}{' '}
					<a href="/rules/accept">{t('editions:noticeGo')}</a>
				</p>
			</Notice>
		</div>
	)
}
