import type { Contact } from '~/platform/contact'

/** What she is asked about before it goes out: where somebody can be reached, or words that may hurt. */
export type AskedAbout = Contact | 'words'

/** What she says, and to what. */
export interface Words {
	body: string
	language?: string
	replyTo?: string
	translationOf?: string
	/** She was asked whether a number or an address shall really be sent. */
	sure?: boolean
}

/**
 * A message on its way. `sent`: the server has it, only the talk before it is still missing here.
 * `final`: sending it again as it is would be refused again.
 */
export interface Pending extends Words {
	key: string
	state: 'sending' | 'sent' | 'not-sent'
	final?: 'tooLong' | 'refused' | 'contact'
	/** Why it was refused: a text of the catalogue, and what it needs. */
	why?: { key: string; details: Record<string, string | number> }
	contact?: AskedAbout
}

/** Words that were not taken, back where she writes, with what they are about. */
export function backToForm({ replyTo, translationOf, language, body }: Words) {
	const id = translationOf ?? replyTo
	const composing = id ? { id, ...(translationOf && { language }) } : null
	return { returned: { body, language }, composing }
}

const isPending = (one: unknown): one is Pending =>
	typeof one === 'object' &&
	one !== null &&
	typeof (one as Pending).key === 'string' &&
	typeof (one as Pending).body === 'string'

/** What was not sent when the page was left. */
export function unpack(text: string | null): Pending[] {
	try {
		const kept: unknown = JSON.parse(text ?? '[]')
		return Array.isArray(kept) ? kept.filter(isPending) : []
	} catch {
		return []
	}
}

/** The same, to be sent again. */
export const unpackAnew = (text: string | null): Pending[] =>
	unpack(text).map((one) => (one.final ? one : { ...one, state: 'sending' }))

export const pack = (pending: readonly Pending[]) => (pending.length === 0 ? null : JSON.stringify(pending))

/** A random UUID. `crypto.randomUUID` is missing on plain http, where a trial in a local network may run. */
export function newKey(): string {
	if ('randomUUID' in crypto) return crypto.randomUUID()
	const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16))
	bytes[6] = (bytes[6]! & 0x0f) | 0x40
	bytes[8] = (bytes[8]! & 0x3f) | 0x80
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
