/** How much a community adds to the rules: few points, each short enough to be read. Lengths in letters as she sees them. */
export const EDITION = { points: 10, point: 300, pointBytes: 4_000, news: 600, newsBytes: 8_000 } as const
