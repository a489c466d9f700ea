import { asc, inArray } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'

/**
 * Locks the rows of members, always by their ids, so that no two wait for each other, and gives those who are here. In a
 * statement of its own: what is asked after it sees all that was decided about them before. Not against rows that only
 * name them: two coordinators who decide about each other would wait for one another.
 */
export const lockMembers = (tx: Tx, ids: readonly string[]) =>
	tx
		.select({ id: members.id, status: members.status })
		.from(members)
		.where(inArray(members.id, [...ids]))
		.orderBy(asc(members.id))
		.for('no key update')
