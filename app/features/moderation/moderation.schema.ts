import { z } from 'zod'
import { OnePerson } from '~/features/members/members.schema'
import { graphemes, isStorable } from '~/platform/text'
import { REASONS, RULES, WORDS } from './moderation.words'

// Bytes first: counting graphemes of a whole book would take a second.
const fits = (text: string) =>
	new TextEncoder().encode(text).length <= WORDS.bytes && graphemes(text) <= WORDS.graphemes

const Words = z
	.string('errors:notUnderstood')
	.refine(isStorable, { error: 'errors:strange', abort: true })
	.transform((text) => text.normalize('NFC').trim())
	.refine(fits, 'errors:tooLong')
	.default('')

/** What to report comes from the address or the event; whether it exists is not the schema's to say. */
export const Report = z
	.object({ kind: z.string(), id: z.string(), reason: z.enum(REASONS, 'errors:choose'), words: Words })
	.refine(({ reason, words }) => reason !== 'other' || words !== '', {
		path: ['words'],
		error: 'errors:empty',
	})

export const OneCase = z.object({ case: z.string() })

/** `hide` and `dismiss` answer a report, `uphold` and `restore` an appeal. */
export const Decide = z
	.object({
		case: z.string(),
		decision: z.enum(['hide', 'dismiss', 'uphold', 'restore'], 'errors:choose'),
		rule: z.enum(RULES, 'errors:choose').optional(),
		words: Words,
	})
	.refine(({ decision, rule }) => decision !== 'hide' || rule !== undefined, {
		path: ['rule'],
		error: 'errors:choose',
	})
	// "Another rule" alone would be no reason.
	.refine(({ decision, rule, words }) => decision !== 'hide' || rule !== 'other-rule' || words !== '', {
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
