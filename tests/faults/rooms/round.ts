import { setTimeout as sleep } from 'node:timers/promises'
import { Crowd } from './crowd'
import type { Durations, Fault } from './faults'
import { check } from './history'
import type { Result } from './report'
import { aRoom } from './rooms'
import type { Patience } from './screen'
import type { Setup, Town } from './town'

export interface RoundOptions {
	setup: Setup
	patience: Patience
	durations: Durations
	/** How long they write before and after the fault, in milliseconds. */
	around: number
	/** How long all that was broken may take to be as it should be. */
	within: number
}

const PACE_MS = 400

/** Eight write, forty read, something breaks and is mended: then everything said must be there, once, in one order. */
export async function round(town: Town, fault: Fault, options: RoundOptions): Promise<Result> {
	const { setup, patience, durations, around, within } = options
	await town.settle(setup)
	const room = await aRoom(town.admin, 'open')
	const { origin, ways, people } = town
	const crowd = new Crowd({ ...people, room, origin, ways, patience, pace: PACE_MS })
	try {
		await crowd.entered(within)
		town.rough = true
		crowd.begin()
		await sleep(around)
		const wrong = await fault.run(town, durations)
		const mended = performance.now()
		const back = await crowd.until(() => crowd.backAfter(mended) < Number.POSITIVE_INFINITY, within)
		await sleep(around)
		town.rough = false
		await crowd.stop(within)
		const newest = async () => (await town.rowsOf(room)).at(-1)?.id
		const level = await crowd.level(newest, within)
		if (level === Number.POSITIVE_INFINITY) wrong.push(...crowd.behind(await newest()))
		if (back === Number.POSITIVE_INFINITY) wrong.push('not every writer got on')
		crowd.end()
		const verdict = check({ ...crowd.notes, rows: await town.rowsOf(room), removals: [] })
		const screens = crowd.notes.screens.length
		return { what: fault.name, setup, screens, back, level, shown: crowd.shownP99(), verdict, wrong }
	} finally {
		town.rough = false
		crowd.end()
	}
}
