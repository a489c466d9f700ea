import { useTranslation } from 'react-i18next'
import { formatMonths, formatNumber } from '~/platform/i18n/format'
import { formatLanguage } from '~/platform/i18n/format-names'
import type { ShownCells } from '~/platform/small-cells'
import { ButtonLink } from '~/ui/button'
import { Card } from '~/ui/card'
import { Notice, PageHead, Section } from '~/ui/page'
import { COUNTED, type Counted, cellKey, lastMonthOf, type Period } from '../figures'
import type { FiguresShown } from '../figures.server'

interface FiguresProps {
	figures: FiguresShown
	/** She has more of the coordination than this and the invitations of her organisation. */
	coordinates: boolean
}

/** How moderation goes, in numbers of which none can be a single woman. */
export function ModerationFigures({ figures: { atLeast, parts }, coordinates }: FiguresProps) {
	const { t } = useTranslation()
	const isOfAll = parts.some(({ organisation }) => organisation === null)
	const isEmpty = parts.every(({ figures }) => figures.every(({ periods }) => periods.length === 0))
	return (
		<div className="stack wide-page">
			<PageHead
				title={t('record:figures.title')}
				lead={t(isOfAll ? 'record:figures.lead' : 'record:figures.leadOwn')}
				back={{
					to: coordinates ? '/coordination' : '/coordination/invitations',
					label: t('coordination:title'),
				}}
			/>
			<Notice kind="info">{t('record:figures.small', { number: atLeast })}</Notice>
			{parts.map((part) => (
				<Part key={part.organisation ?? ''} {...part} />
			))}
			{isEmpty ? null : (
				<p>
					<ButtonLink to="/coordination/moderation/file" kind="quiet" icon="download">
						{t('record:figures.file')}
					</ButtonLink>
				</p>
			)}
		</div>
	)
}

function Part({ organisation, figures }: FiguresShown['parts'][number]) {
	const { t } = useTranslation()
	return figures.map(({ counted, periods }) => (
		<Section
			key={counted}
			title={
				<>
					{t(`record:counted.${counted}`)}
					{organisation === null ? null : (
						<>
							{' · '}
							<bdi translate="no">{organisation}</bdi>
						</>
					)}
				</>
			}
		>
			{periods.length === 0 ? <p className="muted">{t('record:figures.none')}</p> : null}
			{periods.map((period) => (
				<PeriodCard key={period.from} counted={counted} period={period} />
			))}
		</Section>
	))
}

function PeriodCard({ counted, period }: { counted: Counted; period: Period }) {
	const { t, i18n } = useTranslation()
	const months = formatMonths(i18n.language, new Date(period.from), lastMonthOf(period))
	return (
		<Card item="figure">
			<h3>{months}</h3>
			<p>
				{t('common:pair', {
					name: t('record:figures.all'),
					value: formatNumber(i18n.language, period.total),
				})}
			</p>
			{COUNTED[counted].map((table) => (
				<CellTable key={table} table={table} shown={period.tables[table]!} months={months} />
			))}
		</Card>
	)
}

interface CellTableProps {
	table: string
	shown: ShownCells
	/** Said with the table's name to who hears it without the card around it. */
	months: string
}

function CellTable({ table, shown: { cells, together }, months }: CellTableProps) {
	const { t, i18n } = useTranslation()
	const wordOf = (key: string) =>
		table === 'language' && key !== 'und' ? formatLanguage(i18n.language, key) : t(cellKey(table, key))
	const rows = cells.map(({ key, count }) => ({ key, count, word: wordOf(key) }))
	if (together !== null) rows.push({ key: 'together', count: together, word: t('record:figures.together') })
	return (
		<table className="data-table">
			<caption className="sr-only">
				{t('common:pair', { name: months, value: t(`record:by.${table}`) })}
			</caption>
			<thead>
				<tr>
					<th scope="col">{t(`record:by.${table}`)}</th>
					<th scope="col" className="number">
						{t('record:column.howMany')}
					</th>
				</tr>
			</thead>
			<tbody>
				{rows.map(({ key, word, count }) => (
					<tr key={key}>
						<td data-label={t(`record:by.${table}`)}>{word}</td>
						<td data-label={t('record:column.howMany')} className="number">
							{formatNumber(i18n.language, count)}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	)
}
