import { eq, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { restrictions } from '~/db/schema/measures'
import type { Parting } from '~/features/members/blocks.server'
import { lockMembers } from '~/features/members/locking.server'
import { keepDoing } from '~/platform/aside.server'
import { type DomainEvent, deliver } from '~/platform/bus.server'
import { logFault } from '~/platform/log.server'
import { UNDO_MINUTES } from '../moderation.policy'
import { notYetParted } from './parting'

const EVERY_MS = 60_000
/** An undo that began in the last moment is through by then. */
const PARTED_AFTER_MINUTES = UNDO_MINUTES + 1

interface Pair {
	id: string
	memberId: string
	otherId: string
}

const isDue = sql`${notYetParted} and r.since <= now() - make_interval(mins => ${PARTED_AFTER_MINUTES}::int)`

const findDue = () =>
	db.execute<Pair & Record<string, unknown>>(sql`
		select r.id, r.member_id as "memberId", r.other_id as "otherId" from restrictions r
		where ${isDue} order by r.since, r.id`)

/** Ends what these two share, unless the order was taken back or another process was first. Says whether it did. */
async function part(
	tx: Tx,
	{ id, memberId, otherId }: Pair,
	partings: readonly Parting[],
	events: DomainEvent[],
) {
	await lockMembers(tx, [memberId, otherId])
	const still = await tx.execute(sql`select 1 from restrictions r where r.id = ${id} and ${isDue} for update`)
	if (still.length === 0) return false
	for (const parting of partings)
		await parting(tx, { by: otherId, from: memberId }, (event) => void events.push(event))
	await tx.update(restrictions).set({ partedAt: sql`now()` }).where(eq(restrictions.id, id))
	return true
}

/**
 * Ends what women share who are kept apart, once nobody takes that back by a tap any more: mentoring, rooms of the two,
 * invitations. Several processes at once end each of them once. Returns how many.
 */
export async function partDue(partings: readonly Parting[]): Promise<number> {
	let parted = 0
	for (const pair of await findDue()) {
		const events: DomainEvent[] = []
		try {
			if (await db.transaction((tx) => part(tx, pair, partings, events))) parted += 1
			deliver(events)
		} catch (error) {
			// The others do not wait for it; it is tried again.
			logFault('moderation.parting', error)
		}
	}
	return parted
}

/** Looks every minute for as long as the process runs. */
export const keepParting = (partings: readonly Parting[]) =>
	keepDoing('moderation.parting', EVERY_MS, () => partDue(partings))
