import { AT_LEAST, type ShownCells } from '~/platform/small-cells'

/** What is counted, in the order of the page, and by what it is told apart. */
export const COUNTED = {
	reports: ['picture', 'language'],
	decisions: ['kind', 'clock', 'language'],
	appeals: ['end'],
} as const
export type Counted = keyof typeof COUNTED
export const COUNTED_NAMES = Object.keys(COUNTED) as Counted[]

/** How many there are at least behind each number: less of an organisation's own spaces, which only its lead reads. */
export const atLeastOf = (organisationId: string | null) =>
	organisationId === null ? AT_LEAST.outside : AT_LEAST.organisation

/** A stretch of whole months that had enough to count, closed for good: it is never counted again. */
export interface Period {
	/** Its first day, and the day after its last. */
	from: string
	to: string
	total: number
	tables: Record<string, ShownCells>
}

/** Shown at most, the latest first. */
export const PERIODS_SHOWN = 12

/** The words of a cell; languages have names of their own. */
export const cellKey = (table: string, key: string) =>
	table === 'picture' ? `reports:reason.${key}` : `record:cell.${table}.${key}`

/** The last month of a period. */
export const lastMonthOf = ({ to }: Pick<Period, 'to'>) => {
	const after = new Date(to)
	return new Date(Date.UTC(after.getUTCFullYear(), after.getUTCMonth() - 1, 1))
}

/** How many there were in a month, which is named by its first day. */
export interface MonthCount {
	month: string
	count: number
}

const afterMonth = (month: string) => {
	const first = new Date(month)
	return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1)).toISOString().slice(0, 10)
}

/**
 * Months that are over, the earliest first, put together until they have enough; what is left over waits for the months
 * to come. `since`: until when others were put together before.
 */
export function gather(months: readonly MonthCount[], since: string | null, atLeast: number) {
	const periods: Pick<Period, 'from' | 'to' | 'total'>[] = []
	let from = since ?? months[0]?.month ?? ''
	let total = 0
	for (const { month, count } of months) {
		total += count
		if (total < atLeast) continue
		periods.push({ from, to: afterMonth(month), total })
		from = afterMonth(month)
		total = 0
	}
	return periods
}
