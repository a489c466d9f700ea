import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { PARTS_OF_ROOMS } from '../tests/bench/room-lines.mjs'
import { stampOf } from '../tests/bench/stamp.mjs'
import { say, secondsSince } from './progress.mjs'
import { forgetOwnSettings } from './run-tests.mjs'
import { setUp } from './setup.mjs'

// Measures what is promised of speed, beside bare servers of the same kind, and prints for each line whether it is kept.
// The load rig lies beside the project. Figures are kept in .cache/bench/out; a line is told from its part's last run.
//   npm run bench                    every line (about 50 minutes, nothing else running)
//   npm run bench -- quick           the same in one short round each
//   npm run bench -- pages workers   parts: pages, workers, first-visit, rooms, memory, start
//   npm run bench -- table           the table of what the last runs kept; measures nothing
// Beside the table:
//   npm run bench -- chat            rooms as the rig measures them
//   npm run bench -- forum           the forum's queries at 10,000 and 1,000,000 posts
//   npm run bench -- watch           what 10,000 watched words cost a message

/** @typedef {import('../tests/bench/table.mjs').Part} Part */

const root = resolve(import.meta.dirname, '..')
/** @type {readonly Part[]} */
const PARTS = ['pages', 'workers', 'first-visit', 'rooms', 'memory', 'start']
const WITH_DATASET = ['pages', 'workers', 'first-visit', 'chat']
const OTHERS = ['quick', 'table', 'chat', 'forum', 'watch']
const MEMORY_MINUTES = 10
const OUT = join(root, '.cache/bench/out')
const asked = process.argv.slice(2)
const quick = asked.includes('quick')
const processes = availableParallelism()

const stamp = () => stampOf({ quick })

/** Keeps figures as those of a part, and says of which run they are. @param {string} part @param {string} path */
function keep(part, path) {
	const figures = { ...stamp(), ...JSON.parse(readFileSync(path, 'utf8')) }
	writeFileSync(join(OUT, `${part}.json`), JSON.stringify(figures))
}

/** What needs the rig's dataset and our server on it. @param {string[]} parts */
async function measureOnDataset(parts) {
	const { prepareRig, writeAdapters } = await import('../tests/bench/rig.mjs')
	prepareRig()
	const { openDatasetHouse } = await import('../tests/bench/dataset-house.mjs')
	const { measureCrowd, measurePages } = await import('../tests/bench/parts/pages.mjs')
	const { measureFirstVisit } = await import('../tests/bench/parts/first-visit.mjs')
	const { measureChat } = await import('../tests/bench/parts/chat.mjs')
	const measures = {
		pages: measurePages,
		workers: measureCrowd,
		'first-visit': measureFirstVisit,
		chat: measureChat,
	}
	const house = await openDatasetHouse({ workers: processes })
	try {
		writeAdapters(house)
		for (const [part, measure] of Object.entries(measures)) {
			if (!parts.includes(part)) continue
			await measure({ quick })
			keep(part, join(OUT, `${part}.json`))
		}
	} finally {
		await house.close()
	}
}

/** In a process of its own; of rooms the table needs less than is measured where they are asked for by name. */
function measureRooms() {
	const args = [
		'scripts/bench-rooms.mjs',
		...(asked.includes('rooms') ? asked : [...PARTS_OF_ROOMS, ...asked]),
	]
	const done = spawnSync(process.execPath, args, { stdio: 'inherit' })
	if (done.status !== 0) throw new Error(`measuring rooms ended with ${done.status ?? done.signal}`)
	keep('rooms', join(root, '.cache/bench-rooms/rooms.json'))
}

/** @param {string[]} parts */
async function measure(parts) {
	await setUp({ building: true, leaving: new AbortController().signal })
	mkdirSync(OUT, { recursive: true })
	if (parts.some((part) => WITH_DATASET.includes(part))) await measureOnDataset(parts)
	if (parts.includes('rooms')) measureRooms()
	if (parts.includes('memory')) {
		const { measureMemory } = await import('../tests/bench/parts/memory.mjs')
		await measureMemory({ minutes: quick ? 1 : MEMORY_MINUTES, quick })
	}
	if (parts.includes('start')) {
		const { measureStart } = await import('../tests/bench/parts/start.mjs')
		await measureStart({ quick, stamp: stamp() })
	}
}

/** @param {string[]} parts */
async function tell(parts) {
	const { tableOf } = await import('../tests/bench/table.mjs')
	const shown = PARTS.filter((part) => parts.includes(part))
	if (shown.length > 0) process.stdout.write(`\n${tableOf(shown)}\n`)
}

async function main() {
	const began = performance.now()
	const named = [...PARTS, 'chat'].filter((part) => asked.includes(part))
	const parts = named.length > 0 ? named : PARTS
	if (!asked.includes('table')) await measure([...parts])
	await tell([...parts])
	say(`measured in ${secondsSince(began)}`)
}

process.chdir(root)
forgetOwnSettings()
const [first = ''] = asked
if (first && ![...PARTS, ...OTHERS].includes(first)) {
	process.stderr.write(`mimosa: nothing here is called ${first}: ${[...PARTS, ...OTHERS].join(', ')}\n`)
	process.exit(1)
}
if (first === 'forum') await import('./bench-forum.mjs')
else if (first === 'watch') {
	const { benchWatch } = await import('../tests/bench/watch.mjs')
	process.exit((await benchWatch()) ? 0 : 1)
} else await main()
process.exit(0)
