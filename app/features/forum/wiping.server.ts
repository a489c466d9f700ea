import { and, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { posts, postThanks, postVersions, topics } from '~/db/schema/forum'
import { drafts } from '~/db/schema/reading'
import { translationClaims, translationRequests, translations } from '~/db/schema/translation'
import { keepDoing } from '~/platform/aside.server'
import { UNDO_MINUTES } from './forum.limits'

const EVERY_MS = 60_000
/** Few enough that nobody waits for the locks. */
const AT_ONCE = 200

/**
 * What still waits for a decision of the moderators keeps its words until then: evidence must not vanish. A translation
 * goes with its post, so a report of it keeps both.
 */
const underReport = sql`exists (select 1 from cases c where c.status = 'open' and (
	(c.subject_kind = 'post' and c.subject_id = posts.id)
	or (c.subject_kind = 'translation' and c.subject_id in (
		select r.id from translations r where r.post_id = posts.id))))`

/**
 * Takes the words of posts that were deleted ten minutes ago out of the database for good, with their versions and
 * translations. Several processes at once share the work. Returns how many.
 */
export async function wipeDeleted() {
	const ids = await wipeDue()
	// Afterwards: everybody else locks a topic before its posts. No page leads to a deleted answer in between.
	if (ids.length > 0) await db.update(topics).set({ answeredBy: null }).where(inArray(topics.answeredBy, ids))
	return ids.length
}

const wipeDue = () =>
	db.transaction(async (tx) => {
		const due = await tx
			.select({ id: posts.id })
			.from(posts)
			.where(
				and(
					isNotNull(posts.deletedAt),
					ne(posts.body, ''),
					sql`${posts.deletedAt} <= now() - make_interval(mins => ${UNDO_MINUTES})`,
					sql`not ${underReport}`,
				),
			)
			.limit(AT_ONCE)
			.for('update', { skipLocked: true })
		const ids = due.map(({ id }) => id)
		if (ids.length === 0) return ids
		await wipeWords(tx, ids)
		return ids
	})

/** With everything that was made of them: versions, thanks, translations and what is drafted there. */
async function wipeWords(tx: Tx, ids: string[]) {
	await tx
		.update(posts)
		.set({ body: '', html: '', note: null, replyTo: null, thanks: 0 })
		.where(inArray(posts.id, ids))
	for (const table of [postVersions, postThanks, translations, translationRequests, translationClaims])
		await tx.delete(table).where(inArray(table.postId, ids))
	await tx.delete(drafts).where(inArray(sql`split_part(${drafts.place}, ':', 2)`, ids))
}

/** Takes the words of a post that moderators removed out of the database for good; of a question its title too. */
export async function wipePost(tx: Tx, id: string) {
	await wipeWords(tx, [id])
	await tx
		.update(topics)
		.set({ title: '' })
		.where(sql`${topics.id} = (select p.topic_id from posts p where p.id = ${id}::uuid and p.seq = 1)`)
}

/** Wipes every minute for as long as the process runs. */
export const keepWiping = () => keepDoing('forum.wiping', EVERY_MS, () => wipeDeleted())
