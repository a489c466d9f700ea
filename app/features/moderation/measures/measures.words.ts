/** What a decision can hold a woman herself to; at most one of them at a time, and `apart` besides. */
export const MEASURES = ['slowed', 'muted', 'suspended', 'closed'] as const
export type MeasureKind = (typeof MEASURES)[number]

/** For how many days, as the page offers it. */
export const MEASURE_DAYS = [1, 3, 7, 30, 90] as const
/** Longer is no measure for a time: it would be `closed` under another name. */
export const DAYS_AT_MOST = 366

/** What holds for her after a decision. `days` null: until somebody ends it. */
export interface Measures {
	own: { kind: MeasureKind; days: number | null; everywhere: boolean } | null
	/** She and each woman who reported it see nothing of each other. */
	apart: boolean
}

export const NO_MEASURES: Measures = { own: null, apart: false }
