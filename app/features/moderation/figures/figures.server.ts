import { asc, desc, inArray, like } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { installation, organisations } from '~/db/schema/members'
import { type Actor, holds } from '~/platform/actor'
import { csv } from '~/platform/csv'
import { AppError } from '~/platform/errors'
import { formatMonths } from '~/platform/i18n/format'
import { formatLanguage } from '~/platform/i18n/format-names'
import { fixedT } from '~/platform/i18n/i18n.server'
import { keysOf } from './closing.server'
import {
	atLeastOf,
	COUNTED,
	COUNTED_NAMES,
	type Counted,
	cellKey,
	lastMonthOf,
	PERIODS_SHOWN,
	type Period,
} from './figures'

const readPeriods = async (organisationId: string | null, counted: Counted, limit: number) => {
	const rows = await db
		.select({ value: installation.value })
		.from(installation)
		.where(like(installation.key, `${keysOf(organisationId, counted)}%`))
		.orderBy(desc(installation.key))
		.limit(limit)
	return rows.map(({ value }) => JSON.parse(value) as Period)
}

/** The organisations she leads, or coordinates alone; nothing for who coordinates the whole network. */
function ledBy({ grants }: Actor): string[] {
	const isOfAll = grants.some(({ role, organisationId }) => role === 'coordinator' && !organisationId)
	if (isOfAll) return []
	return grants.flatMap(({ role, organisationId }) =>
		(role === 'lead' || role === 'coordinator') && organisationId ? [organisationId] : [],
	)
}

/** Whether she reads figures of organisations; who reads those of everything does not. */
export const readsOwnFigures = (actor: Actor) => ledBy(actor).length > 0

interface Whole {
	organisation: { id: string; name: string } | null
}

/**
 * Whose figures she reads: everybody's, or those of her organisations' spaces, and never both: the ones subtracted from the
 * others would leave small numbers. Throws `not-found` for all but coordinators and leads.
 */
async function wholesOf(actor: Actor): Promise<Whole[]> {
	const led = ledBy(actor)
	if (led.length === 0) {
		if (!holds(actor, 'coordinator')) throw new AppError('not-found')
		return [{ organisation: null }]
	}
	const rows = await db
		.select({ id: organisations.id, name: organisations.name })
		.from(organisations)
		.where(inArray(organisations.id, led))
		.orderBy(asc(organisations.name), asc(organisations.id))
	return rows.map((organisation) => ({ organisation }))
}

const readOne = async ({ organisation }: Whole, limit: number) => ({
	organisation: organisation?.name ?? null,
	figures: await Promise.all(
		COUNTED_NAMES.map(async (counted) => ({
			counted,
			periods: await readPeriods(organisation?.id ?? null, counted, limit),
		})),
	),
})

/** What was reported and decided, in the numbers that may be shown to her. Throws `not-found` for all but coordinators and leads. */
export async function readFigures(actor: Actor) {
	const wholes = await wholesOf(actor)
	return {
		atLeast: atLeastOf(wholes[0]?.organisation?.id ?? null),
		parts: await Promise.all(wholes.map((whole) => readOne(whole, PERIODS_SHOWN))),
	}
}

export type FiguresShown = Awaited<ReturnType<typeof readFigures>>

/** More than ten years of months. */
const PERIODS_A_FILE = 150

type Line = (string | number)[]

/** The numbers of one period, each with what it is, in her language. */
function linesOf(locale: string, counted: Counted, period: Period): Line[] {
	const t = fixedT(locale)
	const wordOf = (table: string, key: string) =>
		table === 'language' && key !== 'und' ? formatLanguage(locale, key) : t(cellKey(table, key))
	const months = formatMonths(locale, new Date(period.from), lastMonthOf(period))
	const lines: Line[] = [[t('record:figures.all'), '', period.total]]
	for (const table of COUNTED[counted]) {
		const { cells, together } = period.tables[table]!
		const by = t(`record:by.${table}`)
		for (const { key, count } of cells) lines.push([by, wordOf(table, key), count])
		if (together !== null) lines.push([by, t('record:figures.together'), together])
	}
	return lines.map((line) => [months, t(`record:counted.${counted}`), ...line])
}

const COLUMNS = ['months', 'counted', 'by', 'what', 'howMany'] as const

/** The same for a spreadsheet: one line for each number. Throws `not-found` as `readFigures` does. */
export async function figuresFile(actor: Actor, locale: string) {
	const t = fixedT(locale)
	const wholes = await wholesOf(actor)
	const parts = await Promise.all(wholes.map((whole) => readOne(whole, PERIODS_A_FILE)))
	const columns = COLUMNS.map((column) => t(`record:column.${column}`))
	const isOfAll = wholes[0]?.organisation === null
	const lines = parts.flatMap(({ organisation, figures }) =>
		figures
			.flatMap(({ counted, periods }) => periods.flatMap((period) => linesOf(locale, counted, period)))
			.map((line) => (organisation === null ? line : [organisation, ...line])),
	)
	return csv([isOfAll ? columns : [t('record:column.organisation'), ...columns], ...lines])
}
