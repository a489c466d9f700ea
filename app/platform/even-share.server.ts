import type { Server } from 'node:http'

/** Two that come within this time came together. */
const TOGETHER_MS = 5
/** The system makes a tenth of a millisecond of it: long enough that another process is given the processor. */
const REST_MS = 0.05

const still = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))

/**
 * Lets the other processes of the port take theirs of connections that come together, as a proxy opens them and keeps
 * them. Taking one costs so little that whoever wakes first would take all of fifty before another is awake, and answer
 * them alone for as long as they are kept (docs/decisions/031). Rests between two as libuv did until 1.45
 * (UV_TCP_SINGLE_ACCEPT).
 */
export function shareEvenly(http: Server) {
	let lastAt = Number.NEGATIVE_INFINITY
	http.on('connection', () => {
		if (performance.now() - lastAt < TOGETHER_MS) Atomics.wait(still, 0, 0, REST_MS)
		lastAt = performance.now()
	})
}
