import { useTranslation } from 'react-i18next'
import { Icon } from '~/ui/icon'

/**
 * Beside what a woman wrote under her handle: the way to block her, which asks once more. Never beside what was
 * written under an alias.
 */
export function BlockLink({ memberId }: { memberId: string }) {
	const { t } = useTranslation()
	return (
		<a className="quiet-link" href={`/me/blocked?person=${memberId}`}>
			<Icon name="user-round-x" />
			<span>{t('common:actions.block')}</span>
		</a>
	)
}
