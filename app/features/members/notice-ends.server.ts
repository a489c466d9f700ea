import { asc, inArray, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { notices } from '~/db/schema/ties'
import { keepDoing } from '~/platform/aside.server'

const EVERY_MS = 60 * 60_000
/** The privacy page says so. */
const READ_KEPT_DAYS = 90
/** Few enough that nobody waits for the locks. */
const AT_ONCE = 1_000

const deleteSome = () =>
	db.transaction(async (tx) => {
		const due = await tx
			.select({ id: notices.id })
			.from(notices)
			.where(sql`${notices.readAt} <= now() - make_interval(days => ${READ_KEPT_DAYS})`)
			.orderBy(asc(notices.readAt))
			.limit(AT_ONCE)
			.for('update', { skipLocked: true })
		const ids = due.map(({ id }) => id)
		if (ids.length > 0) await tx.delete(notices).where(inArray(notices.id, ids))
		return ids.length
	})

/**
 * Deletes notices that were read so long ago: they say where she was, and lead her nowhere new. What she has not read
 * stays. Several processes at once share the work. Returns how many.
 */
export async function deleteReadNotices(): Promise<number> {
	let deleted = 0
	for (let some = AT_ONCE; some === AT_ONCE; deleted += some) some = await deleteSome()
	return deleted
}

/** Looks every hour for as long as the process runs. */
export const keepDeletingNotices = () => keepDoing('members.notices', EVERY_MS, () => deleteReadNotices())
