import { timingSafeEqual } from 'node:crypto'
import { and, eq, isNull, type SQLWrapper, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { organisations } from '~/db/schema/members'
import { recoveries } from '~/db/schema/recovering'
import { command } from '~/platform/command.server'
import { keyedHash } from '~/platform/secret.server'
import { codeFromBytes, normalCode } from './recovery-codes.server'

/** Begun and forgotten, or agreed and never handed out: after a week nobody can go on with it. */
const isForgotten = sql`coalesce(${recoveries.confirmedAt}, ${recoveries.startedAt}) < now() - interval '7 days'`
/** A code that was handed out works for a day. */
const isPast = sql`${recoveries.handedAt} < now() - interval '24 hours'`

/** Whether it can still lead to somebody coming in, so that she must be able to stop it. */
export const isRunning = sql`${recoveries.stoppedAt} is null
	and case when ${recoveries.handedAt} is null then not ${isForgotten} else not ${isPast} end`

/** Where it stands. `wait`: nothing can be done for a day after the second agreed. */
export const recoveryState = sql<RecoveryState>`case
	when ${recoveries.handedAt} is not null then case when ${isRunning} then 'handed' else 'over' end
	when ${recoveries.stoppedAt} is not null then 'stopped'
	when ${isForgotten} then 'over'
	when ${recoveries.confirmedAt} is null then 'started'
	when ${recoveries.confirmedAt} > now() - interval '24 hours' then 'wait'
	else 'ready' end`
type RecoveryState = 'started' | 'wait' | 'ready' | 'handed' | 'stopped' | 'over'

/** The organisation whose staff is opening this woman's account again, or null. */
export const runningRecovery = (memberId: SQLWrapper) =>
	sql<string | null>`(select ${organisations.name} from ${recoveries}
		join ${organisations} on ${organisations.id} = ${recoveries.organisationId}
		where ${recoveries.memberId} = ${memberId} and ${isRunning} limit 1)`

/** Stops what runs for her, of one organisation or of all; a code that was handed out is worth nothing then. */
export async function stopRecoveries(tx: Tx, memberId: string, organisationId?: string): Promise<boolean> {
	const stopped = await tx
		.update(recoveries)
		.set({ stoppedAt: sql`now()` })
		.where(
			and(
				eq(recoveries.memberId, memberId),
				isNull(recoveries.stoppedAt),
				organisationId ? eq(recoveries.organisationId, organisationId) : undefined,
			),
		)
		.returning({ id: recoveries.id })
	return stopped.length > 0
}

/** She says from a living session that it was not she. It ends nothing else. Doing it twice changes nothing. */
export const stopRecovery = command({
	input: z.object({}),
	async run({ actor, tx, audit }) {
		if (await stopRecoveries(tx, actor.id)) await audit({ action: 'recovery.stopped', memberId: actor.id })
	},
})

/**
 * The code of one recovery: made from its id with the installation's secret, so it is kept nowhere. It is worth
 * something only while its row says so (`takeHandedCode`).
 */
export const handedCode = (recoveryId: string) =>
	codeFromBytes(Buffer.from(keyedHash('handed-code', recoveryId), 'hex'))

const isSame = (one: string, other: string) =>
	one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** Uses up a code that staff handed out for her: once, within a day, unless it was stopped. */
export async function takeHandedCode(tx: Tx, memberId: string, code: string): Promise<boolean> {
	const rows = await tx
		.select({ id: recoveries.id })
		.from(recoveries)
		.where(and(eq(recoveries.memberId, memberId), sql`${recoveries.handedAt} is not null`, isRunning))
	const found = rows.find(({ id }) => isSame(normalCode(handedCode(id)), normalCode(code)))
	if (!found) return false
	const used = await tx
		.update(recoveries)
		.set({ stoppedAt: sql`now()` })
		.where(and(eq(recoveries.id, found.id), isNull(recoveries.stoppedAt)))
		.returning({ id: recoveries.id })
	return used.length > 0
}
