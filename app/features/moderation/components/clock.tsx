import { useTranslation } from 'react-i18next'
import { formatSpan } from '~/platform/i18n/format'
import { IconText } from '~/ui/icon'

/** Its clock in words: how long somebody still has to decide it, or for how long it should have been decided. */
export function Clock({ dueAt, now }: { dueAt: Date; now: Date }) {
	const { t, i18n } = useTranslation()
	const span = formatSpan(i18n.language, now, dueAt)
	const late = dueAt.getTime() <= now.getTime()
	return (
		<IconText name="clock">
			{late ? t('queue:clock.overdue', { span }) : t('queue:clock.due', { span })}
		</IconText>
	)
}
