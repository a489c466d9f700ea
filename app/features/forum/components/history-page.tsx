import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { PageHead } from '~/ui/page'
import { LanguageTag, Time } from '~/ui/text'

interface Said {
	title: string | null
	body: string
	lang: string
}

interface HistoryPageProps {
	path: string
	now: Said & { since: Date | null }
	versions: (Said & { version: number; until: Date })[]
}

/** What a post said before, the latest first; for its author and the moderators. */
export function HistoryPage({ path, now, versions }: HistoryPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('forum:history.title')}
				lead={t('forum:history.lead')}
				back={{ to: path, label: t('forum:edit.back') }}
			/>
			<CardList>
				<Version said={now} at={now.since} when={t('forum:history.now')} />
				{versions.map((said) => (
					<Version key={said.version} said={said} at={said.until} when={t('forum:history.until')} />
				))}
			</CardList>
		</>
	)
}

function Version({ said, at, when }: { said: Said; at: Date | null; when: string }) {
	return (
		<Card as="li" item="version">
			<p className="meta">
				<LanguageTag tag={said.lang} />
				<span>
					{when} {at ? <Time at={at} /> : null}
				</span>
			</p>
			{said.title ? (
				<p className="said" lang={said.lang} dir="auto">
					<strong>{said.title}</strong>
				</p>
			) : null}
			<p className="bubble-text" lang={said.lang} dir="auto">
				{said.body}
			</p>
		</Card>
	)
}
