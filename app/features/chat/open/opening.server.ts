import { and, asc, eq, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { rooms } from '~/db/schema/chat'
import { spaces, type Translated } from '~/db/schema/forum'
import { type Actor, holds } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'
import { isUuid } from '~/platform/text'
import { AnyRoom } from '../chat.schema'
import { letAllThrough } from '../holding/releasing.server'
import { saidTo } from '../rooms.server'
import { ChangeRoom, OpenRoom } from './open.schema'

/** Open rooms are set up by coordinators, who enter them like everybody else; for others there is no such page. */
function asCoordinator(actor: Actor) {
	if (!holds(actor, 'coordinator')) throw new AppError('not-found')
}

const columns = {
	id: rooms.id,
	names: rooms.names,
	about: rooms.about,
	languages: rooms.languages,
	keepDays: rooms.keepDays,
	holds: rooms.holds,
	closed: sql<boolean>`${rooms.closedAt} is not null`,
	spaceNames: spaces.names,
}

/** Every open room with its settings; nothing of what is said in it. Throws `not-found`. */
export async function listRoomSettings(actor: Actor, locale: string) {
	asCoordinator(actor)
	const rows = await db
		.select(columns)
		.from(rooms)
		.leftJoin(spaces, eq(spaces.id, rooms.spaceId))
		.where(eq(rooms.kind, 'open'))
		.orderBy(asc(spaces.position), asc(rooms.createdAt), asc(rooms.id))
	return rows.map(({ id, names, closed, holds: waits, languages, spaceNames }) => ({
		...{ id, closed, languages, holds: waits },
		name: saidTo(actor, locale, names),
		space: saidTo(actor, locale, spaceNames),
	}))
}

/** The settings of one open room, to be changed. Throws `not-found`. */
export async function readRoomSettings(actor: Actor, id: string | undefined, locale: string) {
	asCoordinator(actor)
	const [row] = isUuid(id)
		? await db
				.select(columns)
				.from(rooms)
				.leftJoin(spaces, eq(spaces.id, rooms.spaceId))
				.where(and(eq(rooms.id, id), eq(rooms.kind, 'open')))
		: []
	if (!row) throw new AppError('not-found')
	const { spaceNames, ...room } = row
	return { ...room, name: saidTo(actor, locale, room.names), space: saidTo(actor, locale, spaceNames) }
}

async function checkSpace(tx: Tx, spaceId: string | null) {
	if (spaceId && (await tx.$count(spaces, eq(spaces.id, spaceId))) === 0) {
		throw new AppError('invalid', { fields: { space: 'errors:choose' } })
	}
}

/**
 * Opens a room for a space, or for everyone. For whom it is stays as it is: what is said in it was said to them. The same
 * form sent again gives the same room. Throws `not-found`, `invalid`.
 */
export const openRoom = command({
	input: OpenRoom,
	limit: 'coordination',
	async run({ actor, input: { key, space, ...form }, tx, audit }): Promise<{ id: string }> {
		asCoordinator(actor)
		await checkSpace(tx, space)
		const [made] = await tx
			.insert(rooms)
			.values({ ...form, id: key, kind: 'open', spaceId: space, wordsBy: actor.id })
			.onConflictDoNothing()
			.returning({ id: rooms.id })
		if (made) await audit({ action: 'room.opened', subjectKind: 'room', subjectId: key })
		return { id: key }
	},
})

/** Holds an open room until the transaction ends. Throws `not-found`. */
async function accessOpen(tx: Tx, actor: Actor, id: string) {
	asCoordinator(actor)
	const [room] = await tx
		.select({ id: rooms.id, names: rooms.names, about: rooms.about, closedAt: rooms.closedAt })
		.from(rooms)
		.where(and(eq(rooms.id, id), eq(rooms.kind, 'open')))
		.for('no key update')
	if (!room) throw new AppError('not-found')
	return room
}

/** What was written in languages these pages do not speak stays. */
const withOthers = (before: Translated | null, now: Translated) =>
	({
		...Object.fromEntries(Object.entries(before ?? {}).filter(([tag]) => !UI_LOCALES.includes(tag))),
		...now,
	}) as Translated

/** Changes an open room. Where it holds nothing any more, what waits goes through. Throws `not-found`. */
export const changeRoom = command({
	input: ChangeRoom,
	limit: 'coordination',
	async run({ actor, input: { room: id, ...form }, tx, publish, audit }) {
		const room = await accessOpen(tx, actor, id)
		await tx
			.update(rooms)
			.set({
				...form,
				names: withOthers(room.names, form.names),
				about: withOthers(room.about, form.about),
				wordsBy: actor.id,
			})
			.where(eq(rooms.id, id))
		if (!form.holds) await letAllThrough(tx, id, publish)
		await audit({ action: 'room.changed', subjectKind: 'room', subjectId: id })
	},
})

/** Closes an open room: it can be read, nobody writes in it. Doing it twice is once. */
export const closeRoom = command({
	input: AnyRoom,
	limit: 'coordination',
	async run({ actor, input, tx, publish, audit }) {
		const { id, closedAt } = await accessOpen(tx, actor, input.room)
		if (closedAt) return
		const seq = await setClosed(tx, id, true)
		publish({ name: 'chat:closed', roomId: id, seq })
		await audit({ action: 'room.closed', subjectKind: 'room', subjectId: id })
	},
})

/** Opens it again. Doing it twice is once. */
export const reopenRoom = command({
	input: AnyRoom,
	limit: 'coordination',
	async run({ actor, input, tx, publish, audit }) {
		const { id, closedAt } = await accessOpen(tx, actor, input.room)
		if (!closedAt) return
		const seq = await setClosed(tx, id, false)
		publish({ name: 'chat:reopened', roomId: id, seq })
		await audit({ action: 'room.reopened', subjectKind: 'room', subjectId: id })
	},
})

async function setClosed(tx: Tx, id: string, closed: boolean) {
	const [room] = await tx
		.update(rooms)
		.set({ closedAt: closed ? sql`now()` : null, stoppedAt: null, seq: sql`${rooms.seq} + 1` })
		.where(eq(rooms.id, id))
		.returning({ seq: rooms.seq })
	return room!.seq
}
