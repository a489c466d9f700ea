/** Sizes and numbers of mentoring, apart from Zod, for the pages. */
export const LIMITS = {
	words: { graphemes: 1_500, bytes: 10_000 },
	/** Letters of a town's name. */
	town: 80,
	/** Women one mentor accompanies at a time. */
	capacity: 5,
	/** Mentors a woman has in her line at a time, the one she asks among them. */
	line: 3,
	/** Women who wait for an answer of one mentor at a time: more would drown her. */
	requestsAtOnce: 10,
	/** How long a mentor has to answer, and the two of a proposed match. */
	answerHours: 72,
	/** Requests in a row a mentor leaves without an answer before her offer is paused. */
	lapses: 2,
	/** People a woman never wants to meet. */
	noMatch: 50,
	/** Letters of a name of one of them. */
	name: 60,
	/** Organisations whose mentors a woman trusts. */
	organisations: 50,
} as const

/** How long the mentors' training holds, and a vetting. */
export const TRAINING_MONTHS = 24
export const VETTING_MONTHS = 12

/** How well she knows a language, from a little to well. */
export const LEVELS = ['understand', 'talk', 'well'] as const
export type Level = (typeof LEVELS)[number]

/** 1 to 3: the dots beside a language, and its weight when mentors are ranked. */
export const rankOfLevel = (level: Level) => LEVELS.indexOf(level) + 1

/** The rows of the offer's form in which she names a language and how well she knows it. */
export const LANGUAGE_ROWS = [1, 2, 3, 4] as const

/** Mentors a woman gets to know at a time before she goes on with one. */
export const FIRST_TALKS = 3

/** What the two write on the page they share: goals and notes, like messages. */
export const SHARED_TEXT = { graphemes: 2_000, bytes: 12_000 } as const
/** More than two women work on at a time, so that the page stays light. */
export const GOALS_AT_MOST = 100
export const NOTES_AT_MOST = 200
/** Times that wait for an answer of the other one. */
export const OPEN_MEETINGS = 3
/** How far ahead a meeting can be. */
export const MEETING_DAYS_AHEAD = 366
/** How long a meeting takes. */
export const MEETING_MINUTES = [15, 30, 45, 60, 90] as const
