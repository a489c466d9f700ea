import { afterAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { endAside } from '~/platform/aside.server'
import { keyedHash } from '~/platform/secret.server'
import { closeSignals, openSignals, signal, stopHearing } from '~/platform/signals.server'

const wire = vi.hoisted(() => {
	process.env.WORKER_SLOT = '1'
	process.env.WORKER_DOORS = '.'
	return { sent: [] as string[], hear: (_packet: string) => {} }
})
vi.mock('~/platform/carriers.server', () => ({
	carryBetweenWorkers: (hear: (packet: string) => void) => {
		wire.hear = hear
		return { send: (packet: string) => wire.sent.push(packet), isUp: () => true, close: async () => {} }
	},
}))
afterAll(closeSignals)

/** As another process of this installation says it. */
function fromElsewhere(n: number) {
	const text = JSON.stringify(['another process', [['tests', { n }]]])
	wire.hear(keyedHash('signals', text) + text)
	return endAside()
}

test('who leaves hears nothing more, and is still heard', async () => {
	const heard: number[] = []
	const say = signal('tests', z.object({ n: z.int() }), ({ n }) => void heard.push(n))
	openSignals()
	await fromElsewhere(1)
	stopHearing()
	await fromElsewhere(2)
	expect(heard).toEqual([1])
	say({ n: 3 })
	await new Promise(setImmediate)
	expect(wire.sent.join()).toContain('["tests",{"n":3}]')
})
