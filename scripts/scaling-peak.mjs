import { actCost, figure, idleOf, pageCost, processesOf, ratesOf, spreadOf } from './scaling-model.mjs'
import { exponential, randomFrom, workThrough } from './scaling-queue.mjs'
import { PAGES, ROOMS } from './scaling-use.mjs'

// The top of the busiest hour, request by request and message by message.

/** @typedef {import('./scaling-model.mjs').Case} Case */
/** @typedef {import('./scaling-queue.mjs').Job} Job */
/** @typedef {{ rate: number, jobs(at: number): Job[] }} Stream  a second; several jobs where other processes read on */

/** As app/platform/admission.ts has them. */
const PLACES = 16
const PATIENCE_MS = 3_000
/** How often a process does what is always there. */
const IDLE_EVERY_MS = 200

/** @param {Case} one @param {() => number} random */
function streamsOf(one, random) {
	const rates = ratesOf(one)
	const processes = processesOf(one.shape)
	const anyProcess = () => Math.floor(random() * processes)
	/** @param {number} rate @param {{ app: number, database: number }} cost @returns {Stream} */
	const asked = (rate, { app, database }) => ({
		rate,
		jobs(at) {
			const process = anyProcess()
			const steps = [{ process, ms: exponential(random, app) }, { ms: exponential(random, database) }]
			return [{ at, place: process, counts: true, steps }]
		},
	})
	return [
		...Object.entries(PAGES).map(([name, share]) => asked(rates.pages * share, pageCost(one, name))),
		...['answer', 'question', 'signIn', 'mark'].map((name) =>
			asked(rates[/** @type {'answer'} */ (name)], actCost(one.costs, name)),
		),
		...ROOMS.map((room) => said(one, room, random)),
	]
}

/** Messages of rooms of one size: written by one process, read by the others that have somebody there, told by all. @param {Case} one @param {typeof ROOMS[number]} room @param {() => number} random @returns {Stream} */
function said(one, { size, share, messagesAMinute }, random) {
	const { costs } = one
	const processes = processesOf(one.shape)
	const others = spreadOf(size, processes) - 1
	const told = (size / (others + 1)) * figure(costs, 'deliveryAppMs')
	return {
		rate: (ratesOf(one).rooms * share * messagesAMinute) / 60,
		jobs(at) {
			const writer = Math.floor(random() * processes)
			/** @type {Job} */
			const written = {
				at,
				counts: false,
				steps: [
					{ process: writer, ms: exponential(random, figure(costs, 'messageAppMs')) + told },
					{ ms: exponential(random, figure(costs, 'messageDatabaseMs')) },
				],
			}
			const readers = Math.floor(others) + (random() < others % 1 ? 1 : 0)
			const read = Array.from({ length: readers }, (_, n) => ({
				at,
				counts: false,
				steps: [
					{ ms: exponential(random, figure(costs, 'readElsewhereDatabaseMs')) },
					{ process: (writer + n + 1) % processes, ms: figure(costs, 'readElsewhereAppMs') + told },
				],
			}))
			return [written, ...read]
		},
	}
}

/** @param {Case} one @param {number} at @returns {Job[]} */
function idleJobs(one, at) {
	const { app, database } = idleOf(one)
	const share = IDLE_EVERY_MS / 1_000
	return Array.from({ length: processesOf(one.shape) }, (_, process) => ({
		at,
		counts: false,
		steps: [{ process, ms: app * share }, { ms: database * share }],
	}))
}

/** @param {Case} one @param {() => number} random @param {number} lastsMs @returns {Generator<Job>} */
function* jobsOf(one, random, lastsMs) {
	const streams = streamsOf(one, random)
	const all = streams.reduce((sum, { rate }) => sum + rate, 0)
	const pick = () => {
		let left = random() * all
		for (const stream of streams) {
			left -= stream.rate
			if (left < 0) return stream
		}
		return streams[0]
	}
	let idleAt = 0
	for (let at = exponential(random, 1_000 / all); at < lastsMs; at += exponential(random, 1_000 / all)) {
		for (; idleAt <= at; idleAt += IDLE_EVERY_MS) yield* idleJobs(one, idleAt)
		yield* pick()?.jobs(at) ?? []
	}
}

/**
 * Simulates the top of the busiest hour: everything comes at random moments, waits for a place, its process and a
 * processor. The same seed gives the same answer.
 * @param {Case} one @param {{ seed: number, seconds: number }} how
 */
export function simulatePeak(one, { seed, seconds }) {
	const { shape } = one
	const machines = {
		app: shape.machines * shape.cores,
		database: shape.database?.cores ?? 0,
		shared: shape.database === null,
		places: PLACES,
		patienceMs: PATIENCE_MS,
	}
	return workThrough(machines, jobsOf(one, randomFrom(seed), seconds * 1_000), seconds * 1_000)
}
