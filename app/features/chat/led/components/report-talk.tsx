import { useTranslation } from 'react-i18next'
import { Icon } from '~/ui/icon'

/** The way to report a session as a whole: what its host announces and asks. */
export function ReportTalk({ room }: { room: string }) {
	const { t } = useTranslation()
	return (
		<a className="quiet-link" href={`/report/room/${room}`}>
			<Icon name="flag" />
			<span>{t('sessions:room.report')}</span>
		</a>
	)
}
