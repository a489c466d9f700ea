import { useTranslation } from 'react-i18next'
import { isolated } from '~/platform/i18n/isolate'
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
			<span>{handle ? t('blocks:blockHer', { handle: isolated(handle) }) : t('common:actions.block')}</span>
		</a>
	)
}
