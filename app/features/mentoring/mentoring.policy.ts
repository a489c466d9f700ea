import { type Actor, holds } from '~/platform/actor'
import { LIMITS } from './mentoring.limits'

/** The states of an offer, in the order coordinators look at them. */
export const OFFER_STATES = ['waiting', 'vetted', 'paused', 'declined'] as const
export type OfferStatus = (typeof OFFER_STATES)[number]
export type MatchStatus = 'asked' | 'accepted' | 'declined' | 'withdrawn' | 'ended'
/** Which of the two she is. */
export type Side = 'mentee' | 'mentor'

export const ACTS = ['accept', 'decline', 'withdraw', 'end'] as const
export type Act = (typeof ACTS)[number]

interface ActRule {
	by: readonly Side[]
	from: MatchStatus
	to: MatchStatus
}

/** Who may do what with a match, and what becomes of it. */
export const ACT_RULES: Record<Act, ActRule> = {
	accept: { by: ['mentor'], from: 'asked', to: 'accepted' },
	decline: { by: ['mentor'], from: 'asked', to: 'declined' },
	withdraw: { by: ['mentee'], from: 'asked', to: 'withdrawn' },
	end: { by: ['mentee', 'mentor'], from: 'accepted', to: 'ended' },
}

/** Whether it is hers to do at all; whether it can be done now is a matter of the match's state. */
export const isHersToDo = (side: Side, act: Act) => ACT_RULES[act].by.includes(side)

/** What she can do now: the buttons of the page. */
export const actsFor = (side: Side, status: MatchStatus): Act[] =>
	ACTS.filter((act) => isHersToDo(side, act) && ACT_RULES[act].from === status)

/** Which of the two she is in this match; undefined for everyone else, who must not learn that it exists. */
export function sideOf(actor: Pick<Actor, 'id'>, match: { menteeId: string; mentorId: string }) {
	if (match.menteeId === actor.id) return 'mentee' as const
	return match.mentorId === actor.id ? ('mentor' as const) : undefined
}

export interface AskFacts {
	/** A request or match of the two that is still open. */
	openMatch: string | null
	/** Her requests that wait for an answer, to whomever. */
	openRequests: number
	/** Whether the mentor has a free place. */
	free: boolean
}

/** Why she cannot ask this mentor now, the nearest reason first; undefined when she can. */
export function whyNotAsk({
	openMatch,
	openRequests,
	free,
}: AskFacts): 'open' | 'full' | 'several' | undefined {
	if (openMatch) return 'open'
	if (!free) return 'full'
	return openRequests >= LIMITS.openRequests ? 'several' : undefined
}

/** Why a mentor cannot say yes now; undefined when she can. */
export function whyNotAccept({
	offerStatus,
	free,
}: {
	offerStatus: OfferStatus | null
	free: boolean | null
}) {
	if (offerStatus !== 'vetted') return 'paused' as const
	return free ? undefined : ('full' as const)
}

/** Mentors are looked after by coordinators; for everyone else these pages do not exist. */
export const looksAfterMentors = (actor: Pick<Actor, 'grants'>) => holds(actor as Actor, 'coordinator')

/** Nobody says yes to her own offer. */
export const mayDecide = (actor: Pick<Actor, 'id' | 'grants'>, offer: { memberId: string }) =>
	looksAfterMentors(actor) && offer.memberId !== actor.id

export const DECISIONS = ['approve', 'decline', 'pause'] as const
export type Decision = (typeof DECISIONS)[number]

/** From which states a decision can be made, and what the offer becomes. */
export const DECISION_RULES: Record<Decision, { from: readonly OfferStatus[]; to: OfferStatus }> = {
	approve: { from: ['waiting', 'declined', 'paused'], to: 'vetted' },
	decline: { from: ['waiting', 'vetted', 'paused'], to: 'declined' },
	pause: { from: ['vetted'], to: 'paused' },
}

export const decisionsFor = (status: OfferStatus): Decision[] =>
	DECISIONS.filter((decision) => DECISION_RULES[decision].from.includes(status))

/** A declined offer that is written anew waits again; every other state stays as it was. */
export const statusAfterEdit = (before: OfferStatus | undefined): OfferStatus =>
	before === undefined || before === 'declined' ? 'waiting' : before
