/** Sizes of a message: graphemes as she counts them, bytes as they are stored. Apart from Zod, for the browser. */
export const MESSAGE = { graphemes: 2_000, bytes: 12_000 } as const
