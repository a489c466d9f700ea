import { z } from 'zod'
import { LANGUAGE_ROWS, LEVELS, LIMITS } from '../mentoring.limits'
import { Community, Language, LanguageRow, Needs, Ticked, Town, Words } from '../mentoring.schema'
import { NEEDS, type Need } from '../needs'
import { Hours, How, Zone } from '../times/times.schema'
import { MOVES } from './line.policy'

const boxes = (raw: unknown) => (raw === undefined ? [] : [raw].flat())

const NeedRow = z.union([z.literal(''), z.enum(NEEDS)], 'errors:choose').default('')

/** Names one under the other, each once; a line without a letter is none. */
const Names = z
	.string('errors:notUnderstood')
	.max(LIMITS.noMatch * LIMITS.name, 'errors:tooLong')
	.default('')
	.transform((text) => [...new Set(text.split('\n').map((line) => line.trim()))])
	.transform((lines) => lines.filter((line) => /[\p{L}\p{N}]/u.test(line)))
	.refine((lines) => lines.length <= LIMITS.noMatch, 'errors:tooMany')
	.refine((lines) => lines.every((line) => line.length <= LIMITS.name), 'errors:tooLong')

const Organisations = z.preprocess(
	boxes,
	z.array(z.uuid('errors:choose'), 'errors:choose').max(LIMITS.organisations, 'errors:tooMany'),
)

/** Each once, in the order in which they stand. */
const once = <T extends string>(values: readonly (T | '')[]): T[] =>
	[...new Set(values)].filter((value): value is T => value !== '')

/**
 * What she would like of a mentor, as its form sends it. Every answer may be missing. `first` to `third` put what she
 * would like help with in order; whatever else is ticked comes after it.
 */
export const WishesForm = z
	.object({
		first: NeedRow,
		second: NeedRow,
		third: NeedRow,
		needs: Needs,
		language1: LanguageRow,
		language2: LanguageRow,
		language3: LanguageRow,
		language4: LanguageRow,
		level: z.enum(LEVELS, 'errors:choose').default('understand'),
		how: How,
		hours: Hours,
		zone: Zone,
		words: Words,
		language: Language,
		town: Town,
		forgetTown: Ticked,
		community: Community,
		forgetCommunity: Ticked,
		organisations: Organisations,
		names: Names,
		forgetNames: Ticked,
		inRounds: Ticked,
	})
	.transform(({ level, how, hours, zone, words, language, organisations, names, ...fields }) => ({
		needs: once<Need>([fields.first, fields.second, fields.third, ...fields.needs]),
		languages: once<string>(LANGUAGE_ROWS.map((row) => fields[`language${row}`])),
		level,
		how,
		hours,
		zone,
		words,
		language,
		organisations,
		town: { text: fields.town, forget: fields.forgetTown },
		community: { text: fields.community, forget: fields.forgetCommunity },
		names: { lines: names, forget: fields.forgetNames },
		inRounds: fields.inRounds,
	}))

/** She looks for no mentor any more. */
export const StopForm = z.object({ intent: z.literal('stop', 'errors:notUnderstood') })

/** What she does with one of those in her line. */
export const MoveForm = z.object({
	match: z.uuid('errors:notUnderstood'),
	move: z.enum(MOVES, 'errors:notUnderstood'),
})
