import { useTranslation } from 'react-i18next'
import { CALENDARS, type Calendar } from '~/platform/actor'
import { Select } from '~/ui/form'

/** The calendar she wants under the times of appointments, beside the one on the wall. */
export function CalendarChoice({ chosen }: { chosen: Calendar | null }) {
	const { t } = useTranslation()
	const named = CALENDARS.map((value) => ({ value, label: t(`members:calendar.name.${value}`) }))
	return (
		<Select
			name="calendar"
			label={t('members:calendar.label')}
			hint={t('members:calendar.hint')}
			options={[{ value: '', label: t('members:calendar.none') }, ...named]}
			defaultValue={chosen ?? ''}
		/>
	)
}
