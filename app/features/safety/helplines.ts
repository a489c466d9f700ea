import type { HostCountry } from '~/features/members/host-countries'
import type { CountryHelp, Helpline } from './helpline'
import { bulgaria } from './lines/bulgaria'
import { cyprus } from './lines/cyprus'
import { france } from './lines/france'
import { greece } from './lines/greece'
import { italy } from './lines/italy'
import { norway } from './lines/norway'
import { spain } from './lines/spain'
import { sweden } from './lines/sweden'
import { unitedKingdom } from './lines/united-kingdom'

/**
 * Where to call, by country. Every value was read on the page named beside it; what was not found is not here
 * (SAFETY.md section 4). Northern Ireland, 116 016 and three older numbers were left out for that reason.
 */
export const HELPLINES: readonly CountryHelp[] = [
	bulgaria,
	cyprus,
	france,
	greece,
	italy,
	norway,
	spain,
	sweden,
	unitedKingdom,
]

/** Names in their own language for languages that helplines speak and nobody has asked to write in here yet. */
const OTHER_NAMES: Record<string, string> = { gcf: 'Kréyòl', he: 'עברית', kab: 'Taqbaylit', prs: 'دری' }

/** The language's own name, where `endonym` has none. */
export const otherName = (tag: string) => OTHER_NAMES[tag]

/** Another name of a language she may have given: Dari is written under Persian here. */
const SAME: Record<string, string> = { prs: 'fa', ary: 'ar' }
const plain = (tag: string) => SAME[tag] ?? tag

/** The line's languages, hers first. */
export function spokenBy(line: Helpline, hers: readonly string[]) {
	const known = new Set(hers.map(plain))
	const tags = line.languages ?? []
	return {
		hers: tags.filter((tag) => known.has(plain(tag))),
		others: tags.filter((tag) => !known.has(plain(tag))),
	}
}

/** The country a language of the interface points at, where it points at one. English and Arabic point nowhere. */
const COUNTRY_OF_LOCALE: Record<string, HostCountry> = {
	bg: 'BG',
	el: 'GR',
	es: 'ES',
	fr: 'FR',
	it: 'IT',
	nb: 'NO',
	sv: 'SE',
}

/** The help of every country: `own` hers, if she said where she lives or her language says it, `others` the rest. */
export function helpFor(hostCountry: string | null, locale: string) {
	const country = hostCountry ?? COUNTRY_OF_LOCALE[locale]
	return {
		own: HELPLINES.find((help) => help.country === country),
		others: HELPLINES.filter((help) => help.country !== country),
	}
}
