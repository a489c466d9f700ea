import { silenceIn } from '~/features/moderation/measures/restraints'
import { type Actor, holds, moderates } from '~/platform/actor'
import { AppError } from '~/platform/errors'

type Writer = Pick<Actor, 'status' | 'restraints'>

/** Who may write: every active member, in every space she can see and is not kept from by a decision. */
export const canWrite = (actor: Writer, spaceId: string | null) =>
	actor.status === 'active' && silenceIn(actor, spaceId) === null

/** Throws `forbidden` where she may not write; the page says until when. */
export function checkMayWrite(actor: Writer, spaceId: string) {
	if (canWrite(actor, spaceId)) return
	const silent = silenceIn(actor, spaceId) !== null
	throw new AppError('forbidden', silent ? { fields: { '': 'measures:refused.muted' } } : {})
}

/** Who makes spaces and says to whom they are open; it opens none of them to her. */
export const looksAfterSpaces = (actor: Actor) => holds(actor, 'coordinator')

/** Who invites to a space that is open to invited members, and sees who was. */
export const mayInvite = (actor: Actor, spaceId: string) =>
	looksAfterSpaces(actor) || moderates(actor, spaceId)
