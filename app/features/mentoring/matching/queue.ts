import { byId, lottery } from './lottery'
import type { WaitingWoman } from './people'

const DAY = 24 * 60 * 60 * 1000

/** The day (UTC) since which she waits. Who came first within a day is chance, so a day is one draw of the lottery. */
export const waitingDay = ({ waitingSince }: WaitingWoman) => Math.floor(waitingSince.getTime() / DAY)

/** The women in the order of the queue: the longest waiting first, those of one day as the lottery draws them. */
export function inQueue(women: readonly WaitingWoman[], seed: string): WaitingWoman[] {
	const turnOf = lottery(seed)
	return women
		.map((woman) => ({ woman, day: waitingDay(woman), turn: turnOf(woman.id) }))
		.sort((a, b) => a.day - b.day || a.turn - b.turn || byId(a.woman.id, b.woman.id))
		.map(({ woman }) => woman)
}
