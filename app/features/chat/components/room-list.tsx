import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { Icon } from '~/ui/icon'
import { Empty, PageHead, Section } from '~/ui/page'
import { Avatar } from '~/ui/people'
import { Bdi, LanguageTag, Time } from '~/ui/text'

interface OwnText {
	text: string
	lang: string
}

interface OpenRoom {
	id: string
	name: OwnText | null
	about: OwnText | null
	languages: string[]
	lastAt: Date | null
}

interface OwnRoom {
	id: string
	otherId: string | null
	other: string | null
	alone: boolean
	lastAt: Date | null
}

/** Opening a room leads to its newest words. */
const pathOf = (room: { id: string }) => `/chat/${room.id}#end`

/** The rooms everyone may enter, and her own conversations. */
export function RoomList({ open, own }: { open: OpenRoom[]; own: OwnRoom[] }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead title={t('chat:rooms.title')} lead={t('chat:rooms.lead')} />
			{own.length > 0 ? (
				<Section title={t('chat:rooms.own')}>
					<CardList label={t('chat:rooms.own')}>
						{own.map((room) => (
							<OwnRoomCard key={room.id} room={room} />
						))}
					</CardList>
				</Section>
			) : null}
			<Section title={t('chat:rooms.open')}>
				{open.length === 0 ? <Empty title={t('chat:rooms.none')} /> : null}
				<CardList label={t('chat:rooms.open')}>
					{open.map((room) => (
						<OpenRoomCard key={room.id} room={room} />
					))}
				</CardList>
			</Section>
		</>
	)
}

function OpenRoomCard({ room }: { room: OpenRoom }) {
	return (
		<Card as="li" item="room">
			<a className="row-link" href={pathOf(room)}>
				<Icon name="message-circle" className="row-icon" />
				<span className="row-title" lang={room.name?.lang}>
					{room.name?.text}
				</span>
			</a>
			{room.about ? <p lang={room.about.lang}>{room.about.text}</p> : null}
			<p className="meta">
				{room.languages.map((tag) => (
					<LanguageTag key={tag} tag={tag} />
				))}
				<LastSaid at={room.lastAt} />
			</p>
		</Card>
	)
}

function OwnRoomCard({ room }: { room: OwnRoom }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="room">
			<a className="row-link" href={pathOf(room)}>
				<Avatar seed={room.otherId ?? room.id} />
				<span className="row-title">
					<Bdi>{room.other ?? t('chat:formerMember')}</Bdi>
				</span>
			</a>
			<p className="meta">
				{room.alone ? <span>{t('chat:rooms.left')}</span> : null}
				<LastSaid at={room.lastAt} />
			</p>
		</Card>
	)
}

function LastSaid({ at }: { at: Date | null }) {
	const { t } = useTranslation()
	return at ? <Time at={at} /> : <span>{t('chat:rooms.quiet')}</span>
}
