import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keepLookingOut, lookOut } from '~/platform/lookouts.server'
import { within } from '~/platform/patience'

vi.mock('~/platform/env.server', () => ({ env: () => ({ several: true }) }))
vi.mock('~/platform/log.server', () => ({ logFault: vi.fn() }))

const never = () => new Promise<never>(() => {})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('waiting for an answer', () => {
	test('gives it, or what went wrong with it, and leaves no timer', async () => {
		await expect(within(50, Promise.resolve('here'))).resolves.toBe('here')
		await expect(within(50, Promise.reject(new Error('broken')))).rejects.toThrow('broken')
		expect(vi.getTimerCount()).toBe(0)
	})

	test('ends when it does not come', async () => {
		const waited = expect(within(50, never())).rejects.toMatchObject({ code: 'unavailable' })
		await vi.advanceTimersByTimeAsync(50)
		await waited
	})
})

test('a look that is never answered does not stop the next ones', async () => {
	const look = vi.fn(async () => {}).mockImplementationOnce(never)
	lookOut('test.lost', look)
	const looking = keepLookingOut()
	await vi.advanceTimersByTimeAsync(5_000)
	expect(look).toHaveBeenCalledTimes(1)
	await vi.advanceTimersByTimeAsync(10_000)
	expect(look.mock.calls.length).toBeGreaterThan(1)
	clearInterval(looking)
})
