import { useTranslation } from 'react-i18next'
import { formatDate } from '~/platform/i18n/format'
import { Card, CardList } from '~/ui/card'
import { IconText } from '~/ui/icon'
import { Time } from '~/ui/text'
import type { Reason } from '../moderation.words'
import { kindOf, REASON } from './labels'

export interface MyReport {
	id: string
	kind: string
	reason: Reason
	createdAt: Date
	readAt: Date | null
	open: boolean
	acted: boolean
}

/** What became of what she reported: only whether something was done, never what another woman was told. */
export function MyReports({ reports }: { reports: MyReport[] }) {
	const { t, i18n } = useTranslation()
	if (reports.length === 0) return <p className="muted">{t('moderation:mine.noReports')}</p>
	return (
		<CardList label={t('moderation:mine.reports')}>
			{reports.map((report) => (
				<Card as="li" item="report" key={report.id}>
					<div className="flex flex-col gap-2">
						<p className="meta">
							<IconText name={REASON[report.reason].icon}>{t(REASON[report.reason].label)}</IconText>
							<span>{t(kindOf(report.kind).label)}</span>
							<Time at={report.createdAt} />
						</p>
						<p>{t(stateOf(report))}</p>
						{report.readAt ? (
							<p className="muted">
								{t('moderation:mine.readOn', { date: formatDate(i18n.language, new Date(report.readAt)) })}
							</p>
						) : null}
					</div>
				</Card>
			))}
		</CardList>
	)
}

function stateOf({ open, acted }: MyReport) {
	if (open) return 'moderation:mine.waiting'
	return acted ? 'moderation:mine.acted' : 'moderation:mine.left'
}
