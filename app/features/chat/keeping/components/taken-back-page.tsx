import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { Icon } from '~/ui/icon'
import { Notice, PageHead } from '~/ui/page'
import { Person } from '~/ui/people'
import { Bdi, Time } from '~/ui/text'
import type { RoomKind } from '../../chat.policy'
import { TAKEN_BACK_DAYS } from '../keeping.limits'

export interface TakenBackPageProps {
	room: {
		id: string
		kind: RoomKind
		name: { text: string; lang: string } | null
		other: { handle: string } | null
	}
	said: { id: string; authorId: string; author: string; at: Date }[]
}

/** What others took back in a room, without the words, each with the way to moderators. */
export function TakenBackPage({ room, said }: TakenBackPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('forgetting:takenBack.title')}
				lead={
					room.kind === 'private' ? (
						<Bdi>{room.other?.handle ?? t('chat:formerMember')}</Bdi>
					) : (
						<span lang={room.name?.lang}>{room.name?.text}</span>
					)
				}
				back={{ to: `/chat/${room.id}#end`, label: t('forgetting:back') }}
			/>
			<div className="stack">
				<p>{t('forgetting:takenBack.text', { count: TAKEN_BACK_DAYS })}</p>
				{said.length === 0 ? <Notice kind="info">{t('forgetting:takenBack.none')}</Notice> : null}
				<CardList label={t('forgetting:takenBack.title')}>
					{said.map(({ id, authorId, author, at }) => (
						<Card as="li" item="taken-back" key={id}>
							<Person handle={author} seed={authorId} />
							<p className="meta">
								<Time at={at} />
								<a className="quiet-link" href={`/report/message/${id}`}>
									<Icon name="flag" />
									<span>{t('chat:report')}</span>
								</a>
							</p>
						</Card>
					))}
				</CardList>
			</div>
		</>
	)
}
