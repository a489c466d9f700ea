import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { fieldsOf } from '../bench/soak/browser'
import { memoryBetween, type Sample, slopeOf } from '../bench/soak/memory'
import { keepDoing } from '../bench/soak/pace'
import { wrongIn } from '../bench/soak/verdict'

describe('memory', () => {
	const grows = Array.from({ length: 61 }, (_, n) => ({
		at: n * 5,
		each: { 7: 100, 8: 200 + n },
		all: 300 + n,
	}))

	test('grows by MB a minute', () => {
		expect(
			slopeOf([
				{ at: 0, mb: 10 },
				{ at: 60, mb: 14 },
				{ at: 120, mb: 12 },
			]),
		).toBeCloseTo(1)
		expect(memoryBetween(grows, 0, 300)).toMatchObject({ largest: 260, all: 360 })
		expect(memoryBetween(grows, 0, 300)?.slopeOfSteepest).toBeCloseTo(12)
	})

	test('a process that was started in between says nothing of growing', () => {
		const replaced = grows.map(
			({ at, all }, n): Sample => ({
				at,
				all,
				each: n < 30 ? { 7: 100 } : { 7: 100, 9: n },
			}),
		)
		expect(memoryBetween(replaced, 0, 300)?.slopeOfSteepest).toBeCloseTo(0)
	})
})

test('who is slow does not keep the others waiting', async () => {
	let begun = 0
	const doing = keepDoing(200, async () => {
		begun += 1
		await sleep(10_000, undefined, { ref: false })
	})
	await sleep(500)
	doing.stop()
	const atTheEnd = begun
	await sleep(50)
	expect(begun).toBe(atTheEnd)
	expect(begun).toBeGreaterThan(40)
	expect(doing.tally).toMatchObject({ under: begun, took: [], wrong: [] })
})

test('a form is sent as the page has it', () => {
	const page = `<form id="other"><input type="hidden" name="key" value="no"/></form>
		<form method="post" id="answer-form" class="form"><input type="hidden" name="key" value="a&amp;b"/>
		<textarea name="body"></textarea><select id="x" name="language"><option value="en">English</option>
		<option value="it" selected="">Italiano</option></select><select name="note"><option value="">–</option></select></form>`
	expect(fieldsOf(page, 'answer-form')).toEqual({ key: 'a&b', language: 'it', note: '' })
	expect(() => fieldsOf(page, 'missing')).toThrow('no form')
})

describe('a soak', () => {
	const talk = { said: 3, acknowledged: 3, deliveries: 9, reconnects: 1, p50: 1, p99: 2 }
	const none = { lost: [], doubled: [], outOfOrder: [], unsent: [], troubles: [] }
	const good = {
		acts: { topic: { done: 5, wrong: {}, unanswered: 0, p50: 1, p99: 2 } },
		talk: { ...talk, ...none },
		faults: [],
		settled: true,
		restarts: [],
	}

	test('in which all went well', () => {
		expect(wrongIn(good)).toEqual([])
		expect(wrongIn({ ...good, faults: ['  every process was replaced: 9.1 s'] })).toEqual([])
	})

	test.each([
		[
			'an error',
			{ acts: { topic: { ...good.acts.topic, wrong: { 'answered 503': 2 } } } },
			'topic: answered 503 (2 times)',
		],
		[
			'one that waits for ever',
			{ acts: { topic: { ...good.acts.topic, unanswered: 1 } } },
			'topic: 1 were never done',
		],
		['nothing done', { acts: { topic: { ...good.acts.topic, done: 0 } } }, 'topic: never came about'],
		['a lost message', { talk: { ...good.talk, lost: ['a', 'b'] } }, 'chat, lost: 2, such as "a"'],
		['nobody hears', { talk: { ...good.talk, deliveries: 0 } }, 'chat: nobody heard anything'],
		['no rest', { settled: false }, 'it did not come to rest when the load was over'],
		['a fault of ours', { faults: ['{"error":1}'] }, 'the server wrote: {"error":1}'],
	])('with %s', (_what, part, line) => expect(wrongIn({ ...good, ...part })).toEqual([line]))
})
