import { z } from 'zod'
import { FindPerson, OnePerson } from '~/features/members/members.schema'
import { fits, isStorable } from '~/platform/text'
import { MeasureFields } from './measures/measures.schema'
import { ACTS, REASONS, RULES, WORDS } from './moderation.words'

/** What she adds in her own words; may be empty. */
export const Words = z
	.string('errors:notUnderstood')
	.refine(isStorable, { error: 'errors:strange', abort: true })
	.transform((text) => text.normalize('NFC').trim())
	.refine((text) => fits(text, WORDS), 'errors:tooLong')
	.default('')

/** What to report comes from the address or the event; whether it exists is not the schema's to say. */
export const Report = z.object({
	kind: z.string(),
	id: z.string(),
	reason: z.enum(REASONS, 'errors:choose'),
	words: Words,
})

const { reason, words } = Report.shape

/** A person by her name here, whether or not there is anyone. */
export const ReportPerson = z.object({
	handle: FindPerson.shape.handle
		.refine((handle) => handle !== '', { error: 'errors:handleGiven', abort: true })
		.refine(isStorable, 'errors:strange'),
	reason,
	words,
})

export const OneCase = z.object({ case: z.string() })

/** What one moderator leaves for the next one. */
export const Note = OneCase.extend({ note: Words.refine((words) => words !== '', 'errors:empty') })

/** A decision that is taken back, and why; not asked of her who takes back her own of a moment ago. */
export const TakeBack = OneCase.extend({ why: Words })

/** Decisions that rest on no rule: everything stays as it is, or is answered by the first decision's own. */
const WITHOUT_RULE = ['dismiss', 'uphold', 'restore'] as const
const restsOnRule = (decision: string) => !WITHOUT_RULE.some((one) => one === decision)

/** An act answers a report, `uphold` and `restore` an appeal. What holds for the woman herself is chosen besides. */
export const Decide = z
	.object({
		case: z.string(),
		decision: z.enum([...ACTS, 'uphold', 'restore'], 'errors:choose'),
		rule: z.enum(RULES, 'errors:choose').optional(),
		words: Words,
		/** What its page showed (deciding/seen); only what is decided by no form has none. */
		shown: z.string().optional(),
		...MeasureFields,
	})
	.refine(({ decision, rule }) => !restsOnRule(decision) || rule !== undefined, {
		path: ['rule'],
		error: 'errors:choose',
	})
	// "Another rule" alone would be no reason.
	.refine(({ decision, rule, words }) => !restsOnRule(decision) || rule !== 'other-rule' || words !== '', {
		path: ['words'],
		error: 'errors:empty',
	})

/** Why, for her to read: a restriction rests on a rule; "another rule" alone would be no reason. */
const Why = { rule: z.enum(RULES, 'errors:choose'), words: Words }
const explains = ({ rule, words }: { rule: string; words: string }) => rule !== 'other-rule' || words !== ''
const UNEXPLAINED = { path: ['words'], error: 'errors:empty' }

export const Suspend = OnePerson.extend(Why).refine(explains, UNEXPLAINED)

/** Something that nobody reported, and that is not shown to anyone yet. */
export const KeepBack = z.object({ id: z.uuid('errors:notUnderstood'), ...Why }).refine(explains, UNEXPLAINED)

export const OneStatement = z.object({ statement: z.string() })

export const Appeal = z.object({ statement: z.string(), words: Words })
