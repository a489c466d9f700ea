import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { packOf } from '~/platform/i18n/format-packs'
import '~/platform/i18n/format-packs.server'
import { refreshTimes } from '../../app/enhance/times'

const MINUTE = 60_000

/** As much of a page as the script touches: its language, the script itself, and a few moments. */
function aPage(lang: string, ages: number[], answer: () => Promise<Response>) {
	const times = ages.map((age) => ({ dataset: { relative: String(age) }, textContent: 'as it came' }))
	const fetched = vi.fn((_address: string) => answer())
	vi.stubGlobal('document', {
		documentElement: { lang },
		currentScript: { dataset: { formats: '/assets/pack.json' } },
		querySelectorAll: () => times,
	})
	vi.stubGlobal('fetch', fetched)
	refreshTimes()
	return { fetched, said: () => times.map(({ textContent }) => textContent) }
}

const packFor = (lang: string) => () => Promise.resolve(Response.json(packOf(lang)))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
	vi.useRealTimers()
	vi.unstubAllGlobals()
})

test('a page that is closed within a minute asks for nothing', async () => {
	const page = aPage('so', [-20], packFor('so'))
	await vi.advanceTimersByTimeAsync(MINUTE - 1)
	expect(page.fetched).not.toHaveBeenCalled()
	expect(page.said()).toEqual(['as it came'])
})

test.each([
	['ti', ['ቅድሚ 1 ደቒቕ', 'ቅድሚ 59 ደቒቕ', 'ትማሊ']],
	['sq', ['1 minutë më parë', '59 minuta më parë', 'dje']],
	['en', ['1 minute ago', '59 minutes ago', 'yesterday']],
])('%s: the words are those of the server, fetched once', async (lang, words) => {
	const page = aPage(lang, [-20, -58 * 60, -86_400], packFor(lang))
	await vi.advanceTimersByTimeAsync(MINUTE)
	expect(page.said()).toEqual(words)
	await vi.advanceTimersByTimeAsync(3 * MINUTE)
	expect(page.said()[0]).toMatch(/4/)
	expect(page.fetched.mock.calls).toEqual([['/assets/pack.json']])
})

test('without an answer the words stay, and a minute later it asks again', async () => {
	const answers = [() => Promise.reject(new Error('offline')), async () => new Response('', { status: 404 })]
	const page = aPage('it', [-20], () => (answers.shift() ?? packFor('it'))())
	await vi.advanceTimersByTimeAsync(2 * MINUTE)
	expect(page.said()).toEqual(['as it came'])
	await vi.advanceTimersByTimeAsync(MINUTE)
	expect(page.said()).toEqual(['3 minuti fa'])
})

test('a page without moments does nothing at all', async () => {
	const page = aPage('it', [], packFor('it'))
	await vi.advanceTimersByTimeAsync(3 * MINUTE)
	expect(page.fetched).not.toHaveBeenCalled()
})
