import { useTranslation } from 'react-i18next'
import { Section } from '~/ui/page'

/** From so many cases in a week on she is reminded that others are there. */
const MANY = 20

/** What she had to see this week, for herself alone: a kind word, and never a judgement. */
export function Care({ looks }: { looks: number }) {
	const { t } = useTranslation()
	if (looks === 0) return null
	return (
		<Section title={t('queue:care.title')} id="care">
			<p>{t('queue:care.looked', { count: looks })}</p>
			<p className="muted">{looks > MANY ? t('queue:care.many') : t('queue:care.kind')}</p>
		</Section>
	)
}
