/** A better sentence and why: letters as she sees them, bytes as they are stored. How many letters fit hangs on the sentence. */
export const SENTENCE = { bytes: 8_000, why: { graphemes: 300, bytes: 4_000 } } as const
