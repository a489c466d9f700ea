/** A text for each plural form; a form that is not there is said as `other`. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>>

export const STEPS = [
	['year', 31_557_600],
	['month', 2_629_800],
	['week', 604_800],
	['day', 86_400],
	['hour', 3600],
	['minute', 60],
] as const satisfies readonly (readonly [string, number])[]

export type Unit = (typeof STEPS)[number][0]

interface Relative {
	/** "yesterday", by how many units from now. */
	words?: Record<string, string>
	past: Forms
	future: Forms
}

/**
 * How a language formats dates, numbers and lists: `locales/<tag>/_intl.json`, written by scripts/intl-pack.mjs. Words in
 * braces are filled in (docs/decisions/023).
 */
export interface Pack {
	/** The ICU it was taken from. */
	madeWith: string
	number: { group: string; decimal: string; minus: string; groupFrom: number; groupSize: number }
	/** As they stand inside a date; alone they can be others. */
	months: string[]
	monthsAlone?: string[]
	/** From Monday. */
	weekdays: string[]
	weekdaysInDate?: string[]
	weekdaysShort: string[]
	/** Night, morning, afternoon, evening, where times are told with it. */
	partsOfDay?: string[]
	date: string
	dateTime: string
	dayTime: string
	weekdayTime: string
	monthRange: { one: string; sameYear: string; otherYear: string }
	list: Joints & { between: string; beforeI?: Joints }
	relative: { now: string } & Record<Unit, Relative>
	units: Record<Unit, Forms>
}

interface Joints {
	two: string
	last: string
}

const packs = new Map<string, Pack>()

/** The server keeps the packs of all languages (format-packs.server.ts), a page in the browser that of its own. */
export const keepPack = (locale: string, pack: Pack) => void packs.set(locale, pack)

/** The pack of a language; "en-XA" formats as English does. */
export function packOf(locale: string): Pack {
	const pack = packs.get(locale) ?? packs.get(locale.split('-')[0]!)
	if (!pack) throw new Error(`There is no pack of formats for "${locale}".`)
	return pack
}
