import type { Actor } from '~/platform/actor'

/** Who may write: every active member, in every space she can see. */
export const canWrite = (actor: Pick<Actor, 'status'>) => actor.status === 'active'
