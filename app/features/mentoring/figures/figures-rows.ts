import type { Need } from '../needs'
import { type ListName, MOODS } from './figures'

/** What stands in one place of a list, for the page and for the file alike. */
export type Cell =
	| { name: string }
	| { number: number }
	/** Since when it lasts. */
	| { since: Date }
	| { until: Date | null }
	/** Its first day. */
	| { quarter: Date }
	| { languages: string[] }
	| { needs: Need[] }
	/** A key of the catalogue, below `rounds:word`. */
	| { word: string }

export interface ListRow {
	id: string
	cells: Cell[]
	/** Whether the two of a quiet match can be reminded now. */
	remind?: boolean
}

/** The columns of each list: keys below `rounds:column`. */
export const COLUMNS: Record<ListName, readonly string[]> = {
	waiting: ['woman', 'since', 'languages', 'needs', 'state'],
	lapses: ['mentor', 'inARow', 'lately', 'state'],
	load: ['mentor', 'load', 'places', 'languages', 'validUntil', 'state'],
	languages: ['language', 'waiting', 'free'],
	quiet: ['woman', 'mentor', 'lastWord'],
	feedback: ['quarter', ...MOODS],
}

/** The words of a state, put together so that each of them is a key of the catalogue. */
const state = (word: string): Cell => ({ word })

interface Waiting {
	id: string
	handle: string
	since: Date
	languages: string[]
	needs: Need[]
	inRounds: boolean
	inView: boolean
}

export const waitingRow = (row: Waiting): ListRow => ({
	id: row.id,
	cells: [
		{ name: row.handle },
		{ since: row.since },
		{ languages: row.languages },
		{ needs: row.needs },
		state(row.inView ? 'inView' : row.inRounds ? 'inRounds' : 'looksHerself'),
	],
})

interface Lapses {
	id: string
	handle: string
	lapses: number
	lately: number
	paused: boolean
}

export const lapsesRow = (row: Lapses): ListRow => ({
	id: row.id,
	cells: [
		{ name: row.handle },
		{ number: row.lapses },
		{ number: row.lately },
		state(row.paused ? 'paused' : 'active'),
	],
})

interface Load {
	id: string
	handle: string
	load: number
	capacity: number
	languages: Record<string, unknown>
	validUntil: Date | null
	paused: boolean
	/** Approved and trained, both still valid. */
	findable: boolean
}

function loadState({ paused, findable, load, capacity }: Load) {
	if (paused) return 'paused'
	if (!findable) return 'expired'
	if (load > capacity) return 'over'
	return load === capacity ? 'full' : 'active'
}

export const loadRow = (row: Load): ListRow => ({
	id: row.id,
	cells: [
		{ name: row.handle },
		{ number: row.load },
		{ number: row.capacity },
		{ languages: Object.keys(row.languages) },
		{ until: row.validUntil },
		state(loadState(row)),
	],
})

export const languageRow = (row: { tag: string; waiting: number; free: number }): ListRow => ({
	id: row.tag,
	cells: [{ languages: [row.tag] }, { number: row.waiting }, { number: row.free }],
})

interface Quiet {
	id: string
	woman: string
	mentor: string
	quietSince: Date
	reminded: boolean
}

export const quietRow = (row: Quiet): ListRow => ({
	id: row.id,
	cells: [{ name: row.woman }, { name: row.mentor }, { since: row.quietSince }],
	remind: !row.reminded,
})

interface Feedback {
	quarter: Date
	/** How many said each mood, in steps. */
	bands: string[]
}

export const feedbackRow = ({ quarter, bands }: Feedback): ListRow => ({
	id: quarter.toISOString(),
	cells: [{ quarter }, ...bands.map(state)],
})
