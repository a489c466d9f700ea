import type { Actor, Role } from '~/platform/actor'
import { EARLY_MINUTES } from './session.limits'
import type { Doors, Seat, SessionState, WhyNot } from './session.wire'

/** Whose work it is to lead others. */
export const LEADING_ROLES: readonly Role[] = ['mentor', 'moderator', 'practitioner', 'coordinator']

/** Who may plan a session. */
export const canPlan = (actor: Pick<Actor, 'status' | 'grants'>) =>
	actor.status === 'active' && actor.grants.some(({ role }) => LEADING_ROLES.includes(role))

/** Hosts and co-hosts lead alike. */
export const leads = (seat: { role: Seat } | null | undefined) =>
	seat?.role === 'host' || seat?.role === 'cohost'

const MINUTE_MS = 60_000

/** How the doors stand at a moment: before it is time for a planned session they are closed, and so after the end. */
export function doorsAt(session: { state: SessionState; doors: Doors; startsAt: Date }, now: Date): Doors {
	if (session.state === 'ended') return 'closed'
	const early = session.startsAt.getTime() - EARLY_MINUTES * MINUTE_MS > now.getTime()
	return session.state === 'planned' && early ? 'closed' : session.doors
}

/** What decides whether she may write. Seconds and minutes are worked out by the database, whose clock it is. */
interface WritingFacts {
	state: SessionState
	role: Seat
	/** Minutes she is muted for, from now; 0: she is not. */
	mutedMinutes: number
	/** Seconds until her next message in a slow room; 0: now. */
	slowSeconds: number
	oneAtATime: boolean
	speaks: boolean
}

/** Why she cannot write now, with how long it takes; undefined: she can. Hosts always can, until the end. */
export function whyNotNow(facts: WritingFacts): { why: WhyNot; count: number } | undefined {
	if (facts.state === 'ended') return { why: 'ended', count: 0 }
	if (leads(facts)) return undefined
	if (facts.state === 'planned') return { why: 'lobby', count: 0 }
	if (facts.mutedMinutes > 0) return { why: 'muted', count: facts.mutedMinutes }
	if (facts.state === 'paused') return { why: 'paused', count: 0 }
	if (facts.oneAtATime && !facts.speaks) return { why: 'notYourTurn', count: 0 }
	return facts.slowSeconds > 0 ? { why: 'slow', count: facts.slowSeconds } : undefined
}

/** A first host is taken out by nobody; co-hosts only by her; members by everyone who leads. */
export const canTakeOut = (by: { role: Seat }, whom: { role: Seat }) =>
	whom.role === 'member' ? leads(by) : by.role === 'host' && whom.role === 'cohost'
