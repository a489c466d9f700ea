import { z } from 'zod'
import { isLanguage } from '~/platform/i18n/languages'
import { Body, Sure, Title } from '../forum.schema'

const Id = z.uuid('errors:notUnderstood')
const Language = z.string('errors:notLanguage').refine(isLanguage, 'errors:notLanguage')

/** A post and the language it is to be read in. */
export const PostInLanguage = z.object({ post: Id, language: Language })

export const Wish = PostInLanguage.extend({ wants: z.boolean() })

export const Thanks = z.object({ translation: Id, thanks: z.boolean() })

/** Draft text is kept as it is: what is wrong with it is said when she publishes it. */
export const Draft = PostInLanguage.extend({
	title: z.string().max(10_000).default(''),
	body: z.string().default(''),
})

export const Publication = PostInLanguage.extend({
	/** Only a question has one; what a form sends for an answer is not looked at. */
	title: z.string().default(''),
	body: Body,
	key: Id,
	sure: Sure,
	/** `meaning_version` of the text that stood beside hers. */
	of: z.coerce.number('errors:notUnderstood').int().min(1).max(1_000_000),
	/** When the newest other translation that she was shown was published; empty when there was none. */
	seen: z.iso.datetime('errors:notUnderstood').or(z.literal('')).default(''),
})

export const TitleOfQuestion = z.object({ title: Title })
