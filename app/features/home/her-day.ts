import type { Actor } from '~/platform/actor'
import type { Said } from '~/platform/i18n/chain'

/** What the route gathered for her from the features. */
export interface DayProps {
	status: Actor['status']
	secondFactorDue: Actor['secondFactorDue']
	/** She has said which languages she reads or speaks. */
	knowsLanguages: boolean
	/** Women who ask her to be their mentor. */
	toAnswer: number
	/** Mentors or women a round has proposed to her, waiting for her yes. */
	proposed: number
	/** Mentoring that goes on, on either side, in its room. */
	running: { roomId: string; other: string }[]
	/** Decisions about her words that she has not read. */
	decisions: number
	topics: TopicForHer[]
	/** Translations that others wish for and she could write. */
	wanted: number
}

export interface TopicForHer {
	id: string
	spaceId: string
	space: Said
	title: string
	lang: string
	dir: 'ltr' | 'rtl'
	answers: number
	lastPostAt: Date
}
