import type { CONTENT_NOTES } from '~/db/schema/forum'

/** Sizes a text may have: graphemes as she counts them, bytes as they are stored. Apart from Zod, for the pages. */
export const LIMITS = {
	title: { graphemes: 120, bytes: 1_000 },
	body: { graphemes: 10_000, bytes: 60_000 },
} as const

export type ContentNote = (typeof CONTENT_NOTES)[number]
/** Behind what a text is folded: its author's own note, because it was moderated, or because its reader muted its author. */
export type Fold = ContentNote | 'moderated' | 'muted'

/** What a text may be folded for; apart from the tables, for the pages. */
export const NOTES = ['violence', 'children', 'death', 'health', 'other'] as const satisfies ContentNote[]

/** Flowers that can stand for an asker, `forum:alias.<n>` in the catalogue. */
export const FLOWERS = 24

/** How long she can take back that she deleted a post; then its words are gone for good. */
export const UNDO_MINUTES = 10

/** More questions than this are "many" on the list of spaces: counting them all would take longer in a larger forum. */
export const QUESTIONS_COUNTED = 1_000

/** Sizes of a space's texts. */
export const SPACE_LIMITS = {
	name: { graphemes: 60, bytes: 600 },
	description: { graphemes: 200, bytes: 2_000 },
} as const

/** The pictures a space can have; each has its word in the catalogue. */
export const SPACE_ICONS = [
	'briefcase',
	'file-text',
	'baby',
	'book-open',
	'home',
	'heart',
	'languages',
	'users-round',
	'sprout',
	'hand',
	'flower',
	'building-2',
	'shield',
	'lock',
] as const

/** To whom a space can be open. */
export const SPACE_ACCESS = ['everyone', 'organisation', 'practitioners', 'invited'] as const
export type SpaceAccess = (typeof SPACE_ACCESS)[number]
