import { z } from 'zod'
import { FindPerson } from '~/features/members/members.schema'
import { isLanguage } from '~/platform/i18n/languages'
import { fits, isStorable } from '~/platform/text'
import { OneCase } from '../moderation.schema'
import { TRANSLATION } from './translators.words'

/** One alone comes as a word, not as a list; from one language into itself there is nothing to translate. */
const Languages = z
	.union([z.string().transform((tag) => [tag]), z.array(z.string())], 'queue:translators.twoLanguages')
	.transform((tags) => [...new Set(tags)].sort())
	.refine((tags) => tags.every(isLanguage), 'errors:choose')
	.refine((tags) => tags.length >= 2, 'queue:translators.twoLanguages')

export const NameTranslator = FindPerson.extend({ languages: Languages })

export const EndTranslator = z.object({ member: z.uuid('errors:notUnderstood') })

export const KeepSecret = z.object({ promise: z.literal('yes', 'errors:sure') })

export const AskTranslation = OneCase.extend({
	evidence: z.uuid('errors:notUnderstood'),
	language: z.string('errors:choose').refine(isLanguage, 'errors:choose'),
})

export const OneTranslation = z.object({ translation: z.uuid('errors:notUnderstood') })

export const WriteTranslation = OneTranslation.extend({
	body: z
		.string('errors:empty')
		.refine(isStorable, { error: 'errors:strange', abort: true })
		.transform((text) => text.normalize('NFC').trim())
		.refine((text) => text !== '', 'errors:empty')
		.refine((text) => fits(text, TRANSLATION), 'errors:tooLong'),
})
