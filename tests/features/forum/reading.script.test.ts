import { afterEach, expect, test, vi } from 'vitest'
import { watchReading } from '../../../app/enhance/reading'

type Seen = (entries: { isIntersecting: boolean }[]) => void

/** A page with a form to mark as read, as far as the script touches it. */
function aPage() {
	const bar = {}
	const form = { hidden: false, parentElement: bar, dataset: { read: 'post' }, action: '/forum/a/b/reading' }
	const sent: [string, string][] = []
	const watched = { targets: [] as unknown[], stopped: 0, see: (() => {}) as Seen }
	vi.stubGlobal('document', { querySelector: () => form })
	vi.stubGlobal('navigator', {
		sendBeacon: (to: string, what: URLSearchParams) => sent.push([to, what.toString()]),
	})
	class Observer {
		constructor(see: Seen) {
			watched.see = see
		}
		observe(target: unknown) {
			watched.targets.push(target)
		}
		disconnect() {
			watched.stopped += 1
		}
	}
	vi.stubGlobal('window', { IntersectionObserver: Observer })
	vi.stubGlobal('IntersectionObserver', Observer)
	return { bar, form, sent, watched }
}

afterEach(() => vi.unstubAllGlobals())

test('the end of the posts is told once, when it is seen', () => {
	const { bar, form, sent, watched } = aPage()
	watchReading()
	expect([form.hidden, watched.targets]).toEqual([true, [bar]])
	watched.see([{ isIntersecting: false }])
	expect(sent).toEqual([])
	watched.see([{ isIntersecting: true }])
	expect(sent).toEqual([['/forum/a/b/reading', 'intent=read&post=post&quiet=yes']])
	expect(watched.stopped).toBe(1)
})

test('without observers the button stays', () => {
	const { form } = aPage()
	vi.stubGlobal('window', {})
	watchReading()
	expect(form.hidden).toBe(false)
})

test('a page without posts to read is left alone', () => {
	const { watched } = aPage()
	vi.stubGlobal('document', { querySelector: () => null })
	watchReading()
	expect(watched.targets).toEqual([])
})
