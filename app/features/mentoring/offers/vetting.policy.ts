import type { Actor } from '~/platform/actor'
import { looksAfterMentors, type OfferStatus } from '../mentoring.policy'

/** Nobody says yes to her own offer. */
export const mayDecide = (actor: Pick<Actor, 'id' | 'grants'>, offer: { memberId: string }) =>
	looksAfterMentors(actor) && offer.memberId !== actor.id

export type PausedBy = 'herself' | 'lapses' | 'coordinator' | null

/** What the rules know of an offer. */
export interface OfferFacts {
	status: OfferStatus
	pausedBy: PausedBy
	/** Whether her training holds. */
	trained: boolean
	/** Whether she has agreed to the mentor's code. */
	agreed: boolean
}

export const DECISIONS = ['approve', 'renew', 'pause', 'decline'] as const
export type Decision = (typeof DECISIONS)[number]

/** From which states a decision can be made, and what the offer becomes. Declining a vetted one takes the vetting back. */
const DECISION_RULES: Record<Decision, { from: readonly OfferStatus[]; to: OfferStatus }> = {
	approve: { from: ['waiting', 'declined', 'paused'], to: 'vetted' },
	renew: { from: ['vetted'], to: 'vetted' },
	pause: { from: ['vetted', 'paused'], to: 'paused' },
	decline: { from: ['waiting', 'vetted', 'paused'], to: 'declined' },
}

export const statusAfter = (decision: Decision): OfferStatus => DECISION_RULES[decision].to

/** A pause of her own, or of her lapses, is hers to end. */
const pausedByOthers = ({ status, pausedBy }: OfferFacts) => status === 'paused' && pausedBy !== 'coordinator'

/** Decisions that say yes: they need someone who speaks for her, and a mentor who is ready. */
export const saysYes = (decision: Decision) => statusAfter(decision) === 'vetted'

/**
 * Why it cannot be decided so now: the state the offer is in, or what she still has to do. Undefined where it can, or
 * where it is so already.
 */
export function whyNotDecide(
	decision: Decision,
	offer: OfferFacts,
): OfferStatus | 'untrained' | 'noCode' | undefined {
	if (isDone(decision, offer)) return undefined
	if (!DECISION_RULES[decision].from.includes(offer.status)) return offer.status
	if (decision === 'approve' && pausedByOthers(offer)) return offer.status
	if (!saysYes(decision)) return undefined
	if (!offer.trained) return 'untrained'
	return offer.agreed ? undefined : 'noCode'
}

/** Whether it is so already. A renewal counts from the day it is given, so it is never done. */
export function isDone(decision: Decision, offer: OfferFacts): boolean {
	if (decision === 'renew' || offer.status !== statusAfter(decision)) return false
	return decision !== 'pause' || offer.pausedBy === 'coordinator'
}

/** The buttons of an offer; one that waits for her training is there too, and says so. */
export const decisionsFor = (offer: OfferFacts): Decision[] =>
	DECISIONS.filter(
		(decision) =>
			!isDone(decision, offer) && !whyNotDecide(decision, { ...offer, trained: true, agreed: true }),
	)

/** A declined offer that is written anew waits again; every other state stays as it was. */
export const statusAfterEdit = (before: OfferStatus | undefined): OfferStatus =>
	before === undefined || before === 'declined' ? 'waiting' : before

/** What she can do about being found: take a break from it, or end one that is hers to end. */
export function ownPauseFor({ status, pausedBy }: Pick<OfferFacts, 'status' | 'pausedBy'>) {
	if (status === 'vetted') return 'pause' as const
	return status === 'paused' && pausedBy !== 'coordinator' ? ('resume' as const) : null
}
