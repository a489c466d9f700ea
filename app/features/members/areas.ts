import type { IconName } from '~/ui/icons'

/**
 * The areas in which a member may want help, in the order of every page. What mentors help with (mentoring/needs.ts)
 * lies in the same areas, under the same names (`mentoring:area.<key>`), so that a word means one thing everywhere.
 */
export const AREAS = [
	'language',
	'work',
	'training',
	'papers',
	'children',
	'health',
	'housing',
	'daily',
] as const

export type Area = (typeof AREAS)[number]

export const AREA_ICON: Record<Area, IconName> = {
	language: 'languages',
	work: 'briefcase',
	training: 'book-open',
	papers: 'file-text',
	children: 'baby',
	health: 'heart',
	housing: 'house',
	daily: 'compass',
}
