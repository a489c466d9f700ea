import { z } from 'zod'
import { WORDED_KINDS } from '~/db/schema/wording'
import { isUiLocale } from '~/platform/i18n/i18n.server'
import { isStorable } from '~/platform/text'
import { WORDED_FIELDS } from './worded'

/** More than the longest of all texts takes. */
const BYTES = 50_000

const Text = z
	.string('errors:notUnderstood')
	.default('')
	.refine((text) => Buffer.byteLength(text) <= BYTES, { error: 'errors:tooLong', abort: true })
	.refine(isStorable, { error: 'errors:strangeCharacters', abort: true })
	.transform((text) => text.trim())

const Texts = z.object(
	Object.fromEntries(WORDED_FIELDS.map((name) => [name, Text])) as Record<
		(typeof WORDED_FIELDS)[number],
		typeof Text
	>,
)

/** Which texts: of what, and in which language. */
export const Which = z.object({
	kind: z.enum(WORDED_KINDS, 'errors:notUnderstood'),
	item: z.string('errors:notUnderstood').max(64, 'errors:notUnderstood'),
	locale: z.string('errors:notLanguage').refine(isUiLocale, 'errors:notLanguage'),
	/** Mark of the sources and texts her page showed: neither another's words nor a new source are passed over. */
	seen: z.string('errors:notUnderstood').max(64, 'errors:notUnderstood'),
})

/** What the form of a thing in one language sends; which of the texts it has depends on its kind. */
export const Wording = Which.extend({
	state: z.enum(['drafted', 'done'], 'errors:choose'),
	...Texts.shape,
})
