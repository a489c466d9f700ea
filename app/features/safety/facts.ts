import type { IconName } from '~/ui/icons'

/** Something she must know about staying safe here; the texts are keys of the catalogue. */
export interface SafetyFact {
	icon: IconName
	title: string
	text: string
}

const leave: SafetyFact = {
	icon: 'door-open',
	title: 'safety:facts.leaveTitle',
	text: 'safety:facts.leaveText',
}
const history: SafetyFact = {
	icon: 'history',
	title: 'safety:facts.historyTitle',
	text: 'safety:facts.historyText',
}
const tabs: SafetyFact = { icon: 'copy', title: 'safety:facts.tabsTitle', text: 'safety:facts.tabsText' }
const watched: SafetyFact = {
	icon: 'eye',
	title: 'safety:facts.watchedTitle',
	text: 'safety:facts.watchedText',
}
const shared: SafetyFact = {
	icon: 'smartphone',
	title: 'safety:facts.sharedTitle',
	text: 'safety:facts.sharedText',
}

/** The five that every woman reads before the first page that could tell on her (SAFETY.md S6). */
export const FIRST_FACTS: readonly SafetyFact[] = [leave, history, tabs, watched, shared]

/** What leaving does. */
export const LEAVING_DOES: readonly SafetyFact[] = [
	leave,
	{ icon: 'key-round', title: 'safety:facts.keysTitle', text: 'safety:facts.keysText' },
	{ icon: 'undo-2', title: 'safety:facts.backTitle', text: 'safety:facts.backText' },
]

/** What leaving cannot do. */
export const LEAVING_CANNOT: readonly SafetyFact[] = [
	history,
	tabs,
	watched,
	{ icon: 'printer', title: 'safety:facts.savedTitle', text: 'safety:facts.savedText' },
	{ icon: 'messages-square', title: 'safety:facts.writtenTitle', text: 'safety:facts.writtenText' },
]

/** What she can do herself. */
export const YOU_CAN: readonly SafetyFact[] = [
	shared,
	{ icon: 'eye-off', title: 'safety:facts.privateTitle', text: 'safety:facts.privateText' },
	{ icon: 'building-2', title: 'safety:facts.otherTitle', text: 'safety:facts.otherText' },
	{ icon: 'map-pin', title: 'safety:facts.placeTitle', text: 'safety:facts.placeText' },
]
