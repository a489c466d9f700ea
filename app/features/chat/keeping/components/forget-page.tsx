import { useTranslation } from 'react-i18next'
import { type FormResult, Submit } from '~/ui/form'
import { Notice, PageHead } from '~/ui/page'
import { Bdi } from '~/ui/text'
import type { RoomKind } from '../../chat.policy'
import { Refused } from '../../led/components/act'

export interface ForgetPageProps {
	room: {
		id: string
		kind: RoomKind
		name: { text: string; lang: string } | null
		other: { handle: string } | null
	}
	/** Messages of hers that others can read here. */
	count: number
	result?: FormResult
}

/** Before her words leave a room for good: what happens, what does not, and the one button. */
export function ForgetPage({ room, count, result }: ForgetPageProps) {
	const { t } = useTranslation()
	const way = room.kind === 'open' ? 'open' : 'leave'
	return (
		<>
			<PageHead
				title={t(`forgetting:${way}Title`)}
				lead={
					room.kind === 'private' ? (
						<Bdi>{room.other?.handle ?? t('chat:formerMember')}</Bdi>
					) : (
						<span lang={room.name?.lang}>{room.name?.text}</span>
					)
				}
				back={{ to: `/chat/${room.id}#end`, label: t('forgetting:back') }}
			/>
			<Refused result={result} />
			{count === 0 && way === 'open' ? (
				<Notice kind="info">{t('forgetting:none')}</Notice>
			) : (
				<Forgetting way={way} count={count} />
			)}
		</>
	)
}

type ForgettingProps = { way: 'open' | 'leave'; count: number }

/** What happens, what does not, and the one button. */
function Forgetting({ way, count }: ForgettingProps) {
	const { t } = useTranslation()
	return (
		<>
			<Notice kind="care" title={count === 0 ? t('forgetting:none') : t('forgetting:count', { count })}>
				<ul className="bullets">
					<li>{t('forgetting:noReturn')}</li>
					<li>{t(`forgetting:${way}Text`)}</li>
					<li>{t('forgetting:read')}</li>
					<li>{t('forgetting:reported')}</li>
				</ul>
			</Notice>
			<form method="post" className="form">
				<Submit kind="danger" icon="trash-2">
					{t(`forgetting:${way}`)}
				</Submit>
			</form>
		</>
	)
}
