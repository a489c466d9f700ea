import type { ReactNode } from 'react'
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
	/** The space it belongs to; null: it is there for everyone. */
	space: OwnText | null
	languages: string[]
	closed: boolean
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

interface RoomListProps {
	open: OpenRoom[]
	own: OwnRoom[]
	sessions: ReactNode
	circles: ReactNode
}

/** The rooms everyone may enter, and her own conversations. */
export function RoomList({ open, own, sessions, circles }: RoomListProps) {
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
			{sessions}
			{circles}
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

/** The rooms of a space, on its own page; nothing where there are none. */
export function SpaceRooms({ rooms }: { rooms: OpenRoom[] }) {
	const { t } = useTranslation()
	if (rooms.length === 0) return null
	return (
		<Section title={t('chat:rooms.ofSpace')} id="rooms">
			<CardList label={t('chat:rooms.ofSpace')}>
				{rooms.map((room) => (
					<OpenRoomCard key={room.id} room={room} inSpace />
				))}
			</CardList>
		</Section>
	)
}

function OpenRoomCard({ room, inSpace = false }: { room: OpenRoom; inSpace?: boolean }) {
	const { t } = useTranslation()
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
				{room.space && !inSpace ? (
					<span className="badge" lang={room.space.lang}>
						{room.space.text}
					</span>
				) : null}
				{room.languages.map((tag) => (
					<LanguageTag key={tag} tag={tag} />
				))}
				{room.closed ? <span>{t('chat:rooms.closed')}</span> : null}
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
