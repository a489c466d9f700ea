import type { Actor } from '~/platform/actor'
import { csv } from '~/platform/csv'
import { AppError } from '~/platform/errors'
import { formatList, formatMonths } from '~/platform/i18n/format'
import { formatLanguage } from '~/platform/i18n/format-names'
import { fixedT } from '~/platform/i18n/i18n.server'
import { type Scope, scopeOf } from '../rounds/rounds-scope.server'
import { type Listed, listLapses, listLoad, listWaitingWomen, type Part } from './coordinator-lists.server'
import { type LastWordIn, listQuiet } from './coordinator-lists-quiet.server'
import { isList, type ListName, lastMonthOf } from './figures'
import * as figures from './figures.server'
import * as rows from './figures-rows'

const ROWS_A_PAGE = 30
/** More than a network of centres has; a file has no pages. */
const ROWS_A_FILE = 10_000

const mapped = <Row>({ rows: found, next }: Listed<Row>, row: (found: Row) => rows.ListRow) => ({
	rows: found.map(row),
	next,
})
const whole = (found: rows.ListRow[]) => ({ rows: found, next: null })

type Read = (scope: Scope, part: Part, lastWordIn: LastWordIn) => Promise<Listed<rows.ListRow>>

const READ: Record<ListName, Read> = {
	waiting: async (scope, part) => mapped(await listWaitingWomen(scope, part), rows.waitingRow),
	lapses: async (scope, part) => mapped(await listLapses(scope, part), rows.lapsesRow),
	load: async (scope, part) => mapped(await listLoad(scope, part), rows.loadRow),
	languages: async (scope) => whole((await figures.listLanguages(scope)).map(rows.languageRow)),
	quiet: async (scope, part, lastWordIn) => mapped(await listQuiet(scope, part, lastWordIn), rows.quietRow),
	feedback: async (scope) => whole((await figures.listFeedback(scope)).map(rows.feedbackRow)),
}

export interface Chart {
	/** What the bars count: keys below `rounds:column`. */
	series: string[]
	bars: { id: string; values: number[] }[]
}

async function chartOf(list: ListName, scope: Scope): Promise<Chart | null> {
	if (list === 'waiting') {
		const steps = await figures.countWaiting(scope)
		return { series: ['women'], bars: steps.map(({ key, count }) => ({ id: key, values: [count] })) }
	}
	if (list === 'load') {
		const places = await figures.countFreePlaces(scope)
		return {
			series: ['mentors'],
			bars: places.map(({ free, count }) => ({ id: String(free), values: [count] })),
		}
	}
	if (list !== 'languages') return null
	const languages = await figures.listLanguages(scope)
	return {
		series: ['waiting', 'free'],
		bars: languages.map(({ tag, waiting, free }) => ({ id: tag, values: [waiting, free] })),
	}
}

interface Query {
	list: string | null
	after: string | null
}

/**
 * One page of one of the lists coordinators look after mentoring with, and its bars. It holds names, languages, needs,
 * numbers and times; nothing that anyone wrote. Throws `not-found` for all but coordinators.
 */
export async function readFigures(actor: Actor, query: Query, lastWordIn: LastWordIn) {
	const scope = scopeOf(actor)
	const list = isList(query.list) ? query.list : 'waiting'
	const part = { after: query.after, limit: ROWS_A_PAGE }
	return {
		list,
		...(await READ[list](scope, part, lastWordIn)),
		first: query.after === null,
		chart: await chartOf(list, scope),
	}
}

const isoDay = (at: Date) => at.toISOString().slice(0, 10)

/** A cell as text: dates as numbers that sort, languages and needs in the words of the reader. */
function textOf(cell: rows.Cell, locale: string): string | number {
	const t = fixedT(locale)
	if ('name' in cell) return cell.name
	if ('number' in cell) return cell.number
	if ('since' in cell) return isoDay(cell.since)
	if ('until' in cell) return cell.until ? isoDay(cell.until) : ''
	if ('quarter' in cell) return formatMonths(locale, cell.quarter, lastMonthOf(cell.quarter))
	if ('word' in cell) return t(`rounds:word.${cell.word}`)
	if ('languages' in cell)
		return formatList(
			locale,
			cell.languages.map((tag) => formatLanguage(locale, tag)),
		)
	return formatList(
		locale,
		cell.needs.map((need) => t(`mentoring:need.${need}`)),
	)
}

/** A list as a file for a spreadsheet. Throws `not-found` for all but coordinators, and for what is no list. */
export async function figuresFile(
	actor: Actor,
	list: string | undefined,
	locale: string,
	lastWordIn: LastWordIn,
): Promise<string> {
	const scope = scopeOf(actor)
	if (!isList(list)) throw new AppError('not-found')
	const found = await READ[list](scope, { after: null, limit: ROWS_A_FILE }, lastWordIn)
	const t = fixedT(locale)
	return csv([
		rows.COLUMNS[list].map((column) => t(`rounds:column.${column}`)),
		...found.rows.map(({ cells }) => cells.map((cell) => textOf(cell, locale))),
	])
}
