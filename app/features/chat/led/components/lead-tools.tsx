import { useTranslation } from 'react-i18next'
import { Bdi } from '~/ui/text'
import type { SessionView, Someone } from '../session.wire'
import { Act } from './act'

/** Who waits at the door: one by one, or all. */
export function Lobby({ lobby }: { lobby: Someone[] }) {
	const { t } = useTranslation()
	return (
		<section className="card new" aria-label={t('sessions:lead.lobby', { count: lobby.length })}>
			<p>
				<strong>{t('sessions:lead.lobby', { count: lobby.length })}</strong>
			</p>
			<ul className="stack">
				{lobby.map(({ id, handle }) => (
					<li key={id} className="waiting">
						<Bdi>{handle}</Bdi>
						<div className="actions">
							<Act intent="let-in" with={{ member: id }} icon="log-in">
								{t('sessions:lead.letIn')}
							</Act>
							<Act intent="turn-away" with={{ member: id }} kind="plain">
								{t('sessions:lead.turnAway')}
							</Act>
						</div>
					</li>
				))}
			</ul>
			{lobby.length > 1 ? (
				<Act intent="let-all-in" kind="primary">
					{t('sessions:lead.letAll')}
				</Act>
			) : null}
		</section>
	)
}

/** The tools of this minute: begin, go on, and who speaks next. */
export function Running({ view: { state, speaker, taken, hands } }: { view: SessionView }) {
	const { t } = useTranslation()
	return (
		<>
			{state === 'planned' ? (
				<Act intent="open" kind="primary" icon="play">
					{t('sessions:lead.open')}
				</Act>
			) : null}
			{state === 'paused' ? (
				<Act intent="go-on" kind="primary" icon="play">
					{t('sessions:lead.goOn')}
				</Act>
			) : null}
			{state === 'open' && hands.length > 0 && (!taken || speaker) ? (
				<Act intent="next" with={{ after: speaker?.id ?? '' }} icon="hand">
					{t('sessions:lead.next')}
				</Act>
			) : null}
		</>
	)
}

/** To stop the talk for a while, and to speak herself where one speaks at a time. */
export function Holding({ view: { state, taken, me } }: { view: SessionView }) {
	const { t } = useTranslation()
	return (
		<>
			{state === 'open' ? (
				<Act intent="pause" icon="pause">
					{t('sessions:lead.pause')}
				</Act>
			) : null}
			{state !== 'ended' && taken && !me.speaks ? (
				<Act intent="take-word">{t('sessions:lead.takeWord')}</Act>
			) : null}
		</>
	)
}
