import { createServer } from 'vite'

// What 10,000 watched words cost a message: the parts of the application that look for them, without a server around.
const TERMS = 10_000
const PATTERNS = 20
const GRAPHEMES = 2_000
const WARM = 200
const TIMES = 3_000

/** The same figures each time. @param {number} seed */
function dice(seed) {
	let state = seed
	return (/** @type {number} */ sides) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0
		return state % sides
	}
}

const SCRIPTS = [
	'abcdefghijklmnopqrstuvwxyz',
	'àèéìòùabcdefgilmnoprstuz',
	'αβγδεζηθικλμνξοπρστυφχψω',
	'абвгдежзийклмнопрстуфхцчшщъюя',
	'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
	'কখগঘচছজঝটঠডঢতথদধনপফবভমযরলশষসহ',
	'暴力安全帮助朋友学习工作孩子家',
].map((letters) => [...letters])

/** @param {(sides: number) => number} roll */
function word(roll) {
	const letters = SCRIPTS[roll(SCRIPTS.length)]
	return Array.from({ length: 4 + roll(9) }, () => letters[roll(letters.length)]).join('')
}

/** @param {(sides: number) => number} roll */
function message(roll) {
	let text = word(roll)
	while ([...text].length < GRAPHEMES) text += ` ${word(roll)}`
	return [...text].slice(0, GRAPHEMES).join('')
}

/** @param {number[]} times @param {number} share */
const at = (times, share) =>
	times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)].toFixed(3)

/** Prints how long it takes to make the rules ready, and to look for them. @returns {Promise<boolean>} below 2 ms */
export async function benchWatch() {
	const vite = await createServer({
		configFile: false,
		appType: 'custom',
		resolve: { alias: { '~': new URL('../../app', import.meta.url).pathname } },
		server: { middlewareMode: true, hmr: false },
		logLevel: 'error',
	})
	try {
		const { Rulebook } = await vite.ssrLoadModule('/app/features/moderation/watch/rulebook.ts')
		const roll = dice(1975)
		const rule = (/** @type {number} */ n, kind = 'word', text = word(roll)) => ({
			id: String(n),
			language: null,
			kind,
			text,
			action: 'flag',
		})
		const words = Array.from({ length: TERMS }, (_, n) => rule(n))
		const patterns = Array.from({ length: PATTERNS }, (_, n) =>
			rule(n, 'pattern', `\\b${word(roll)}\\s?\\d{2,4}x`),
		)
		const messages = Array.from({ length: 50 }, () => message(roll))
		const from = performance.now()
		const book = new Rulebook(words)
		const ready = performance.now() - from
		const figures = [measure(book, messages), measure(new Rulebook([...words, ...patterns]), messages)]
		console.log(`${TERMS} words made ready in ${ready.toFixed(0)} ms; a message of ${GRAPHEMES} letters:`)
		for (const [name, times] of [
			['words alone', figures[0]],
			[`with ${PATTERNS} patterns`, figures[1]],
		])
			console.log(`  ${name}: median ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms`)
		return Number(at(figures[0], 0.99)) < 2
	} finally {
		await vite.close()
	}
}

/** @param {{ find(said: { text: string, lang: string | null }): unknown }} book @param {string[]} messages */
function measure(book, messages) {
	const times = []
	for (let n = 0; n < WARM + TIMES; n++) {
		const from = performance.now()
		book.find({ text: messages[n % messages.length], lang: null })
		if (n >= WARM) times.push(performance.now() - from)
	}
	return times
}
