import type { Contact } from '~/platform/contact'

type Find = (text: string) => Contact | null

let find: Find | undefined
let coming = false

/** Fetches the rules when she begins to write: they are long, and to read them takes a phone a tenth of a second. */
export function fetchContactRules() {
	if (coming) return
	coming = true
	void import('~/platform/contact').then(
		({ contactIn }) => {
			find = contactIn
		},
		// No network: with the next letter again. Until they are here the server asks.
		() => {
			coming = false
		},
	)
}

/** What a text gives away of where somebody can be reached, as far as the rules are here. */
export const contactIn: Find = (text) => find?.(text) ?? null
