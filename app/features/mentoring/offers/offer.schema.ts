import { z } from 'zod'
import { LANGUAGE_ROWS, LEVELS, type Level, LIMITS, rankOfLevel } from '../mentoring.limits'
import { Community, Language, LanguageRow, Needs, Ticked, Town, Words } from '../mentoring.schema'
import { Hours, How, Zone } from '../times/times.schema'
import { DECISIONS } from './vetting.policy'

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
		needs: Needs.refine((needs) => needs.length > 0, 'mentoring:offer.needsMissing'),
		how: How,
		hours: Hours,
		zone: Zone,
		words: Words,
		language: Language,
		capacity: z.enum(CAPACITIES, 'errors:choose').transform(Number),
		town: Town,
		forgetTown: Ticked,
		community: Community,
		forgetCommunity: Ticked,
		agree: Ticked,
	})
	.refine((fields) => LANGUAGE_ROWS.some((row) => fields?.[`language${row}`]), {
		path: ['language1'],
		error: 'errors:notLanguage',
		// Said together with what else is missing, not after it.
		when: () => true,
	})
	.transform(({ needs, how, hours, zone, words, language, capacity, ...fields }) => ({
		languages: levelsByLanguage(fields),
		needs,
		how,
		hours,
		zone,
		words,
		language,
		capacity,
		town: { text: fields.town, forget: fields.forgetTown },
		community: { text: fields.community, forget: fields.forgetCommunity },
		agree: fields.agree,
	}))

/** What she does about being found. */
export const PauseForm = z.object({ intent: z.enum(['pause', 'resume'], 'errors:notUnderstood') })

/** What a coordinator decides about an offer. */
export const DecideOffer = z.object({
	member: z.string('errors:notUnderstood'),
	intent: z.enum(DECISIONS, 'errors:notUnderstood'),
	reference: Words,
	/** In whose name she says yes; asked only of those who could do so for several. */
	organisation: z.string('errors:chooseOrganisation').default(''),
})
