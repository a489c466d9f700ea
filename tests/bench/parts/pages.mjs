import { buildBareRemix, runRig } from '../rig.mjs'

/**
 * Every page of a member at ten at once, ours as it is started and in one process, beside the bare servers, all by turns.
 * Leaves pages.json.
 * @param {{ quick: boolean }} how
 */
export function measurePages({ quick }) {
	buildBareRemix()
	runRig([
		'http.mjs',
		'--targets=bare-react,bare-remix,own,own-alone',
		'--auth=user',
		'--conc=10',
		'--out=pages.json',
		...(quick ? ['--rounds=1', '--seconds=3'] : ['--rounds=5', '--seconds=6']),
	])
}

/** The topic page at fifty at once: what it waits for when it is crowded, and what a second process adds. @param {{ quick: boolean }} how */
export function measureCrowd({ quick }) {
	runRig([
		'http.mjs',
		'--targets=bare-react,own,own-alone',
		'--auth=user',
		'--conc=50',
		'--pages=topic',
		'--out=workers.json',
		...(quick ? ['--rounds=1', '--seconds=4'] : ['--rounds=5', '--seconds=8']),
	])
}
