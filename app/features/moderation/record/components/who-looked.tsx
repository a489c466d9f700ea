import { useTranslation } from 'react-i18next'
import { formatDate, formatDateTime } from '~/platform/i18n/format'
import { Card, CardList } from '~/ui/card'
import { Pager, Section } from '~/ui/page'
import { Bdi } from '~/ui/text'
import type { LookedAt } from '../looks.server'

interface WhoLookedProps {
	reports: LookedAt[]
	first: boolean
	older: string | null
}

/** Who opened what she gave as evidence, and when. */
export function WhoLooked({ reports, first, older }: WhoLookedProps) {
	const { t } = useTranslation()
	return (
		<Section title={t('record:looked.title')} id="looked">
			<p>{t('record:looked.lead')}</p>
			{reports.length === 0 ? <p className="muted">{t('record:looked.nobody')}</p> : null}
			{reports.length > 0 ? (
				<CardList label={t('record:looked.title')}>
					{reports.map((report) => (
						<ReportCard key={report.id} report={report} />
					))}
				</CardList>
			) : null}
			<Pager
				olderTo={older ? `/me/data?looked=${older}#looked` : undefined}
				newerTo={first ? undefined : '/me/data#looked'}
				label={t('record:looked.title')}
			/>
		</Section>
	)
}

function ReportCard({ report: { createdAt, looks } }: { report: LookedAt }) {
	const { t, i18n } = useTranslation()
	return (
		<Card as="li" item="looked">
			<p>{t('record:looked.report', { date: formatDate(i18n.language, new Date(createdAt)) })}</p>
			<ul>
				{looks.map(({ at, role, handle }) => (
					<li key={`${at}`}>
						<time dateTime={new Date(at).toISOString()}>
							{`${formatDateTime(i18n.language, new Date(at))} UTC`}
						</time>{' '}
						· {t(`record:looked.${role}`)}
						{handle ? (
							<>
								{' '}
								<Bdi>{handle}</Bdi>
							</>
						) : null}
					</li>
				))}
			</ul>
		</Card>
	)
}
