import { useTranslation } from 'react-i18next'
import type { Calendar } from '~/platform/actor'
import { formatDayTime } from '~/platform/i18n/format'
import { formatZone, otherDay } from '~/platform/i18n/format-names'
import { isFirstOfTwo } from '~/platform/i18n/moments'
import { OtherDay } from '~/ui/other-day'

/** The zones of the two, her own first, and the calendar she counts days by besides. */
export interface Zones {
	hers: string
	other: string
	calendar: Calendar | null
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
			<OtherDay day={otherDay(locale, at, zones.hers, zones.calendar)} />
			{hers.when === other.when ? null : <p className="muted">{t('match:meetings.timeOther', other)}</p>}
			{isFirstOfTwo(zones.hers, at) ? <p className="hint">{t('match:meetings.first')}</p> : null}
		</>
	)
}
