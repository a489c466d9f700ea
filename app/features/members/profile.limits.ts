/** Sizes a profile may have: graphemes as she counts them, bytes as they are stored. Apart from Zod, for the pages. */
export const PROFILE_LIMITS = {
	languages: 20,
	about: { graphemes: 500, bytes: 6_000 },
} as const
