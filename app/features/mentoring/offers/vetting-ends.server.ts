import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { mentorOffers } from '~/db/schema/mentoring'
import { tell } from '~/features/members/notices.server'
import { keepDoing } from '~/platform/aside.server'
import { deliver } from '~/platform/bus.server'
import { holdsRole, isMentor, keepMentorRole } from './mentor-role.server'

const EVERY_MS = 10 * 60_000
/** Few enough that nobody waits for the locks. */
const AT_ONCE = 200
/** How long before the end a mentor is told. */
const TOLD_DAYS_BEFORE = 30

/**
 * Tells mentors whose vetting ends within thirty days, each of them once for each vetting. Several processes at once
 * share the work. Returns how many.
 */
export const tellVettingEnds = () =>
	db.transaction(async (tx) => {
		const due = await tx
			.select({ id: mentorOffers.memberId })
			.from(mentorOffers)
			.where(
				and(
					eq(mentorOffers.status, 'vetted'),
					isNull(mentorOffers.remindedAt),
					sql`${mentorOffers.validUntil} <= now() + make_interval(days => ${TOLD_DAYS_BEFORE})`,
				),
			)
			.limit(AT_ONCE)
			.for('update', { skipLocked: true })
		const ids = due.map(({ id }) => id)
		if (ids.length === 0) return 0
		await tx.update(mentorOffers).set({ remindedAt: sql`now()` }).where(inArray(mentorOffers.memberId, ids))
		for (const id of ids) await tell(tx, { memberIds: [id], kind: 'mentoring.vettingEnds', subjectId: id })
		return ids.length
	})

/**
 * Takes the role from those whom time has made no mentors: the vetting has ended and nobody is with them any more.
 * Returns how many.
 */
export async function keepMentorRoles() {
	const changed = await db.transaction(async (tx) => {
		const due = await tx
			.select({ id: mentorOffers.memberId })
			.from(mentorOffers)
			.where(sql`mentor_offers.status <> 'waiting' and ${isMentor} is distinct from ${holdsRole}`)
			.limit(AT_ONCE)
			.for('update', { skipLocked: true })
		for (const { id } of due) await keepMentorRole(tx, id, null)
		return due.map(({ id }) => id)
	})
	deliver(changed.map((memberId) => ({ name: 'member:changed', memberId })))
	return changed.length
}

/** Looks every ten minutes for as long as the process runs. */
export const keepVetting = () =>
	keepDoing('mentoring.vetting', EVERY_MS, async () => {
		await tellVettingEnds()
		await keepMentorRoles()
	})
