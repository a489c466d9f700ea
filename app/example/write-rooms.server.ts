import { eq } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { messages, roomMembers, rooms } from '~/db/schema/chat'
import { directionOf } from '~/platform/text'
import { castParts, partsOf } from './cast'
import { daysBefore } from './clock'
import type { ExamplePeople, ExampleRoom } from './texts.server'
import type { ExampleIds } from './write-people.server'
import { playersOf } from './write-spaces.server'

export const MINUTE_MS = 60_000
/** The talk in the open rooms began this many days ago, each room a little later than the one before. */
const TALKED_DAYS_AGO = 3

interface Line {
	authorId: string
	body: string
	at: Date
}

/** Writes what was said in a room, in its order. */
export async function writeMessages(tx: Tx, roomId: string, lines: Line[]) {
	if (lines.length === 0) return
	await tx.insert(messages).values(
		lines.map(({ authorId, body, at }, index) => ({
			roomId,
			seq: index + 1,
			changedSeq: index + 1,
			authorId,
			key: crypto.randomUUID(),
			body,
			dir: directionOf(body),
			createdAt: at,
		})),
	)
	await tx.update(rooms).set({ seq: lines.length }).where(eq(rooms.id, roomId))
}

/** Writes the open rooms with their talk. */
export async function writeRooms(
	tx: Tx,
	texts: { people: ExamplePeople; rooms: ExampleRoom[] },
	ids: ExampleIds,
) {
	const players = playersOf(texts.people)
	const said = new Map<string, number>()
	for (const [at, room] of texts.rooms.entries()) {
		const { names, about, languages } = room
		const [made] = await tx
			.insert(rooms)
			.values({ kind: 'open', names, about, languages })
			.returning({ id: rooms.id })
		const cast = castParts(partsOf(room.messages, 'h'), players, said)
		const began = daysBefore(ids.now, TALKED_DAYS_AGO - at / 10)
		await tx.insert(roomMembers).values(
			[...cast].map(([letter, handle]) => ({
				roomId: made!.id,
				memberId: ids.member(handle),
				role: letter === 'h' ? ('host' as const) : ('member' as const),
			})),
		)
		const lines = room.messages.map(({ by, body, minutesAfter }) => ({
			authorId: ids.member(cast.get(by)!),
			body,
			at: new Date(began.getTime() + minutesAfter * MINUTE_MS),
		}))
		await writeMessages(tx, made!.id, lines)
	}
}
