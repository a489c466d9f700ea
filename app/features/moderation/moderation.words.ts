/** Why something is reported, in the order the page shows them. */
export const REASONS = ['danger', 'threat', 'private-details', 'insult', 'money', 'other'] as const
export type Reason = (typeof REASONS)[number]

/** The rules something can be hidden for; their texts are in the catalogue under `moderation:rule`. */
export const RULES = ['danger', 'threat', 'private-details', 'insult', 'money', 'other-rule'] as const
export type Rule = (typeof RULES)[number]

export type Decision = 'hidden' | 'dismissed' | 'upheld' | 'restored' | 'suspended'

/** Size of what she adds in her own words, to a report, a decision or an appeal. Apart from Zod, for the pages. */
export const WORDS = { graphemes: 1_000, bytes: 8_000 } as const
