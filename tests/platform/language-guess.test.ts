import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildSync } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { isLanguage } from '~/platform/i18n/languages'
import { guessLanguage } from '~/platform/language-guess.server'

const read = <T>(name: string) => JSON.parse(readFileSync(`tests/platform/${name}.json`, 'utf8')) as T
const sentences = Object.entries(read<Record<string, string[]>>('language-guess.sentences')).flatMap(
	([lang, list]) => list.map((text) => ({ lang, text })),
)
const transliterated = read<string[]>('transliterated')

const guessAll = (texts: readonly string[]) =>
	Promise.all(texts.map(async (text) => ({ text, guess: await guessLanguage(text) })))

let firstTook = 0

// The first guess starts the thread, which takes a second to read its tables.
beforeAll(async () => {
	const started = performance.now()
	await guessLanguage('Good morning to everyone here')
	firstTook = performance.now() - started
	for (let n = 0; n < 100; n += 1) if (await guessLanguage('Good morning to everyone here')) return
	throw new Error('the detectors did not start')
})

describe('240 sentences of our own in 20 languages, 12 each', () => {
	test('are guessed right 95 times of 100, and sure ones 98 times', async () => {
		const guesses = await guessAll(sentences.map(({ text }) => text))
		const rows = guesses.map((row, at) => ({ ...row, lang: sentences[at]!.lang }))
		const right = rows.filter(({ lang, guess }) => guess?.lang === lang)
		const sure = rows.filter(({ guess }) => guess?.sure)
		const sureWrong = sure.filter(({ lang, guess }) => guess?.lang !== lang)
		if (process.env.SHOW)
			process.stdout.write(
				`${JSON.stringify({ right: right.length, sure: sure.length, wrong: rows.filter(({ lang, guess }) => guess?.lang !== lang) }, null, 1)}\n`,
			)
		expect(rows).toHaveLength(240)
		expect(right.length / rows.length).toBeGreaterThanOrEqual(0.95)
		expect(sureWrong.length / sure.length).toBeLessThanOrEqual(0.02)
	})
})

test('other languages in Latin letters give a sure answer twice in twenty at most', async () => {
	const sure = (await guessAll(transliterated)).filter(({ guess }) => guess?.sure)
	if (process.env.SHOW) process.stdout.write(`${JSON.stringify(sure)}\n`)
	expect(transliterated).toHaveLength(20)
	expect(sure.length).toBeLessThanOrEqual(2)
})

describe('no guess', () => {
	test.each([
		['nothing', ''],
		['a short text', 'Ciao a tutte!'],
		['only an address', 'https://example.org/a/very/long/address/without/words'],
		['only digits and signs', '+39 333 123 45 67 ****** !!!! 12:30'],
		['direction marks', '\u202e\u2066\u200f'.repeat(30)],
		['a script we do not know', 'ᎠᏴ ᏓᏆᏙᎠ ᎠᏴ ᏓᏆᏙᎠ ᎠᏴ ᏓᏆᏙᎠ'],
		['Japanese', 'わたしはにほんごをべんきょうしています。'],
	])('for %s', async (_what, text) => {
		expect(await guessLanguage(text)).toBeUndefined()
	})

	test.each([
		['a lone surrogate', `${'a'.repeat(30)}\ud800`],
		['a megabyte', 'слово '.repeat(170_000)],
		['a NUL', `Good morning\u0000 to everyone here`],
	])('or at least no fault, for %s', async (_what, text) => {
		const guess = await guessLanguage(text)
		if (guess) expect(isLanguage(guess.lang)).toBe(true)
	})
})

test('Amharic is not taken for Tigrinya', async () => {
	expect(await guessLanguage('እባክዎ ጥሩ ትምህርት ቤት የት እንዳለ ይንገሩኝ?')).toMatchObject({ lang: 'am' })
})

test('nobody waits for the detectors to start', () => {
	expect(firstTook).toBeLessThan(600)
})

/** The module as the build makes it: bundled, with the thread's file beside it. */
function builtModule(folder: string) {
	buildSync({
		entryPoints: ['app/platform/language-guess.server.ts'],
		outfile: path.join(folder, 'index.mjs'),
		bundle: true,
		platform: 'node',
		format: 'esm',
		packages: 'external',
		alias: { '~': path.resolve('app') },
	})
	copyFileSync('app/platform/language-guess.worker.mjs', path.join(folder, 'language-guess.worker.mjs'))
}

test('built, it finds its thread, and no process is kept alive by it', () => {
	const folder = mkdtempSync(path.resolve('node_modules/.language-guess-'))
	try {
		builtModule(folder)
		const source = `const { guessLanguage } = await import('${folder}/index.mjs')
			let guess
			for (let n = 0; n < 50 && !guess; n += 1) guess = await guessLanguage('Good morning to everyone here')
			process.stdout.write(guess.lang)`
		const run = spawnSync(process.execPath, ['--input-type=module', '-e', source], { timeout: 15_000 })
		expect([run.stdout.toString(), run.stderr.toString(), run.status]).toEqual(['en', '', 0])
	} finally {
		rmSync(folder, { recursive: true })
	}
})

test('a guess takes less than two milliseconds', async () => {
	const started = performance.now()
	for (const { text } of sentences) await guessLanguage(text)
	const each = (performance.now() - started) / sentences.length
	if (process.env.SHOW) process.stdout.write(`${Math.round(each * 1000)} µs each\n`)
	expect(each).toBeLessThan(2)
})
