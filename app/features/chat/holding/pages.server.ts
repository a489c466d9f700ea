import { sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import type { Translated } from '~/db/schema/forum'
import { readDuty } from '~/features/moderation/duty.server'
import { seesQueue } from '~/features/moderation/moderation.policy'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { saidTo } from '../rooms.server'
import { countHeld, forHer } from './access.server'
import { HELD_A_PAGE } from './holding.limits'

interface WaitingRow extends Record<string, unknown> {
	id: string
	names: Translated | null
	author: string
	body: string
	lang: string | null
	dir: 'ltr' | 'rtl'
	at: string
}

/** How many wait for somebody who reads what she reads; the page of the queue says it. */
export const countWaiting = (actor: Actor) => countHeld(db, actor)

/**
 * What waits to be let through in languages she reads, the oldest first. Its words only while she is on duty: nobody
 * reads along who is not there to look after it. Throws `not-found` for everyone who does not moderate.
 */
export async function readWaiting(actor: Actor, locale: string) {
	if (!seesQueue(actor)) throw new AppError('not-found')
	const [duty, count] = [await readDuty(db, actor), await countHeld(db, actor)]
	if (!duty) return { duty, count, waiting: [] }
	const rows = await db.execute<WaitingRow>(sql`
		select held.id, rooms.names, members.handle as author, held.body, held.lang, held.dir, held.created_at as at
		from held_messages held join rooms on rooms.id = held.room_id join members on members.id = held.author_id
		where ${forHer(actor)}
		order by held.created_at, held.id limit ${HELD_A_PAGE}`)
	const waiting = rows.map(({ names, at, ...row }) => ({
		...row,
		room: saidTo(actor, locale, names),
		at: new Date(at),
	}))
	return { duty, count, waiting }
}
