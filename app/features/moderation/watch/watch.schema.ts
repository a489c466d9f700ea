import { z } from 'zod'
import { isLanguage } from '~/platform/i18n/languages'
import { isStorable } from '~/platform/text'
import { ACTIONS, KINDS, TEXT_AT_MOST } from './watch.words'

/** None chosen: every language. */
const Language = z
	.literal('')
	.transform(() => null)
	.or(z.string().refine(isLanguage, 'errors:notLanguage'))
	.default(null)

export const NewRule = z.object({
	language: Language,
	kind: z.enum(KINDS, 'errors:choose'),
	text: z
		.string('errors:empty')
		.refine(isStorable, { error: 'errors:strange', abort: true })
		.transform((text) => text.normalize('NFC').trim())
		.refine((text) => text !== '', 'errors:empty')
		.refine((text) => text.length <= TEXT_AT_MOST, 'watch:refused.long'),
	action: z.enum(ACTIONS, 'errors:choose'),
})

export const OneRule = z.object({ rule: z.uuid('errors:notUnderstood') })

const TRIED_AT_MOST = 2_000

/** A sentence to try the rules on. */
export const Trial = z.object({
	sentence: z
		.string('errors:empty')
		.refine((text) => text.trim() !== '', 'errors:empty')
		.refine((text) => text.length <= TRIED_AT_MOST, 'errors:tooLong'),
	language: Language,
})
