import { useTranslation } from 'react-i18next'
import { StandingNotice } from '~/features/members/components/standing-notice'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Icon } from '~/ui/icon'
import { Columns, PageHead, Section } from '~/ui/page'
import { SaidText } from '~/ui/said'
import { LanguageTag, Time } from '~/ui/text'
import type { DayProps, TopicForHer } from '../her-day'
import { Waiting } from './waiting'

/** Her day: what waits for her, each thing with one clear next step. */
export function Day(props: DayProps) {
	const { t } = useTranslation()
	const { status, topics, wanted } = props
	return (
		<Columns aside={<Beside />}>
			<PageHead title={t('members:day.title')} />
			<div className="stack">
				<StandingNotice status={status} />
				<Waiting {...props} />
			</div>
			{topics.length > 0 ? <NewTopics topics={topics} /> : null}
			{wanted > 0 ? <Wanted count={wanted} /> : null}
			{status === 'active' ? <Rooms /> : null}
		</Columns>
	)
}

function NewTopics({ topics }: { topics: TopicForHer[] }) {
	const { t } = useTranslation()
	return (
		<Section title={t('members:day.topics')}>
			<CardList>
				{topics.map((topic) => (
					<Card as="li" item="topic" key={topic.id}>
						<h3 className="title" lang={topic.lang} dir={topic.dir}>
							<a href={`/forum/${topic.spaceId}/${topic.id}`}>{topic.title}</a>
						</h3>
						<p className="meta">
							<LanguageTag tag={topic.lang} />
							<span>
								<SaidText said={topic.space} />
							</span>
							<span>{t('forum:topics.answers', { count: topic.answers })}</span>
							<Time at={topic.lastPostAt} />
						</p>
					</Card>
				))}
			</CardList>
			<p className="day-more">
				<a href="/forum">{t('members:day.topicsAll')}</a>
			</p>
		</Section>
	)
}

/** Where her languages help another woman to read. */
function Wanted({ count }: { count: number }) {
	const { t } = useTranslation()
	return (
		<Section title={t('translation:wanted.title')}>
			<Card>
				<div className="day-card">
					<Icon name="languages" />
					<p className="day-words">{t('members:day.wanted', { count })}</p>
					<ButtonLink to="/forum/translate" kind="quiet">
						{t('members:day.wantedGo')}
					</ButtonLink>
				</div>
			</Card>
		</Section>
	)
}

function Rooms() {
	const { t } = useTranslation()
	return (
		<Section title={t('members:day.rooms')}>
			<Card>
				<div className="day-card">
					<Icon name="users-round" />
					<p className="day-words">{t('members:day.roomsText')}</p>
					<ButtonLink to="/chat" kind="quiet">
						{t('members:day.roomsGo')}
					</ButtonLink>
				</div>
			</Card>
		</Section>
	)
}

/** What helps on this page and is needed nowhere on it. */
function Beside() {
	const { t } = useTranslation()
	return (
		<Section title={t('members:day.safe')}>
			<p>{t('members:front.leave')}</p>
			<p className="day-more">
				<a href="/help#safe">{t('safety:welcome.more')}</a>
			</p>
		</Section>
	)
}
