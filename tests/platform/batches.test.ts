import { expect, test } from 'vitest'
import { inBatches } from '~/platform/batches.server'

const tick = () => new Promise((resolve) => setImmediate(resolve))

/** Work that is done when the test says so; each batch is kept as it came. */
function aWork({ size = 3, atOnce = 1 } = {}) {
	const batches: { asked: string[]; finish(): void; fail(error: Error): void }[] = []
	const ask = inBatches<string, string>({
		work: (asked) =>
			new Promise((resolve, reject) => {
				const given = asked.map((one) => one.toUpperCase())
				batches.push({ asked, finish: () => resolve(given), fail: reject })
			}),
		lineOf: (asked) => asked[0]!,
		size,
		atOnce,
	})
	return { batches, ask, shapes: () => batches.map(({ asked }) => asked.join(' ')) }
}

test('what is asked in one moment goes together, and each gets her own answer', async () => {
	const { batches, ask, shapes } = aWork()
	const answers = Promise.all([ask('a1'), ask('a2'), ask('b1')])
	await tick()
	expect(shapes()).toEqual(['a1 a2', 'b1'])
	for (const { finish } of batches) finish()
	expect(await answers).toEqual(['A1', 'A2', 'B1'])
})

test('who comes while her line is busy waits for the next batch, in the order they came', async () => {
	const { batches, ask, shapes } = aWork()
	const first = ask('a1')
	await tick()
	const later = Promise.all(['a2', 'a3', 'a4', 'a5'].map(ask))
	const other = ask('b1')
	await tick()
	expect(shapes()).toEqual(['a1', 'b1'])
	batches[0]?.finish()
	await first
	await tick()
	expect(shapes()).toEqual(['a1', 'b1', 'a2 a3 a4'])
	batches[1]?.finish()
	batches[2]?.finish()
	await tick()
	expect(shapes().at(-1)).toBe('a5')
	batches[3]?.finish()
	expect(await later).toEqual(['A2', 'A3', 'A4', 'A5'])
	expect(await other).toBe('B1')
})

test('a line runs no more batches at once than it may', async () => {
	const { batches, ask, shapes } = aWork({ size: 1, atOnce: 2 })
	const answers = Promise.all(['a1', 'a2', 'a3'].map(ask))
	await tick()
	expect(shapes()).toEqual(['a1', 'a2'])
	batches[1]?.finish()
	await tick()
	expect(shapes()).toEqual(['a1', 'a2', 'a3'])
	for (const { finish } of batches) finish()
	expect(await answers).toEqual(['A1', 'A2', 'A3'])
})

test('a batch that fails fails for whoever is in it, and the next goes on', async () => {
	const { batches, ask } = aWork({ size: 2 })
	const answers = Promise.allSettled(['a1', 'a2', 'a3'].map(ask))
	await tick()
	batches[0]?.fail(new Error('no'))
	await tick()
	batches[1]?.finish()
	expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})
