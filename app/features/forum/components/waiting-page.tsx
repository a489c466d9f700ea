import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { Empty, Notice, PageHead } from '~/ui/page'
import { LanguageTag, Time } from '~/ui/text'
import type { WaitingText } from '../waiting.server'

/** What of hers a moderator looks at before anyone else: nothing of it is lost. */
export function WaitingPage({ waiting }: { waiting: WaitingText[] }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('watch:waiting.title')}
				lead={t('watch:waiting.lead')}
				back={{ to: '/forum', label: t('forum:spaces.title') }}
			/>
			{waiting.length === 0 ? <Empty title={t('watch:waiting.none')} /> : null}
			<CardList>
				{waiting.map((one) => (
					<Card as="li" key={one.id}>
						<p className="meta">
							<LanguageTag tag={one.lang} />
							<Time at={one.at} />
						</p>
						{one.title ? (
							<p lang={one.lang} dir="auto">
								<strong>{one.title}</strong>
							</p>
						) : null}
						<p className="bubble-text" lang={one.lang} dir={one.dir}>
							{one.body}
						</p>
					</Card>
				))}
			</CardList>
		</>
	)
}

/** Above the forum, as long as something of hers waits. */
export function WaitingNotice({ count }: { count: number }) {
	const { t } = useTranslation()
	if (count === 0) return null
	return (
		<Notice kind="info">
			<a href="/forum/waiting">{t('watch:waiting.count', { count })}</a>
		</Notice>
	)
}
