import { z } from 'zod'
import { NEEDS } from '~/features/members/needs'
import { isLanguage } from '~/platform/i18n/languages'
import { graphemes } from '~/platform/text'
import { LANGUAGE_ROWS, LEVELS, type Level, LIMITS, rankOfLevel } from './mentoring.limits'
import { ACTS, DECISIONS } from './mentoring.policy'
import { inOrder } from './needs'

const fits = (text: string) =>
	// Bytes first: counting graphemes of a whole book would take a second.
	new TextEncoder().encode(text).length <= LIMITS.words.bytes && graphemes(text) <= LIMITS.words.graphemes

/** What she writes about herself or what she asks for; none is fine. */
const Words = z
	.string('errors:notUnderstood')
	.default('')
	.transform((text) => text.normalize('NFC').trim())
	.refine(fits, 'errors:tooLong')

const Language = z.string('errors:notLanguage').refine(isLanguage, 'errors:notLanguage')

/** Boxes of one name: a browser sends none, one or several. Each counts once, in our order. */
const Needs = z.preprocess(
	(raw) => (raw === undefined ? [] : [raw].flat()),
	z
		.array(z.enum(NEEDS, 'errors:choose'), 'errors:choose')
		.max(NEEDS.length * 2, 'errors:tooMany')
		.transform(inOrder),
)

const LanguageRow = z.union([z.literal(''), Language], 'errors:notLanguage').default('')
const LevelRow = z.enum(LEVELS, 'errors:choose').default('talk')

const Rows = {
	language1: LanguageRow,
	language2: LanguageRow,
	language3: LanguageRow,
	language4: LanguageRow,
	level1: LevelRow,
	level2: LevelRow,
	level3: LevelRow,
	level4: LevelRow,
}
type RowFields = z.output<z.ZodObject<typeof Rows>>

/** Row by row; a language named twice keeps the better level, an empty row says nothing. */
function levelsByLanguage(fields: RowFields) {
	const known: Record<string, Level> = {}
	for (const row of LANGUAGE_ROWS) {
		const [tag, level] = [fields[`language${row}`], fields[`level${row}`]]
		if (tag === '') continue
		const before = known[tag]
		known[tag] = before && rankOfLevel(before) > rankOfLevel(level) ? before : level
	}
	return known
}

const CAPACITIES = Array.from({ length: LIMITS.capacity + 1 }, (_, count) => String(count)) as [string]

/** An offer to mentor, as its form sends it. */
export const OfferForm = z
	.object({
		...Rows,
		needs: Needs.refine((needs) => needs.length > 0, 'errors:chooseSome'),
		words: Words,
		language: Language,
		capacity: z.enum(CAPACITIES, 'errors:choose').transform(Number),
	})
	.refine((fields) => LANGUAGE_ROWS.some((row) => fields?.[`language${row}`]), {
		path: ['language1'],
		error: 'errors:notLanguage',
		// Said together with what else is missing, not after it.
		when: () => true,
	})
	.transform((fields) => ({
		languages: levelsByLanguage(fields),
		needs: fields.needs,
		words: fields.words,
		language: fields.language,
		capacity: fields.capacity,
	}))

/** A request to a mentor. `key` is made by the page that holds the form: one form is one request. */
export const AskForm = z.object({
	mentor: z.string('errors:notUnderstood'),
	needs: Needs,
	words: Words,
	language: Language,
	key: z.uuid('errors:notUnderstood'),
})

/** What one of the two does with their match. */
export const ActOnMatch = z.object({
	match: z.string('errors:notUnderstood'),
	intent: z.enum(ACTS, 'errors:notUnderstood'),
})

/** What a coordinator decides about an offer. */
export const DecideOffer = z.object({
	member: z.string('errors:notUnderstood'),
	intent: z.enum(DECISIONS, 'errors:notUnderstood'),
})
