import type { Translated } from '~/db/schema/forum'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'

/**
 * What staff wrote about a place, in every language it has, as one text for a moderator. Its language is known only where
 * it has one.
 */
export function inAllLanguages(...texts: (Translated | null)[]) {
	const tags = [...new Set(texts.flatMap((text) => Object.keys(text ?? {})))]
	const body = tags
		.map((tag) =>
			texts
				.map((text) => text?.[tag])
				.filter(Boolean)
				.join('\n'),
		)
		.join('\n\n')
	const lang = tags.length === 1 ? tags[0]! : null
	return { body, lang, dir: directionOf(body, dirOf(lang ?? 'en')) }
}
