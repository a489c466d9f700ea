import type { spaces } from '~/db/schema/forum'
import { isLookedAtFirst } from '~/features/members/vouching/beginning.server'
import { screen } from '~/features/moderation/screening.server'
import type { Actor } from '~/platform/actor'
import { languageOf } from './text-language.server'

interface Said {
	title?: string
	body: string
	language: string
	confirmed?: string
	sure?: string
}

/**
 * Looks at a text before it is written. Throws `invalid` with what she is asked about, unless she is sure.
 */
export const screenText = (said: Said) =>
	screen(
		{ text: [said.title, said.body].filter(Boolean).join('\n'), lang: languageOf(said).lang },
		{ sure: said.sure === 'yes', contacts: true, private: false },
	)

type Access = Pick<typeof spaces.$inferSelect, 'access'>

/** Whether a moderator looks first at what she writes here: she is new, and everyone reads along. */
export const isFirst = (actor: Actor, { access }: Access) => access === 'everyone' && isLookedAtFirst(actor)
