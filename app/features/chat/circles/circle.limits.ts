/** Sizes of a circle; apart from Zod, for the browser. */
export const CIRCLE = {
	name: { graphemes: 60, bytes: 480 },
	/** How many may be in it, she who opened it among them. */
	size: 12,
	/** Days after which what was said in it is deleted. */
	keepDays: 90,
} as const
