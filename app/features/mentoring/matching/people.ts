import type { Level } from '../mentoring.limits'
import type { Need } from '../needs'
import type { Week } from './week'

/** How two women can be in touch. */
export const WAYS = ['write', 'voice', 'meet'] as const
export type Way = (typeof WAYS)[number]

/**
 * Whom she does not want, whatever else fits. Towns and communities are only compared, so they may be keyed hashes.
 * A limit is the value itself: there is no "not from my town" of a woman whose town is not known.
 */
export interface Limits {
	notFromTown: string | null
	notFromCommunity: string | null
	/** Only mentors vetted by one of these; null: by any. */
	onlyOrganisations: readonly string[] | null
}

/** A woman who waits for a mentor, as a round knows her. An empty list means that she skipped the question. */
export interface WaitingWoman {
	id: string
	/** Those she can talk in, the dearest first. */
	languages: readonly string[]
	/** The least a mentor must know of one of them. */
	level: Level
	/** What she would like help with, the most important first. */
	needs: readonly Need[]
	times: Week
	how: readonly Way[]
	limits: Limits
	/** Mentors with whom there is a block, in either direction. */
	blocked: ReadonlySet<string>
	/** Whether a mentor is on her list of people never to meet. Asked of every candidate, told to nobody. */
	noMatch: (mentorId: string) => boolean
	/** Mentors she has ranked herself, the dearest first; they come before everyone else. */
	choices: readonly string[]
	waitingSince: Date
}

/** A mentor whose offer is not paused, as a round knows her. */
export interface Mentor {
	id: string
	languages: Readonly<Record<string, Level>>
	needs: readonly Need[]
	/** What others have had her help with. */
	helped: readonly Need[]
	times: Week
	how: readonly Way[]
	/** Women she accompanies at a time, and how many are with her now. */
	capacity: number
	load: number
	town: string | null
	community: string | null
	organisation: string | null
	/** Null: never vetted, never trained. */
	vettedUntil: Date | null
	trainingUntil: Date | null
}

/** What a ranking or a round is made under: the same circumstances give the same result. */
export interface Circumstances {
	now: Date
	/** Drawn at random by the caller, once for each round, and kept with it. */
	seed: string
}

/** Places she can give now. Her capacity may have been lowered below her load. */
export const freePlaces = ({ capacity, load }: Pick<Mentor, 'capacity' | 'load'>) =>
	Math.max(0, capacity - load)
