import type { z } from 'zod'
import type { Tx } from '~/db/client.server'
import type { WORDED_KINDS } from '~/db/schema/wording'
import type { Said } from '~/platform/i18n/chain'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'

export type WordedKind = (typeof WORDED_KINDS)[number]

/** How far a text is in one language, what lacks most first. */
export const WORDING_STATES = ['missing', 'outdated', 'drafted', 'done'] as const
export type WordingState = (typeof WORDING_STATES)[number]

/** Every name a text can have in a form. */
export const WORDED_FIELDS = ['name', 'description', 'points', 'news', 'text', 'about'] as const
export type FieldName = (typeof WORDED_FIELDS)[number]

/** One of the texts that things of a kind have. */
export interface WordedField {
	name: FieldName
	/** Catalogue key of what stands above it. */
	label: string
	/** What may be written in it; not asked where it is left empty. */
	schema: z.ZodType<string>
	/** Sentences, and not one line. */
	long?: true
	/** One on each line, as many as the source has. */
	points?: true
	/** Nobody misses it. */
	optional?: true
	/** Its source is the name on a door, in whatever language, and not the text in English. */
	door?: true
}

/** One text in all its languages. */
export interface WordedText {
	/** What the others are written from. */
	source: string
	/** By locale tag. */
	texts: Readonly<Record<string, string>>
	/** What the catalogue says where nothing else is written, and from which source. */
	shipped?: { source: string; texts: Readonly<Record<string, string>> }
}

/** One thing with its texts. */
export interface WordedItem {
	id: string
	/** What it is called on the pages of coordinators: a text of its own, the name on its door, or a catalogue key. */
	title: Said | { name: string } | { key: string }
	texts: Readonly<Partial<Record<FieldName, WordedText>>>
	/** Languages in which nothing may be changed here (any more). */
	closed?: readonly string[]
}

/**
 * How the screen of texts reaches what a feature keeps in several languages, without knowing it: each feature hands in
 * one, and the routes pass them on (app/routes/worded.server.ts).
 */
export interface Worded {
	kind: WordedKind
	/** Catalogue key of what the things are called together. */
	title: string
	fields: readonly WordedField[]
	/** All of them, named along the reader's languages. */
	items(chain: readonly string[]): Promise<WordedItem[]>
	/** One of them, locked until the transaction ends. */
	lock(tx: Tx, id: string): Promise<WordedItem | undefined>
	/** Puts its texts in a language in the place of those there were; an empty one goes. */
	write(
		tx: Tx,
		id: string,
		locale: string,
		texts: Readonly<Partial<Record<FieldName, string>>>,
	): Promise<void>
	/** Called after COMMIT, where something of it is kept in memory. */
	written?(): Promise<void>
}

/** Whether a field's text in this language is what the others are written from. */
export const isSource = ({ door }: Pick<WordedField, 'door'>, locale: string) =>
	!door && locale === FALLBACK_LOCALE

/** What is shown in a language: the community's own words, else the catalogue's. */
export const textIn = ({ texts, shipped }: WordedText, locale: string): string =>
	texts[locale] || shipped?.texts[locale] || ''

/** These texts with one more, or without it where it is empty. */
export function withText(texts: Readonly<Record<string, string>>, locale: string, text: string) {
	const { [locale]: _before, ...others } = texts
	return text ? { ...others, [locale]: text } : others
}
