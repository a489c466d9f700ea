import { z } from 'zod'
import { db } from '~/db/client.server'
import type { Actor } from '~/platform/actor'
import { subscribe } from '~/platform/bus.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/once.server'
import { signal } from '~/platform/signals.server'
import type { Connection } from '~/platform/socket-events.server'
import { emitToMembers, membersIn } from '~/platform/sockets.server'
import { AnyRoom } from '../chat.schema'
import { tellCommitted } from '../following.server'
import { inRoom } from '../telling.server'
import { areOn, peopleWithSigns, viewOf } from './people.server'
import { readSigns } from './signs.server'

type Within = <T>(connection: Connection, actor: Actor, room: string, act: () => Promise<T>) => Promise<T>

const TYPING_EVERY_MS = 3_000

/** Whose typing was told a moment ago; nothing else of it is kept anywhere. */
const told = once('chat-typing', () => new Set<string>())

/** Once each three seconds for one woman in one room, however many pages she has open. */
function isTimeToTell(key: string): boolean {
	if (told.has(key)) return false
	told.add(key)
	setTimeout(() => told.delete(key), TYPING_EVERY_MS).unref()
	return true
}

const Typing = z.object({ room: z.uuid(), member: z.uuid() })
const Reading = z.object({ room: z.uuid() })

/**
 * Tells those who are in the room by a connection of this process, as the database says at this moment: whoever has
 * left it, and whoever is in it while one of them has turned signs off, is told nothing.
 */
async function tellTyping({ room, member }: z.output<typeof Typing>) {
	if (membersIn(inRoom(room)).every((id) => id === member)) return
	const people = await peopleWithSigns(db, room)
	const writer = people.find(({ id, on, active }) => id === member && on && active)
	if (!writer) return
	const others = people.filter(({ id, active }) => id !== member && active).map(({ id }) => id)
	emitToMembers(inRoom(room), others, 'room:typing', { room, name: writer.handle })
}

/** Tells each of them how far the others have read. */
async function tellReading({ room }: z.output<typeof Reading>) {
	if (membersIn(inRoom(room)).length === 0) return
	for (const person of await peopleWithSigns(db, room)) {
		if (person.on) emitToMembers(inRoom(room), [person.id], 'room:signs', { room, signs: viewOf(person) })
	}
}

const sayTyping = signal('room:typing', Typing, tellTyping, ({ room, member }) => `${room} ${member}`)
const sayReading = signal('room:reading', Reading, tellReading, ({ room }) => room)

async function type(actor: Actor, room: string) {
	if (!(await areOn(db, room))) throw new AppError('forbidden')
	if (!isTimeToTell(`${room} ${actor.id}`)) return {}
	sayTyping({ room, member: actor.id })
	await tellTyping({ room, member: actor.id })
	return {}
}

/** Tells open pages that signs began or ended, and while they are on how far somebody has read. */
export function tellSigns() {
	subscribe('chat:signs', ({ roomId, seq }) => tellCommitted({ roomId, seq, state: true }))
	subscribe('chat:read', async ({ roomId: room }) => {
		if (!(await areOn(db, room))) return
		sayReading({ room })
		await tellReading({ room })
	})
}

/** The events of typing and reading in a private room. */
export function signsEvents(connection: Connection, within: Within) {
	connection.on(
		'room:typing',
		AnyRoom,
		// Not even that she was refused is on record.
		async (actor, { room }) => {
			if (!connection.isIn(inRoom(room))) throw new AppError('not-found')
			return type(actor, room)
		},
		{ automatic: true },
	)
	connection.on(
		'room:signs',
		AnyRoom,
		(actor, { room }) =>
			within(connection, actor, room, async () => ({ signs: await readSigns(actor, room) })),
		{ automatic: true },
	)
}
