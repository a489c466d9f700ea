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

/** Everyone inside is answered after `ms`, as often as it takes; so does a machine that can do 16 in that time. */
function serveFor(all: () => Visit[], { total, ms }: { total: number; ms: number }) {
	for (let passed = 0; passed < total; passed += ms) {
		vi.advanceTimersByTime(ms)
		for (const one of inside(all()).filter(({ leave }) => leave !== done)) {
			const { leave } = one
			one.leave = done
			leave()
		}
		vi.advanceTimersByTime(0)
	}
}
const done = () => {}

beforeEach(() => {
	admission = new Admission()
})

test('what can be carried is let in at once', () => {
	expect(count(visits('reading', 16), 'inside')).toBe(16)
	expect(admission.counts).toEqual({ running: 16, waiting: 0 })
	expect(admission.overloaded).toBe(false)
})

test('fifty at once wait their turn, in order, and nobody is refused', () => {
	const fifty = visits('reading', 50)
	expect(count(fifty, 'inside')).toBe(16)
	fifty[0]!.leave()
	vi.advanceTimersByTime(0)
	expect(fifty[16]!.state).toBe('inside')
	expect(fifty[17]!.state).toBe('waiting')
	// However slow: nine tenths of a second for each of them.
	serveFor(() => fifty, { total: 3_600, ms: 900 })
	expect(count(fifty, 'inside')).toBe(50)
	expect(admission.overloaded).toBe(false)
})

test('a burst that is over within three seconds is carried', () => {
	const burst = visits('reading', 320)
	serveFor(() => burst, { total: 3_000, ms: 150 })
	expect(count(burst, 'inside')).toBe(320)
	expect(admission.overloaded).toBe(false)
})

describe('when more is asked than can be done', () => {
	const crowd: Visit[] = []

	/** Five come every 10 ms for `total` ms, and 16 are served in 100: three times what can be done. */
	function pressFor(total: number) {
		for (let passed = 0; passed < total; passed += 100) {
			for (let turn = 0; turn < 10; turn += 1) {
				crowd.push(...visits('reading', 5))
				vi.advanceTimersByTime(10)
			}
			for (const one of inside(crowd)) {
				const { leave } = one
				one.leave = done
				leave()
			}
			vi.advanceTimersByTime(0)
		}
	}
	beforeEach(() => void crowd.splice(0))

	test('some are refused soon and the others are served: as many as before', () => {
		pressFor(10_000)
		expect(admission.overloaded).toBe(true)
		const [early, late] = [crowd.slice(0, 1_000), crowd.slice(2_500, 4_500)]
		expect(count(early, 'refused')).toBeGreaterThan(0)
		// 16 in each tenth of a second.
		expect(count(late, 'inside')).toBeGreaterThanOrEqual(4 * 150)
		expect(count(late, 'refused')).toBeGreaterThan(1_000)
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
			.map((one, at) => ({ ...one, waited: one.at - (began + Math.floor(at / 5) * 10) }))
			.filter(({ state }) => state !== 'waiting')
		const longest = (state: Visit['state']) =>
			Math.max(...waits.filter((one) => one.state === state).map(({ waited }) => waited))
		expect(longest('refused')).toBeLessThanOrEqual(530)
		expect(longest('inside')).toBeLessThanOrEqual(110)
	})

	test('what is protected is let in beside all others, at once', () => {
		pressFor(4_000)
		const help = visits('protected', 8)
		expect(count(help, 'inside')).toBe(8)
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
		serveFor(() => crowd, { total: 1_500, ms: 100 })
		expect(admission.counts).toEqual({ running: 0, waiting: 0 })
		expect(visit('reading').state).toBe('inside')
		vi.advanceTimersByTime(2_000)
		expect(admission.overloaded).toBe(false)
		expect(vi.getTimerCount()).toBe(0)
	})
})

test('nobody waits for ever: words eight seconds, and no more of each than can be kept', () => {
	visits('reading', 16)
	// Those inside wait for something else, such as a slow phone: after two seconds their places are given again.
	const words = visits('writing', 200)
	vi.advanceTimersByTime(1_999)
	expect(count(words, 'inside')).toBe(0)
	vi.advanceTimersByTime(50)
	expect(count(words, 'inside')).toBe(16)
	vi.advanceTimersByTime(6_500)
	expect(count(words, 'waiting')).toBe(0)
	expect(count(words, 'refused')).toBeGreaterThan(0)
	const many = visits('reading', 2_100)
	vi.advanceTimersByTime(25)
	expect(count(many, 'refused')).toBeGreaterThan(0)
	expect(admission.counts.waiting).toBeLessThanOrEqual(2_000)
})

test('nobody is refused as she comes: those who come back at once would leave no time for anything else', () => {
	const crowd = visits('reading', 5_000)
	expect(count(crowd, 'refused')).toBe(0)
	vi.advanceTimersByTime(25)
	expect(count(crowd, 'refused')).toBe(5_000 - 16 - 2_000)
	expect(crowd.findLastIndex(({ state }) => state === 'refused')).toBe(5_000 - 2_000 - 1)
})

test('there is room for so many and no more, however many come at once', () => {
	visits('reading', 50_000)
	expect(admission.counts.waiting).toBe(8_000)
})

test('who leaves while she waits is forgotten', () => {
	const first = visits('reading', 16)
	const [gone, next] = visits('reading', 2)
	// Both in one moment: no place is given to who is about to leave.
	first[0]!.leave()
	gone!.leave()
	vi.advanceTimersByTime(0)
	expect(next!.state).toBe('inside')
	expect(gone!.state).toBe('waiting')
	expect(admission.counts).toEqual({ running: 16, waiting: 0 })
})
