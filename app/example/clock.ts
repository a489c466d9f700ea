const DAY_MS = 86_400_000

/** The moment a number of days before now. */
export const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS)
