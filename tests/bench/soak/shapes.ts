import { availableParallelism } from 'node:os'
import type { SoakShape } from './soak'

const MINUTE = 60
const workers = Math.max(2, availableParallelism())

/** What a machine of two processors carries with about half of its time left. */
const STEADY = {
	rates: { topic: 16, list: 8, spaces: 4, home: 8, search: 4, room: 2, reply: 0.5, signIn: 0.2 },
	chat: { people: 40, writers: 10, rate: 2, cuts: 0.3 },
}

/** Twenty seconds for npm test: little of everything, and all of it seen to be right, also on a busy machine. */
const SHORT: SoakShape = {
	size: { members: 120, posts: 2_000, rooms: 2, workers },
	rates: { topic: 2, list: 1, spaces: 0.5, home: 1, search: 1, room: 0.5, reply: 1, signIn: 0.5 },
	chat: { people: 15, writers: 5, rate: 2, cuts: 1 },
	seconds: 20,
	restarts: [2],
	memory: { readAt: 20, from: 0, to: 20 },
}

/** So long, and every process is replaced before and after: growth is looked at in between. */
const WHOLE_MINUTES = 30
/** How long before and after. */
const EDGE = 2 * MINUTE

/** `minutes` of load in which memory is looked at: read at the tenth, growth from then on. */
function lasting(minutes: number): SoakShape {
	const isWhole = minutes >= WHOLE_MINUTES
	const begins = isWhole ? EDGE : 0
	const [tenth, end] = [begins + Math.min(10, minutes) * MINUTE, begins + minutes * MINUTE]
	return {
		...STEADY,
		size: { members: 1_000, posts: 50_000, rooms: 3, workers },
		seconds: isWhole ? end + EDGE : end,
		restarts: isWhole ? [EDGE / 4, end + EDGE / 4] : [],
		memory: { readAt: tenth, from: Math.min(tenth, end - 5 * MINUTE), to: end },
	}
}

/** @param minutes  0: the short form */
export const shapeOf = (minutes: number) => (minutes === 0 ? SHORT : lasting(minutes))
