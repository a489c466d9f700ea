/** Sizes of a message: graphemes as she counts them, bytes as they are stored. Apart from Zod, for the browser. */
export const MESSAGE = { graphemes: 2_000, bytes: 12_000 } as const

/** How long her own words are hers to change or to take back. */
export const CHANGE_WITHIN_MINUTES = 10

/** The small signs under a message, in the order they are offered. */
export const REACTIONS = ['heart', 'thanks', 'yes', 'strong', 'flower'] as const

export type Reaction = (typeof REACTIONS)[number]
