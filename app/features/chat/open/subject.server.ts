import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { rooms } from '~/db/schema/chat'
import { inAllLanguages } from '~/features/moderation/all-languages'
import type { Subject } from '~/features/moderation/subject'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { accessRoom } from '../rooms.server'

type Publish = (event: DomainEvent) => void

const isOpen = (id: string) => and(eq(rooms.id, id), eq(rooms.kind, 'open'))

async function find(tx: Tx, id: string) {
	if (!isUuid(id)) return undefined
	const [room] = await tx
		.select({ names: rooms.names, about: rooms.about, spaceId: rooms.spaceId, authorId: rooms.wordsBy })
		.from(rooms)
		.where(isOpen(id))
	if (!room) return undefined
	const { names, about, ...rest } = room
	return { id, ...rest, ...inAllLanguages(names, about), private: false, path: `/chat/${id}`, around: [] }
}

/** Whoever may come in. */
async function mayReport(tx: Tx, actor: Actor, id: string) {
	try {
		return (await accessRoom(tx, actor, id)).kind === 'open'
	} catch (error) {
		if (error instanceof AppError && error.code === 'not-found') return false
		throw error
	}
}

/** Closes it; one that a coordinator had closed already stays hers to open. */
async function stop(tx: Tx, id: string, publish: Publish) {
	const [room] = await tx
		.update(rooms)
		.set({ closedAt: sql`now()`, stoppedAt: sql`now()`, seq: sql`${rooms.seq} + 1` })
		.where(and(isOpen(id), isNull(rooms.closedAt)))
		.returning({ seq: rooms.seq })
	if (room) publish({ name: 'chat:closed', roomId: id, seq: room.seq })
}

async function goOn(tx: Tx, id: string, publish: Publish) {
	const [room] = await tx
		.update(rooms)
		.set({ closedAt: null, stoppedAt: null, seq: sql`${rooms.seq} + 1` })
		.where(and(isOpen(id), isNotNull(rooms.stoppedAt)))
		.returning({ seq: rooms.seq })
	if (room) publish({ name: 'chat:reopened', roomId: id, seq: room.seq })
}

/** An open room, as moderation sees it: what a coordinator says it is. Decided against, it closes. */
export const openRoomSubject: Subject = { kind: 'open-room', find, mayReport, hide: stop, restore: goOn }
