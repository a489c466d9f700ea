import { timingSafeEqual } from 'node:crypto'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { env } from './env.server'
import { once } from './once.server'

/** Counts for operators. No label ever names a person, a room or a page with an id in it. */
export const metrics = once('metrics', () => {
	const registry = new Registry()
	// Each process counts for itself; which one it was stays to be seen where they are told together.
	const { worker } = env()
	if (worker) registry.setDefaultLabels({ process: worker.slot })
	collectDefaultMetrics({ register: registry })
	return registry
})

export const requestSeconds = once(
	'metric:requests',
	() =>
		new Histogram({
			name: 'mimosa_request_seconds',
			help: 'Time to answer a request, by status class',
			labelNames: ['status'],
			buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
			registers: [metrics],
		}),
)

export const openSockets = once(
	'metric:sockets',
	() => new Gauge({ name: 'mimosa_sockets', help: 'Open realtime connections', registers: [metrics] }),
)

export const chatMessages = once(
	'metric:messages',
	() =>
		new Counter({ name: 'mimosa_chat_messages_total', help: 'Chat messages accepted', registers: [metrics] }),
)

/** Whether this Authorization header carries METRICS_TOKEN. */
export function mayReadMetrics(header: string | null | undefined): boolean {
	const token = env().metricsToken
	if (!token) return false
	const given = Buffer.from(header ?? '')
	const wanted = Buffer.from(`Bearer ${token}`)
	return given.length === wanted.length && timingSafeEqual(given, wanted)
}
