// The detectors, in a thread of their own: their tables and their work must not hold up a page. Plain JavaScript, since
// a thread starts from a file: `scripts/build.mjs` puts this one beside the server.
import { parentPort } from 'node:worker_threads'
import cld3 from 'cld3-asm'
import { eld } from 'eld/extrasmall'

const identifier = (await cld3.loadModule()).create(0, 2_000)

/**
 * What both detectors say of each text, as it came. The rules over it are in language-guess.server.ts.
 * @param {{ id: number, text: string }} asked
 */
function answer({ id, text }) {
	const broad = eld.detect(text)
	const [first = 0, second = 0] = Object.values(broad.getScores())
	const rare = identifier.findLanguage(text)
	parentPort?.postMessage({
		id,
		broad: { lang: broad.language, reliable: broad.isReliable(), lead: first - second },
		rare: { lang: rare.language, probability: rare.probability, reliable: rare.is_reliable },
	})
}

parentPort?.on('message', answer)
