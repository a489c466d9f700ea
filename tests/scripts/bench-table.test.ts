import { describe, expect, test } from 'vitest'
import {
	linesOfCrowd,
	linesOfFirstVisit,
	linesOfMemory,
	linesOfPages,
	linesOfRooms,
	linesOfStart,
} from '../bench/lines.mjs'
import { PARTS_OF_ROOMS } from '../bench/room-lines.mjs'
import { FULL_ROOMS } from '../bench/rooms/fan-out.mjs'
import { LADDER } from '../bench/rooms/ladder.mjs'

const row = (round: number, target: string, page: string, rps: number, more: object = {}) => ({
	round,
	target,
	page,
	rps,
	p50: 10,
	p99: 20,
	serverCpuMs: 2,
	dbCpuMs: 1,
	...more,
})

/** The bare page stands before and after ours in each round; the second round is on a machine half as fast. */
function pages({ topic, alone = topic, cpu = 3 }: { topic: number; alone?: number; cpu?: number }) {
	const names = ['topic', 'category', 'home', 'front', 'search']
	const rows = [1, 2].flatMap((round) => [
		row(round, 'bare-react', 'topic', 1_100 / round, { serverCpuMs: 0.97, dbCpuMs: 0 }),
		row(round, 'bare-react', 'topic', 900 / round, { serverCpuMs: 0.97, dbCpuMs: 0 }),
		row(round, 'bare-remix', 'topic', 300 / round),
		...names.map((page) => row(round, 'own', page, topic / round, { serverCpuMs: cpu - 1 })),
		...names.map((page) => row(round, 'own-alone', page, alone / round)),
	])
	return { rows, processes: 2 }
}

const metBy = (lines: { what: string; met: boolean | null }[], what: string | RegExp) =>
	lines.find((line) => line.what.match(what))?.met

describe('pages', () => {
	test.each([
		[460, true],
		[440, false],
	])('%i requests/s beside 1,000 in the same round', (topic, met) => {
		const lines = linesOfPages(pages({ topic, alone: 2_000 }))
		expect(metBy(lines, /^topic page.*bare React/)).toBe(met)
		expect(lines[0]?.measured).toMatch(/^0\.4\d with 2 processes; 2\.00 with one$/)
	})

	test('beside a stock Remix app', () => {
		expect(metBy(linesOfPages(pages({ topic: 211 })), /stock Remix/)).toBe(true)
		expect(metBy(linesOfPages(pages({ topic: 209 })), /stock Remix/)).toBe(false)
	})

	test('processor time counts the database, and the lower of the two goals decides', () => {
		const cpu = (ms: number) => metBy(linesOfPages(pages({ topic: 1, cpu: ms })), /^topic page.*CPU/)
		expect([cpu(6), cpu(6.2)]).toEqual([true, false])
		const quicker = pages({ topic: 1, cpu: 4 })
		for (const one of quicker.rows) if (one.target === 'bare-react') one.serverCpuMs = 0.5
		expect(metBy(linesOfPages(quicker), /^topic page.*CPU/)).toBe(false)
	})

	test('crowded: p99 beside the p50 of the bare page, and what a second process adds', () => {
		const { rows } = pages({ topic: 118, alone: 100 })
		const lines = linesOfCrowd({ rows, processes: 2 })
		expect(lines.map(({ met, measured }) => [met, measured])).toEqual([
			[true, '2.00 with 2 processes; 2.00 with one'],
			[false, '1.18'],
		])
	})

	test('the heaviest first visit decides', () => {
		const of = (wire: number, fcp: number) => ({ target: 'own', profile: 'plain', wire: wire * 1_024, fcp })
		const slow = [
			{ ...of(30, 1_300), profile: 'slow' },
			{ ...of(30, 800), target: 'bare-react', profile: 'slow' },
		]
		const met = (wire: number) =>
			linesOfFirstVisit({ rows: [of(30, 1), of(wire, 1), ...slow] }).map((l) => l.met)
		expect([met(40), met(41)]).toEqual([
			[true, true],
			[false, true],
		])
	})
})

describe('rooms', () => {
	const talk = (name: string, members: number, rate: number, more: object = {}) => ({
		name,
		members,
		rate,
		perSecond: members * rate,
		lost: 0,
		failed: 0,
		p99: 100,
		serverMs: 4,
		databaseMs: 0,
		...more,
	})

	test('deliveries, waiting and loss in the crowded room', () => {
		const met = (ours: object) =>
			linesOfRooms({
				rows: [talk('bare', 500, 100), talk('ours', 500, 100, ours)],
				commits: [0.5],
			})
				.slice(0, 3)
				.map((line) => line.met)
		expect(met({})).toEqual([true, true, true])
		expect(met({ perSecond: 42_000, p99: 201, lost: 1 })).toEqual([false, false, false])
		expect(met({ failed: 1 })).toEqual([true, true, false])
	})

	test.each([
		['the highest of those tried', [100, 200, 300], {}, '300 messages/s (the highest tried)', true],
		['that was held, as all below', [100, 200, 300], { 200: { p99: 1_001 } }, '100 messages/s', false],
		['at which nothing was lost', [100, 200, 300], { 300: { lost: 1 } }, '200 messages/s', true],
		['not known where no higher one was tried', [20, 100], {}, '', null],
	] as const)('the rate that is held: %s', (_what, rates, ours, measured, met) => {
		const rows = rates.map((rate) => talk('ours', 50, rate, (ours as Record<number, object>)[rate]))
		const line = linesOfRooms({ rows, commits: [] }).find(({ what }) => what.startsWith('room of 50:'))
		expect(line).toMatchObject({ measured, met })
	})

	test('what the bench measures for the table is all that its lines tell of', () => {
		const cells = ({ sizes, rates }: typeof LADDER, more: object) =>
			sizes.flatMap((members) =>
				rates.flatMap((rate) => ['bare', 'ours'].map((name) => talk(name, members, rate, more))),
			)
		const measured = { 'fan-out': cells(FULL_ROOMS, {}), ladder: cells(LADDER, { step: true }) }
		const unknown = (parts: (keyof typeof measured)[]) =>
			linesOfRooms({ rows: parts.flatMap((part) => measured[part]), commits: [1] }).filter(
				({ met }) => met === null,
			).length
		expect(unknown(PARTS_OF_ROOMS)).toBe(0)
		for (const left of PARTS_OF_ROOMS)
			expect(unknown(PARTS_OF_ROOMS.filter((part) => part !== left)), `without ${left}`).toBeGreaterThan(0)
	})

	test('processor time of a message counts the database', () => {
		const rows = [talk('bare', 200, 20), talk('ours', 200, 20, { serverMs: 6, databaseMs: 2.1 })]
		expect(metBy(linesOfRooms({ rows, commits: [] }), /CPU/)).toBe(false)
	})
})

describe('memory and starting', () => {
	const kept = (figures: object) => ({
		memory: { read: { largest: 300, all: 700 }, window: { figures } },
		wrong: [],
		talk: { lost: [], said: 1 },
		acts: { topic: { done: 5 } },
	})

	test('growth is not told of a run that was too short for it', () => {
		const lines = linesOfMemory({ memory: kept({ slopeOfAll: 0, slopeOfSteepest: 0 }) })
		expect(lines.map(({ met }) => met)).toEqual([true, null])
	})

	test('all processes together must not grow', () => {
		const soak = kept({ slopeOfAll: 1.1, slopeOfSteepest: 0.6 })
		expect(linesOfMemory({ soak }).map(({ met }) => met)).toEqual([true, false, true])
	})

	test("npm's own time is not ours", () => {
		const lines = linesOfStart({ warm: [2, 2.5, 3.5], fresh: { seconds: 90, installing: 31 } })
		expect(lines.map(({ met }) => met)).toEqual([true, true])
		expect(lines[1]?.measured).toBe('59.0 s (and 31.0 for npm)')
	})
})
