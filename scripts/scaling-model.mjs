import { BOUNDS, PAGES, ROOMS } from './scaling-use.mjs'

// What a number of members asks of machines, from what each page, message and connection costs. Pure functions.

/** @typedef {import('./scaling-use.mjs').Use} Use */
/** @typedef {import('./scaling-use.mjs').Shape} Shape */
/** @typedef {{ app: number, database: number, where: string }} Cost  ms of processor time */
/** @typedef {{ bytes: number, scattered: number, where: string }} RowSize  bytes of a row with its indexes, and of those of its indexes where new rows land anywhere */
/**
 * @typedef {object} Costs
 * @property {string} rig
 * @property {Record<string, Cost & { kib: number }>} pages
 * @property {Record<string, Cost>} acts
 * @property {Record<string, { is: number, where: string }>} figures
 * @property {Record<string, RowSize>} rows
 */
/** @typedef {{ members: number, use: Use, shape: Shape, costs: Costs }} Case */
/** @typedef {{ what: string, where: string, slows?: true, of(one: Case): number, most(one: Case): number }} Bound  `slows`: nothing ends there, each write then waits for the disk */

const HOUR_S = 3_600
const DAYS = 365
const MB = 1_048_576
const GB = 1_024 * MB
const MOST_PROCESSES = 8
const MOST_MEMBERS = 1e10

/** @param {Costs} costs @param {string} name */
export function figure({ figures }, name) {
	const found = figures[name]
	if (!found) throw new Error(`docs/scaling-costs.json has no "${name}"`)
	return found.is
}

/** @template T @param {Record<string, T>} table @param {string} name @returns {T} */
function costOf(table, name) {
	const found = table[name]
	if (!found) throw new Error(`docs/scaling-costs.json has no "${name}"`)
	return found
}

/** @param {Shape} shape */
export const processesOf = ({ machines, cores }) => machines * Math.min(cores, MOST_PROCESSES)

/** @param {Shape} shape @param {Costs} costs  connections to Postgres while processes are replaced */
export const connectionsOf = (shape, costs) =>
	figure(costs, 'connectionsAProcess') * (processesOf(shape) + shape.machines) + 10

/** In how many of the processes those of a room are, if each is anywhere. @param {number} size @param {number} processes */
export const spreadOf = (size, processes) => processes * (1 - (1 - 1 / processes) ** size)

/** @param {(room: typeof ROOMS[number]) => number} of */
const overRooms = (of) => ROOMS.reduce((sum, room) => sum + room.share * of(room), 0)

/** Rates a second at the top of the busiest hour, in the largest region. @param {Case} one */
export function ratesOf({ members, use, shape }) {
	const here = members * shape.largestShare
	const visitsADay = here * use.activeADay * use.visitsADay
	const visits = (visitsADay * use.peakHourShare * use.topOverHour) / HOUR_S
	const pages = visits * use.pagesAVisit
	const sockets = here * use.inRooms
	const rooms = sockets / overRooms(({ size }) => size)
	return {
		here,
		visitsADay,
		pages,
		answer: visits * use.answersAVisit,
		question: visits * use.questionsAVisit,
		signIn: visits * use.signInsAVisit,
		mark: pages * PAGES.topic * use.marksATopic,
		sockets,
		rooms,
		messages: (rooms * overRooms(({ messagesAMinute }) => messagesAMinute)) / 60,
		deliveries: (rooms * overRooms(({ size, messagesAMinute }) => size * messagesAMinute)) / 60,
	}
}

/** A page's costs with its compression; of the database what no replica takes. @param {Case} one @param {string} name */
export function pageCost({ use, shape, costs }, name) {
	const { app, database, kib } = costOf(costs.pages, name)
	return {
		app: app + kib * figure(costs, 'compressionMsPerKib'),
		database: shape.replica ? database * (1 - use.movable) : database,
		kib: kib * figure(costs, 'compressedShare'),
	}
}

/** @param {Costs} costs @param {string} name */
export const actCost = (costs, name) => costOf(costs.acts, name)

/** What one process spends in a second whatever is asked, with its share of the connections. @param {Case} one */
export function idleOf(one) {
	const { costs, shape } = one
	const sockets = ratesOf(one).sockets / processesOf(shape)
	return {
		app: figure(costs, 'processIdleMsASecond') + sockets * figure(costs, 'socketAppMsASecond'),
		database: sockets * figure(costs, 'socketDatabaseMsASecond'),
	}
}

/** Processors in use: of the processes and of the database. @param {Case} one */
export function processorsOf(one) {
	const { costs, shape } = one
	const rates = ratesOf(one)
	const processes = processesOf(shape)
	const idle = idleOf(one)
	let [app, database] = [idle.app * processes, idle.database * processes]
	const add = (/** @type {number} */ rate, /** @type {{ app: number, database: number }} */ cost) => {
		app += rate * cost.app
		database += rate * cost.database
	}
	for (const [name, share] of Object.entries(PAGES)) add(rates.pages * share, pageCost(one, name))
	for (const name of /** @type {const} */ (['answer', 'question', 'signIn', 'mark']))
		add(rates[name], actCost(costs, name))
	const message = {
		app: figure(costs, 'messageAppMs'),
		database: figure(costs, 'messageDatabaseMs'),
	}
	add(rates.messages, message)
	const elsewhere = overRooms(
		({ size, messagesAMinute }) => (messagesAMinute / 60) * (spreadOf(size, processes) - 1),
	)
	add(rates.rooms * elsewhere, {
		app: figure(costs, 'readElsewhereAppMs'),
		database: figure(costs, 'readElsewhereDatabaseMs'),
	})
	add(rates.deliveries, { app: figure(costs, 'deliveryAppMs'), database: 0 })
	return { app: app / 1_000, database: database / 1_000 }
}

/** Rows that a year adds. @param {Case} one @returns {Record<string, number>} */
export function rowsAYear(one) {
	const { use } = one
	const { here, visitsADay, messages } = ratesOf(one)
	// The top of the hour says how much is said; the day has as many busiest hours as its share says.
	const hoursADay = 1 / use.peakHourShare / use.topOverHour
	const posts = visitsADay * DAYS * (use.answersAVisit + use.questionsAVisit)
	return {
		messages: messages * HOUR_S * hoursADay * DAYS,
		posts,
		search: posts,
		topics: visitsADay * DAYS * use.questionsAVisit,
		notices: visitsADay * DAYS * use.answersAVisit * use.followersATopic,
		marks: visitsADay * DAYS * use.pagesAVisit * PAGES.topic * use.marksATopic,
		sessions: visitsADay * DAYS * use.signInsAVisit,
		members: here,
	}
}

/** Bytes that a year adds, and those of them that are written to anywhere at any time. @param {Case} one */
export function bytesAYear(one) {
	const [all, hot] = [{ total: 0 }, { total: 0 }]
	for (const [name, rows] of Object.entries(rowsAYear(one))) {
		const { bytes, scattered } = costOf(one.costs.rows, name)
		const months = one.shape.partitions && name === 'messages' ? 12 : 1
		all.total += rows * bytes
		hot.total += (rows * scattered) / months
	}
	return { all: all.total, hot: hot.total }
}

/** Bytes a second to browsers. @param {Case} one */
export function bytesASecond(one) {
	const { pages, deliveries } = ratesOf(one)
	const kib = Object.entries(PAGES).reduce((sum, [name, share]) => sum + share * pageCost(one, name).kib, 0)
	return (pages * kib + deliveries * figure(one.costs, 'deliveryKib')) * 1_024
}

/** Memory of all processes of one machine with their connections, in MB. @param {Case} one */
export function processMemory(one) {
	const { shape, costs } = one
	const sockets = (ratesOf(one).sockets * figure(costs, 'socketKib')) / 1_024
	return (processesOf(shape) * figure(costs, 'processMb') + sockets) / shape.machines
}

/** Memory that is left for Postgres, in bytes. @param {Case} one */
const databaseMemory = (one) => {
	const { database, memoryGb } = one.shape
	return database ? database.memoryGb * GB : Math.max(0, memoryGb * GB - processMemory(one) * MB)
}

/** Followers of the busiest space. @param {Case} one */
const followers = (one) => ratesOf(one).here * one.use.followBusiest

const share = (/** @type {number} */ is) => () => is

/** @type {Bound[]} */
export const ALL_BOUNDS = [
	{
		what: "processes' processors",
		where: 'pages and rooms',
		of(one) {
			const { app, database } = processorsOf(one)
			return (one.shape.database ? app : app + database) / (one.shape.machines * one.shape.cores)
		},
		most: share(BOUNDS.busy),
	},
	{
		what: "database's processors",
		where: 'pages; `readElsewhere`',
		of: (one) => (one.shape.database ? processorsOf(one).database / one.shape.database.cores : 0),
		most: share(BOUNDS.busy),
	},
	{
		what: 'memory of a machine',
		where: 'processes and connections',
		of: (one) => processMemory(one) + figure(one.costs, 'systemMb'),
		most: ({ shape }) => shape.memoryGb * 1_024,
	},
	{
		what: 'scattered indexes of a year in memory',
		where: '`search_documents_words`, `messages_pkey`, `messages_author_key`',
		slows: true,
		of: (one) => bytesAYear(one).hot,
		most: (one) => databaseMemory(one) * BOUNDS.hotMemory,
	},
	{
		what: 'disk after a year',
		where: '`search_documents`, `messages`',
		of: (one) => bytesAYear(one).all,
		most: ({ shape }) => shape.diskGb * GB * BOUNDS.disk,
	},
	{
		what: `restore of a year in ${BOUNDS.restoreHours} h`,
		where: '`npm run restore`',
		of: (one) => (one.shape.managed ? 0 : bytesAYear(one).all / MB / figure(one.costs, 'restoreMbASecond')),
		most: share(BOUNDS.restoreHours * HOUR_S),
	},
	{
		what: 'one question told in 8 s',
		where: '`tellOf`, forum/telling.server.ts',
		of: (one) => followers(one) * figure(one.costs, 'followerMs'),
		most: ({ costs }) => figure(costs, 'statementMostMs'),
	},
	{
		what: 'questions of one space in line',
		where: '`spaces_count_new_questions` and `tellOf`',
		of: (one) =>
			(ratesOf(one).question * one.use.busiestSpace * followers(one) * figure(one.costs, 'followerMs')) /
			1_000,
		most: share(BOUNDS.inLine),
	},
	{
		what: 'a matching round in 60 s',
		where: '`WITHIN_MS`, mentoring/rounds/rounds-thread.server.ts',
		of: (one) => {
			const { here } = ratesOf(one)
			const pairs = here * one.use.waitForMentor * here * one.use.mentors
			return (pairs / figure(one.costs, 'roundPairs')) * figure(one.costs, 'roundMs')
		},
		most: ({ costs }) => figure(costs, 'roundMostMs'),
	},
	{
		what: `everyone back ${BOUNDS.backS} s after a crash`,
		where: '`welcome`, platform/sockets.server.ts',
		of: (one) => {
			const { machines, cores } = one.shape
			const perSecond = figure(one.costs, 'connectionsBackASecondACore') * cores
			return figure(one.costs, 'upAgainS') + ratesOf(one).sockets / machines / perSecond
		},
		most: share(BOUNDS.backS),
	},
	{
		what: `network of ${BOUNDS.megabits} Mbit/s`,
		where: 'pages and deliveries',
		of: (one) => (bytesASecond(one) * 8) / 1e6,
		most: share(BOUNDS.megabits),
	},
]

/** The most members within a bound; everything here grows with members. @param {Bound} bound @param {Omit<Case, 'members'>} one */
export function membersWithin({ of, most }, one) {
	const isWithin = (/** @type {number} */ members) => of({ ...one, members }) <= most({ ...one, members })
	if (isWithin(MOST_MEMBERS)) return Number.POSITIVE_INFINITY
	let [low, high] = [0, MOST_MEMBERS]
	while (high - low > Math.max(1, low / 1_000)) {
		const middle = low < 1 ? high / 10 : Math.sqrt(low * high)
		if (isWithin(middle)) low = middle
		else high = middle
		if (high < 1) return 0
	}
	return low
}

/** What is reached first, and with how many members. @param {Omit<Case, 'members'>} one */
export const boundsInOrder = (one) =>
	ALL_BOUNDS.map((bound) => ({ ...bound, members: membersWithin(bound, one) })).sort(
		(a, b) => a.members - b.members,
	)
