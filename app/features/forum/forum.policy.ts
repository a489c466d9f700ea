import { type Actor, holds, moderates } from '~/platform/actor'

/** Who may write: every active member, in every space she can see. */
export const canWrite = (actor: Pick<Actor, 'status'>) => actor.status === 'active'

/** Who makes spaces and says to whom they are open; it opens none of them to her. */
export const looksAfterSpaces = (actor: Actor) => holds(actor, 'coordinator')

/** Who invites to a space that is open to invited members, and sees who was. */
export const mayInvite = (actor: Actor, spaceId: string) =>
	looksAfterSpaces(actor) || moderates(actor, spaceId)
