import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/page'
import { Time } from '~/ui/text'

/** Beside the form to say that she is there: her shift is now, and nobody knows yet that she came. */
export function ShiftNow({ until }: { until: Date | null }) {
	const { t } = useTranslation()
	if (!until) return null
	return (
		<Notice kind="info" title={t('rota:nowTitle')}>
			<p>
				{t('rota:nowText')} <Time at={until} />
			</p>
		</Notice>
	)
}
