import { useTranslation } from 'react-i18next'
import { Icon } from '~/ui/icon'

/**
 * Beside what a woman wrote under her handle: the way to block her, which asks once more. Never beside what was
 * written under an alias. `handle` where it does not stand beside it.
 */
export function BlockLink({ memberId, handle }: { memberId: string; handle?: string }) {
	const { t } = useTranslation()
	return (
		<a className="quiet-link" href={`/me/blocked?person=${memberId}`}>
			<Icon name="user-round-x" />
			<span>
				{handle ? t('blocks:blockHer', { handle: `\u2068${handle}\u2069` }) : t('common:actions.block')}
			</span>
		</a>
	)
}
