import { useTranslation } from 'react-i18next'
import { Dictionary } from '~/ui/dictionary'
import { type FormResult, Submit } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Disclosure, Empty, Notice, PageHead } from '~/ui/page'
import { Connection } from '~/ui/talk'
import { Bdi, LanguageTag } from '~/ui/text'
import type { Message } from '../chat.wire'
import { useEnd } from '../live/use-end'
import { useLiveRoom, useServerNow } from '../live/use-live-room'
import { RoomComposer } from './room-composer'
import { RoomTalk } from './room-talk'

interface OwnText {
	text: string
	lang: string
}

export interface RoomPageProps {
	room: {
		id: string
		kind: 'open' | 'private'
		seq: number
		alone: boolean
		closed: boolean
		languages: string[]
		name: OwnText | null
		about: OwnText | null
		other: { id: string; handle: string } | null
	}
	messages: Message[]
	/** The place to ask before for the page above. */
	older: number | null
	/** Whether this is the end of the talk; pages of old messages stand still. */
	last: boolean
	me: { id: string; handle: string }
	mayWrite: boolean
	formKey: string
	now: string
	result?: FormResult
}

/** What the browser needs of the catalogue to go on with this page. */
const NAMESPACES = ['chat', 'common', 'errors'] as const

/** A room: what was said, what is said now, and where she writes. */
export function RoomPage({ room, messages, older, last, me, mayWrite, formKey, now, result }: RoomPageProps) {
	const start = { seq: room.seq, messages, older, alone: room.alone, closed: room.closed }
	const { live, state } = useLiveRoom({ room: room.id, me: me.id, start, on: last })
	const serverNow = useServerNow(now)
	const unseen = useEnd(state.messages.length, state.pending.length, last)
	const ofMessage = result?.values?.id !== undefined
	const writing = mayWrite && !state.closed
	return (
		<>
			<RoomHead room={room} trying={live ? state.connection : undefined} />
			<Earlier room={room.id} older={state.older} />
			{state.messages.length + state.pending.length === 0 ? <Nobody /> : null}
			<RoomTalk
				messages={state.messages}
				pending={state.pending}
				me={me}
				now={serverNow}
				mayWrite={writing}
				live={live}
				result={ofMessage ? result : undefined}
			/>
			<Standing closed={state.closed} alone={state.alone} />
			{last ? null : <Later room={room.id} />}
			<div id="end" className="end" />
			{writing ? (
				<RoomComposer
					formKey={formKey}
					live={live}
					trying={live !== undefined && state.pending.length > 0 && state.connection === 'trying'}
					unseen={unseen}
					result={ofMessage ? undefined : result}
				/>
			) : null}
			{room.kind === 'private' ? <Leave /> : null}
			<Texts />
		</>
	)
}

function RoomHead({ room, trying }: { room: RoomPageProps['room']; trying?: 'connected' | 'trying' }) {
	const { t } = useTranslation()
	const title =
		room.kind === 'open' ? (
			<span lang={room.name?.lang}>{room.name?.text}</span>
		) : (
			<Bdi>{room.other?.handle ?? t('chat:formerMember')}</Bdi>
		)
	return (
		<>
			<PageHead title={title} back={{ to: '/chat', label: t('chat:room.back') }} />
			<div className="room-line">
				{trying ? <Connection state={trying} /> : <Refresh room={room.id} />}
				{room.languages.length > 0 ? (
					<p className="meta">
						{room.languages.map((tag) => (
							<LanguageTag key={tag} tag={tag} />
						))}
					</p>
				) : null}
			</div>
		</>
	)
}

/** Without scripts a room stands still; this is how it moves. */
function Refresh({ room }: { room: string }) {
	const { t } = useTranslation()
	return (
		<a className="quiet-link" href={`/chat/${room}#end`}>
			<Icon name="history" />
			<span>{t('chat:room.refresh')}</span>
		</a>
	)
}

function Earlier({ room, older }: { room: string; older: number | null }) {
	const { t } = useTranslation()
	if (older === null) return null
	return (
		<nav className="pager" aria-label={t('common:pager.label')}>
			<a className="btn quiet" href={`/chat/${room}?before=${older}#end`} rel="prev">
				{t('chat:room.earlier')}
			</a>
		</nav>
	)
}

function Later({ room }: { room: string }) {
	const { t } = useTranslation()
	return (
		<nav className="pager" aria-label={t('common:pager.label')}>
			<a className="btn quiet" href={`/chat/${room}#end`} rel="next">
				{t('chat:room.newest')}
			</a>
		</nav>
	)
}

function Nobody() {
	const { t } = useTranslation()
	return <Empty title={t('chat:room.empty')}>{t('chat:room.first')}</Empty>
}

function Standing({ closed, alone }: { closed: boolean; alone: boolean }) {
	const { t } = useTranslation()
	// Whoever has left says no more than that, whatever else has ended.
	if (alone) return <Notice kind="info">{t('chat:room.alone')}</Notice>
	return closed ? <Notice kind="info">{t('chat:room.closed')}</Notice> : null
}

function Leave() {
	const { t } = useTranslation()
	return (
		<Disclosure summary={t('chat:leave.title')}>
			<form method="post" className="form">
				<input type="hidden" name="intent" value="leave" />
				<p>{t('chat:leave.text')}</p>
				<Submit kind="danger" icon="log-out">
					{t('chat:leave.leave')}
				</Submit>
			</form>
		</Disclosure>
	)
}

/** The texts for the browser, out of the instance that renders here: the page then carries them once. */
function Texts() {
	const { i18n } = useTranslation()
	const texts = NAMESPACES.map((namespace) => [
		namespace,
		i18n.getResourceBundle(i18n.language, namespace) ?? i18n.getResourceBundle('en', namespace),
	])
	return <Dictionary texts={Object.fromEntries(texts)} />
}
