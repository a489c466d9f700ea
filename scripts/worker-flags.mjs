import { getHeapStatistics } from 'node:v8'

/**
 * Eight times what a process keeps. The lower it is, the less rubbish V8 lets gather before it clears away: without it the
 * same work took 490 MB instead of 280 (docs/decisions/035).
 */
const HEAP_AT_MOST_MB = 768

/**
 * Threads that help V8 clear away, in each process. By itself it takes four: with a process for each processor they take
 * the processors from those who wait for an answer (docs/decisions/033).
 */
const HELPERS = 1

/** Options of Node for a process that serves, but for those that whoever runs us has chosen herself. */
export function workerFlags() {
	const said = [process.env.NODE_OPTIONS, ...process.execArgv].join(' ').replaceAll('_', '-')
	// On a small machine V8 takes less by itself.
	const isSmall = getHeapStatistics().heap_size_limit < HEAP_AT_MOST_MB * 1024 ** 2
	return [
		...(said.includes('--max-old-space-size') || isSmall ? [] : [`--max-old-space-size=${HEAP_AT_MOST_MB}`]),
		...(said.includes('--v8-pool-size') ? [] : [`--v8-pool-size=${HELPERS}`]),
	]
}
