import { useTranslation } from 'react-i18next'
import { formatDayTime } from '~/platform/i18n/format'
import { formatZone } from '~/platform/i18n/format-names'
import { isFirstOfTwo } from '~/platform/i18n/moments'

/** The zones of the two, her own first. */
export interface Zones {
	hers: string
	other: string
}

interface MeetingTimeProps {
	at: Date
	zones: Zones
}

/** When it is on her clock, and on the other one's where that shows something else; each with its zone's name. */
export function MeetingTime({ at, zones }: MeetingTimeProps) {
	const { t, i18n } = useTranslation()
	const locale = i18n.language
	const said = (zone: string) => ({
		when: formatDayTime(locale, at, zone),
		zone: formatZone(locale, zone, at),
	})
	const [hers, other] = [said(zones.hers), said(zones.other)]
	return (
		<>
			<p className="font-semibold">
				<time dateTime={at.toISOString()}>{t('match:meetings.time', hers)}</time>
			</p>
			{hers.when === other.when ? null : <p className="muted">{t('match:meetings.timeOther', other)}</p>}
			{isFirstOfTwo(zones.hers, at) ? <p className="hint">{t('match:meetings.first')}</p> : null}
		</>
	)
}
