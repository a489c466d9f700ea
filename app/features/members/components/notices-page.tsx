import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Empty, PageHead, Pager } from '~/ui/page'
import { Time } from '~/ui/text'
import type { ListedNotice } from '../notice-list.server'

/** A notice with what the feature it comes from says of it. */
export interface ShownNotice extends Pick<ListedNotice, 'id' | 'kind' | 'times' | 'at' | 'unread'> {
	topic?: { title: string; lang: string; dir: 'ltr' | 'rtl' }
	space?: string
	/** The time it is about, as it is now. */
	when?: string
}

interface NoticesProps {
	notices: ShownNotice[]
	/** Up to which notice "all" means. */
	until: string | null
	older: string | null
	first: boolean
	anyUnread: boolean
}

/** What she was told, the latest first. Looking at the list changes nothing; opening one marks it as read. */
export function NoticesPage({ notices, until, older, first, anyUnread }: NoticesProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('notices:title')}
				lead={t('notices:lead')}
				actions={until && anyUnread ? <ReadAll until={until} /> : null}
			/>
			{notices.length === 0 ? <Empty title={t('notices:none')}>{t('notices:noneText')}</Empty> : null}
			<CardList label={t('notices:title')}>
				{notices.map((notice) => (
					<NoticeCard key={notice.id} notice={notice} />
				))}
			</CardList>
			<Pager
				olderTo={older ? `/notices?before=${older}` : undefined}
				newerTo={first ? undefined : '/notices'}
			/>
		</>
	)
}

function ReadAll({ until }: { until: string }) {
	const { t } = useTranslation()
	return (
		<form method="post" action="/notices">
			<input type="hidden" name="until" value={until} />
			<Button kind="quiet" icon="check">
				{t('notices:readAll')}
			</Button>
		</form>
	)
}

function NoticeCard({ notice }: { notice: ShownNotice }) {
	const { t } = useTranslation()
	const { id, kind, times, at, unread, topic, space, when } = notice
	return (
		<Card as="li" item="notice" tone={unread ? 'new' : 'plain'}>
			<form method="post" action={`/notices/${id}`}>
				<button type="submit" className="row-link as-link">
					{unread ? (
						<>
							<span className="dot me-2" />
							<span className="sr-only">{t('common:unread.new', { count: times })} </span>
						</>
					) : null}
					{t(`notices:kinds.${kind}`, { count: times, space, when })}
				</button>
			</form>
			{topic?.title ? (
				<p className="two-lines" lang={topic.lang} dir={topic.dir}>
					{topic.title}
				</p>
			) : null}
			<p className="meta">
				<Time at={at} />
			</p>
		</Card>
	)
}
