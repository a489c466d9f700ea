import { sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { TAKEN_BACK_DAYS } from './keeping.limits'
import { underReport } from './reported.server'

const AT_ONCE = 500

const longGone = sql`now() - make_interval(days => ${TAKEN_BACK_DAYS})`

const emptySome = () =>
	db.execute(sql`
		with due as (
			select m.id from messages m where m.removed_at < ${longGone} and m.body <> '' and not ${underReport}
			union
			select m.id from messages o join messages m on m.translation_of = o.id
			where o.removed_at < ${longGone} and m.body <> '' and not ${underReport}
			limit ${AT_ONCE}),
		held as (
			select h.id from messages h join due on due.id = h.id for update of h skip locked)
		update messages set body = '', lang = null from held where messages.id = held.id
		returning messages.id`)

/**
 * Takes the words out of what was taken back a week ago, and out of what says it in another language: rooms that keep
 * what is said would otherwise keep that, too. What waits for a decision of the moderators keeps them until then. No
 * number of a room changes, since nobody sees them. Returns how many.
 */
export async function emptyTakenBack(): Promise<number> {
	let emptied = 0
	for (let more = AT_ONCE; more === AT_ONCE; ) {
		more = (await emptySome()).length
		emptied += more
	}
	return emptied
}
