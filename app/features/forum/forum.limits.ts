/** Sizes a text may have: graphemes as she counts them, bytes as they are stored. Apart from Zod, for the pages. */
export const LIMITS = {
	title: { graphemes: 120, bytes: 1_000 },
	body: { graphemes: 10_000, bytes: 60_000 },
} as const
