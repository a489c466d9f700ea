import { useTranslation } from 'react-i18next'
import type { OtherDay as Day } from '~/platform/i18n/format-names'

/**
 * Under the time of an appointment, the same day in the calendar she counts by. The calendar is named first, so that who
 * hears the page never takes it for another day; it stands outside `<time>`, which knows no other calendar.
 */
export function OtherDay({ day }: { day: Day | null }) {
	const { t } = useTranslation()
	if (!day) return null
	return (
		<p className="muted" data-calendar={day.calendar}>
			{t('members:calendar.line', { calendar: t(`members:calendar.name.${day.calendar}`), date: day.date })}
		</p>
	)
}
