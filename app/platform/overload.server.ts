import type { IncomingMessage, ServerResponse } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge } from 'prom-client'
import { Admission, type Kind } from './admission'
import { mayReadMetrics, metrics } from './metrics.server'
import { once } from './once.server'

/** What must work whatever else does not: coming in and leaving, help, reports, her language, the rules. */
const PROTECTED = /^\/(help|exit|sign-in|sign-out|recover|report|language|rules|privacy)(\/|$)/i
/** Whoever must be gone now never waits, nor whoever watches over the server: each of them is answered with little. */
const UNASKED = /^\/(exit|healthz|readyz)\/?$/i
const METRICS = /^\/metrics\/?$/i
const LOOP_RESOLUTION_MS = 20
const LOOK_AT_LOOP_EVERY_MS = 1_000
/** As long as this, and every turn of the process is long enough for whoever waits to see. */
const LOOP_DELAY_AT_MOST_MS = 500

const admission = once('admission', () => new Admission())
const loop = once('loop', () => ({ delay: 0 }))

const shed = once(
	'metric:shed',
	() =>
		new Counter({
			name: 'mimosa_shed_total',
			help: 'Requests and realtime connections turned away under overload, by kind',
			labelNames: ['kind'],
			registers: [metrics],
		}),
)

/** What is looked up when somebody asks for /metrics. */
const LOOKED_UP: [name: string, help: string, look: () => number][] = [
	[
		'mimosa_overloaded',
		'Whether more is asked than can be done (1) or not (0)',
		() => Number(isOverloaded()),
	],
	['mimosa_requests_running', 'Requests that are worked on', () => admission.counts.running],
	['mimosa_requests_waiting', 'Requests that wait for their turn', () => admission.counts.waiting],
	['mimosa_event_loop_delay_seconds', 'Mean delay in the last second', () => loop.delay / 1_000],
]

/** Begins to look how long the process takes for each of its turns, and to tell the operators. */
export function watchLoad() {
	for (const [name, help, look] of LOOKED_UP)
		once(`metric:${name}`, () => {
			const collect = function (this: Gauge) {
				this.set(look())
			}
			return new Gauge({ name, help, registers: [metrics], collect })
		})
	const histogram = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS })
	histogram.enable()
	setInterval(() => {
		const mean = histogram.mean / 1e6 - LOOP_RESOLUTION_MS
		loop.delay = Math.max(0, Number.isNaN(mean) ? 0 : mean)
		histogram.reset()
	}, LOOK_AT_LOOP_EVERY_MS).unref()
}

/** Whether more is asked of this process than it can do. */
export const isOverloaded = () => admission.overloaded || loop.delay > LOOP_DELAY_AT_MOST_MS

/** Whether a new realtime connection may be opened. Who may not tries again later, and later still (Socket.IO). */
export function hasRoomForSocket() {
	if (!isOverloaded()) return true
	shed.inc({ kind: 'socket' })
	return false
}

function kindOf({ method, url = '', headers }: IncomingMessage): Kind | undefined {
	const path = url.split('?', 1)[0] ?? ''
	if (method !== 'POST' && UNASKED.test(path)) return undefined
	// For who has no token it is a page like any other that is missing.
	if (METRICS.test(path) && mayReadMetrics(headers.authorization)) return undefined
	if (PROTECTED.test(path)) return 'protected'
	return method === 'POST' ? 'writing' : 'reading'
}

/**
 * Lets requests in as the process can take them (`Admission`). `busy` answers those it cannot: at once, and without
 * asking anything of the database.
 */
export const overload =
	(busy: (request: IncomingMessage, response: ServerResponse) => void) =>
	(request: IncomingMessage, response: ServerResponse, next: () => void) => {
		const kind = kindOf(request)
		if (!kind) return next()
		const leave = admission.ask(kind, {
			enter: next,
			refuse() {
				shed.inc({ kind })
				busy(request, response)
			},
		})
		response.once('close', leave)
	}
