/**
 * What a member may want help with, in the order of every page: a mentor offers the same. Their names are those of
 * mentoring (`mentoring:need`), so that a word means one thing everywhere.
 */
export const NEEDS = [
	'language',
	'work',
	'training',
	'papers',
	'children',
	'health',
	'housing',
	'daily',
] as const

export type Need = (typeof NEEDS)[number]
