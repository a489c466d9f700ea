import { useTranslation } from 'react-i18next'
import { Icon } from '~/ui/icon'

/** The way on through a list whose order has no older and newer, and back to where it begins. */
export function PagesOn({
	path,
	next,
	first,
}: {
	path: string
	next: string | number | null
	first: boolean
}) {
	const { t } = useTranslation()
	if (first && next === null) return null
	return (
		<nav className="pager" aria-label={t('common:pager.label')}>
			{first ? null : (
				<a className="btn quiet" href={path}>
					<Icon name="chevron-left" />
					<span>{t('rounds:first')}</span>
				</a>
			)}
			{next === null ? null : (
				<a className="btn quiet older" href={`${path}&after=${next}`} rel="next">
					<span>{t('rounds:next')}</span>
					<Icon name="chevron-right" />
				</a>
			)}
		</nav>
	)
}
