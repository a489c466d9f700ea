import { useTranslation } from 'react-i18next'
import type { FormResult } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Notice, PageHead, Section } from '~/ui/page'
import type { SessionCard } from '../cards.server'
import { EARLY_MINUTES } from '../session.limits'
import { Act, Refused } from './act'
import { ReportTalk } from './report-talk'
import { SessionFacts } from './session-cards'

interface DoorPageProps {
	card: SessionCard
	rules: string
	result?: FormResult
}

/** Before a session: what it is, what is asked of whoever comes, and the way in. */
export function DoorPage({ card, rules, result }: DoorPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={
					<span lang={card.lang} dir={card.dir}>
						{card.name}
					</span>
				}
				back={{ to: '/chat', label: t('chat:room.back') }}
			/>
			<Refused result={result} />
			<div className="stack">
				{card.about ? (
					<p lang={card.lang} dir={card.dir}>
						{card.about}
					</p>
				) : null}
				<SessionFacts session={card} />
				{rules ? (
					<Section title={t('sessions:door.rules')}>
						<p className="whitespace-pre-line" lang={card.lang} dir={card.dir}>
							{rules}
						</p>
					</Section>
				) : null}
				{card.hers === 'waiting' ? <Waiting room={card.id} /> : <WayIn card={card} />}
				{card.state === 'ended' ? null : (
					<p>
						<ReportTalk room={card.id} />
					</p>
				)}
			</div>
		</>
	)
}

function WayIn({ card: { doors, state, places } }: { card: SessionCard }) {
	const { t } = useTranslation()
	if (state === 'ended') return null
	if (doors === 'closed') {
		const text =
			state === 'planned'
				? t('sessions:door.early', { minutes: EARLY_MINUTES })
				: t('sessions:why.doorsClosed')
		return <Notice kind="info">{text}</Notice>
	}
	if (doors === 'open' && places === 0) return <Notice kind="info">{t('sessions:why.full')}</Notice>
	return (
		<>
			<p>{t(doors === 'open' ? 'sessions:door.openText' : 'sessions:door.lobbyText')}</p>
			<Act intent="come" kind="primary" icon="door-open">
				{t(doors === 'open' ? 'sessions:door.comeIn' : 'sessions:door.comeToLobby')}
			</Act>
		</>
	)
}

function Waiting({ room }: { room: string }) {
	const { t } = useTranslation()
	return (
		<>
			<Notice kind="good" title={t('sessions:card.waiting')}>
				<p>{t('sessions:door.waitText')}</p>
			</Notice>
			<p>
				<a className="quiet-link" href={`/chat/${room}`} data-look-again="">
					<Icon name="history" />
					<span>{t('sessions:door.again')}</span>
				</a>
			</p>
			<Act intent="go-away">{t('sessions:door.goAway')}</Act>
		</>
	)
}
