/** Which women of a round a page shows. */
export const ROUND_PARTS = ['pairs', 'unmatched', 'leftOut'] as const
export type RoundPart = (typeof ROUND_PARTS)[number]
