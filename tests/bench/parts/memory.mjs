import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { soakAndTell } from '../../../scripts/bench-soak.mjs'
import { OUT } from '../rig.mjs'
import { stampOf } from '../stamp.mjs'

/**
 * Ten minutes of mixed load, or the thirty in which memory must not grow. Leaves memory.json, or soak.json.
 * @param {{ minutes: number, quick?: boolean }} how
 */
export async function measureMemory({ minutes, quick = false }) {
	const { wrong, result } = await soakAndTell({ minutes })
	mkdirSync(OUT, { recursive: true })
	const kept = { ...stampOf({ quick }), minutes, wrong, ...result }
	writeFileSync(join(OUT, minutes >= 30 ? 'soak.json' : 'memory.json'), JSON.stringify(kept))
	return kept
}
