import { z } from 'zod'
import { isLanguage } from '~/platform/i18n/languages'
import { graphemes } from '~/platform/text'
import { LIMITS } from './forum.limits'

/** Marks on one letter: more than a vocalised text ever needs only hides the lines around it. */
const MARKS_AT_MOST = 12

const fits = (text: string, limit: { graphemes: number; bytes: number }) =>
	// Bytes first: counting graphemes of a whole book would take a second.
	new TextEncoder().encode(text).length <= limit.bytes && graphemes(text) <= limit.graphemes

const hasLetters = (text: string) => /[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(text)

const Text = (limit: { graphemes: number; bytes: number }) =>
	z
		.string('errors:empty')
		.transform((text) => text.normalize('NFC').trim())
		.refine(hasLetters, 'errors:empty')
		.refine((text) => fits(text, limit), 'errors:tooLong')

/** A title: one line, without the invisible characters that turn its neighbours around. */
export const Title = z
	.string('errors:empty')
	.transform((text) => text.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '').replace(/\s+/g, ' '))
	.pipe(Text(LIMITS.title))
	.refine((text) => !new RegExp(`\\p{M}{${MARKS_AT_MOST + 1},}`, 'u').test(text), 'errors:strange')

export const Body = Text(LIMITS.body)

const Language = z.string('errors:notLanguage').refine(isLanguage, 'errors:notLanguage')
/** Made by the page that holds the form, so that one form is one post however often it is sent. */
const Key = z.uuid('errors:notUnderstood')

export const NewTopic = z.object({
	space: z.string(),
	title: Title,
	body: Body,
	language: Language,
	key: Key,
})

export const NewPost = z.object({
	space: z.string(),
	topic: z.string(),
	body: Body,
	language: Language,
	key: Key,
})
