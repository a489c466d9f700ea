import { useTranslation } from 'react-i18next'
import { Icon } from '~/ui/icon'
import type { RoomKind } from '../../chat.policy'

interface KeepingLineProps {
	room: { id: string; kind: RoomKind; keepDays: number | null }
}

/** How long the room keeps what is said, and the way to take her own words out of it. */
export function KeepingLine({ room: { id, kind, keepDays } }: KeepingLineProps) {
	const { t } = useTranslation()
	const after = kind === 'private' ? 'keeping:afterEnd' : 'keeping:after'
	return (
		<div className="meta">
			{keepDays === null ? null : <p>{t(after, { count: keepDays })}</p>}
			{kind === 'circle' ? (
				<a className="quiet-link" href={`/chat/${id}/people`}>
					<Icon name="users-round" />
					<span>{t('keeping:link.people')}</span>
				</a>
			) : null}
			<a className="quiet-link" href={`/chat/${id}/forget`}>
				<Icon name="trash-2" />
				<span>{t(kind === 'open' ? 'keeping:link.open' : 'keeping:link.leave')}</span>
			</a>
			<a className="quiet-link" href={`/chat/${id}/taken-back`}>
				<Icon name="flag" />
				<span>{t('keeping:link.takenBack')}</span>
			</a>
		</div>
	)
}
