import { useTranslation } from 'react-i18next'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Time } from '~/ui/text'
import type { TraceEvent } from '../tools/trace.server'

const ICON: Record<TraceEvent['kind'], IconName> = {
	moved: 'arrow-right',
	merged: 'plus',
	'split-off': 'arrow-right',
	'split-from': 'arrow-left',
	locked: 'lock',
	unlocked: 'undo-2',
	pinned: 'pin',
	unpinned: 'undo-2',
}

/** What moderators changed in a topic, each step as a sentence. */
export function TopicTrace({ events }: { events: TraceEvent[] }) {
	const { t } = useTranslation()
	if (events.length === 0) return null
	return (
		<ul className="points small muted" aria-label={t('forum:trace.label')}>
			{events.map((event) => (
				<li key={event.id}>
					<Icon name={ICON[event.kind]} />
					<span>
						<Sentence event={event} /> <Time at={event.at} />
					</span>
				</li>
			))}
		</ul>
	)
}

function Sentence({ event: { kind, other, fromSpace } }: { event: TraceEvent }) {
	const { t } = useTranslation()
	if (kind === 'moved' && fromSpace) return t('forum:trace.movedFrom', { space: fromSpace })
	return (
		<>
			{t(`forum:trace.${kind}`)}
			{other ? <Other topic={other} /> : null}
		</>
	)
}

/** A topic that was merged away leads back here, so it is only named. */
function Other({ topic }: { topic: NonNullable<TraceEvent['other']> }) {
	const { t } = useTranslation()
	const title = (
		<span lang={topic.lang} dir={topic.dir}>
			<bdi>{topic.title || t('forum:topics.deleted')}</bdi>
		</span>
	)
	return <> {topic.merged ? title : <a href={`/forum/${topic.spaceId}/${topic.id}`}>{title}</a>}</>
}

/** For those who moderate the space: the way to the tools. */
export function ManageLink({ path }: { path: string }) {
	const { t } = useTranslation()
	return (
		<p>
			<a className="quiet-link" href={`${path}/manage`}>
				<Icon name="shield" />
				<span>{t('forum:manage.link')}</span>
			</a>
		</p>
	)
}
