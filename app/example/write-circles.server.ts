import type { Tx } from '~/db/client.server'
import { roomDoors, roomMembers, rooms } from '~/db/schema/chat'
import type { Translated } from '~/db/schema/forum'
import { notices } from '~/db/schema/ties'
import type { NoticeKind } from '~/features/members/notices.server'
import { daysBefore } from './clock'
import type { ExampleCircle } from './texts.server'
import type { ExampleIds } from './write-people.server'
import { MINUTE_MS, writeMessages } from './write-rooms.server'

const KEPT_DAYS = 90
const OPENED_DAYS_AGO = 6
const TALKED_DAYS_AGO = 2
const INVITED: NoticeKind = 'circle.invited'

/** Writes the small rooms of women who invited one another, and who has not answered yet. */
export async function writeCircles(tx: Tx, circles: readonly ExampleCircle[], ids: ExampleIds) {
	for (const { host, people, invited = [], lang, name, messages } of circles) {
		const [room] = await tx
			.insert(rooms)
			.values({
				kind: 'circle',
				names: { [lang]: name } as Translated,
				languages: [lang],
				keepDays: KEPT_DAYS,
			})
			.returning({ id: rooms.id })
		const roomId = room!.id
		const joinedAt = daysBefore(ids.now, OPENED_DAYS_AGO)
		await tx
			.insert(roomMembers)
			.values([
				{ roomId, memberId: ids.member(host), role: 'host' as const, joinedAt },
				...people.map((handle) => ({ roomId, memberId: ids.member(handle), joinedAt })),
			])
		const began = daysBefore(ids.now, TALKED_DAYS_AGO)
		const lines = messages.map(({ by, body, lang: spoken, minutesAfter }) => ({
			authorId: ids.member(by),
			body,
			lang: spoken,
			at: new Date(began.getTime() + minutesAfter * MINUTE_MS),
		}))
		await writeMessages(tx, roomId, lines)
		for (const handle of invited) await invite(tx, roomId, ids.member(host), ids.member(handle))
	}
}

async function invite(tx: Tx, roomId: string, byId: string, memberId: string) {
	await tx.insert(roomDoors).values({ roomId, memberId, state: 'invited', byId })
	await tx.insert(notices).values({ memberId, kind: INVITED, subjectId: roomId })
}
