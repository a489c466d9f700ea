import { randomUUID } from 'node:crypto'
import type { Actor } from '~/platform/actor'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'

/** What a form to write in starts with: a fresh key, and her languages before all others. */
export function startWriting(actor: Actor, locale: string) {
	const hers = [locale, ...actor.speaks, ...actor.reads]
	return { key: randomUUID(), language: locale, languages: [...new Set([...hers, ...LANGUAGE_TAGS])] }
}
