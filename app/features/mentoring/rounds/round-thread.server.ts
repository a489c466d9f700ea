import { parentPort } from 'node:worker_threads'
import { ROUND_TASKS, type RoundTasks } from './round-work.server'

/** A task for the thread: which, and what for. */
export type Asked = {
	[Name in keyof RoundTasks]: { id: number; task: Name; given: Parameters<RoundTasks[Name]> }
}[keyof RoundTasks]

/** A fault is not caught: it ends the thread, and rounds.server.ts hears of it. */
function answer({ id, task, given }: Asked) {
	const work = ROUND_TASKS[task] as (...given: unknown[]) => unknown
	parentPort?.postMessage({ id, answer: work(...given) })
}

parentPort?.on('message', answer)
