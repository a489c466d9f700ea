import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Admission, type Kind } from '~/platform/admission'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A request, and what became of it so far. */
interface Visit {
	state: 'waiting' | 'inside' | 'refused'
	at: number
	leave(): void
}

let admission: Admission

function visit(kind: Kind): Visit {
	const one: Visit = { state: 'waiting', at: performance.now(), leave: () => {} }
	const become = (state: Visit['state']) => () => {
		one.state = state
		one.at = performance.now()
	}
	one.leave = admission.ask(kind, { enter: become('inside'), refuse: become('refused') })
	return one
}

const visits = (kind: Kind, count: number) => Array.from({ length: count }, () => visit(kind))
const count = (all: Visit[], state: Visit['state']) => all.filter((one) => one.state === state).length
const inside = (all: Visit[]) => all.filter(({ state }) => state === 'inside')

/** Everyone inside is answered after `ms`, as often as it takes; so does a machine that can do 32 in that time. */
function serveFor(all: () => Visit[], { total, ms }: { total: number; ms: number }) {
	for (let passed = 0; passed < total; passed += ms) {
		vi.advanceTimersByTime(ms)
		for (const one of inside(all()).filter(({ leave }) => leave !== done)) {
			const { leave } = one
			one.leave = done
			leave()
		}
	}
}
const done = () => {}

beforeEach(() => {
	admission = new Admission()
})

test('what can be carried is let in at once', () => {
	expect(count(visits('reading', 32), 'inside')).toBe(32)
	expect(admission.counts).toEqual({ running: 32, waiting: 0 })
	expect(admission.overloaded).toBe(false)
})

test('fifty at once wait their turn, in order, and nobody is refused', () => {
	const fifty = visits('reading', 50)
	expect(count(fifty, 'inside')).toBe(32)
	fifty[0]!.leave()
	expect(fifty[32]!.state).toBe('inside')
	expect(fifty[33]!.state).toBe('waiting')
	// However slow: a second and a half for each round.
	serveFor(() => fifty, { total: 3_000, ms: 1_500 })
	expect(count(fifty, 'inside')).toBe(50)
	expect(admission.overloaded).toBe(false)
})

test('a burst that is over within three seconds is carried', () => {
	const burst = visits('reading', 320)
	serveFor(() => burst, { total: 3_000, ms: 290 })
	expect(count(burst, 'inside')).toBe(320)
	expect(admission.overloaded).toBe(false)
})

describe('when more is asked than can be done', () => {
	const crowd: Visit[] = []

	/** Ten come every 10 ms for `total` ms, and 32 are served in 100: three times what can be done. */
	function pressFor(total: number) {
		for (let passed = 0; passed < total; passed += 100) {
			for (let turn = 0; turn < 10; turn += 1) {
				crowd.push(...visits('reading', 10))
				vi.advanceTimersByTime(10)
			}
			for (const one of inside(crowd)) {
				const { leave } = one
				one.leave = done
				leave()
			}
		}
	}
	beforeEach(() => void crowd.splice(0))

	test('some are refused soon and the others are served: as many as before', () => {
		pressFor(10_000)
		expect(admission.overloaded).toBe(true)
		const [early, late] = [crowd.slice(0, 2_000), crowd.slice(5_000, 9_000)]
		expect(count(early, 'refused')).toBeGreaterThan(0)
		// 32 in each tenth of a second.
		expect(count(late, 'inside')).toBeGreaterThanOrEqual(4 * 300)
		expect(count(late, 'refused')).toBeGreaterThan(2_000)
	})

	test('who is refused waited half a second and a moment, and who is served came last', () => {
		pressFor(5_000)
		const from = crowd.length
		const began = performance.now()
		pressFor(2_000)
		const during = crowd.slice(from)
		for (const one of during.filter(({ state }) => state === 'refused'))
			expect(one.at - began).toBeLessThanOrEqual(2_000)
		const waits = during
			.map((one, at) => ({ ...one, waited: one.at - (began + Math.floor(at / 10) * 10) }))
			.filter(({ state }) => state !== 'waiting')
		const longest = (state: Visit['state']) =>
			Math.max(...waits.filter((one) => one.state === state).map(({ waited }) => waited))
		expect(longest('refused')).toBeLessThanOrEqual(530)
		expect(longest('inside')).toBeLessThanOrEqual(110)
	})

	test('what is protected is let in beside all others, at once', () => {
		pressFor(4_000)
		const help = visits('protected', 16)
		expect(count(help, 'inside')).toBe(16)
	})

	test('what she has written goes before what others want to read, and waits longer', () => {
		pressFor(4_000)
		const words = visits('writing', 40)
		expect(count(words, 'inside')).toBe(0)
		crowd.push(...words)
		pressFor(1_000)
		expect(count(words, 'inside')).toBe(40)
	})

	test('it is over soon after', () => {
		pressFor(4_000)
		serveFor(() => crowd, { total: 600, ms: 100 })
		expect(admission.counts).toEqual({ running: 0, waiting: 0 })
		expect(visit('reading').state).toBe('inside')
		vi.advanceTimersByTime(2_000)
		expect(admission.overloaded).toBe(false)
		expect(vi.getTimerCount()).toBe(0)
	})
})

test('nobody waits for ever: words eight seconds, and no more of each than can be kept', () => {
	visits('reading', 32)
	// Those inside wait for something else, such as a slow phone: after two seconds their places are given again.
	const words = visits('writing', 200)
	vi.advanceTimersByTime(1_999)
	expect(count(words, 'inside')).toBe(0)
	vi.advanceTimersByTime(50)
	expect(count(words, 'inside')).toBe(32)
	vi.advanceTimersByTime(6_000)
	expect(count(words, 'refused')).toBe(200 - count(words, 'inside'))
	expect(count(visits('reading', 1_200), 'refused')).toBe(200)
})

test('who leaves while she waits is forgotten', () => {
	const first = visits('reading', 32)
	const [gone, next] = visits('reading', 2)
	gone!.leave()
	first[0]!.leave()
	expect(next!.state).toBe('inside')
	expect(gone!.state).toBe('waiting')
	expect(admission.counts).toEqual({ running: 32, waiting: 0 })
})
