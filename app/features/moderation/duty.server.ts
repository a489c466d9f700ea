import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, db } from '~/db/client.server'
import { moderatorDuties } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { DUTY_HOURS, seesQueue } from './moderation.policy'

/** What she says she will look after ends by itself: nobody counts on a moderator who forgot to say that she went. */
const BeginDuty = z.object({
	hours: z
		.enum(DUTY_HOURS.map(String) as [string, ...string[]], 'errors:choose')
		.transform((hours) => Number(hours)),
})

/** Says that she is there from now on for so many hours. Said again, the hours begin anew. Throws `not-found`. */
export const beginDuty = command({
	input: BeginDuty,
	limit: 'moderation.decide',
	async run({ actor, input: { hours }, tx }) {
		if (!seesQueue(actor)) throw new AppError('not-found')
		const until = sql`now() + make_interval(hours => ${hours})`
		await tx
			.insert(moderatorDuties)
			.values({ memberId: actor.id, until })
			.onConflictDoUpdate({ target: moderatorDuties.memberId, set: { since: sql`now()`, until } })
	},
})

/** Says that she goes. Twice is once. */
export const endDuty = command({
	input: z.object({}),
	async run({ actor, tx }) {
		await tx.delete(moderatorDuties).where(eq(moderatorDuties.memberId, actor.id))
	},
})

/** Until when she is on duty; null where she is not. */
export async function readDuty(tx: Db, actor: Pick<Actor, 'id'>): Promise<Date | null> {
	const [duty] = await tx
		.select({ until: moderatorDuties.until })
		.from(moderatorDuties)
		.where(sql`${moderatorDuties.memberId} = ${actor.id} and ${moderatorDuties.until} > clock_timestamp()`)
	return duty?.until ?? null
}

/** What the page of the queue says of her duty. Throws `not-found` for everyone who does not moderate. */
export async function readOwnDuty(actor: Actor) {
	if (!seesQueue(actor)) throw new AppError('not-found')
	return { until: await readDuty(db, actor), reads: actor.reads }
}

/**
 * What each moderator reads who is on duty at this moment and whose scope this is (`null`: something outside the
 * spaces). One who lost her role or her account counts no more, whatever she said before.
 */
export async function readersOnDuty(tx: Db, spaceId: string | null): Promise<string[][]> {
	const rows = await tx.execute<{ reads: string[] }>(sql`
		select m.reads from moderator_duties d join members m on m.id = d.member_id
		where d.until > clock_timestamp() and m.status = 'active' and exists (
			select 1 from grants g where g.member_id = m.id and g.ended_at is null and g.role = 'moderator'
				and (g.space_id is null or g.space_id = ${spaceId}::uuid))`)
	return rows.map(({ reads }) => reads)
}
