import type { FocusEvent, FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import type { FormResult } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Disclosure, Notice } from '~/ui/page'
import { Bdi } from '~/ui/text'
import type { Message } from '../../chat.wire'
import type { SessionView } from '../session.wire'
import { Act, Refused } from './act'
import { Holding, Lobby, Running } from './lead-tools'
import { ReportTalk } from './report-talk'

interface SessionHeadProps {
	room: string
	view: SessionView
	/** Does what a form says without leaving the page, where the page is alive. */
	act?: (event: FormEvent<HTMLElement>) => void
	result?: FormResult
}

/** Whoever goes on with the keyboard sees what she comes to: the open fold does not lie over it. */
function closeBehind({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) {
	if (relatedTarget && !currentTarget.contains(relatedTarget))
		currentTarget.querySelector('details')?.removeAttribute('open')
}

/**
 * Above the talk of a session, and in sight while she reads on: how it stands, what is pinned, whose turn it is, and
 * what is needed this minute. All else is in one fold, so that on a phone the talk has most of the screen.
 */
export function SessionHead({ room, view, act, result }: SessionHeadProps) {
	const { t } = useTranslation()
	const { host, pinned, step } = view
	return (
		<div className="session-head" data-item="session-head" onSubmit={act}>
			<Refused result={result} />
			<Standing view={view} />
			{host && host.lobby.length > 0 ? <Lobby lobby={host.lobby} /> : null}
			{pinned ? <Pinned message={pinned} /> : null}
			{step === null ? null : <Step view={view} step={step} />}
			<Turn view={view} />
			{/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears what its own fold and buttons do */}
			<div className="session-strip" onBlur={closeBehind}>
				<Disclosure summary={t(host ? 'sessions:room.tools' : 'sessions:room.more')}>
					<div className="stack">
						{host ? <HostTools room={room} view={view} /> : null}
						<Agenda view={view} />
						<People view={view} />
						{host ? null : <ReportTalk room={room} />}
						{view.me.role === 'host' || view.state === 'ended' ? null : <Leave />}
					</div>
				</Disclosure>
				{host ? <Running view={view} /> : <Hand view={view} />}
			</div>
		</div>
	)
}

function Standing({ view: { state, pausedBy, slowSeconds, oneAtATime } }: { view: SessionView }) {
	const { t } = useTranslation()
	const paused = pausedBy === 'away' ? 'sessions:state.away' : 'sessions:state.paused'
	return (
		<div role="status" className="stack">
			{state === 'open' ? null : (
				<Notice kind="info">{t(state === 'paused' ? paused : `sessions:state.${state}`)}</Notice>
			)}
			{state !== 'ended' && (slowSeconds > 0 || oneAtATime) ? (
				<p className="meta">
					{slowSeconds > 0 ? <span>{t('sessions:room.slow', { seconds: slowSeconds })}</span> : null}
					{oneAtATime ? <span>{t('sessions:room.oneAtATime')}</span> : null}
				</p>
			) : null}
		</div>
	)
}

/** What a host needs less often, and the way to everything else. */
function HostTools({ room, view }: { room: string; view: SessionView }) {
	const { t } = useTranslation()
	return (
		<div className="actions">
			<Holding view={view} />
			<Hand view={view} />
			<ButtonLink to={`/chat/${room}/lead`} kind="quiet" icon="settings">
				{t('sessions:lead.title')}
			</ButtonLink>
		</div>
	)
}

function Pinned({ message }: { message: Message }) {
	const { t } = useTranslation()
	return (
		<aside className="pinned" aria-label={t('sessions:room.pinned')}>
			<a className="quote" href={`#m-${message.id}`}>
				<Icon name="pin" />
				<span>
					<span className="sr-only">{t('sessions:room.pinned')}</span>{' '}
					<Bdi>{message.author ?? t('chat:formerMember')}</Bdi>
					{message.folded ? (
						<span className="quote-words">{t('chat:folded')}</span>
					) : (
						<span className="quote-words" lang={message.lang ?? undefined} dir={message.dir}>
							{message.body}
						</span>
					)}
				</span>
			</a>
		</aside>
	)
}

/** Where they are in the plan of the talk. */
function Step({ view: { agenda, lang, dir }, step }: { view: SessionView; step: number }) {
	const { t } = useTranslation()
	return (
		<p className="session-step">
			<span className="muted">{t('sessions:room.step', { number: step + 1, of: agenda.length })}</span>
			<bdi lang={lang} dir={dir}>
				{agenda[step]}
			</bdi>
		</p>
	)
}

/** Whose turn it is, and who comes next. */
function Turn({ view: { me, state, speaker, taken, hands } }: { view: SessionView }) {
	const { t } = useTranslation()
	if (state === 'ended') return null
	return (
		<div className="session-turn" role="status">
			{me.speaks ? <Notice kind="good">{t('sessions:room.yourTurn')}</Notice> : null}
			{taken && !me.speaks ? (
				<p>
					{t('sessions:room.speaks')} <Bdi>{speaker?.handle ?? t('sessions:room.someone')}</Bdi>
				</p>
			) : null}
			{me.next ? <Notice kind="good">{t('sessions:room.next')}</Notice> : null}
			{hands.length > 0 ? (
				<div className="hands">
					<span>{t('sessions:room.hands')}</span>
					<ol aria-label={t('sessions:room.hands')}>
						{hands.map(({ id, handle }) => (
							<li key={id}>
								<Bdi>{handle}</Bdi>
							</li>
						))}
					</ol>
				</div>
			) : null}
		</div>
	)
}

/** Her own hand. */
function Hand({ view: { me, state } }: { view: SessionView }) {
	const { t } = useTranslation()
	if (state === 'ended') return null
	if (me.handUp || me.speaks)
		return <Act intent="lower">{t(me.speaks ? 'sessions:room.done' : 'sessions:room.lower')}</Act>
	if (me.why === 'muted') return null
	return (
		<Act intent="raise" icon="hand">
			{t('sessions:room.raise')}
		</Act>
	)
}

function Agenda({ view: { agenda, step, lang, dir, rules } }: { view: SessionView }) {
	const { t } = useTranslation()
	return (
		<>
			{agenda.length > 0 ? (
				<div>
					<p>
						<strong>{t('sessions:room.agenda')}</strong>
					</p>
					<ol className="steps" lang={lang} dir={dir}>
						{agenda.map((text, at) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: two steps may read alike, and their order is what they are
							<li key={at} aria-current={at === step ? 'step' : undefined}>
								{at === step ? <strong>{text}</strong> : text}
							</li>
						))}
					</ol>
				</div>
			) : null}
			{rules ? (
				<Disclosure summary={t('sessions:door.rules')} icon="scale">
					<p className="whitespace-pre-line" lang={lang} dir={dir}>
						{rules}
					</p>
				</Disclosure>
			) : null}
		</>
	)
}

function People({ view: { people, places, state } }: { view: SessionView }) {
	const { t } = useTranslation()
	return (
		<Disclosure summary={t('sessions:room.people', { count: people.length })} icon="users-round">
			<ul className="stack">
				{people.map(({ id, handle, role }) => (
					<li key={id}>
						<Bdi>{handle}</Bdi>{' '}
						{role === 'member' ? null : <span className="muted">{t(`sessions:role.${role}`)}</span>}
					</li>
				))}
			</ul>
			{state === 'ended' ? null : (
				<p className="muted">
					{places > 0 ? t('sessions:card.places', { count: places }) : t('sessions:card.full')}
				</p>
			)}
		</Disclosure>
	)
}

/** Above where she writes: why it cannot go out now. What she has written stays. */
export function WhyNotNow({ view: { me } }: { view: SessionView }) {
	const { t } = useTranslation()
	// A pause is told above the talk, where it stays in sight.
	if (me.why === null || me.why === 'ended' || me.why === 'paused') return null
	return <Notice kind="info">{t(`sessions:why.${me.why}`, { count: me.count })}</Notice>
}

function Leave() {
	const { t } = useTranslation()
	return (
		<Disclosure summary={t('sessions:room.leave')}>
			<p>{t('sessions:room.leaveText')}</p>
			<Act intent="leave-session" kind="danger" icon="log-out">
				{t('sessions:room.leave')}
			</Act>
		</Disclosure>
	)
}
