import { z } from 'zod'
import { aside } from '~/platform/aside.server'
import { env } from '~/platform/env.server'
import { lookOut } from '~/platform/lookouts.server'
import { once } from '~/platform/once.server'
import { within } from '~/platform/patience'
import { signal } from '~/platform/signals.server'
import { emitToMembers, membersIn, removeFrom } from '~/platform/sockets.server'
import type { RoomKind } from './chat.policy'
import { outOfPlace, readElsewhere, readProgress, roomsOfSpace } from './elsewhere.server'
import { inRoom, type Told, tellRoom } from './telling.server'

/**
 * A room with connections in this process, where other processes write in it too. Its numbers are told here one after
 * the other: what was committed here when its turn comes, what was committed elsewhere once it is read, for all
 * connections at once. Who does not hear of it by a signal finds it by looking.
 */
interface Followed {
	kind: RoomKind
	/** Not everyone may enter it: it is looked at who is still there by right. */
	closely: boolean
	/** Everything up to this number was told here. */
	told: number
	/** How far the room is known to have come. */
	reached: number
	/** Committed here, and after something that is still missing. */
	waiting: Map<number, Told>
	reading: boolean
}

/** Long enough for two commits of one moment to come in the wrong order, and for a burst to be read at once. */
const READ_AFTER_MS = 4
/** A page that took longer was lost on the way to the database: the next look asks for it again. */
const READS_AT_MOST_MS = 10_000

const followed = once('chat-followed', () => new Map<string, Followed>())

interface FollowedRoom {
	id: string
	seq: number
	kind: RoomKind
	spaceId: string | null
}

/** Tells this room in order from now on; it is given as it was before she entered. */
export function follow({ id, seq, kind, spaceId }: FollowedRoom) {
	if (!env().several || followed.has(id)) return
	const closely = kind !== 'open' || spaceId !== null
	followed.set(id, { kind, closely, told: seq, reached: seq, waiting: new Map(), reading: false })
}

/** Tells what this process committed, to its own connections and by a number to the others. */
export function tellCommitted(told: Told) {
	if (!env().several) return tellRoom(told)
	sayReached({ room: told.roomId, seq: told.seq })
	if (told.by && told.entry) sayHers({ room: told.roomId, member: told.by, id: told.entry.id })
	const room = followed.get(told.roomId)
	// Nobody is here; whoever comes reads it.
	if (!room || told.seq <= room.told) return
	room.waiting.set(told.seq, told)
	hasReached(told.roomId, told.seq)
}

/** The room has come so far, wherever that was written. */
export function hasReached(roomId: string, seq: number) {
	const room = followed.get(roomId)
	if (!room) return
	room.reached = Math.max(room.reached, seq)
	tellNext(room)
	if (room.reached <= room.told || room.reading) return
	// At once: what else is told in this moment begins no second reading.
	room.reading = true
	aside('chat.following', () => readSoon(roomId, room))
}

/** Takes a member out of a room in this process; her open pages say so at once. */
function loseRoom(roomId: string, memberId: string) {
	emitToMembers(inRoom(roomId), [memberId], 'room:lost', { room: roomId })
	removeFrom(memberId, inRoom(roomId))
}

/** A room is no more: whoever has it open here is told. In other processes it is found by looking. */
export function endRoom(roomId: string) {
	for (const memberId of membersIn(inRoom(roomId))) takeOutOf(roomId, memberId)
}

/** Takes a member out of a room in every process. */
export function takeOutOf(roomId: string, memberId: string) {
	loseRoom(roomId, memberId)
	sayLeft({ room: roomId, member: memberId })
}

function tell(room: Followed, told: Told) {
	tellRoom(told)
	room.told = told.seq
	room.waiting.delete(told.seq)
}

function tellNext(room: Followed) {
	for (let next = room.waiting.get(room.told + 1); next; next = room.waiting.get(room.told + 1))
		tell(room, next)
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function readSoon(roomId: string, room: Followed) {
	try {
		await wait(READ_AFTER_MS)
		while (room.reached > room.told && followed.get(roomId) === room)
			await within(READS_AT_MOST_MS, readOn(roomId, room))
	} finally {
		// Where that failed, whoever looks next tries again.
		room.reading = false
	}
}

async function readOn(roomId: string, room: Followed) {
	const { told: after, reached, kind, closely } = room
	const read = await readElsewhere(roomId, { after, reached, kind })
	// After reading and before telling: who was taken out by one of these changes hears none that came after it.
	if (closely) await takeOutWhoLeft([roomId])
	for (const told of read) if (told.seq > room.told) tell(room, told)
	for (const seq of room.waiting.keys()) if (seq <= room.told) room.waiting.delete(seq)
	tellNext(room)
	if (read.length === 0) room.reached = room.told
}

async function takeOutWhoLeft(roomIds: readonly string[]) {
	const places = roomIds.flatMap((roomId) =>
		membersIn(inRoom(roomId)).map((memberId) => ({ roomId, memberId })),
	)
	for (const { roomId, memberId } of await outOfPlace(places)) loseRoom(roomId, memberId)
}

/** Who is no longer in the rooms of a space by right, in this process: of all its members, or of one. */
async function lookInSpace(spaceId: string, memberId?: string) {
	const roomIds = (await roomsOfSpace(spaceId)).filter((roomId) => {
		const here = membersIn(inRoom(roomId))
		return memberId === undefined ? here.length > 0 : here.includes(memberId)
	})
	await takeOutWhoLeft(roomIds)
}

/** A space was closed to somebody, or to many: its rooms are, in every process. */
export function takeOutOfSpace({ spaceId, memberId }: { spaceId: string; memberId?: string }) {
	sayClosed({ space: spaceId, ...(memberId && { member: memberId }) })
	return lookInSpace(spaceId, memberId)
}

/** What signals would have said: how far each room is, and who is no longer in those that not everyone may enter. */
async function lookForChanges() {
	for (const roomId of [...followed.keys()]) {
		if (membersIn(inRoom(roomId)).length === 0) followed.delete(roomId)
	}
	if (followed.size === 0) return
	await takeOutWhoLeft([...followed].flatMap(([roomId, { closely }]) => (closely ? [roomId] : [])))
	for (const [roomId, seq] of await readProgress([...followed.keys()])) hasReached(roomId, seq)
}

const Reached = z.object({ room: z.uuid(), seq: z.int().positive() })
const Left = z.object({ room: z.uuid(), member: z.uuid() })
const Hers = z.object({ room: z.uuid(), member: z.uuid(), id: z.uuid() })
const Closed = z.object({ space: z.uuid(), member: z.uuid().optional() })

const sayReached = signal(
	'room:reached',
	Reached,
	({ room, seq }) => hasReached(room, seq),
	({ room }) => room,
)
/** What she herself put under a message nobody else is told; her pages in other processes look. */
const sayHers = signal('message:hers', Hers, ({ room, member, id }) =>
	emitToMembers(inRoom(room), [member], 'message:look', { room, id }),
)
const sayLeft = signal('room:left', Left, ({ room, member }) => loseRoom(room, member))
const sayClosed = signal('space:closed', Closed, ({ space, member }) => lookInSpace(space, member))

lookOut('chat.rooms', lookForChanges)
