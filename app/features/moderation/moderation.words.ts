/** Why something is reported, in the order the page shows them. */
export const REASONS = ['danger', 'frightens', 'asks', 'rude'] as const
export type Reason = (typeof REASONS)[number]

/** How far a report is, as she who wrote it reads it: nothing of what another woman was told. */
export type ReportState = 'waiting' | 'looking' | 'acted' | 'left' | 'passed-on'

/** The rules something can be hidden for; their texts are in the catalogue under `moderation:rule`. */
export const RULES = ['danger', 'threat', 'private-details', 'insult', 'money', 'other-rule'] as const
export type Rule = (typeof RULES)[number]

/** What a moderator can do about what was reported, in the order the page shows it. */
export const ACTS = ['dismiss', 'warn', 'fold', 'ask-edit', 'hide', 'remove'] as const
export type Act = (typeof ACTS)[number]

/** What can become of a case. */
export type Decision =
	| 'dismissed'
	| 'folded'
	| 'hidden'
	| 'removed'
	| 'edit-asked'
	| 'warned'
	| 'suspended'
	| 'upheld'
	| 'restored'

/** Size of what she adds in her own words, to a report, a decision or an appeal. Apart from Zod, for the pages. */
export const WORDS = { graphemes: 1_000, bytes: 8_000 } as const
