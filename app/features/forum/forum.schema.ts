import { z } from 'zod'
import { isLanguage } from '~/platform/i18n/languages'
import { fits, type Size } from '~/platform/text'
import { LIMITS, NOTES } from './forum.limits'

/** Marks on one letter: more than a vocalised text ever needs only hides the lines around it. */
const MARKS_AT_MOST = 12

const hasLetters = (text: string) => /[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(text)

const Text = (limit: Size) =>
	z
		.string('errors:empty')
		.transform((text) => text.normalize('NFC').trim())
		.refine(hasLetters, 'errors:empty')
		.refine((text) => fits(text, limit), 'errors:tooLong')

/** One line, without the invisible characters that turn its neighbours around. */
export const Line = (limit: Size) =>
	z
		.string('errors:empty')
		.transform((text) => text.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '').replace(/\s+/g, ' '))
		.pipe(Text(limit))
		.refine((text) => !new RegExp(`\\p{M}{${MARKS_AT_MOST + 1},}`, 'u').test(text), 'errors:strange')

export const Title = Line(LIMITS.title)

export const Body = Text(LIMITS.body)

const Language = z.string('errors:notLanguage').refine(isLanguage, 'errors:notLanguage')
/** Made by the page that holds the form, so that one form is one post however often it is sent. A form without one is sent once. */
const Key = z.uuid('errors:notUnderstood').default(() => crypto.randomUUID())

const Note = z
	.literal('')
	.transform(() => null)
	.or(z.enum(NOTES, 'errors:choose'))
	.default(null)

/** Her answer, where she was asked whether her text is in the language she said. */
const Confirmed = Language.optional().catch(undefined)

/** She was asked about a number, an address or a word of hers, and wants it to stand there. */
export const Sure = z.literal('yes').optional().catch(undefined)

export const NewTopic = z.object({
	space: z.string(),
	title: Title,
	body: Body,
	language: Language,
	confirmed: Confirmed,
	note: Note,
	alias: z.literal('yes').optional(),
	sure: Sure,
	key: Key,
})

export const NewPost = z.object({
	space: z.string(),
	topic: z.string(),
	body: Body,
	language: Language,
	confirmed: Confirmed,
	note: Note,
	/** A post that is no more is no reason to refuse what she wrote. */
	replyTo: z.uuid().optional().catch(undefined),
	/** What her form began with of that post. */
	quoted: z.string().catch(''),
	sure: Sure,
	key: Key,
})

export const EditedPost = z.object({
	space: z.string(),
	topic: z.string(),
	post: z.string(),
	title: Title.optional(),
	body: Body,
	language: Language,
	confirmed: Confirmed,
	note: Note,
	/** Spelling only: translations stay up to date. */
	minor: z.literal('yes').optional(),
	sure: Sure,
	/** The version her form began from. */
	version: z.coerce.number('errors:notUnderstood').int('errors:notUnderstood'),
})

/** A button under a post, or under its topic. */
export const OnePost = z.object({
	space: z.string(),
	topic: z.string(),
	post: z.uuid('errors:notUnderstood'),
})
export const OneTopic = z.object({ space: z.string(), topic: z.string() })
