/** Sizes and choices of a led session; apart from Zod, for the browser. */
export const SESSION = {
	name: { graphemes: 80, bytes: 640 },
	about: { graphemes: 400, bytes: 3_200 },
	rules: { graphemes: 1_500, bytes: 12_000 },
	agenda: { graphemes: 1_500, bytes: 12_000 },
	agendaSteps: 12,
	note: { graphemes: 4_000, bytes: 32_000 },
	size: { least: 2, most: 60 },
	languages: 5,
	daysAhead: 366,
	/** Sessions of one host that have not ended. */
	atOnce: 20,
} as const

export const SESSION_MINUTES = [30, 45, 60, 90, 120, 180] as const
export const KEEP_DAYS = [1, 7, 30, 90] as const
/** Seconds between two messages of one woman; 0: she need not wait. */
export const SLOW_SECONDS = [0, 10, 30, 60, 180] as const
export const MUTE_MINUTES = [5, 15, 60] as const

/** So long before it begins the doors of a planned session stand as its host has set them; until then they are closed. */
export const EARLY_MINUTES = 30
/** A session pauses itself when no host was there for so long. */
export const AWAY_SECONDS = 120
