import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { roomSessions, rooms } from '~/db/schema/chat'
import { cases, evidence, statements } from '~/db/schema/moderation'
import { blocks } from '~/db/schema/ties'
import { listSessions } from '~/features/chat/led/cards.server'
import { endSession } from '~/features/chat/led/leading.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { readReportable } from '~/features/moderation/reports.server'
import { appeal } from '~/features/moderation/statements.server'
import { subjects } from '~/routes/subjects.server'
import { act, aHost, aPlannedSession, aSession } from '../../factories/led'
import { aMember } from '../../factories/members'
import { aModerator, aReport } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const stateOf = async (room: string) =>
	(
		await db
			.select({
				state: roomSessions.state,
				doors: roomSessions.doors,
				pausedBy: roomSessions.pausedBy,
				endedAt: roomSessions.endedAt,
				closedAt: rooms.closedAt,
			})
			.from(roomSessions)
			.innerJoin(rooms, eq(rooms.id, roomSessions.roomId))
			.where(eq(rooms.id, room))
	)[0]

const report = (by: Awaited<ReturnType<typeof aMember>>, id: string) => aReport({ by, kind: 'room', id })
const mayRead = (actor: Awaited<ReturnType<typeof aMember>>, id: string) =>
	codeOf(() => readReportable(subjects, actor, { kind: 'room', id }))

describe('a led session is reported', () => {
	test('with what its host announces, by whoever may stand at its door', async () => {
		const host = await aHost()
		const room = await aPlannedSession(host, { about: 'Di lavoro' })
		const { caseId } = await report(await aMember(), room)
		expect(await db.select().from(cases)).toMatchObject([
			{ id: caseId, subjectKind: 'room', authorId: host.id, private: false, lang: 'it' },
		])
		expect(await db.select().from(evidence)).toMatchObject([
			{ body: 'First steps\n\nDi lavoro\n\nUna alla volta.\n\nCiao\nParliamo' },
		])
	})

	test('and to everyone else it is not there', async () => {
		const [host, hers, blocked, stranger] = [await aHost(), await aMember(), await aMember(), await aMember()]
		const room = await aSession(host, [hers])
		await db.insert(blocks).values({ blockerId: host.id, blockedId: blocked.id })
		const kept = { ...blocked, blocked: [host.id] }
		expect(await mayRead(hers, room)).toBe('ok')
		expect(await mayRead(stranger, room)).toBe('ok')
		for (const actor of [host, kept]) expect(await mayRead(actor, room)).toBe('not-found')
		expect(await mayRead(stranger, crypto.randomUUID())).toBe('not-found')
		await endSession(host, { room })
		expect(await mayRead(hers, room)).toBe('ok')
		expect(await mayRead(stranger, room)).toBe('not-found')
	})
})

describe('decided against it ends, and everything comes back', () => {
	test('of one that has not begun: it is planned again, with its doors', async () => {
		const [host, moderator, reporter] = [await aHost(), await aModerator(), await aMember()]
		const room = await aPlannedSession(host)
		const before = await stateOf(room)
		const { caseId } = await report(reporter, room)
		await decide({ subjects })(moderator, { case: caseId, decision: 'hide', rule: 'money' })
		expect(await stateOf(room)).toMatchObject({ state: 'ended', closedAt: expect.any(Date) })
		expect((await listSessions(reporter, 'en')).coming).toEqual([])
		expect(await db.select().from(statements)).toMatchObject([{ memberId: host.id, subjectKind: 'room' }])
		await undo({ subjects })(moderator, { case: caseId })
		expect(await stateOf(room)).toEqual(before)
		expect((await listSessions(reporter, 'en')).coming).toHaveLength(1)
	})

	test('of one that goes on: after an appeal it pauses until its host goes on', async () => {
		const [host, reporter] = [await aHost(), await aMember()]
		const room = await aSession(host, [reporter])
		const { caseId } = await report(reporter, room)
		await decide({ subjects })(await aModerator(), { case: caseId, decision: 'hide', rule: 'money' })
		const [statement] = await db.select().from(statements)
		await appeal(host, { statement: statement!.id, words: 'We spoke of wages' })
		const [asked] = await db.select().from(cases).where(eq(cases.statementId, statement!.id))
		await decide({ subjects })(await aModerator(), { case: asked!.id, decision: 'restore' })
		expect(await stateOf(room)).toMatchObject({
			state: 'paused',
			pausedBy: 'host',
			doors: 'open',
			closedAt: null,
		})
		await act(host, room, 'go-on')
		expect(await stateOf(room)).toMatchObject({ state: 'open', pausedBy: null })
	})

	test('but what its host has ended stays ended', async () => {
		const [host, moderator, reporter] = [await aHost(), await aModerator(), await aMember()]
		const room = await aSession(host, [reporter])
		const { caseId } = await report(reporter, room)
		await endSession(host, { room })
		await decide({ subjects })(moderator, { case: caseId, decision: 'hide', rule: 'money' })
		await undo({ subjects })(moderator, { case: caseId })
		expect(await stateOf(room)).toMatchObject({ state: 'ended', endedAt: expect.any(Date) })
	})
})
