/** How many members have to vouch where no mentor and no centre does. */
export const MEMBERS_NEEDED = 2
/** How long somebody has been vouched for herself before she can vouch for another. */
export const VOUCHED_DAYS = 14

/** What somebody new may do where everyone reads along, where the installation lets her begin slowly. */
export const SLOW = { postsADay: 3 } as const

interface Vouch {
	kind: 'centre' | 'mentor' | 'member'
}

/** Whether these are enough: one of a centre or a mentor, or two of members. */
export const areEnough = (vouches: readonly Vouch[]) =>
	vouches.some(({ kind }) => kind !== 'member') || vouches.length >= MEMBERS_NEEDED
