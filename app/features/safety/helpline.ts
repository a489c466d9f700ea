import type { HostCountry } from '~/features/members/host-countries'

/** A fact about a line that a source must stand behind. */
export type Fact = 'number' | 'hours' | 'cost' | 'languages' | 'ways' | 'notes'

export interface Source {
	/** The site, as it is shown. */
	name: string
	url: string
	/** What was read there. */
	says: readonly Fact[]
}

/** Another way to reach them. `at` is a number or an address to type, where one is known. */
export interface Way {
	by: 'chat' | 'app' | 'mail' | 'text' | 'whatsapp' | 'textphone'
	at?: string
}

/** More to know about a line; texts are under `safety:note`. */
type Note = 'anonymous' | 'notOnBill' | 'adults' | 'notAllHours' | 'notPolice' | 'deafAccess'

/**
 * Somewhere to call. What no source says is left out, never guessed; the page then says that it is not known.
 * Names are those the lines go by, in their own language.
 */
export interface Helpline {
	id: string
	name: string
	/** As it is read and written down, and as it is dialled. */
	number: string
	dial: string
	/** Part of the country it is for; texts are under `safety:region`. */
	region?: 'england' | 'scotland' | 'wales'
	hours?: 'always'
	cost?: 'free' | 'low'
	/** Tags of the languages they speak themselves. */
	languages?: readonly string[]
	/** How many languages, where there are too many to name or the source only counts them. */
	languageCount?: number
	/** They call an interpreter in. */
	interpreter?: boolean
	ways?: readonly Way[]
	notes?: readonly Note[]
	sources: readonly Source[]
	/** The day somebody last compared it with its sources: YYYY-MM-DD. */
	checkedOn: string
}

/** The number for danger, free and at any hour; `advice` is a text under `safety:emergency`. */
export interface Emergency extends Pick<Helpline, 'number' | 'dial' | 'sources' | 'checkedOn'> {
	advice?: 'gbSilent' | 'grText' | 'frText'
}

export interface CountryHelp {
	country: HostCountry
	emergency: Emergency
	lines: readonly Helpline[]
}

const CHECK_AFTER_DAYS = 180
const DAY_MS = 86_400_000

export const checkedAt = (line: Pick<Helpline, 'checkedOn'>) => new Date(`${line.checkedOn}T00:00:00Z`)

/** Whether so much time has passed that the page must tell her to check. */
export const isStale = (line: Pick<Helpline, 'checkedOn'>, now: Date) =>
	now.getTime() - checkedAt(line).getTime() > CHECK_AFTER_DAYS * DAY_MS
