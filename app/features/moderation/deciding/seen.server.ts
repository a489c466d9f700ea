import { AppError } from '~/platform/errors'
import { markOf } from '../evidence.server'
import type { Reported } from '../subject'

/** In the form of a case whose private words were not opened: who decides like that has seen none. */
export const UNOPENED = 'unopened'

/** What a page shows of something, in a word its form carries. */
export const shownOf = (reported: Pick<Reported, 'body'> | undefined) =>
	reported ? markOf(reported.body) : 'gone'

interface Seen {
	private: boolean
	/** What the words are now. */
	reported: Reported | undefined
	/** What the form carries. */
	shown: string | undefined
}

/**
 * Refuses to decide about other words than those she read: her page is shown anew, with what they say now. What comes
 * from no form has shown nothing.
 */
export function refuseIfChanged({ private: between, reported, shown }: Seen) {
	if (shown === undefined || (between && shown === UNOPENED) || shown === shownOf(reported)) return
	throw new AppError('conflict', { details: { changed: 'words' } })
}
