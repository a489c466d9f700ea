import { EventEmitter } from 'node:events'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { env } from '~/platform/env.server'
import { metrics } from '~/platform/metrics.server'
import { hasRoomForSocket, isOverloaded, overload, watchLoad } from '~/platform/overload.server'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
	for (const { leave } of visits.splice(0)) leave()
	vi.advanceTimersByTime(10_000)
	vi.useRealTimers()
})

interface Visit {
	outcome: 'in' | 'refused' | undefined
	leave(): void
}
const visits: Visit[] = []

function visit(url: string, method = 'GET', headers: IncomingHttpHeaders = {}): Visit {
	const response = new EventEmitter()
	const one: Visit = { outcome: undefined, leave: () => void response.emit('close') }
	visits.push(one)
	const guard = overload(() => {
		one.outcome = 'refused'
	})
	guard({ url, method, headers } as IncomingMessage, response as ServerResponse, () => {
		one.outcome = 'in'
	})
	return one
}

/** As many read as there are places, and nobody is answered. */
const fill = () => {
	for (let count = 0; count < 16; count += 1) visit('/forum')
}

test.each([
	'/help',
	'/help?from=here',
	'/sign-in',
	'/sign-in/second',
	'/sign-out',
	'/recover',
	'/report/person',
	'/report/post/4f0f',
	'/language',
	'/rules',
	'/rules/accept',
	'/privacy',
	'/Help',
	'/exit',
])('%s works when all places are taken', (address) => {
	fill()
	expect(visit(address).outcome).toBe('in')
	expect(visit(address, 'POST').outcome).toBe('in')
})

describe('when nothing else works', () => {
	/** As many sign in as have places of their own beside the others. */
	const fillAll = () => {
		fill()
		for (let count = 0; count < 9; count += 1) visit('/sign-in', 'POST')
	}
	const headers = { authorization: 'Bearer of-the-one-who-watches' }
	afterEach(() => {
		env().metricsToken = null
	})

	test.each(['/exit', '/exit?from=here', '/exit/', '/healthz', '/readyz'])(
		'%s does, for a look',
		(address) => {
			fillAll()
			expect(visit('/sign-in').outcome).toBeUndefined()
			expect(visit(address).outcome).toBe('in')
			expect(visit(address, 'POST').outcome).toBeUndefined()
		},
	)

	test('/metrics does for whoever holds the token, and for no one else', () => {
		env().metricsToken = 'of-the-one-who-watches'
		fillAll()
		expect(visit('/metrics', 'GET', headers).outcome).toBe('in')
		expect(visit('/metrics').outcome).toBeUndefined()
		expect(visit('/metrics', 'GET', { authorization: 'Bearer of-somebody' }).outcome).toBeUndefined()
		env().metricsToken = null
		expect(visit('/metrics', 'GET', headers).outcome).toBeUndefined()
	})
})

test.each(['/', '/forum/space/topic', '/helpless', '/reporting', '/chat/exit', '/search?q=/help'])(
	'%s waits for its turn',
	(address) => {
		fill()
		expect(visit(address).outcome).toBeUndefined()
	},
)

test('what she sends goes before what others read', () => {
	fill()
	const read = visit('/forum')
	const sent = visit('/forum/space/new', 'POST')
	visits[0]!.leave()
	vi.advanceTimersByTime(0)
	expect([sent.outcome, read.outcome]).toEqual(['in', undefined])
})

const told = async (name: string) => (await metrics.getSingleMetric(name)?.get())?.values[0]?.value

describe('when more is asked than can be done', () => {
	test('it is told to those who are refused, counted, and sockets wait; then it is over', async () => {
		watchLoad()
		expect([isOverloaded(), hasRoomForSocket()]).toEqual([false, true])
		fill()
		// Those inside take long: what comes after two seconds has a place of theirs, the next ones wait.
		const late = Array.from({ length: 60 }, () => visit('/forum'))
		vi.advanceTimersByTime(3_100)
		expect(late.filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThan(0)
		expect([isOverloaded(), hasRoomForSocket()]).toEqual([true, false])
		const shed = await metrics.getSingleMetricAsString('mimosa_shed_total')
		expect(shed).toMatch(/kind="reading"\} [1-9]/)
		expect(shed).toContain('kind="socket"} 1')
		expect(await told('mimosa_overloaded')).toBe(1)
		expect(await told('mimosa_requests_running')).toBeGreaterThan(0)
		for (const { leave } of visits) leave()
		vi.advanceTimersByTime(2_100)
		expect([isOverloaded(), hasRoomForSocket()]).toEqual([false, true])
		expect(await told('mimosa_requests_running')).toBe(0)
	})
})
