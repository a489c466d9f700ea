import { sql } from 'drizzle-orm'
import { RateLimiterDrizzle, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { db, type Tx } from '~/db/client.server'
import { limitCounters } from '~/db/schema/members'
import { env } from './env.server'
import { AppError } from './errors'
import { logFault } from './log.server'
import { once } from './once.server'

const MINUTE_S = 60
const HOUR_S = 3600
const DAY_S = 86_400

/**
 * Every limit of the product: how often (`points`) in how long (`duration`, seconds). `where: 'database'` counts
 * across processes and restarts (everything that guards an account); `'memory'` counts in this process and costs no
 * query (what one person may do per minute in a room).
 * Joining from one address is wide on purpose: a shelter is one address, and 40 women joining in an hour must pass.
 */
export const LIMITS = {
	'join.address': { points: 120, duration: HOUR_S, where: 'database' },
	'join.device': { points: 12, duration: HOUR_S, where: 'database' },
	'sign-in.handle': { points: 10, duration: 15 * MINUTE_S, where: 'database' },
	'sign-in.address': { points: 300, duration: 15 * MINUTE_S, where: 'database' },
	'recover.handle': { points: 5, duration: HOUR_S, where: 'database' },
	'recover.address': { points: 60, duration: HOUR_S, where: 'database' },
	'recovery.start': { points: 20, duration: DAY_S, where: 'database' },
	'second-factor': { points: 8, duration: 15 * MINUTE_S, where: 'database' },
	passphrase: { points: 10, duration: HOUR_S, where: 'database' },
	copy: { points: 20, duration: DAY_S, where: 'database' },
	profile: { points: 60, duration: HOUR_S, where: 'database' },
	invite: { points: 60, duration: DAY_S, where: 'database' },
	block: { points: 60, duration: DAY_S, where: 'database' },
	vouch: { points: 30, duration: DAY_S, where: 'database' },
	sentences: { points: 30, duration: DAY_S, where: 'database' },
	// Of somebody new, where the installation lets new members begin slowly.
	'vouch.post': { points: 3, duration: DAY_S, where: 'database' },
	'vouch.message': { points: 1, duration: MINUTE_S, where: 'database' },
	'space.invite': { points: 100, duration: DAY_S, where: 'database' },
	coordination: { points: 600, duration: DAY_S, where: 'database' },
	'forum.topic': { points: 10, duration: HOUR_S, where: 'database' },
	'forum.post': { points: 60, duration: HOUR_S, where: 'database' },
	'forum.edit': { points: 120, duration: HOUR_S, where: 'database' },
	'forum.draft': { points: 60, duration: MINUTE_S, where: 'memory' },
	'forum.thanks': { points: 60, duration: MINUTE_S, where: 'memory' },
	'forum.translate': { points: 120, duration: HOUR_S, where: 'database' },
	'forum.reading': { points: 1_200, duration: HOUR_S, where: 'memory' },
	'forum.wish': { points: 300, duration: HOUR_S, where: 'memory' },
	'forum.search': { points: 120, duration: MINUTE_S, where: 'memory' },
	'forum.machine': { points: 20, duration: DAY_S, where: 'database' },
	'chat.message': { points: 30, duration: 30, where: 'memory' },
	'chat.plan': { points: 30, duration: HOUR_S, where: 'database' },
	'chat.door': { points: 30, duration: MINUTE_S, where: 'memory' },
	'chat.lead': { points: 120, duration: MINUTE_S, where: 'memory' },
	'circle.open': { points: 3, duration: DAY_S, where: 'database' },
	'circle.invite': { points: 20, duration: DAY_S, where: 'database' },
	'chat.mark': { points: 60, duration: MINUTE_S, where: 'memory' },
	'chat.reading': { points: 1_200, duration: HOUR_S, where: 'memory' },
	'chat.refused': { points: 20, duration: HOUR_S, where: 'memory' },
	'chat.event': { points: 120, duration: 30, where: 'memory' },
	'mentoring.training': { points: 200, duration: HOUR_S, where: 'memory' },
	'mentoring.offer': { points: 20, duration: DAY_S, where: 'database' },
	'mentoring.ask': { points: 10, duration: DAY_S, where: 'database' },
	'mentoring.wishes': { points: 60, duration: DAY_S, where: 'database' },
	// Enough to set one's own town and country right; too little to find out where the mentors live.
	'mentoring.places': { points: 3, duration: DAY_S, where: 'database' },
	'mentoring.placesLong': { points: 10, duration: 30 * DAY_S, where: 'database' },
	'mentoring.answer': { points: 120, duration: DAY_S, where: 'database' },
	'mentoring.page': { points: 600, duration: DAY_S, where: 'database' },
	'mentoring.round': { points: 30, duration: HOUR_S, where: 'database' },
	'mentoring.question': { points: 200, duration: HOUR_S, where: 'memory' },
	'measures.post': { points: 3, duration: DAY_S, where: 'database' },
	'measures.message': { points: 1, duration: MINUTE_S, where: 'database' },
	'measures.referral': { points: 60, duration: DAY_S, where: 'database' },
	// The loosest of all: nobody may ever be told that she has reported too much.
	'moderation.report': { points: 20_000, duration: HOUR_S, where: 'memory' },
	'moderation.appeal': { points: 60, duration: DAY_S, where: 'database' },
	'moderation.decide': { points: 600, duration: DAY_S, where: 'database' },
} as const satisfies Record<string, { points: number; duration: number; where: 'database' | 'memory' }>

export type LimitName = keyof typeof LIMITS

function make(name: LimitName) {
	const { points, duration, where } = LIMITS[name]
	const options = { points, duration, keyPrefix: name }
	if (where === 'memory') return new RateLimiterMemory(options)
	return new RateLimiterDrizzle({ ...options, storeClient: db, schema: limitCounters })
}

const limiter = (name: LimitName) => once(`limit:${name}`, () => make(name))

const tooMany = (ms: number) =>
	new AppError('too-many', { details: { count: Math.max(1, Math.ceil(ms / 60_000)) } })

/**
 * Takes one point of a named limit for one key (a member's id, a keyed hash of a handle or an address).
 * Throws `too-many` with `count` = minutes to wait, or `unavailable` when it cannot be counted.
 */
export async function take(name: LimitName, key: string): Promise<void> {
	if (!env().limits) return
	try {
		await limiter(name).consume(key)
	} catch (reason) {
		if (reason instanceof RateLimiterRes) {
			throw tooMany(reason.msBeforeNext)
		}
		logFault('limits', reason)
		throw new AppError('unavailable')
	}
}

type DatabaseLimit = {
	[Name in LimitName]: (typeof LIMITS)[Name]['where'] extends 'database' ? Name : never
}[LimitName]

/**
 * The same inside a transaction that writes: what was counted goes when it is given up, so that a refusal for another
 * reason costs nothing, and nobody waits for one more connection. Throws `too-many`.
 */
export async function takeWith(tx: Tx, name: DatabaseLimit, key: string): Promise<void> {
	if (!env().limits) return
	const { points, duration } = LIMITS[name]
	const { expire } = limitCounters
	const next = sql`now() + make_interval(secs => ${duration})`
	const [counted] = await tx
		.insert(limitCounters)
		.values({ key: `${name}:${key}`, points: 1, expire: next })
		.onConflictDoUpdate({
			target: limitCounters.key,
			set: {
				points: sql`case when ${expire} <= now() then 1 else ${limitCounters.points} + 1 end`,
				expire: sql`case when ${expire} <= now() then ${next} else ${expire} end`,
			},
		})
		.returning({
			points: limitCounters.points,
			ms: sql<number>`extract(epoch from ${expire} - now())::float8 * 1000`,
		})
	if (counted!.points > points) throw tooMany(counted!.ms)
}

/** For who says it in words of her own: the minutes to wait, null where a point was taken. */
export async function minutesUntil(taking: Promise<void>): Promise<number | null> {
	try {
		await taking
		return null
	} catch (error) {
		if (error instanceof AppError && error.code === 'too-many') return Number(error.details.count)
		throw error
	}
}

export const hoursOf = (minutes: number) => Math.ceil(minutes / 60)

/** Gives the points back, when the right person came through after mistyping. */
export async function forgive(name: LimitName, key: string): Promise<void> {
	await limiter(name).delete(key)
}
