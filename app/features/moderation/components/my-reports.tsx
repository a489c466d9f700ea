import { useTranslation } from 'react-i18next'
import { formatDate } from '~/platform/i18n/format'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { IconText } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Time } from '~/ui/text'
import type { Reason, ReportState } from '../moderation.words'
import { kindOf, REASON } from './labels'

export interface MyReport {
	id: string
	kind: string
	reason: Reason
	createdAt: Date
	readAt: Date | null
	state: ReportState
}

const STATE: Record<ReportState, { label: string; icon: IconName }> = {
	waiting: { label: 'reports:state.waiting', icon: 'clock' },
	looking: { label: 'reports:state.looking', icon: 'eye' },
	acted: { label: 'reports:state.acted', icon: 'check' },
	left: { label: 'reports:state.left', icon: 'check' },
	'passed-on': { label: 'reports:state.passedOn', icon: 'life-buoy' },
}

/** What became of what she reported: only whether something was done, never what another woman was told. */
export function MyReports({ reports }: { reports: MyReport[] }) {
	const { t } = useTranslation()
	return (
		<div className="stack">
			{reports.length === 0 ? (
				<p className="muted">{t('moderation:mine.noReports')}</p>
			) : (
				<CardList label={t('moderation:mine.reports')}>
					{reports.map((report) => (
						<ReportCard key={report.id} report={report} />
					))}
				</CardList>
			)}
			<div className="actions">
				<ButtonLink to="/report/person" kind="quiet" icon="flag">
					{t('reports:person.link')}
				</ButtonLink>
			</div>
		</div>
	)
}

function ReportCard({ report: { kind, reason, createdAt, readAt, state } }: { report: MyReport }) {
	const { t, i18n } = useTranslation()
	return (
		<Card as="li" item="report">
			<div className="flex flex-col gap-2">
				<p className="meta">
					<IconText name={REASON[reason].icon}>{t(REASON[reason].label)}</IconText>
					<span>{t(kindOf(kind).label)}</span>
					<Time at={createdAt} />
				</p>
				<p>
					<IconText name={STATE[state].icon}>{t(STATE[state].label)}</IconText>
				</p>
				{readAt ? (
					<p className="muted">
						{t('moderation:mine.readOn', { date: formatDate(i18n.language, new Date(readAt)) })}
					</p>
				) : null}
			</div>
		</Card>
	)
}
