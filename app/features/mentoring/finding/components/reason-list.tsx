import { useTranslation } from 'react-i18next'
import { formatWeekdayTime } from '~/platform/i18n/format'
import { formatLanguage } from '~/platform/i18n/format-names'
import { Icon } from '~/ui/icon'
import { sharedTime } from '../../times/shared-time'
import { comingHour } from '../../times/zones'

/** A sentence of the catalogue and what stands in it: a language's tag, a need, a UTC hour of the week (matching/reasons.ts). */
export interface ShownReason {
	key: string
	params: { language?: string; need?: string; hour?: number }
}

interface ReasonListProps {
	reasons: readonly ShownReason[]
	/** The zone of the woman who reads it. */
	zone: string
	/** Whether it is said to one of the two, or to a coordinator about them. */
	to?: 'her' | 'coordinator'
}

/** Why these two, as sentences; hours as her own clock shows them the next time they come. */
export function ReasonList({ reasons, zone, to = 'her' }: ReasonListProps) {
	const { t, i18n } = useTranslation()
	const sentence = ({ key: toHer, params: { language, need, hour } }: ShownReason) => {
		const key = to === 'her' ? toHer : `rounds:reason.${toHer.split('.').at(-1)}`
		if (language) return t(key, { language: formatLanguage(i18n.language, language) })
		if (need) return t(key, { need: t(`mentoring:need.${need}`) })
		if (hour === undefined) return t(key)
		const clock = { t, locale: i18n.language, zone }
		return t(key, { when: sharedTime(clock, comingHour(hour, new Date()), formatWeekdayTime) })
	}
	return (
		<ul className="points">
			{reasons.map(sentence).map((text) => (
				<li key={text}>
					<Icon name="check" />
					<span>{text}</span>
				</li>
			))}
		</ul>
	)
}
