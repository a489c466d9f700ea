/** What a rule looks for: a word or phrase, or a pattern in RE2's syntax. */
export const KINDS = ['word', 'pattern'] as const
export type WatchKind = (typeof KINDS)[number]

/** What happens to what a rule finds, from the mildest on; their texts are in the catalogue under `watch:action`. */
export const ACTIONS = ['warn', 'fold', 'flag', 'hold'] as const
export type WatchAction = (typeof ACTIONS)[number]

/** Longer words and patterns are refused. */
export const TEXT_AT_MOST = 200
/** So many patterns at once: each reads every text anew, words are looked for all together. */
export const PATTERNS_AT_MOST = 50
export const RULES_AT_MOST = 20_000
