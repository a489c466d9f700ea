import { Worker } from 'node:worker_threads'
import { once } from '~/platform/once.server'
import type { RoundTasks } from './round-work.server'

/** A round of ten thousand takes a second or two. What takes longer than this has gone astray. */
const WITHIN_MS = 60_000
/** Rounds are rare, and questions follow a round; afterwards its memory is given back. */
const IDLE_MS = 60_000

interface Waiting {
	resolve(answer: unknown): void
	reject(error: unknown): void
}

interface Thread {
	worker: Worker
	waiting: Map<number, Waiting>
	timer?: NodeJS.Timeout
}

const threads = once('round-threads', (): { running?: Thread; asked: number } => ({ asked: 0 }))

/** Ends the thread; whoever still waits for it is told why. */
function end(thread: Thread, error?: unknown) {
	if (threads.running === thread) threads.running = undefined
	clearTimeout(thread.timer)
	for (const { reject } of thread.waiting.values()) reject(error)
	thread.waiting.clear()
	void thread.worker.terminate()
}

function start(): Thread {
	const worker = new Worker(new URL('./round.worker.mjs', import.meta.url), {
		// What the process was started with (a loader, say) is not for it.
		execArgv: [],
		resourceLimits: { maxOldGenerationSizeMb: 512 },
	})
	const thread: Thread = { worker, waiting: new Map() }
	worker.on('message', ({ id, answer }: { id: number; answer: unknown }) => {
		thread.waiting.get(id)?.resolve(answer)
		thread.waiting.delete(id)
		watch(thread)
	})
	worker.on('error', (error) => end(thread, error))
	worker.on('exit', () => end(thread, new Error('the thread of the rounds has ended')))
	return thread
}

/** While it works it holds the process and is given a minute; without work it holds nothing and ends after one. */
function watch(thread: Thread) {
	clearTimeout(thread.timer)
	const working = thread.waiting.size > 0
	thread.timer = setTimeout(
		() => end(thread, new Error('a round took too long')),
		working ? WITHIN_MS : IDLE_MS,
	).unref()
	if (working) thread.worker.ref()
	else thread.worker.unref()
}

/**
 * Has a round drawn, or a question about one answered, in a thread of its own: a chat message, a page, an emergency
 * exit must not wait for it. One after the other; rejects with what ended the thread.
 */
export function inRoundThread<Task extends keyof RoundTasks>(
	task: Task,
	...given: Parameters<RoundTasks[Task]>
): Promise<ReturnType<RoundTasks[Task]>> {
	threads.running ??= start()
	const thread = threads.running
	threads.asked += 1
	const id = threads.asked
	return new Promise((resolve, reject) => {
		thread.waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
		watch(thread)
		thread.worker.postMessage({ id, task, given })
	})
}
