import { Worker } from 'node:worker_threads'
import { type Guess, guessByLetters, guessByVotes, type Votes } from './i18n/language-rules'
import { logFault } from './log.server'
import { once } from './once.server'

/** Below this a guess is a game of dice. */
const LETTERS_AT_LEAST = 20
/** More than this tells no more. */
const LETTERS_LOOKED_AT = 600
/** She does not wait for a guess. */
const WITHIN_MS = 300
/** Waiting longer than this behind others, no guess would come in time. */
const QUEUE_AT_MOST = 200
/** A thread that died is not started again at once: what killed it would kill it again. */
const AGAIN_AFTER_MS = 60_000

type Answer = Votes & { id: number }

interface Detectors {
	worker?: Worker
	waiting: Map<number, (votes: Votes | undefined) => void>
	asked: number
	diedAt: number
}

const detectors = once('detectors', (): Detectors => ({ waiting: new Map(), asked: 0, diedAt: 0 }))

function stop(error?: unknown) {
	if (error) logFault('language-guess', error)
	detectors.worker = undefined
	detectors.diedAt = Date.now()
	for (const tell of detectors.waiting.values()) tell(undefined)
	detectors.waiting.clear()
}

/** The thread, started when it is first needed; undefined for a while after it died. It keeps no process alive. */
function runningWorker(): Worker | undefined {
	if (detectors.worker) return detectors.worker
	if (Date.now() - detectors.diedAt < AGAIN_AFTER_MS) return undefined
	const worker = new Worker(new URL('./language-guess.worker.mjs', import.meta.url), {
		// Plain JavaScript: what the process was started with (a loader, say) is not for it.
		execArgv: [],
		// What it makes new is a few words at a time: more room would only be memory that nobody uses (docs/decisions/035).
		resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 4 },
	})
	worker.on('message', ({ id, ...votes }: Answer) => detectors.waiting.get(id)?.(votes))
	worker.on('error', stop)
	worker.on('exit', () => detectors.worker === worker && stop())
	// Last: a listener that is added later would hold the process again.
	worker.unref()
	detectors.worker = worker
	return worker
}

function ask(text: string): Promise<Votes | undefined> {
	const worker = runningWorker()
	if (!worker || detectors.waiting.size >= QUEUE_AT_MOST) return Promise.resolve(undefined)
	detectors.asked += 1
	const id = detectors.asked
	return new Promise((resolve) => {
		const tell = (votes: Votes | undefined) => {
			clearTimeout(late)
			detectors.waiting.delete(id)
			resolve(votes)
		}
		const late = setTimeout(() => tell(undefined), WITHIN_MS)
		detectors.waiting.set(id, tell)
		worker.postMessage({ id, text })
	})
}

/** Her words alone: addresses, names of others and signs say nothing about the language. */
const wordsOf = (text: string) =>
	text
		.slice(0, 4 * LETTERS_LOOKED_AT)
		.replace(/https?:\/\/\S+|@\S+/g, ' ')
		.replace(/[*_>#~`[\]()|]+/g, ' ')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, LETTERS_LOOKED_AT)
		.toWellFormed()

/**
 * The language a text is probably in. Only ever a reason to ask her: what she declares is what counts. Undefined for
 * short texts, for languages we do not know, and when the detectors are not ready in time; never throws.
 */
export async function guessLanguage(text: string): Promise<Guess | undefined> {
	try {
		const words = wordsOf(text)
		if (words.length < LETTERS_AT_LEAST) return undefined
		const byLetters = guessByLetters(words)
		if (byLetters) return byLetters
		const votes = await ask(words)
		return votes && guessByVotes(words, votes)
	} catch (error) {
		logFault('language-guess', error)
		return undefined
	}
}
