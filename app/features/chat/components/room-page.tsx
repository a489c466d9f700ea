import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Silenced } from '~/features/moderation/measures/components/silenced'
import type { Silence } from '~/features/moderation/measures/restraints'
import { type FormResult, Submit } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { useKept } from '~/ui/keeping'
import { Disclosure, Empty, Notice, PageHead } from '~/ui/page'
import { Connection } from '~/ui/talk'
import { Bdi, LanguageTag } from '~/ui/text'
import type { RoomKind } from '../chat.policy'
import type { Held, Message } from '../chat.wire'
import { HeldTalk } from '../holding/components/held-talk'
import { KeepingLine } from '../keeping/components/keeping-line'
import { SessionHead, WhyNotNow } from '../led/components/session-head'
import { isSessionIntent } from '../led/session.intents'
import type { SessionView } from '../led/session.wire'
import { useSession } from '../led/use-session'
import { type Asides, findPointed } from '../live/asides'
import type { Composing } from '../live/live-state'
import { useEnd } from '../live/use-end'
import { useLiveRoom, useServerNow } from '../live/use-live-room'
import { useReading } from '../live/use-reading'
import { lastRead, ReadProvider, SignsSwitch, WritingLine } from '../signs/components/signs'
import type { SignsView } from '../signs/signs.wire'
import { useSigns } from '../signs/use-signs'
import { LostRoom } from './lost-room'
import { RoomComposer } from './room-composer'
import { Earlier, ReadHere } from './room-ends'
import { RoomTalk } from './room-talk'
import { type TalkFacts, TalkProvider } from './talk-context'

interface OwnText {
	text: string
	lang: string
}

export interface RoomPageProps {
	room: {
		id: string
		kind: RoomKind
		seq: number
		alone: boolean
		closed: boolean
		/** She named it, and so does not report it. */
		namedByHer: boolean
		/** For how many days it keeps what is said; null: for ever. */
		keepDays: number | null
		/** What nobody on duty reads waits until somebody does. */
		holds: boolean
		languages: string[]
		name: OwnText | null
		about: OwnText | null
		other: { id: string; handle: string } | null
	}
	messages: Message[]
	/** What of hers waits to be let through. */
	held: Held[]
	/** The place to ask before for the page above. */
	older: number | null
	/** Whether this is the end of the talk; pages of old messages stand still. */
	last: boolean
	me: TalkFacts['me']
	/** Seals what waits in her tab (live/shelf.ts). */
	tabKey: string
	talk: {
		/** How far she had read when she was last here; null where she never was. */
		readTo: number | null
		/** More than two read along. */
		crowd: boolean
		/** Messages that those shown point to. */
		asides: Asides
		language: string
		languages: string[]
		zone: string
		answering: Composing | null
	}
	/** How a led session stands for her; null in other rooms. */
	session: SessionView | null
	/** How signs of typing and reading stand in a private room; null in others. */
	signs: SignsView | null
	mayWrite: boolean
	/** Why she only reads here for now by a decision, if so. */
	silence: Silence | null
	formKey: string
	now: string
	result?: FormResult
}

/** A room: what was said, what is said now, and where she writes. */
export function RoomPage(props: RoomPageProps) {
	const { t } = useTranslation()
	const { room, messages, held, older, last, me, tabKey, talk, mayWrite, formKey, now, result } = props
	const kept = useKept('write')
	const composing = composingOf(result ?? kept) ?? talk.answering
	const { alone, closed } = room
	const start = { seq: room.seq, messages, held, older, alone, closed, asides: talk.asides, composing }
	const { live, state, connection } = useLiveRoom({ room: room.id, me: me.id, tabKey, start, on: last })
	const serverNow = useServerNow(now)
	const { unseen, away } = useEnd(state.messages, state.pending.length, last)
	const newest = state.messages.at(-1)?.seq
	useReading(live, room.id, newest, !away)
	const led = useSession(room.id, props.session, { live, standing: state.standing })
	const signs = useSigns(props.signs, live)
	const ofSession = isSessionIntent(result?.values?.intent)
	const ofMessage = !ofSession && result?.values?.id !== undefined
	const writing = mayWrite && !state.closed
	const facts = useMemo(
		() => ({ room: room.id, me, mayWrite: writing, now: serverNow, live }),
		[room.id, me, writing, serverNow, live],
	)
	if (state.lost)
		return (
			<TalkProvider value={facts}>
				<LostRoom pending={state.pending} />
			</TalkProvider>
		)
	return (
		<TalkProvider value={facts}>
			<RoomHead room={room} trying={live ? connection : undefined} />
			{led.view ? (
				<SessionHead
					room={room.id}
					view={led.view}
					act={led.act}
					result={led.result ?? (ofSession ? result : undefined)}
				/>
			) : null}
			<Earlier room={room.id} older={state.older} live={live} />
			{state.messages.length + state.pending.length + state.held.length === 0 ? <Nobody /> : null}
			<ReadProvider value={lastRead(state.messages, me.id, signs)}>
				<RoomTalk
					state={state}
					zone={talk.zone}
					readTo={talk.readTo}
					result={ofMessage ? result : undefined}
				/>
			</ReadProvider>
			{last ? <HeldTalk held={state.held} messages={state.messages} closed={state.closed} /> : null}
			{last && !live && newest !== undefined && newest > (talk.readTo ?? 0) ? (
				<ReadHere seq={newest} />
			) : null}
			<Standing closed={state.closed} alone={state.alone} />
			{last ? null : <Later room={room.id} />}
			{props.silence ? <Silenced silence={props.silence} /> : null}
			{led.view ? <WhyNotNow view={led.view} /> : null}
			<div id="end" className="end" />
			<WritingLine signs={signs} />
			{writing && room.holds ? <p className="hint">{t('chat:held.room')}</p> : null}
			{writing ? (
				<RoomComposer
					formKey={formKey}
					seq={room.seq}
					language={talk.language}
					languages={talk.languages}
					crowd={talk.crowd}
					composing={state.composing}
					target={state.composing ? findPointed(state.messages, state.asides, state.composing.id) : null}
					returned={state.returned}
					trying={live && state.pending.length > 0 && connection !== 'connected' ? connection : undefined}
					unseen={unseen}
					away={away}
					result={ofMessage || ofSession ? undefined : result}
				/>
			) : null}
			{signs && !state.alone && !state.closed ? <SignsSwitch view={signs.view} /> : null}
			{room.kind === 'private' ? <Leave /> : null}
			{room.kind === 'open' && !room.namedByHer ? <ReportRoom room={room.id} /> : null}
			<KeepingLine room={room} />
		</TalkProvider>
	)
}

/** What the form was about that came back to her. */
function composingOf(result?: FormResult): Composing | null {
	const { translationOf, replyTo, language } = result?.values ?? {}
	if (typeof translationOf === 'string' && typeof language === 'string')
		return { id: translationOf, language }
	return typeof replyTo === 'string' ? { id: replyTo } : null
}

function RoomHead({
	room,
	trying,
}: {
	room: RoomPageProps['room']
	trying?: 'connected' | 'trying' | 'offline'
}) {
	const { t } = useTranslation()
	const title =
		room.kind !== 'private' ? (
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

/** The way to report a room itself: what it is called, and said to be about. */
function ReportRoom({ room }: { room: string }) {
	const { t } = useTranslation()
	return (
		<p>
			<a className="quiet-link" href={`/report/open-room/${room}`}>
				<Icon name="flag" />
				<span>{t('chat:room.report')}</span>
			</a>
		</p>
	)
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
