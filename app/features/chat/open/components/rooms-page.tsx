import { useTranslation } from 'react-i18next'
import type { Said } from '~/platform/i18n/chain'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import type { FormResult } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Disclosure, Empty, Notice, PageHead, Section } from '~/ui/page'
import { LanguageTag } from '~/ui/text'
import { type RoomFields, RoomForm } from './room-form'

interface OwnText {
	text: string
	lang: string
}

interface RoomSetting {
	id: string
	name: OwnText | null
	/** The space it belongs to; null: it is there for everyone. */
	space: OwnText | null
	languages: string[]
	holds: boolean
	closed: boolean
}

interface RoomsPageProps {
	rooms: RoomSetting[]
	locales: readonly string[]
	spaces: { id: string; name: Said }[]
	/** The space the way here came from. */
	space: string | null
	formKey: string
	result?: FormResult
}

/** The open rooms as coordinators see them: names and settings, never what is said in them. */
export function RoomsPage({ rooms, locales, spaces, space, formKey, result }: RoomsPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('rooms:title')}
				lead={t('rooms:lead')}
				back={{ to: '/coordination', label: t('spaces:back') }}
			/>
			{rooms.length === 0 ? <Empty title={t('rooms:none')} /> : null}
			<CardList label={t('rooms:title')}>
				{rooms.map((room) => (
					<RoomCard key={room.id} room={room} />
				))}
			</CardList>
			<Section title={t('rooms:newTitle')} id="new">
				<Disclosure summary={t('rooms:newFold')} icon="plus" open={result !== undefined || space !== null}>
					<RoomForm locales={locales} anew={{ formKey, spaces, space }} result={result} />
				</Disclosure>
			</Section>
		</>
	)
}

function RoomCard({ room }: { room: RoomSetting }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="room">
			<a className="row-link" href={`/coordination/rooms/${room.id}`}>
				<Icon name="message-circle" className="row-icon" />
				<span className="row-title" lang={room.name?.lang}>
					{room.name?.text}
				</span>
			</a>
			<p className="meta">
				<span className="badge" lang={room.space?.lang}>
					{room.space?.text ?? t('rooms:everyone')}
				</span>
				{room.languages.map((tag) => (
					<LanguageTag key={tag} tag={tag} />
				))}
				{room.holds ? <span className="badge">{t('rooms:holds')}</span> : null}
				{room.closed ? <span className="badge">{t('rooms:closed')}</span> : null}
			</p>
		</Card>
	)
}

interface RoomSettingPageProps {
	room: RoomFields & { id: string; name: OwnText | null; space: OwnText | null; closed: boolean }
	locales: readonly string[]
	saved: boolean
	result?: FormResult
}

/** One open room as coordinators see it. */
export function RoomSettingPage({ room, locales, saved, result }: RoomSettingPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={<span lang={room.name?.lang}>{room.name?.text}</span>}
				lead={t('rooms:forWhom', { space: room.space?.text ?? t('rooms:everyone') })}
				back={{ to: '/coordination/rooms', label: t('rooms:title') }}
			/>
			{saved && !result ? (
				<div className="after-head">
					<Notice kind="good" title={t('spaces:saved')} />
				</div>
			) : null}
			<RoomForm room={room} locales={locales} result={result} />
			<Section title={t(room.closed ? 'rooms:reopen' : 'rooms:close')} id="close">
				<form method="post" className="form">
					<p>{t(room.closed ? 'rooms:reopenText' : 'rooms:closeText')}</p>
					<Button
						kind={room.closed ? 'quiet' : 'danger'}
						name="intent"
						value={room.closed ? 'reopen' : 'close'}
					>
						{t(room.closed ? 'rooms:reopen' : 'rooms:close')}
					</Button>
				</form>
			</Section>
		</>
	)
}
