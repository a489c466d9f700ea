/** Which women of a round a page shows. */
export const ROUND_PARTS = ['pairs', 'unmatched', 'leftOut'] as const
export type RoundPart = (typeof ROUND_PARTS)[number]

/**
 * Whether a coordinator is herself one of these. She may be in her own round, as a woman or as a mentor; but nobody
 * decides on herself, nor asks in her office what another one keeps from her.
 */
export const isAboutHer = (actor: { id: string }, memberIds: readonly (string | null)[]) =>
	memberIds.includes(actor.id)
