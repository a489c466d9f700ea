import type { Refusal } from '../chat.wire'
import type { AskedAbout, Pending } from './outbox'

const NEVER_AGAIN = new Set(['invalid', 'forbidden', 'not-found', 'conflict'])

/** What becomes of a message that was refused; undefined where it may be taken a little later as it is. */
export function finalOf({ code, fields = {}, details = {} }: Refusal): Partial<Pending> | undefined {
	if (!NEVER_AGAIN.has(code) || details.why === 'slow') return undefined
	if (fields.body === 'errors:tooLong') return { final: 'tooLong' }
	if (details.contact) return { final: 'contact', contact: details.contact as AskedAbout }
	return fields.body ? { final: 'refused', why: { key: fields.body, details } } : { final: 'refused' }
}
