/** Which women of a round a page shows. */
export const ROUND_PARTS = ['pairs', 'unmatched', 'leftOut'] as const
export type RoundPart = (typeof ROUND_PARTS)[number]

/** Why a coordinator should look at a pair of a draft: it may not be well, though no rule is broken. */
export type LookReason = 'waitsNoMore' | 'lower' | 'need'

/**
 * Whether a coordinator is herself one of these. She may be in her own round, as a woman or as a mentor; but nobody
 * decides on herself, nor asks in her office what another one keeps from her.
 */
export const isAboutHer = (actor: { id: string }, memberIds: readonly (string | null)[]) =>
	memberIds.includes(actor.id)

/**
 * How long a round is kept. A draft that nobody proposed says who waits and why she has nobody, and serves no one any
 * more; a proposed one answers for what was decided, as long as the audit log does (SAFETY P9).
 */
export const KEPT = { draftDays: 30, publishedMonths: 24 } as const
