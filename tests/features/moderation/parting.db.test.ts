import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db } from '~/db/client.server'
import { roomDoors, roomMembers, rooms } from '~/db/schema/chat'
import { restrictions } from '~/db/schema/measures'
import { matches } from '~/db/schema/mentoring'
import { notices } from '~/db/schema/ties'
import { invite, listInvitations } from '~/features/chat/circles/invitations.server'
import { listRooms } from '~/features/chat/room-lists.server'
import { readRoomPage } from '~/features/chat/room-page.server'
import { roomsWith } from '~/features/chat/rooms.server'
import { seatGuest } from '~/features/chat/seats.server'
import { sendMessage } from '~/features/chat/writing.server'
import { lockMembers } from '~/features/members/locking.server'
import { actorOfToken } from '~/features/members/session.server'
import { readMentoring } from '~/features/mentoring/overview.server'
import { readMatch } from '~/features/mentoring/together/match-page.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { partDue } from '~/features/moderation/measures/parting.server'
import { log } from '~/platform/log.server'
import { blockDoors } from '~/routes/block-doors.server'
import { subjects } from '~/routes/subjects.server'
import { aPrivateRoom } from '../../factories/chat'
import { aCircle } from '../../factories/circles'
import { aTopic, questionOf } from '../../factories/forum'
import { hold, untilSomeoneWaits } from '../../factories/locks'
import { aMemberWithToken } from '../../factories/members'
import { aMatch, anOffer } from '../../factories/mentoring'
import { aModerator, aReport } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

type Woman = Awaited<ReturnType<typeof aMemberWithToken>>
const now = async ({ token }: Woman) => (await actorOfToken(token))!

/** A mentoring with its room, and an invitation that was told: what Olena and Amal share. */
async function aShared() {
	const [olena, amal] = [await aMemberWithToken({ roles: [{ role: 'mentor' }] }), await aMemberWithToken()]
	await anOffer(olena.actor)
	const match = await aMatch(amal.actor, olena.actor)
	const [{ room } = { room: '' }] = await db.select({ room: sql<string>`room_id` }).from(matches)
	const circle = await aCircle(olena.actor)
	await invite(olena.actor, { room: circle, handle: amal.actor.handle })
	const kept = async () => [
		await db.select().from(matches),
		await db.select().from(rooms).where(eq(rooms.id, room)),
		await db.select().from(roomMembers).where(eq(roomMembers.roomId, room)),
		await db.select().from(roomDoors),
		await db.select().from(notices).where(eq(notices.subjectId, circle)),
	]
	return { olena, amal, match, room, kept }
}
type Shared = Awaited<ReturnType<typeof aShared>>

/** Amal reported Olena, and a moderator keeps the two apart. */
async function keepApart({ olena, amal }: Shared) {
	const post = await questionOf(await aTopic({ author: olena.actor }))
	const { caseId } = await aReport({ by: amal.actor, id: post.id })
	const moderator = await aModerator()
	await decide({ subjects })(moderator, {
		...{ case: caseId, decision: 'warn', rule: 'threat', words: '', apart: 'yes' },
	})
	return { takeBack: () => undo({ subjects })(moderator, { case: caseId }) }
}

/** So long ago the two were kept apart. */
const ago = (minutes: number) =>
	db.update(restrictions).set({ since: sql`now() - make_interval(mins => ${minutes})` })
/** One that fails is only logged, and tried again a minute later: here it says what failed. */
async function part() {
	const faults = vi.spyOn(log, 'error')
	const parted = await partDue(blockDoors.partings)
	expect(faults.mock.calls).toEqual([])
	return parted
}
const isRunning = async ({ match }: Shared) =>
	(await db.$count(matches, and(eq(matches.id, match), eq(matches.status, 'accepted')))) === 1

/** What the two are shown of it. */
async function views({ olena, amal, match, room }: Shared) {
	const seen = async (woman: Woman) => {
		const her = await now(woman)
		const page = await readRoomPage(her, room, { locale: 'en', before: null }).catch(({ code }) => ({ code }))
		return {
			own: (await listRooms(her, 'en')).own.map(({ id, alone }) => ({ id, alone })),
			room: 'code' in page ? page.code : { ...page.room, seq: 0, mayWrite: page.mayWrite },
			match: await codeOf(() => readMatch(her, match, roomsWith)),
			mentoring: await readMentoring(her, roomsWith),
			invited: await listInvitations(her),
		}
	}
	return [await seen(olena), await seen(amal)]
}

const sends = async (woman: Woman, room: string) =>
	codeOf(async () => sendMessage(await now(woman), { room, key: randomUUID(), body: 'x' }))

describe('what two women share who are kept apart', () => {
	test('is as it was, to the last row, when the order is taken back within minutes', async () => {
		const shared = await aShared()
		const [kept, seen] = [await shared.kept(), await views(shared)]
		expect(seen[0]).toMatchObject({ own: [{ id: shared.room, alone: false }], match: 'ok' })
		const { takeBack } = await keepApart(shared)
		expect(await part()).toBe(0)
		await takeBack()
		await ago(60)
		expect(await part()).toBe(0)
		expect(await shared.kept()).toEqual(kept)
		expect(await views(shared)).toEqual(seen)
		expect(await sends(shared.olena, shared.room)).toBe('ok')
	})

	test('is out of reach at once, and looks to both as it does once it has ended', async () => {
		const shared = await aShared()
		await keepApart(shared)
		const atOnce = await views(shared)
		expect(atOnce).toMatchObject([
			{
				own: [{ id: shared.room, alone: true }],
				room: { alone: true, closed: true, mayWrite: false },
				match: 'not-found',
			},
			{ own: [], room: 'not-found', match: 'not-found', invited: [] },
		])
		const refused = async () => [
			await sends(shared.olena, shared.room),
			await sends(shared.amal, shared.room),
		]
		expect(await refused()).toEqual(['forbidden', 'not-found'])
		await ago(11)
		expect(await part()).toBe(1)
		expect(await views(shared)).toEqual(atOnce)
		expect(await refused()).toEqual(['forbidden', 'not-found'])
	})

	test.each([
		['she who was reported', 'olena', 'amal'],
		['she who reported', 'amal', 'olena'],
	] as const)('lets %s be no third one in the room of the other any more', async (_who, guest, host) => {
		const shared = await aShared()
		const zoe = await aMemberWithToken()
		const room = await aPrivateRoom(shared[host].actor, zoe.actor)
		const seat = { roomId: room, memberId: shared[guest].actor.id }
		await db.transaction((tx) => seatGuest(tx, seat, () => {}))
		const all = async () => [
			await sends(shared[guest], room),
			await sends(shared[host], room),
			await sends(zoe, room),
		]
		expect(await all()).toEqual(['ok', 'ok', 'ok'])
		const { takeBack } = await keepApart(shared)
		expect(await all()).toEqual(['not-found', 'ok', 'ok'])
		expect((await listRooms(await now(shared[guest]), 'en')).own.map(({ id }) => id)).not.toContain(room)
		await takeBack()
		expect(await all()).toEqual(['ok', 'ok', 'ok'])
	})

	test.each([
		['still there', 10, 0],
		['gone', 11, 1],
	])('is %s after %i minutes, however many processes look', async (_how, minutes, ended) => {
		const shared = await aShared()
		await keepApart(shared)
		await ago(minutes)
		const parted = await Promise.all([part(), part(), part()])
		expect(parted.reduce((sum, n) => sum + n)).toBe(ended)
		expect(await isRunning(shared)).toBe(ended === 0)
		expect(await part()).toBe(0)
	})

	test('stays where the order ends in the same moment', async () => {
		const shared = await aShared()
		await keepApart(shared)
		await ago(11)
		const ending = await hold(async (tx) => {
			await lockMembers(tx, [shared.olena.actor.id, shared.amal.actor.id])
			await tx.update(restrictions).set({ endedAt: new Date() })
		})
		const parted = part()
		await untilSomeoneWaits()
		await ending.end()
		expect(await parted).toBe(0)
		expect(await isRunning(shared)).toBe(true)
	})
})
