import { desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '~/db/client.server'
import { sessions } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { requireFresh } from './fresh.server'
import { EndDevice } from './members.schema'
import { endSessions } from './session.server'

/** Where she is signed in, this device first, then the one used last. */
export async function listDevices(actor: Actor) {
	const rows = await db
		.select({
			id: sessions.id,
			kind: sessions.kind,
			device: sessions.device,
			createdAt: sessions.createdAt,
			lastSeenAt: sessions.lastSeenAt,
			current: sql<boolean>`${sessions.id} = ${actor.sessionId}`,
		})
		.from(sessions)
		.where(eq(sessions.memberId, actor.id))
		.orderBy(desc(sql`${sessions.id} = ${actor.sessionId}`), desc(sessions.lastSeenAt))
	return rows
}

export type Device = Awaited<ReturnType<typeof listDevices>>[number]

const end = command({
	input: EndDevice,
	async run({ actor, input, tx, publish }) {
		publish(await endSessions(tx, actor.id, { only: input.session }))
	},
})

const endOthers = command({
	input: z.object({}),
	async run({ actor, tx, publish }) {
		publish(await endSessions(tx, actor.id, { except: actor.sessionId }))
	},
})

/** Signs one of her devices out; one that is not hers, or is gone already, is no different. */
export async function endDevice(actor: Actor, raw: unknown): Promise<void> {
	await requireFresh(actor, raw)
	await end(actor, raw)
}

/** Signs out every device but this one. */
export async function endOtherDevices(actor: Actor, raw: unknown): Promise<void> {
	await requireFresh(actor, raw)
	await endOthers(actor, {})
}
