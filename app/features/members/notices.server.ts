import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { notices } from '~/db/schema/ties'

/** Kinds of notices; the sentence for each is `notices:kinds.<kind>` in the catalogue. */
export const NOTICE_KINDS = [
	'account.recovery',
	'topic.reply',
	'topic.mention',
	'topic.answered',
	'space.topic',
	'space.invited',
	'circle.invited',
	'translation.published',
	'report.answered',
	'referral.offered',
	'referral.taken',
	'mentoring.asked',
	'mentoring.interpreter',
	'mentoring.reminder',
	'mentoring.meeting',
	'mentoring.accepted',
	'mentoring.passedOn',
	'mentoring.lineEnded',
	'mentoring.offerPaused',
	'mentoring.vetted',
	'mentoring.vettingEnds',
	'mentoring.proposed',
	'mentoring.quiet',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

interface Notice {
	memberIds: readonly string[]
	kind: NoticeKind
	/** What it is about. */
	subjectId: string
	/** Where in it: kept from the first, so that the notice leads to what she has not read yet. */
	placeId?: string
}

/** Tells members something inside the site, in the transaction that made it happen. Unread ones about one thing gather. */
export async function tell(tx: Tx, { memberIds, kind, subjectId, placeId }: Notice) {
	if (memberIds.length === 0) return
	await tx
		.insert(notices)
		// Always in one order: two writers telling the same members must not wait for each other in a circle.
		.values([...memberIds].sort().map((memberId) => ({ memberId, kind, subjectId, placeId })))
		.onConflictDoUpdate({
			target: [notices.memberId, notices.kind, notices.subjectId],
			targetWhere: sql`read_at is null`,
			set: { times: sql`${notices.times} + 1`, at: sql`now()` },
		})
}

/** Tells many members at once, each of something that nobody was told of before. */
export async function tellEach(
	tx: Tx,
	kind: NoticeKind,
	told: readonly { memberId: string; subjectId: string }[],
) {
	if (told.length === 0) return
	await tx.insert(notices).values(told.map((row) => ({ ...row, kind })))
}

/** Takes back what a member was told, read or not: it is no longer so, or she has answered it. */
export async function untell(tx: Tx, { memberId, kind, subjectId }: UntoldNotice) {
	await tx
		.delete(notices)
		.where(and(eq(notices.memberId, memberId), eq(notices.kind, kind), eq(notices.subjectId, subjectId)))
}
type UntoldNotice = { memberId: string; kind: NoticeKind; subjectId: string }
