import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Notice } from '~/ui/page'

/** On every page of hers while staff is opening her account again: whoever is signed in can stop it, and only that. */
export function RecoveryNotice({ organisation }: { organisation: string }) {
	const { t } = useTranslation()
	return (
		<div className="no-print" data-item="recovery">
			<Notice kind="care" title={t('members:recovery.noticeTitle')}>
				<p>{t('members:recovery.noticeText', { organisation })}</p>
				<form method="post" action="/me/recovery">
					<Button kind="danger">{t('members:recovery.stop')}</Button>
				</form>
			</Notice>
		</div>
	)
}
