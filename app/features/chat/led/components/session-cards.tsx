import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Icon } from '~/ui/icon'
import { OtherDay } from '~/ui/other-day'
import { Empty, Section } from '~/ui/page'
import { Bdi, LanguageTag } from '~/ui/text'
import type { SessionCard } from '../cards.server'

interface SessionListsProps {
	coming: SessionCard[]
	past: SessionCard[]
	mayPlan: boolean
}

/** Sessions she may come to, and those she was in. */
export function SessionLists({ coming, past, mayPlan }: SessionListsProps) {
	const { t } = useTranslation()
	return (
		<>
			<Section title={t('sessions:list.title')}>
				<div className="stack">
					{coming.length === 0 ? <Empty title={t('sessions:list.none')} /> : null}
					<Cards sessions={coming} label={t('sessions:list.title')} />
					{mayPlan ? (
						<p className="actions">
							<ButtonLink to="/chat/new" kind="quiet" icon="calendar-plus">
								{t('sessions:list.plan')}
							</ButtonLink>
						</p>
					) : null}
				</div>
			</Section>
			{past.length > 0 ? (
				<Section title={t('sessions:list.past')}>
					<Cards sessions={past} label={t('sessions:list.past')} />
				</Section>
			) : null}
		</>
	)
}

function Cards({ sessions, label }: { sessions: SessionCard[]; label: string }) {
	if (sessions.length === 0) return null
	return (
		<CardList label={label}>
			{sessions.map((session) => (
				<Card as="li" item="session" key={session.id}>
					<a className="row-link" href={`/chat/${session.id}`}>
						<Icon name="calendar-days" className="row-icon" />
						<span className="row-title" lang={session.lang} dir={session.dir}>
							{session.name}
						</span>
					</a>
					<SessionFacts session={session} />
				</Card>
			))}
		</CardList>
	)
}

/** When, how long, in which languages, with whom, and whether there is a place. */
export function SessionFacts({ session }: { session: SessionCard }) {
	const { t } = useTranslation()
	const over = session.state === 'ended'
	return (
		<>
			<p>
				<time dateTime={session.startsAt}>
					{t('sessions:card.when', { when: session.when, zone: session.zone })}
				</time>
			</p>
			<OtherDay day={session.otherDay} />
			<p className="meta">
				<span>{t('sessions:card.minutes', { count: session.minutes })}</span>
				{session.languages.map((tag) => (
					<LanguageTag key={tag} tag={tag} />
				))}
			</p>
			{session.hosts.length > 0 ? (
				<p className="meta">
					<span className="muted">{t('sessions:card.ledBy')}</span>
					{session.hosts.map(({ id, handle }) => (
						<span key={id}>
							<Bdi>{handle}</Bdi>
						</span>
					))}
				</p>
			) : null}
			<p className="meta">
				<strong>{t(`sessions:card.${standingOf(session)}`)}</strong>
				{over ? null : (
					<span>
						{session.places > 0
							? t('sessions:card.places', { count: session.places })
							: t('sessions:card.full')}
					</span>
				)}
			</p>
			{session.hers && !over ? (
				<p className="with-icon">
					<Icon name="check" />
					<span>{t(`sessions:card.${session.hers}`)}</span>
				</p>
			) : null}
		</>
	)
}

/** How it stands, in a word for whoever is outside. */
function standingOf({ state, calledOff, doors }: SessionCard) {
	if (calledOff) return 'calledOff'
	if (state === 'ended') return 'ended'
	if (doors === 'open') return 'doorsOpen'
	if (doors === 'lobby') return 'doorsLobby'
	return state === 'planned' ? 'planned' : 'doorsClosed'
}
