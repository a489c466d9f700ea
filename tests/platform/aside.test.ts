import { afterEach, describe, expect, test, vi } from 'vitest'
import { aside, endAside, keepDoing } from '~/platform/aside.server'
import { log } from '~/platform/log.server'

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

afterEach(async () => {
	vi.useRealTimers()
	vi.restoreAllMocks()
	await endAside()
})

describe('what is done aside', () => {
	test('it is waited for before the process leaves, and so is what it begins', async () => {
		const done: string[] = []
		aside('tests', async () => {
			await wait(10)
			done.push('first')
			aside('tests', async () => {
				await wait(10)
				done.push('second')
			})
		})
		await endAside()
		expect(done).toEqual(['first', 'second'])
	})

	test('what goes wrong is logged under its name, and nothing else fails of it', async () => {
		const error = vi.spyOn(log, 'error').mockImplementation(() => {})
		aside('tests.late', async () => {
			throw new Error('her words')
		})
		aside('tests.atOnce', () => {
			throw new TypeError('her words')
		})
		await endAside()
		const told = error.mock.calls.map(
			([line]) => line as unknown as { where: string; fault: { name: string } },
		)
		expect(new Map(told.map(({ where, fault }) => [where, fault.name]))).toEqual(
			new Map([
				['tests.late', 'Error'],
				['tests.atOnce', 'TypeError'],
			]),
		)
		expect(JSON.stringify(told)).not.toContain('her words')
	})

	test('what never ends is not waited for longer than three seconds', async () => {
		vi.useFakeTimers()
		const error = vi.spyOn(log, 'error').mockImplementation(() => {})
		let end = () => {}
		aside('tests', () => new Promise<void>((resolve) => (end = resolve)))
		let left = false
		const leaving = endAside().then(() => (left = true))
		await vi.advanceTimersByTimeAsync(2_900)
		expect(left).toBe(false)
		await vi.advanceTimersByTimeAsync(200)
		await leaving
		expect(error).toHaveBeenCalledOnce()
		end()
	})

	test('by the clock it is done again and again, once for each name, until the process leaves', async () => {
		vi.useFakeTimers()
		const work = vi.fn()
		keepDoing('tests.clock', 1_000, work)
		keepDoing('tests.clock', 1_000, work)
		await vi.advanceTimersByTimeAsync(3_500)
		expect(work).toHaveBeenCalledTimes(3)
		await endAside()
		await vi.advanceTimersByTimeAsync(5_000)
		expect(work).toHaveBeenCalledTimes(3)
	})
})
