import { useTranslation } from 'react-i18next'
import { formatLanguage } from '~/platform/i18n/format-names'
import { ButtonLink } from '~/ui/button'
import { Card } from '~/ui/card'
import { BarChart } from '~/ui/chart'
import type { FormResult } from '~/ui/form'
import { Empty, Notice, PageHead, Pill, Pills } from '~/ui/page'
import { PagesOn } from '../../components/pages-on'
import { LISTS, type ListName } from '../figures'
import type { Chart } from '../figures-lists.server'
import type { ListRow } from '../figures-rows'
import { FiguresTable } from './figures-table'

interface FiguresPageProps {
	list: ListName
	rows: ListRow[]
	next: string | null
	first: boolean
	chart: Chart | null
	reminded: boolean
	result?: FormResult
}

const PATH = '/coordination/mentoring'

/** Where what a list shows can be changed. */
const ACTS: Partial<Record<ListName, string>> = {
	waiting: '/coordination/rounds',
	lapses: '/coordination/mentors?status=paused',
	load: '/coordination/mentors?status=vetted',
	languages: '/coordination/invitations',
}

/** Its bars are a table of all there is: the same rows a second time would only be in the way. */
const isDrawnWhole = (list: ListName) => list === 'languages'

/** How mentoring goes: who waits, which mentors are silent or full, which languages are short, which talks are quiet. */
export function FiguresPage({ list, rows, next, first, chart, reminded, result }: FiguresPageProps) {
	const { t } = useTranslation()
	const act = ACTS[list]
	return (
		<div className="stack wide-page">
			<PageHead
				title={t('rounds:figures.title')}
				lead={t('rounds:figures.lead')}
				back={{ to: '/coordination', label: t('coordination:title') }}
			/>
			<Pills label={t('rounds:figures.lists')}>
				{LISTS.map((known) => (
					<Pill key={known} to={`${PATH}?list=${known}`} current={known === list}>
						{t(`rounds:listName.${known}`)}
					</Pill>
				))}
			</Pills>
			{reminded ? <Notice kind="good" title={t('rounds:figures.reminded')} /> : null}
			{result && !result.ok ? (
				<Notice kind="care" title={t(refusalKey(result), result.details ?? {})} />
			) : null}
			<p>{t(`rounds:about.${list}`)}</p>
			{chart && (rows.length > 0 || !isDrawnWhole(list)) ? <ListChart list={list} chart={chart} /> : null}
			{rows.length === 0 ? <Empty title={t(`rounds:nothing.${list}`)} /> : null}
			{rows.length > 0 && !isDrawnWhole(list) ? <FiguresTable list={list} rows={rows} /> : null}
			<PagesOn path={`${PATH}?list=${list}`} next={next} first={first} />
			<p className="row">
				{act ? (
					<ButtonLink to={act} kind="quiet" icon="arrow-right">
						{t(`rounds:act.${list}`)}
					</ButtonLink>
				) : null}
				{rows.length > 0 ? (
					<ButtonLink to={`${PATH}/${list}`} kind="quiet" icon="download">
						{t('rounds:figures.file')}
					</ButtonLink>
				) : null}
			</p>
		</div>
	)
}

const refusalKey = ({ code, details }: FormResult) =>
	details?.reason === 'reminded' ? 'rounds:figures.remindedBefore' : `errors:${code ?? 'forbidden'}`

function ListChart({ list, chart }: { list: ListName; chart: Chart }) {
	const { t, i18n } = useTranslation()
	const label = (id: string) => {
		if (list === 'languages') return formatLanguage(i18n.language, id)
		return list === 'waiting' ? t(`rounds:waited.${id}`) : `${t('rounds:freePlaces')}: ${id}`
	}
	return (
		<Card>
			<BarChart
				caption={t(`rounds:chart.${list}`)}
				series={chart.series.map((key) => t(`rounds:column.${key}`))}
				rows={chart.bars.map(({ id, values }) => ({ id, values, label: label(id) }))}
			/>
		</Card>
	)
}
