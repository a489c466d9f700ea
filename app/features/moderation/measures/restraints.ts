import type { Actor, Restraint } from '~/platform/actor'
import { AppError } from '~/platform/errors'

type Restrained = Pick<Actor, 'restraints'>

const holdsAt = (now: Date) => (one: Restraint) => one.until === null || one.until > now

/** Why she does not write here: until when, and whether that is so everywhere in the open. */
export interface Silence {
	until: Date | null
	everywhere: boolean
}

const longer = (a: Restraint, b: Restraint) =>
	(b.until?.getTime() ?? Number.POSITIVE_INFINITY) - (a.until?.getTime() ?? Number.POSITIVE_INFINITY) || 0

/** What keeps her from writing in a space (`null`: in the open, but in no space); null where she may. The longest counts. */
export function silenceIn(actor: Restrained, spaceId: string | null, now = new Date()): Silence | null {
	const here = actor.restraints
		.filter(holdsAt(now))
		.filter((one) => one.kind === 'muted' && (one.spaceId === null || one.spaceId === spaceId))
		.toSorted(longer)[0]
	return here ? { until: here.until, everywhere: here.spaceId === null } : null
}

/** Throws `forbidden`, with the words for it, where a decision keeps her from writing. */
export function refuseSilenced(actor: Restrained, spaceId: string | null) {
	if (silenceIn(actor, spaceId)) throw new AppError('forbidden', { fields: { '': 'measures:refused.muted' } })
}

/** Whether she writes slowly for now. */
export const isSlowed = (actor: Restrained, now = new Date()) =>
	actor.restraints.filter(holdsAt(now)).some(({ kind }) => kind === 'slowed')
