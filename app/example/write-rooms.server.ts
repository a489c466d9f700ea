import { eq } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { messages, roomMembers, rooms } from '~/db/schema/chat'
import { heldMessages } from '~/db/schema/chat-held'
import { directionOf } from '~/platform/text'
import { castParts, partsOf } from './cast'
import { daysBefore } from './clock'
import type { ExampleLine, ExamplePeople, ExampleRoom } from './texts.server'
import { writeMarks } from './write-marks.server'
import type { ExampleIds } from './write-people.server'
import { playersOf, type WrittenSpace } from './write-spaces.server'

export const MINUTE_MS = 60_000
/** The talk in the open rooms began this many days ago, each room a little later than the one before. */
const TALKED_DAYS_AGO = 3

interface Line {
	authorId: string
	body: string
	lang?: string
	at: Date
	/** Which line it answers, or says in another language. */
	re?: number
	of?: number
}

/** Writes what was said in a room, in its order. Returns the ids in the same order. */
export async function writeMessages(tx: Tx, roomId: string, lines: Line[]): Promise<string[]> {
	if (lines.length === 0) return []
	const ids = lines.map(() => crypto.randomUUID() as string)
	await tx.insert(messages).values(
		lines.map(({ authorId, body, lang, at, re, of }, index) => ({
			id: ids[index],
			replyTo: re === undefined ? null : ids[re],
			translationOf: of === undefined ? null : ids[of],
			roomId,
			seq: index + 1,
			changedSeq: index + 1,
			authorId,
			key: crypto.randomUUID(),
			body,
			lang,
			dir: directionOf(body),
			createdAt: at,
		})),
	)
	await tx.update(rooms).set({ seq: lines.length }).where(eq(rooms.id, roomId))
	return ids
}

interface Written {
	people: ExamplePeople
	/** The spaces by key. */
	spaces: Map<string, WrittenSpace>
	ids: ExampleIds
}

/** Writes the open rooms with their talk. */
export async function writeRooms(tx: Tx, texts: readonly ExampleRoom[], { people, spaces, ids }: Written) {
	const said = new Map<string, number>()
	for (const [at, room] of texts.entries()) {
		const space = room.space ? spaces.get(room.space)! : undefined
		const roomId = await writeRoom(tx, room, space)
		const held = room.held ?? []
		const parts = partsOf([...room.messages, ...held], 'h')
		const cast = castParts(parts, space?.players ?? playersOf(people), said)
		const began = daysBefore(ids.now, room.daysAgo ?? TALKED_DAYS_AGO - at / 10)
		await tx.insert(roomMembers).values(
			[...cast].map(([letter, handle]) => ({
				roomId,
				memberId: ids.member(handle),
				role: letter === 'h' ? ('host' as const) : ('member' as const),
			})),
		)
		const memberOf = (letter: string) => ids.member(cast.get(letter)!)
		const lineOf = ({ by, minutesAfter, body, lang, re, of }: ExampleLine) => ({
			...{ body, lang, re, of },
			authorId: memberOf(by),
			at: new Date(began.getTime() + minutesAfter * MINUTE_MS),
		})
		const messageIds = await writeMessages(tx, roomId, room.messages.map(lineOf))
		await writeMarks(tx, { roomId, messageIds, lines: room.messages, memberOf })
		await writeHeld(tx, roomId, held.map(lineOf))
	}
}

async function writeRoom(
	tx: Tx,
	{ names, about, languages, holds }: ExampleRoom,
	space: WrittenSpace | undefined,
): Promise<string> {
	const [made] = await tx
		.insert(rooms)
		.values({ kind: 'open', names, about, languages, holds, spaceId: space?.id })
		.returning({ id: rooms.id })
	return made!.id
}

/** What waits to be let through. */
async function writeHeld(tx: Tx, roomId: string, lines: readonly Line[]) {
	for (const { authorId, body, lang, at } of lines) {
		const key = crypto.randomUUID()
		await tx
			.insert(heldMessages)
			.values({ roomId, authorId, key, body, lang, dir: directionOf(body), createdAt: at })
	}
}
