/** How a referral stands. */
export const REFERRAL_STATES = ['offered', 'agreed', 'declined', 'withdrawn', 'taken', 'closed'] as const
export type ReferralState = (typeof REFERRAL_STATES)[number]

/** Reasons of a report for which somebody outside is offered: there is a woman who may need more than moderators can do. */
export const REFERRED_REASONS = ['danger', 'frightens'] as const
