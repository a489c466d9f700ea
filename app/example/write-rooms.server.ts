import { eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { messages, roomMembers, rooms } from '~/db/schema/chat'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { directionOf } from '~/platform/text'
import { castParts, partsOf } from './cast'
import type { ExamplePair, ExamplePeople, ExampleRoom } from './texts.server'
import { daysBefore, type ExampleIds } from './write-people.server'
import { playersOf } from './write-spaces.server'

const MINUTE_MS = 60_000
/** The talk in the open rooms began this many days ago, each room a little later than the one before. */
const TALKED_DAYS_AGO = 3

interface Line {
	authorId: string
	body: string
	at: Date
}

async function writeMessages(tx: Tx, roomId: string, lines: Line[]) {
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

/** Writes the open rooms with their talk, and the pairs of mentoring with their private rooms. */
export async function writeRooms(
	tx: Tx,
	texts: { people: ExamplePeople; rooms: ExampleRoom[]; pairs: ExamplePair[] },
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
	for (const pair of texts.pairs) await writePair(tx, pair, ids)
}

async function writePair(tx: Tx, pair: ExamplePair, ids: ExampleIds) {
	const who = { mentor: ids.member(pair.mentor), mentee: ids.member(pair.mentee) }
	const askedAt = daysBefore(ids.now, pair.daysAgo)
	const met = pair.status === 'accepted' || pair.status === 'ended'
	const roomId = met ? await writePrivateRoom(tx, pair, who, askedAt) : null
	await tx.insert(matches).values({
		menteeId: who.mentee,
		mentorId: who.mentor,
		key: crypto.randomUUID(),
		status: pair.status,
		needs: pair.needs,
		words: pair.words,
		wordsLang: pair.lang,
		wordsDir: directionOf(pair.words),
		roomId,
		askedAt,
		answeredAt: pair.status === 'asked' ? null : askedAt,
		endedAt: pair.status === 'ended' ? daysBefore(ids.now, 5) : null,
	})
	if (pair.status !== 'accepted') return
	await tx
		.update(mentorOffers)
		.set({ load: sql`${mentorOffers.load} + 1` })
		.where(eq(mentorOffers.memberId, who.mentor))
}

async function writePrivateRoom(
	tx: Tx,
	pair: ExamplePair,
	who: { mentor: string; mentee: string },
	began: Date,
) {
	const [room] = await tx.insert(rooms).values({ kind: 'private' }).returning({ id: rooms.id })
	const leftAt = pair.status === 'ended' ? daysBefore(began, -30) : null
	await tx
		.insert(roomMembers)
		.values(Object.values(who).map((memberId) => ({ roomId: room!.id, memberId, joinedAt: began, leftAt })))
	const lines = pair.messages.map(({ by, body, minutesAfter }) => ({
		authorId: who[by],
		body,
		at: new Date(began.getTime() + minutesAfter * MINUTE_MS),
	}))
	await writeMessages(tx, room!.id, lines)
	return room!.id
}
