import { NEEDS, type Need } from '~/features/members/needs'
import type { IconName } from '~/ui/icons'

/**
 * What mentors help with: the same words women use for what they would like help with. Each has a name
 * (`mentoring:need.<key>`) and one plain sentence (`mentoring:needText.<key>`).
 */
const ICON_OF = {
	work: 'briefcase',
	training: 'book-open',
	papers: 'file-text',
	language: 'languages',
	children: 'baby',
	housing: 'house',
	health: 'heart',
	daily: 'compass',
} as const satisfies Record<Need, IconName>

export const isNeed = (text: unknown): text is Need =>
	typeof text === 'string' && Object.hasOwn(ICON_OF, text)

export const needIcon = (need: Need): IconName => ICON_OF[need]

/** The needs in the order of every page. */
export const inOrder = (needs: readonly string[]): Need[] => NEEDS.filter((need) => needs.includes(need))
