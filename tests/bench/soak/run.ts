import { shapeOf } from './shapes'
import { soak } from './soak'
import { reportOf, wrongIn } from './verdict'

/**
 * The soak from its beginning to its end.
 * @param minutes  in which memory is looked at; 0: the short form
 */
export async function runSoak(minutes: number, say: (line: string) => void) {
	const result = await soak(shapeOf(minutes), say)
	return { result, wrong: wrongIn(result), report: reportOf(result) }
}
