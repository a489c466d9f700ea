/** Size of a translation: what was said may grow in another language. Apart from Zod, for the pages. */
export const TRANSLATION = { graphemes: 20_000, bytes: 120_000 } as const

/** For how long a wish stays with whoever took it; then it waits for the others again. */
export const TAKEN_HOURS = 24
