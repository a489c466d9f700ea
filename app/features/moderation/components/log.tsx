import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { IconText } from '~/ui/icon'
import { Empty, PageHead, Pager } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'
import { kindOf, recordOf } from './labels'

export interface RecordRow {
	at: Date
	caseId: string
	action: string
	kind: string
	by: string | null
}

interface LogProps {
	records: RecordRow[]
	first: boolean
	older: string | null
}

/** What moderators did, the latest first: by whom, what, when, and never what was written. */
export function Log({ records, first, older }: LogProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('moderation:log.title')}
				lead={t('moderation:log.lead')}
				back={{ to: '/moderation', label: t('moderation:queue.title') }}
			/>
			{records.length === 0 ? <Empty title={t('moderation:queue.noneDecided')} /> : null}
			<CardList label={t('moderation:log.title')}>
				{records.map((record) => (
					<RecordCard key={`${record.caseId}-${record.action}-${record.at.getTime()}`} record={record} />
				))}
			</CardList>
			<Pager
				olderTo={older ? `/moderation/log?before=${older}` : undefined}
				newerTo={first ? undefined : '/moderation/log'}
			/>
		</>
	)
}

function RecordCard({ record }: { record: RecordRow }) {
	const { t } = useTranslation()
	const { label, icon } = recordOf(record.action, record.kind)
	return (
		<Card as="li" item="record">
			<a className="row-link" href={`/moderation/${record.caseId}`}>
				<IconText name={icon}>{t(label)}</IconText>
			</a>
			<p className="meta">
				<span>{t(kindOf(record.kind).label)}</span>
				{record.by ? <Bdi>{record.by}</Bdi> : null}
				<Time at={record.at} />
			</p>
		</Card>
	)
}
