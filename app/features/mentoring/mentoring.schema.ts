import { z } from 'zod'
import { isLanguage } from '~/platform/i18n/languages'
import { fits } from '~/platform/text'
import { HOME_COUNTRIES } from './finding/home-countries'
import { LIMITS } from './mentoring.limits'
import { inOrder, NEEDS } from './needs'

/** What she writes about herself or what she asks for; none is fine. */
export const Words = z
	.string('errors:notUnderstood')
	.default('')
	.transform((text) => text.normalize('NFC').trim())
	.refine((text) => fits(text, LIMITS.words), 'errors:tooLong')

/** A language we know, by its tag. */
export const Language = z.string('errors:notLanguage').refine(isLanguage, 'errors:notLanguage')

/** Boxes of one name: a browser sends none, one or several. Each counts once, in our order. */
export const Needs = z.preprocess(
	(raw) => (raw === undefined ? [] : [raw].flat()),
	z
		.array(z.enum(NEEDS, 'errors:choose'), 'errors:choose')
		.max(NEEDS.length * 2, 'errors:tooMany')
		.transform(inOrder),
)

/** A request to a mentor. `key` is made by the page that holds the form: one form is one request. */
export const AskForm = z.object({
	mentor: z.string('errors:notUnderstood'),
	needs: Needs,
	words: Words,
	language: Language,
	key: z.uuid('errors:notUnderstood'),
})

/** A row of a list of languages, which may stay empty. */
export const LanguageRow = z.union([z.literal(''), Language], 'errors:notLanguage').default('')

/** One box to tick. */
export const Ticked = z
	.literal('yes', 'errors:notUnderstood')
	.optional()
	.transform((value) => value === 'yes')

/** A town, in any script; punctuation alone is none. Kept only as a keyed hash. */
export const Town = z
	.string('errors:notUnderstood')
	.max(LIMITS.town, 'errors:tooLong')
	.default('')
	.transform((text) => (/[\p{L}\p{N}]/u.test(text) ? text : ''))

/** A country of origin, by its ISO code; none is fine. Kept only as a keyed hash. */
export const Community = z
	.union([z.literal(''), z.enum(HOME_COUNTRIES as [string])], 'errors:choose')
	.default('')
