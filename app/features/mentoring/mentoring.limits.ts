/** Sizes and numbers of mentoring, apart from Zod, for the pages. */
export const LIMITS = {
	words: { graphemes: 1_500, bytes: 10_000 },
	/** Women one mentor accompanies at a time. */
	capacity: 5,
	/** Requests a woman has waiting for an answer at a time. */
	openRequests: 3,
} as const

/** How well she knows a language, from a little to well. */
export const LEVELS = ['understand', 'talk', 'well'] as const
export type Level = (typeof LEVELS)[number]

/** 1 to 3: the dots beside a language, and its weight when mentors are ranked. */
export const rankOfLevel = (level: Level) => LEVELS.indexOf(level) + 1

/** The rows of the offer's form in which she names a language and how well she knows it. */
export const LANGUAGE_ROWS = [1, 2, 3, 4] as const
