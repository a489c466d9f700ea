import { randomUUID } from 'node:crypto'
import type { Actor } from '~/platform/actor'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { lastLanguage } from './posts.server'

/** What a form to write in starts with: a fresh key, and her languages before all others. */
export async function startWriting(actor: Actor, locale: string) {
	const language = (await lastLanguage(actor)) ?? locale
	const hers = [language, locale, ...actor.speaks, ...actor.reads]
	return { key: randomUUID(), language, languages: [...new Set([...hers, ...LANGUAGE_TAGS])] }
}
