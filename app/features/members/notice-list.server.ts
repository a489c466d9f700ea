import { and, desc, eq, isNull, lte, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '~/db/client.server'
import { notices } from '~/db/schema/ties'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { cursorOf, readCursor, timeOf } from '~/platform/cursor'
import { AppError } from '~/platform/errors'
import type { NoticeKind } from './notices.server'

const NOTICES_A_PAGE = 30

const fields = {
	id: notices.id,
	// Only the functions that tell write it.
	kind: sql<NoticeKind>`${notices.kind}`,
	subjectId: notices.subjectId,
	placeId: notices.placeId,
	times: notices.times,
	at: notices.at,
	unread: sql<boolean>`${notices.readAt} is null`,
}

/** What she was told, the latest first; one query. `until` is the place of the newest, up to which she may mark all as read. */
export async function listNotices(actor: Actor, before: string | null) {
	const from = readCursor(before)
	const rows = await db
		.select({ ...fields, micros: sql<string>`(extract(epoch from ${notices.at}) * 1000000)::bigint::text` })
		.from(notices)
		.where(
			and(
				eq(notices.memberId, actor.id),
				from && sql`(${notices.at}, ${notices.id}) < (${timeOf(from)}::timestamptz, ${from.id}::uuid)`,
			),
		)
		.orderBy(desc(notices.at), desc(notices.id))
		.limit(NOTICES_A_PAGE + 1)
	const shown = rows.slice(0, NOTICES_A_PAGE)
	return {
		notices: shown.map(({ micros: _micros, ...notice }) => notice),
		until: shown[0] ? cursorOf(shown[0]) : null,
		older: rows.length > NOTICES_A_PAGE ? cursorOf(shown.at(-1)!) : null,
		first: from === undefined,
	}
}

export type ListedNotice = Awaited<ReturnType<typeof listNotices>>['notices'][number]

/** Marks one notice of hers as read and returns what it is about. Throws `not-found`. */
export const openNotice = command({
	input: z.object({ id: z.string() }),
	async run({ actor, input, tx }) {
		if (!z.uuid().safeParse(input.id).success) throw new AppError('not-found')
		const [notice] = await tx
			.update(notices)
			.set({ readAt: sql`coalesce(${notices.readAt}, now())` })
			.where(and(eq(notices.id, input.id), eq(notices.memberId, actor.id)))
			.returning(fields)
		if (!notice) throw new AppError('not-found')
		return notice
	},
})

const Until = z
	.string('errors:notUnderstood')
	.transform((place) => readCursor(place))
	.refine((place) => place !== undefined, 'errors:notUnderstood')

/** Marks all as read that were there when her page was made; what came since stays new. */
export const readAllNotices = command({
	input: z.object({ until: Until }),
	async run({ actor, input, tx }) {
		await tx
			.update(notices)
			.set({ readAt: sql`now()` })
			.where(
				and(
					eq(notices.memberId, actor.id),
					isNull(notices.readAt),
					lte(notices.at, sql`${timeOf(input.until!)}::timestamptz`),
				),
			)
	},
})
