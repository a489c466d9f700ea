import { and, asc, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import type { Subject } from '~/features/moderation/subject'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { changeMessage } from './changing.server'
import { canReport } from './chat.policy'
import { mayReportTakenBack } from './keeping/taken-back.server'
import { findMessage, isHeard, isShown, readerIn } from './messages.server'
import { accessRoom } from './rooms.server'

/** How many messages before and after a reported one a moderator is shown. */
const AROUND = 3

const said = (tx: Tx) =>
	tx
		.select({
			id: messages.id,
			seq: messages.seq,
			author: members.handle,
			body: messages.body,
			lang: messages.lang,
			dir: messages.dir,
		})
		.from(messages)
		.leftJoin(members, eq(members.id, messages.authorId))

async function around(tx: Tx, roomId: string, seq: number) {
	// What her neighbours took back stays theirs, also in other words.
	const here = and(
		eq(messages.roomId, roomId),
		isNull(messages.removedAt),
		isNull(messages.hiddenAt),
		sql`not exists (select 1 from messages original where original.id = ${messages.translationOf}
			and (original.removed_at is not null or original.hidden_at is not null))`,
	)
	const before = await said(tx)
		.where(and(here, lt(messages.seq, seq)))
		.orderBy(desc(messages.seq))
		.limit(AROUND)
	const after = await said(tx)
		.where(and(here, gt(messages.seq, seq)))
		.orderBy(asc(messages.seq))
		.limit(AROUND)
	return [...before.reverse(), ...after].map(({ seq: _seq, ...message }) => message)
}

async function find(tx: Tx, id: string) {
	const row = isUuid(id) ? await findMessage(tx, { id }) : undefined
	if (!row) return undefined
	const [room] = await tx
		.select({ kind: rooms.kind, spaceId: rooms.spaceId })
		.from(rooms)
		.where(eq(rooms.id, row.roomId))
	const isPrivate = room?.kind === 'private' || room?.kind === 'circle'
	return {
		id: row.id,
		authorId: row.authorId,
		body: row.body,
		lang: row.lang,
		dir: row.dir,
		private: isPrivate,
		...(isPrivate ? { roomId: row.roomId } : {}),
		spaceId: room?.spaceId ?? null,
		takenBack: row.removedAt !== null,
		path: `/chat/${row.roomId}#m-${row.id}`,
		around: await around(tx, row.roomId, row.seq),
	}
}

async function mayReport(tx: Tx, actor: Actor, id: string) {
	const row = isUuid(id) ? await findMessage(tx, { id }) : undefined
	if (!row || !canReport(actor, row)) return false
	try {
		const room = await accessRoom(tx, actor, row.roomId)
		if (!isShown(row)) return row.removedAt ? mayReportTakenBack(tx, actor, room, row.id) : false
		return isHeard(readerIn(actor, room), row)
	} catch (error) {
		if (error instanceof AppError && error.code === 'not-found') return false
		throw error
	}
}

/** Its row stays, hidden, and so do its translations' rows: the numbers of a room have no gaps. */
async function wipeMessage(tx: Tx, id: string) {
	await tx
		.update(messages)
		.set({ body: '' })
		.where(or(eq(messages.id, id), eq(messages.translationOf, id)))
}

/** Messages, as moderation sees them. Hiding one takes it off every open screen. */
export const messageSubject: Subject = {
	kind: 'message',
	find,
	mayReport,
	async hide(tx, id, publish) {
		const row = await findMessage(tx, { id })
		if (!row || row.hiddenAt) return
		await changeMessage(tx, row, { hiddenAt: sql`now()` }, publish)
	},
	async restore(tx, id, publish) {
		const row = await findMessage(tx, { id })
		if (!row?.hiddenAt) return
		await changeMessage(tx, row, { hiddenAt: null }, publish)
	},
	async fold(tx, id, folded, publish) {
		const row = await findMessage(tx, { id })
		if (!row || (row.foldedAt !== null) === folded) return
		await changeMessage(tx, row, { foldedAt: folded ? sql`now()` : null }, publish)
	},
	wipe: wipeMessage,
}
