import { useTranslation } from 'react-i18next'
import { formatDate, formatHowLong, formatMonths, formatNumber } from '~/platform/i18n/format'
import { Button } from '~/ui/button'
import { Form } from '~/ui/form'
import { Bdi, LanguageTag } from '~/ui/text'
import { type ListName, lastMonthOf } from '../figures'
import { type Cell, COLUMNS, type ListRow } from '../figures-rows'

/** A list of a coordinator's as a table; on phones each row is a card. */
export function FiguresTable({ list, rows }: { list: ListName; rows: ListRow[] }) {
	const { t } = useTranslation()
	const columns = COLUMNS[list]
	const acts = rows.some(({ remind }) => remind !== undefined)
	return (
		<table className="data-table">
			<thead>
				<tr>
					{columns.map((column) => (
						<th key={column} scope="col">
							{t(`rounds:column.${column}`)}
						</th>
					))}
					{acts ? (
						<th scope="col">
							<span className="sr-only">{t('rounds:remind.column')}</span>
						</th>
					) : null}
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row.id} data-item="figure">
						{row.cells.map((cell, at) => (
							<td
								key={columns[at]}
								data-label={t(`rounds:column.${columns[at]}`)}
								className={'number' in cell ? 'number' : undefined}
							>
								<CellText cell={cell} />
							</td>
						))}
						{acts ? (
							<td>
								<Remind row={row} />
							</td>
						) : null}
					</tr>
				))}
			</tbody>
		</table>
	)
}

function CellText({ cell }: { cell: Cell }) {
	const { t, i18n } = useTranslation()
	if ('name' in cell) return <Bdi>{cell.name}</Bdi>
	if ('number' in cell) return formatNumber(i18n.language, cell.number)
	if ('since' in cell) return <Lasting since={cell.since} />
	if ('until' in cell) return cell.until ? formatDate(i18n.language, cell.until) : null
	if ('quarter' in cell) return formatMonths(i18n.language, cell.quarter, lastMonthOf(cell.quarter))
	if ('word' in cell) return t(`rounds:word.${cell.word}`)
	if ('needs' in cell) {
		return (
			<ul>
				{cell.needs.map((need) => (
					<li key={need}>{t(`mentoring:need.${need}`)}</li>
				))}
			</ul>
		)
	}
	return (
		<span className="row">
			{cell.languages.map((tag) => (
				<LanguageTag key={tag} tag={tag} />
			))}
		</span>
	)
}

/** The day and how long ago that was: whoever waits eight weeks must not read as "last month". */
function Lasting({ since }: { since: Date }) {
	const { i18n } = useTranslation()
	return (
		<span>
			<time dateTime={since.toISOString()}>{formatDate(i18n.language, since)}</time> ·{' '}
			{formatHowLong(i18n.language, since, new Date())}
		</span>
	)
}

function Remind({ row }: { row: ListRow }) {
	const { t } = useTranslation()
	if (!row.remind) return <span className="muted">{t('rounds:remind.done')}</span>
	return (
		<Form>
			<input type="hidden" name="match" value={row.id} />
			<Button kind="quiet" icon="bell">
				{t('rounds:remind.go')}
			</Button>
		</Form>
	)
}
