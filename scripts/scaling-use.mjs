// What the simulation supposes of members and machines. Nothing here was measured; each number of USE can be given as a
// flag (npm run scaling -- --activeADay=0.1).

/** @typedef {typeof USE} Use */
/**
 * @typedef {object} Shape
 * @property {string} name
 * @property {number} machines  that run Mimosa, in each region
 * @property {number} cores  of each
 * @property {number} memoryGb  of each
 * @property {{ cores: number, memoryGb: number } | null} database  null: on the same machine
 * @property {number} diskGb  of the database
 * @property {number} maxConnections  of the database
 * @property {boolean} managed  restored by its keeper, not by `npm run restore`
 * @property {boolean} replica  some of what is only read is asked there
 * @property {boolean} partitions  messages by month
 * @property {number} largestShare  of all members in the largest region
 */

export const USE = {
	/** Of all members, on one day. */
	activeADay: 0.2,
	visitsADay: 1.5,
	pagesAVisit: 8,
	/** Of the day, in its busiest hour; and how much more than its mean at the top of it. */
	peakHourShare: 0.15,
	topOverHour: 1.5,
	answersAVisit: 0.1,
	questionsAVisit: 0.02,
	signInsAVisit: 0.2,
	/** Reading marks a topic page. */
	marksATopic: 0.5,
	/** Of all members, in a room at the top of the hour. */
	inRooms: 0.01,
	/** Of the questions in the busiest space, and of the members who follow it. */
	busiestSpace: 0.2,
	followBusiest: 0.05,
	/** Who hears of an answer. */
	followersATopic: 4,
	/** Of all members. */
	waitForMentor: 0.01,
	mentors: 0.003,
	/** Of what pages ask of the database, what a replica may answer. */
	movable: 0.5,
}

/** How much of the top of the hour is simulated; flags, too. */
export const HOW = { seed: 1, seconds: 180 }

/** How often each page is opened; all together 1. */
export const PAGES = { topic: 0.4, list: 0.15, spaces: 0.1, home: 0.2, search: 0.08, room: 0.07 }

/** Rooms by size: which share of all rooms, how many messages a minute in each. */
export const ROOMS = [
	{ size: 8, share: 0.6, messagesAMinute: 4 },
	{ size: 40, share: 0.3, messagesAMinute: 10 },
	{ size: 200, share: 0.1, messagesAMinute: 30 },
]

/** What may be used: of processors and a line, of the memory for indexes, of the disk; for a restore and a return; of the network. */
export const BOUNDS = {
	busy: 0.7,
	inLine: 0.5,
	hotMemory: 0.5,
	disk: 0.7,
	restoreHours: 4,
	backS: 30,
	megabits: 500,
}

const alone = {
	machines: 1,
	database: null,
	managed: false,
	replica: false,
	partitions: false,
	largestShare: 1,
	maxConnections: 100,
}
const four = {
	...alone,
	machines: 4,
	cores: 4,
	memoryGb: 8,
	database: { cores: 8, memoryGb: 32 },
	diskGb: 2_000,
	maxConnections: 500,
	managed: true,
}

/** @type {Shape[]} */
export const SHAPES = [
	{ ...alone, name: 'one machine, 2 cores, 4 GB', cores: 2, memoryGb: 4, diskGb: 80 },
	{ ...alone, name: 'one machine, 8 cores, 32 GB', cores: 8, memoryGb: 32, diskGb: 500 },
	{ ...four, name: '4 × 4 cores, Postgres 8 cores, 32 GB' },
	{ ...four, name: 'the same, a replica', replica: true },
	{ ...four, name: 'the same, messages by month', replica: true, partitions: true },
	{
		...four,
		name: 'the same in each of several countries',
		replica: true,
		partitions: true,
		largestShare: 0.3,
	},
]
