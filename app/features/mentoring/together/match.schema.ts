import { z } from 'zod'
import { FindPerson } from '~/features/members/members.schema'
import { isLanguage } from '~/platform/i18n/languages'
import { fits, isStorable } from '~/platform/text'
import { WAYS } from '../matching/people'
import { MEETING_MINUTES, SHARED_TEXT } from '../mentoring.limits'
import { ACTS } from '../mentoring.policy'
import { isZone } from '../times/zones'

const Id = z.uuid('errors:notUnderstood')
/** Which match comes from the address: whether it is hers is not the schema's to say. */
const Match = { match: z.string('errors:notUnderstood') }
const Language = z.string('errors:notLanguage').refine(isLanguage, 'errors:notLanguage')
const Yes = z.literal('yes', 'errors:notUnderstood').optional()

/** Nothing to see: blanks, joiners, marks of direction, and letters that are drawn as nothing. */
const INVISIBLE = /^[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u

const Words = z
	.string('errors:empty')
	.refine(isStorable, { error: 'errors:strangeCharacters', abort: true })
	.transform((text) => text.replaceAll('\r\n', '\n').normalize('NFC').trim())
	.refine((text) => !INVISIBLE.test(text), 'errors:empty')
	.refine((text) => fits(text, SHARED_TEXT), 'errors:tooLong')

/** What one of the two does with their match. `quietly`: the other shall read only that it has ended. */
export const ActOnMatch = z.object({
	...Match,
	intent: z.enum(ACTS, 'errors:notUnderstood'),
	quietly: z.enum(['yes', 'no'], 'errors:choose').optional(),
})

export const OneMatch = z.object(Match)

const MINUTES = MEETING_MINUTES.map(String) as [string, ...string[]]

/** A day of the calendar that there is: 31 February is none. */
const isDay = (text: string) => {
	const at = new Date(`${text}T00:00:00Z`)
	return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** A time to meet, as the clock of `zone` shows it. */
export const ProposeMeeting = z.object({
	...Match,
	key: Id,
	date: z
		.string('errors:empty')
		.regex(/^\d{4}-\d\d-\d\d$/, 'match:when.noDay')
		.refine(isDay, 'match:when.noDay'),
	time: z.string('errors:empty').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'match:when.noTime'),
	zone: z.string('errors:choose').refine(isZone, 'errors:choose'),
	minutes: z.enum(MINUTES, 'errors:choose').transform(Number),
	how: z.enum(WAYS, 'errors:choose'),
})

export const OneMeeting = z.object({ ...Match, meeting: Id })

/** A goal, or with `goal` a step towards it. */
export const AddGoal = z.object({
	...Match,
	key: Id,
	goal: z.union([z.literal(''), Id]).optional(),
	words: Words,
	language: Language,
})
/** `done` says what it shall be, so that the same form twice changes nothing. */
export const TickGoal = z.object({ ...Match, goal: Id, done: z.enum(['yes', 'no'], 'errors:notUnderstood') })
export const OneGoal = z.object({ ...Match, goal: Id })

export const AddNote = z.object({ ...Match, key: Id, shared: Yes, words: Words, language: Language })
export const EditNote = z.object({ ...Match, note: Id, words: Words, language: Language })
export const OneNote = z.object({ ...Match, note: Id })

export const ProposeInterpreter = FindPerson.extend(Match)
export const OneSeat = z.object(Match)

export const GiveFeedback = z.object({
	...Match,
	mood: z.enum(['good', 'middling', 'bad'], 'errors:choose'),
})
