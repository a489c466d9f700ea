import { z } from 'zod'
import { isLanguage } from '~/platform/i18n/languages'
import { isZone } from '~/platform/i18n/zones'
import { graphemes, isStorable } from '~/platform/text'
import { AnyRoom } from '../chat.schema'
import { KEEP_DAYS, MUTE_MINUTES, SESSION, SESSION_MINUTES, SLOW_SECONDS } from './session.limits'

const Id = z.uuid('errors:notUnderstood')

/** Nothing to see: blanks, joiners, marks of direction, and letters that are drawn as nothing. */
const INVISIBLE = /^[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u

const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** A text that may be empty. */
const text = ({ graphemes: most, bytes }: { graphemes: number; bytes: number }) =>
	z
		.string('errors:notUnderstood')
		// Bytes first: counting graphemes of a whole book would take a second.
		.refine((words) => bytesOf(words) <= bytes, { error: 'errors:tooLong', abort: true })
		.refine(isStorable, { error: 'errors:strangeCharacters', abort: true })
		.transform((words) => words.replaceAll('\r\n', '\n').normalize('NFC').trim())
		.transform((words) => (INVISIBLE.test(words) ? '' : words))
		.refine((words) => graphemes(words) <= most, 'errors:tooLong')

/** One line. */
export const line = (size: { graphemes: number; bytes: number }) =>
	text(size).transform((words) => words.replaceAll(/\s+/gu, ' '))

/** Choices of numbers, as forms send them. */
export const oneOf = (numbers: readonly number[]) =>
	z.enum(numbers.map(String) as [string, ...string[]], 'errors:choose').transform(Number)

/** Ticked boxes of one name: none sends nothing, one sends a text, several a list. Each counts once. */
const ticked = (value: unknown) => (value === undefined || value === '' ? [] : [...new Set([value].flat())])

export const Languages = z.preprocess(
	ticked,
	z
		.array(z.string('errors:notLanguage').refine(isLanguage, 'errors:notLanguage'), 'errors:notLanguage')
		.min(1, 'sessions:plan.noLanguage')
		.max(SESSION.languages, 'errors:tooMany'),
)

const Agenda = text(SESSION.agenda)
	.transform((words) =>
		words
			.split('\n')
			.map((step) => step.trim())
			.filter((step) => step !== ''),
	)
	.refine((steps) => steps.length <= SESSION.agendaSteps, 'errors:tooMany')

/** A day of the calendar that there is: 31 February is none. */
const isDay = (day: string) => {
	const at = new Date(`${day}T00:00:00Z`)
	return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

const Size = z
	.string('errors:notNumber')
	.trim()
	.regex(/^\d{1,3}$/, 'errors:notNumber')
	.transform(Number)
	.refine((size) => size >= SESSION.size.least && size <= SESSION.size.most, 'sessions:plan.sizeRange')

/** A session as its host plans it; date and time as the clock of `zone` shows them. */
export const PlanSession = z.object({
	name: line(SESSION.name).refine((words) => words !== '', 'errors:empty'),
	about: text(SESSION.about).default(''),
	language: z.string('errors:notLanguage').refine(isLanguage, 'errors:notLanguage'),
	date: z
		.string('sessions:plan.noDay')
		.regex(/^\d{4}-\d\d-\d\d$/, 'sessions:plan.noDay')
		.refine(isDay, 'sessions:plan.noDay'),
	time: z.string('sessions:plan.noTime').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'sessions:plan.noTime'),
	zone: z.string('errors:choose').refine(isZone, 'errors:choose'),
	minutes: oneOf(SESSION_MINUTES),
	languages: Languages,
	size: Size,
	rules: text(SESSION.rules).default(''),
	agenda: Agenda.default([]),
	keepDays: oneOf(KEEP_DAYS).default(30),
	doors: z.enum(['lobby', 'open'], 'errors:choose').default('lobby'),
	/** What nobody who is there reads waits until somebody does. */
	holds: z.literal('yes').optional(),
})

export type Plan = z.output<typeof PlanSession>

export const ChangePlan = PlanSession.extend(AnyRoom.shape)

/** Something a host does with one woman. */
export const OneInIt = AnyRoom.extend({ member: Id })

export const SetDoors = AnyRoom.extend({ doors: z.enum(['closed', 'lobby', 'open'], 'errors:choose') })
export const SetSlow = AnyRoom.extend({ seconds: oneOf(SLOW_SECONDS) })
export const SetTurns = AnyRoom.extend({ on: z.enum(['yes', 'no'], 'errors:notUnderstood') })
/** `after`: whose turn it was on her page, so that two hosts at once do not pass over somebody. */
export const CallNext = AnyRoom.extend({ after: z.union([z.literal(''), Id]).default('') })
export const SetStep = AnyRoom.extend({
	step: z
		.string('errors:notUnderstood')
		.regex(/^\d{1,2}$/, 'errors:notUnderstood')
		.transform(Number),
})
export const PinMessage = AnyRoom.extend({ id: Id })
export const MuteMember = OneInIt.extend({ minutes: oneOf(MUTE_MINUTES) })
export const WriteNote = AnyRoom.extend({ note: text(SESSION.note) })
