import { z } from 'zod'
import { isUiLocale } from '~/platform/i18n/i18n.server'
import { fits, isStorable } from '~/platform/text'
import { SENTENCE } from './sentences.limits'

/** Invisible characters that turn the words around a text. */
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g
/** The spaces of a keyboard and line ends; those that keep a sign with its word stay. */
const SPACES = /[ \t\n\u2028\u2029]+/g

/** One line of text. */
const Line = (bytes: number) =>
	z
		.string('errors:notUnderstood')
		.default('')
		// Bytes first: counting the letters of a whole book would take a second.
		.refine((text) => Buffer.byteLength(text) <= bytes, { error: 'errors:tooLong', abort: true })
		.refine(isStorable, { error: 'errors:strangeCharacters', abort: true })
		.transform((text) => text.normalize('NFC').replace(TURNING, '').replace(SPACES, ' ').trim())
		.refine((text) => !/\p{Cc}|\ufeff/u.test(text), 'errors:strangeCharacters')

/** What she sends: which sentence of which language, and how she would say it. */
export const Suggest = z.object({
	formKey: z.uuid('errors:notUnderstood'),
	language: z.string('errors:notUnderstood').refine(isUiLocale, 'errors:notUnderstood'),
	key: z.string('errors:notUnderstood').max(200, 'errors:notUnderstood'),
	better: Line(SENTENCE.bytes).refine((text) => text !== '', 'errors:empty'),
	why: Line(SENTENCE.why.bytes).refine((text) => fits(text, SENTENCE.why), 'errors:tooLong'),
})

const OUTCOMES = ['taken', 'declined'] as const

export const Decide = z.object({
	sentence: z.uuid('errors:notUnderstood'),
	outcome: z.enum(OUTCOMES, 'errors:choose'),
})
