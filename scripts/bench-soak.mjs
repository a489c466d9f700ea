import { tsImport } from 'tsx/esm/api'
import { say } from './progress.mjs'

/**
 * A community under a steady mixed load, served by the built server as it serves everybody. Prints what came out.
 * @param {{ minutes: number }} how  in which memory is looked at; 0: the twenty seconds that npm test has for it
 * @returns {Promise<{ wrong: string[], result: import('../tests/bench/soak/soak').SoakResult }>}
 */
export async function soakAndTell({ minutes }) {
	const { runSoak } = await tsImport('../tests/bench/soak/run.ts', import.meta.url)
	const { result, wrong, report } = await runSoak(minutes, say)
	process.stdout.write(`${report}\n`)
	for (const line of wrong) say(`wrong: ${line}`)
	return { wrong, result }
}
