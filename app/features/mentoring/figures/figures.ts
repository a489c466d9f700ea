/** The lists coordinators look after mentoring with, in the order of the page. */
export const LISTS = ['waiting', 'lapses', 'load', 'languages', 'quiet', 'feedback'] as const
export type ListName = (typeof LISTS)[number]

export const isList = (name: unknown): name is ListName => LISTS.some((known) => known === name)

/** After so many days without a word the two may need someone to ask how they are. */
export const QUIET_DAYS = 14
/** The two are reminded once in so many days at most. */
export const REMIND_EVERY_DAYS = 7
/** Fewer answers than these in one quarter could be traced to those who gave them. */
export const FEEDBACK_AT_LEAST = 5
/** How many quarters back they are shown. */
export const FEEDBACK_QUARTERS = 4

/** The last of the three months of a quarter. */
export const lastMonthOf = (quarter: Date) =>
	new Date(Date.UTC(quarter.getUTCFullYear(), quarter.getUTCMonth() + 2, 1))

/** How it was, the best first. */
export const MOODS = ['good', 'middling', 'bad'] as const
export type Mood = (typeof MOODS)[number]

/** Steps answers are counted in: keys below `rounds:word`. One answer more or less is not to be seen. */
const BANDS = [
	{ key: 'over49', from: 50 },
	{ key: 'over19', from: 20 },
	{ key: 'over9', from: 10 },
	{ key: 'over4', from: FEEDBACK_AT_LEAST },
] as const

export const bandOf = (count: number) => BANDS.find(({ from }) => count >= from)?.key ?? 'under5'
/** How far back lapsed requests are counted. */
export const LAPSED_WITHIN_DAYS = 30

/** How long women have waited, in days: each bar ends where the next one begins. */
export const WAITING_STEPS = [
	{ key: 'week', from: 0 },
	{ key: 'month', from: 7 },
	{ key: 'quarter', from: 30 },
	{ key: 'longer', from: 90 },
] as const
