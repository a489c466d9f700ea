import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepDrafts } from '../../app/enhance/drafts'

/** As much of a page as the script touches: one form, its fields and what happens to it. */
function aPage() {
	const happens = new EventTarget()
	const form = Object.assign(new EventTarget(), { dataset: { draft: 'topic:1' } })
	const values: Record<string, string> = { body: '', language: 'it', key: 'k' }
	const fetched = vi.fn((_url: string, _init: { body: URLSearchParams; signal: AbortSignal }) =>
		Promise.reject(new Error('offline')),
	)
	const beacon = vi.fn((_url: string, _body: URLSearchParams) => true)
	vi.stubGlobal('document', { querySelectorAll: () => [form] })
	vi.stubGlobal('window', { setTimeout })
	vi.stubGlobal('addEventListener', happens.addEventListener.bind(happens))
	vi.stubGlobal('navigator', { sendBeacon: beacon })
	vi.stubGlobal('fetch', fetched)
	vi.stubGlobal(
		'FormData',
		class {
			get = (name: string) => values[name] ?? null
		},
	)
	keepDrafts()
	return {
		fetched,
		beacon,
		type(body: string) {
			values.body = body
			form.dispatchEvent(new Event('input'))
		},
		submit: () => form.dispatchEvent(new Event('submit')),
		leave: () => happens.dispatchEvent(new Event('pagehide')),
	}
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
	vi.useRealTimers()
	vi.unstubAllGlobals()
})

test('saves once, three seconds after she stops, with what the form would send', async () => {
	const page = aPage()
	page.type('C')
	vi.advanceTimersByTime(2900)
	page.type('Ciao')
	vi.advanceTimersByTime(2900)
	expect(page.fetched).not.toHaveBeenCalled()
	vi.advanceTimersByTime(100)
	expect(page.fetched).toHaveBeenCalledTimes(1)
	const [url, { body }] = page.fetched.mock.calls[0]!
	expect([url, body.toString()]).toEqual([
		'/forum/draft',
		'place=topic%3A1&title=&body=Ciao&language=it&key=k',
	])
})

test('saves what is not saved yet when the page goes, and nothing twice', () => {
	const page = aPage()
	page.leave()
	expect(page.beacon).not.toHaveBeenCalled()
	page.type('Ciao')
	page.leave()
	page.leave()
	expect(page.beacon).toHaveBeenCalledTimes(1)
	expect(page.beacon.mock.calls[0]![1].get('body')).toBe('Ciao')
	vi.advanceTimersByTime(10_000)
	expect(page.fetched).not.toHaveBeenCalled()
})

test('what is sent is no draft: a save under way is dropped and none follows', () => {
	const page = aPage()
	page.type('Ciao')
	vi.advanceTimersByTime(3000)
	page.type('Ciao a tutte')
	page.submit()
	expect(page.fetched.mock.calls[0]![1].signal.aborted).toBe(true)
	vi.advanceTimersByTime(10_000)
	page.leave()
	expect(page.fetched).toHaveBeenCalledTimes(1)
	expect(page.beacon).not.toHaveBeenCalled()
})
