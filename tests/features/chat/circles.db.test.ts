import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages, roomDoors, roomMembers, rooms } from '~/db/schema/chat'
import { limitCounters, members } from '~/db/schema/members'
import { cases } from '~/db/schema/moderation'
import { blocks, notices } from '~/db/schema/ties'
import { seenInRooms } from '~/features/chat/blocks.server'
import { closeCircle, handOn, leaveCircle, openCircle, takeOut } from '~/features/chat/circles/circles.server'
import {
	acceptCircle,
	circlePlaces,
	invite,
	listInvitations,
	refuseCircle,
	takeBackInvitation,
} from '~/features/chat/circles/invitations.server'
import { leaveCircles } from '~/features/chat/circles/leaving.server'
import { listCircles, readCircle } from '~/features/chat/circles/lists.server'
import { tidyCircles } from '~/features/chat/keeping/deleting.server'
import { catchUp } from '~/features/chat/messages.server'
import { accessRoom } from '~/features/chat/rooms.server'
import { blockHandle } from '~/features/members/blocks.server'
import { decide } from '~/features/moderation/decisions.server'
import type { Actor } from '~/platform/actor'
import { blockDoors } from '~/routes/block-doors.server'
import { subjects } from '~/routes/subjects.server'
import { aMessage } from '../../factories/chat'
import { aCircle } from '../../factories/circles'
import { heardOf } from '../../factories/events'
import { aMember } from '../../factories/members'
import { aModerator, aReport } from '../../factories/moderation'
import { codeOf, faultsOf } from '../../factories/outcomes'

let host: Actor
let amal: Actor
let ines: Actor
beforeEach(async () => {
	;[host, amal, ines] = await Promise.all([
		aMember({ handle: 'Rosa' }),
		aMember({ handle: 'Amal' }),
		aMember({ handle: 'Inés' }),
	])
})

const form = (change: Record<string, unknown> = {}) => ({
	key: randomUUID(),
	name: 'Sunday tea',
	language: 'en',
	...change,
})
const roleIn = async (room: string, { id }: Actor) => {
	const [seat] = await db
		.select({ role: roomMembers.role, leftAt: roomMembers.leftAt })
		.from(roomMembers)
		.where(and(eq(roomMembers.roomId, room), eq(roomMembers.memberId, id)))
	return seat && (seat.leftAt ? 'left' : seat.role)
}
const doorOf = async (room: string, { id }: Actor) =>
	(
		await db
			.select({ state: roomDoors.state })
			.from(roomDoors)
			.where(and(eq(roomDoors.roomId, room), eq(roomDoors.memberId, id)))
	)[0]?.state
const noticesOf = ({ id }: Actor) => db.$count(notices, eq(notices.memberId, id))
/** Both as they would be after their next request. */
async function withBlock(by: Actor, of: Actor): Promise<[Actor, Actor]> {
	await db.insert(blocks).values({ blockerId: by.id, blockedId: of.id })
	return [
		{ ...by, blocked: [of.id] },
		{ ...of, blocked: [by.id] },
	]
}
const whyOf = async (act: () => Promise<unknown>) => {
	const { code, details } = await faultsOf(act)
	return [code, details?.why].filter(Boolean).join(' ')
}

describe('opening', () => {
	test('gives a room of one name and language that keeps ninety days, and is hers', async () => {
		const room = await aCircle(host)
		expect(await db.select().from(rooms).where(eq(rooms.id, room))).toMatchObject([
			{ kind: 'circle', names: { en: 'Sunday tea' }, languages: ['en'], keepDays: 90, closedAt: null },
		])
		expect(await roleIn(room, host)).toBe('host')
		await aMessage(host, room)
		expect(await codeOf(() => accessRoom(db, amal, room))).toBe('not-found')
	})

	test('sent twice is one; the key of another’s circle is not there', async () => {
		const sent = form()
		expect(await openCircle(host, sent)).toEqual(await openCircle(host, sent))
		expect(await codeOf(() => openCircle(amal, sent))).toBe('not-found')
		expect(await db.$count(rooms, eq(rooms.kind, 'circle'))).toBe(1)
	})

	test.each([
		[{ name: '' }, { name: 'errors:empty' }],
		[{ name: '\u200b\u2800' }, { name: 'errors:empty' }],
		[{ name: 'x'.repeat(61) }, { name: 'errors:tooLong' }],
		[{ name: 'a\u0000' }, { name: 'errors:strangeCharacters' }],
		[{ name: ['a'] }, { name: 'errors:notUnderstood' }],
		[{ language: 'xx' }, { language: 'errors:notLanguage' }],
		[{ language: '__proto__' }, { language: 'errors:notLanguage' }],
		[{ key: 'none' }, { key: 'errors:notUnderstood' }],
	])('with %j is refused', async (change, fields) => {
		expect(await faultsOf(() => openCircle(host, form(change)))).toMatchObject({ code: 'invalid', fields })
	})

	test('is not for whoever was shut out, and not more than three times a day', async () => {
		expect(await codeOf(() => openCircle({ ...amal, status: 'suspended' } as Actor, form()))).toBe(
			'forbidden',
		)
		await db.delete(limitCounters)
		for (const outcome of ['ok', 'ok', 'ok', 'too-many'])
			expect(await codeOf(() => openCircle(host, form()))).toBe(outcome)
	})
})

describe('inviting', () => {
	test('shows her the circle’s name and who asks, tells her once, and lets her in when she says yes', async () => {
		const room = await aCircle(host)
		await aMessage(host, room, 'before her')
		await invite(host, { room, handle: 'amal' })
		await invite(host, { room, handle: 'Amal' })
		const [invitation] = await listInvitations(amal)
		expect(invitation).toEqual({
			id: room,
			byId: host.id,
			by: 'Rosa',
			name: { text: 'Sunday tea', lang: 'en', dir: 'ltr' },
		})
		const told = await db.select().from(notices).where(eq(notices.memberId, amal.id))
		expect(told).toMatchObject([{ kind: 'circle.invited', subjectId: room, times: 1 }])
		expect([...(await circlePlaces(amal, told)).values()]).toEqual([{ path: '/chat', space: 'Sunday tea' }])
		expect(await codeOf(() => accessRoom(db, amal, room))).toBe('not-found')

		await acceptCircle(amal, { room })
		await acceptCircle(amal, { room })
		expect(await listInvitations(amal)).toEqual([])
		expect(await noticesOf(amal)).toBe(0)
		expect((await listCircles(amal)).circles).toMatchObject([{ id: room, name: { text: 'Sunday tea' } }])
		expect((await catchUp(amal, room, 0)).messages).toMatchObject([{ body: 'before her' }])
		expect((await readCircle(amal, room)).people).toEqual([
			{ id: host.id, handle: 'Rosa', hosts: true, self: false },
			{ id: amal.id, handle: 'Amal', hosts: false, self: true },
		])
	})

	test('is answered the same for every name, and asks only whom it may', async () => {
		const room = await aCircle(host)
		const [suspended, blocker, blocked, refuser] = await Promise.all([
			aMember({ handle: 'Shut out' }),
			aMember({ handle: 'Blocks her' }),
			aMember({ handle: 'Is blocked' }),
			aMember({ handle: 'Said no' }),
		])
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, suspended.id))
		await db.insert(blocks).values([
			{ blockerId: blocker.id, blockedId: host.id },
			{ blockerId: host.id, blockedId: blocked.id },
		])
		const now = { ...host, blocked: [blocker.id, blocked.id] }
		await invite(now, { room, handle: refuser.handle })
		await refuseCircle(refuser, { room })
		const answers = await Promise.all(
			['Nobody at all', 'Shut out', 'Blocks her', 'Is blocked', 'Said no', 'Amal'].map((handle) =>
				faultsOf(() => invite(now, { room, handle })),
			),
		)
		expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"code":"ok"}']))
		expect(await db.$count(roomDoors, eq(roomDoors.state, 'invited'))).toBe(2)
		expect(await doorOf(room, suspended)).toBe('invited')
		expect(await db.$count(notices)).toBe(1)
		for (const one of [blocker, blocked]) {
			expect(await listInvitations({ ...one, blocked: [host.id] })).toEqual([])
			expect(await listInvitations(one)).toEqual([])
		}
		expect(await doorOf(room, amal)).toBe('invited')
		expect(await doorOf(room, refuser)).toBe('refused')
	})

	test.each([
		['the one who opened it', () => host, 'ok'],
		['one of them', () => ines, 'forbidden'],
		['a stranger', () => amal, 'not-found'],
	] as const)('by %s: %s', async (_who, actor, outcome) => {
		const room = await aCircle(host, [ines])
		await aMember({ handle: 'Zoe' })
		expect(await codeOf(() => invite(actor(), { room, handle: 'Zoe' }))).toBe(outcome)
	})

	test('herself, into a closed circle, and into a full one is refused', async () => {
		const others = await Promise.all(Array.from({ length: 10 }, () => aMember()))
		const room = await aCircle(host, others)
		expect(await faultsOf(() => invite(host, { room, handle: 'rosa' }))).toMatchObject({
			fields: { handle: 'circles:notYourself' },
		})
		await invite(host, { room, handle: 'Amal' })
		await invite(host, { room, handle: 'Inés' })
		await acceptCircle(amal, { room })
		expect(await whyOf(() => acceptCircle(ines, { room }))).toBe('conflict circles:why.full')
		expect(await whyOf(() => invite(host, { room, handle: 'Zoe' }))).toBe('conflict circles:why.full')
		await closeCircle(host, { room })
		expect(await whyOf(() => invite(host, { room, handle: 'Zoe' }))).toBe('conflict circles:why.closed')
		expect(await codeOf(() => acceptCircle(ines, { room }))).toBe('not-found')
	})

	test('of two who say yes at once to the last place one has it', async () => {
		const others = await Promise.all(Array.from({ length: 10 }, () => aMember()))
		const room = await aCircle(host, others)
		for (const { handle } of [amal, ines]) await invite(host, { room, handle })
		const answers = await Promise.all([amal, ines].map((one) => codeOf(() => acceptCircle(one, { room }))))
		expect(answers.sort()).toEqual(['conflict', 'ok'])
	})

	test('ends by twenty a day, whatever the names', async () => {
		const room = await aCircle(host)
		await db.delete(limitCounters)
		for (let at = 0; at < 20; at += 1) await invite(host, { room, handle: `Nobody ${at}` })
		expect(await codeOf(() => invite(host, { room, handle: 'Amal' }))).toBe('too-many')
	})
})

describe('an invitation', () => {
	test('refused is over; the same woman cannot ask again, the next who looks after it can', async () => {
		const room = await aCircle(host, [ines])
		await invite(host, { room, handle: 'Amal' })
		await refuseCircle(amal, { room })
		await refuseCircle(amal, { room })
		expect(await noticesOf(amal)).toBe(0)
		expect(await codeOf(() => acceptCircle(amal, { room }))).toBe('not-found')
		await invite(host, { room, handle: 'Amal' })
		expect(await listInvitations(amal)).toEqual([])
		await handOn(host, { room, member: ines.id })
		await invite(ines, { room, handle: 'Amal' })
		expect(await listInvitations(amal)).toMatchObject([{ by: 'Inés' }])
	})

	test('is listed for her who asks, the same whatever came of it, until she takes it back', async () => {
		const room = await aCircle(host, [ines])
		const [refuser, blocker] = [
			await aMember({ handle: 'Says no' }),
			await aMember({ handle: 'Blocks later' }),
		]
		for (const { handle } of [amal, refuser, blocker]) await invite(host, { room, handle })
		const asked = async () => (await readCircle(host, room)).invited.map(({ handle }) => handle)
		const before = await asked()
		expect(before).toEqual(['Amal', 'Blocks later', 'Says no'])
		await refuseCircle(refuser, { room })
		await blockHandle(blockDoors)(blocker, { handle: 'Rosa' })
		expect(await asked()).toEqual(before)
		expect((await readCircle(ines, room)).invited).toEqual([])

		const now = { ...host, blocked: [blocker.id] }
		for (const { id: member } of [amal, refuser, blocker]) await takeBackInvitation(now, { room, member })
		await takeBackInvitation(now, { room, member: amal.id })
		expect(await asked()).toEqual([])
		expect([await listInvitations(amal), await noticesOf(amal)]).toEqual([[], 0])
		expect(await codeOf(() => acceptCircle(amal, { room }))).toBe('not-found')

		for (const { handle } of [amal, refuser]) await invite(host, { room, handle })
		expect(await listInvitations(amal)).toHaveLength(1)
		// Her no is not told by this, and holds.
		expect(await listInvitations(refuser)).toEqual([])
		expect(await doorOf(room, refuser)).toBe('refused')
	})

	test.each([
		['someone in it who does not look after it', () => ines, 'forbidden'],
		['someone outside', () => amal, 'not-found'],
	])('is not taken back by %s', async (_who, by, code) => {
		const room = await aCircle(host, [ines])
		const { id: member, handle } = await aMember({ handle: 'Asked' })
		await invite(host, { room, handle })
		expect(await codeOf(() => takeBackInvitation(by(), { room, member }))).toBe(code)
		expect(await doorOf(room, { id: member } as Actor)).toBe('invited')
	})

	test('vanishes when either blocks the other, and does not come back with the block lifted', async () => {
		const room = await aCircle(host)
		for (const { handle } of [amal, ines]) await invite(host, { room, handle })
		expect(await seenInRooms(db, amal, { openly: [host.id], between: [host.id] })).toEqual([host.id])
		await blockHandle(blockDoors)(amal, { handle: 'Rosa' })
		await blockHandle(blockDoors)(host, { handle: 'Inés' })
		await db.delete(blocks)
		for (const one of [amal, ines]) {
			expect(await listInvitations(one)).toEqual([])
			expect(await noticesOf(one)).toBe(0)
			expect(await codeOf(() => acceptCircle(one, { room }))).toBe('not-found')
		}
	})

	test.each([
		['closes the circle', (room: string) => closeCircle(host, { room })],
		['hands it on', (room: string) => handOn(host, { room, member: ines.id })],
		['leaves', (room: string) => leaveCircle(host, { room })],
		[
			'is shut out',
			async () => {
				await db.update(members).set({ status: 'suspended' }).where(eq(members.id, host.id))
				await tidyCircles()
			},
		],
	] as const)('is over when the one who asks %s', async (_what, end) => {
		const room = await aCircle(host, [ines])
		await invite(host, { room, handle: 'Amal' })
		await end(room)
		expect(await listInvitations(amal)).toEqual([])
		expect(await noticesOf(amal)).toBe(0)
		expect(await codeOf(() => acceptCircle(amal, { room }))).toBe('not-found')
	})

	test.each([
		['who was asked', () => amal, true],
		['one of them', () => ines, true],
		['who looks after it', () => host, false],
	] as const)('can be reported by %s: %s', async (_who, actor, may) => {
		const room = await aCircle(host, [ines])
		await invite(host, { room, handle: 'Amal' })
		const subject = subjects.find(({ kind }) => kind === 'circle')!
		expect(await db.transaction((tx) => subject.mayReport(tx, actor(), room))).toBe(may)
		expect(await db.transaction((tx) => subject.mayReport(tx, { ...actor(), id: randomUUID() }, room))).toBe(
			false,
		)
	})

	test('reported is a case about the one who asks; decided against, the circle closes', async () => {
		const room = await aCircle(host, [ines], 'A bad name')
		await invite(host, { room, handle: 'Amal' })
		await refuseCircle(amal, { room })
		const { caseId } = await aReport({ by: amal, kind: 'circle', id: room })
		const [found] = await db.select().from(cases).where(eq(cases.id, caseId))
		expect(found).toMatchObject({ authorId: host.id, private: true, excerpt: '' })
		await decide({ subjects })(await aModerator(), { case: caseId, decision: 'hide', rule: 'insult' })
		expect(await codeOf(() => aMessage(ines, room))).toBe('forbidden')
	})
})

describe('in a circle', () => {
	test.each([
		['the one who opened it', () => host, 'ok'],
		['one of them', () => ines, 'forbidden'],
		['a stranger', () => amal, 'not-found'],
	] as const)('taken out, handed on and closed by %s: %s', async (_who, actor, outcome) => {
		const room = await aCircle(host, [ines, await aMember({ handle: 'Zoe' })])
		for (const act of [
			() => takeOut(actor(), { room, member: ines.id }),
			() => handOn(actor(), { room, member: host.id }),
			() => closeCircle(actor(), { room }),
		])
			expect(await codeOf(act)).toBe(outcome)
	})

	test('one who is taken out is out at once, and can be asked again', async () => {
		const room = await aCircle(host, [amal, ines])
		const left = heardOf('chat:left')
		await takeOut(host, { room, member: amal.id })
		await takeOut(host, { room, member: amal.id })
		expect(await left()).toMatchObject([{ roomId: room, memberId: amal.id, alone: false }])
		expect(await doorOf(room, amal)).toBe('removed')
		expect(await codeOf(() => accessRoom(db, amal, room))).toBe('not-found')
		expect(await codeOf(() => takeOut(host, { room, member: host.id }))).toBe('forbidden')
		await invite(host, { room, handle: 'Amal' })
		await acceptCircle(amal, { room })
		expect(await roleIn(room, amal)).toBe('member')
	})

	test('handed on it is the other’s; to one who is gone it is refused', async () => {
		const room = await aCircle(host, [amal])
		expect(await whyOf(() => handOn(host, { room, member: ines.id }))).toBe('conflict circles:why.gone')
		await handOn(host, { room, member: amal.id })
		expect([await roleIn(room, host), await roleIn(room, amal)]).toEqual(['member', 'host'])
		expect(await codeOf(() => closeCircle(host, { room }))).toBe('forbidden')
	})

	test('closed it is read and not written in', async () => {
		const room = await aCircle(host, [amal])
		await aMessage(amal, room, 'still here')
		const closed = heardOf('chat:closed')
		await closeCircle(host, { room })
		expect(await closed()).toMatchObject([{ roomId: room }])
		expect(await codeOf(() => aMessage(amal, room))).toBe('forbidden')
		expect(await catchUp(amal, room, 0)).toMatchObject({ closed: true, messages: [{ body: 'still here' }] })
	})

	test('when its host leaves, whoever has been in it longest looks after it; empty it is deleted', async () => {
		const room = await aCircle(host, [ines, amal])
		await aMessage(host, room)
		await leaveCircle(host, { room })
		expect([await roleIn(room, host), await roleIn(room, ines), await roleIn(room, amal)]).toEqual([
			'left',
			'host',
			'member',
		])
		await leaveCircle(ines, { room })
		await leaveCircle(amal, { room })
		expect(await db.$count(rooms, eq(rooms.id, room))).toBe(0)
		expect(await db.$count(messages)).toBe(0)
	})

	test('when the account of its host goes, the same; not to one who is shut out', async () => {
		const room = await aCircle(host, [ines, amal])
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, ines.id))
		await db.transaction((tx) => leaveCircles(tx, host.id, () => {}))
		await db.delete(members).where(eq(members.id, host.id))
		expect(await roleIn(room, amal)).toBe('host')
	})

	test('empty with a message under an open case it waits for the decision', async () => {
		const room = await aCircle(host, [amal])
		const { id } = await aMessage(host, room, 'evidence')
		const { caseId } = await aReport({ by: amal, kind: 'message', id })
		for (const one of [host, amal]) await leaveCircle(one, { room })
		await tidyCircles()
		expect(await db.$count(messages, eq(messages.id, id))).toBe(1)
		await decide({ subjects })(await aModerator(), { case: caseId, decision: 'dismiss' })
		await tidyCircles()
		expect(await db.$count(rooms, eq(rooms.id, room))).toBe(0)
	})

	test('two with a block do not read or list each other; who looks after it still sees whom she blocks', async () => {
		const room = await aCircle(host, [amal, ines])
		await aMessage(amal, room, 'said by Amal')
		const [blocker, blocked] = await withBlock(ines, amal)
		expect((await catchUp(blocker, room, 0)).messages).toEqual([])
		const handles = async (actor: Actor) => (await readCircle(actor, room)).people.map(({ handle }) => handle)
		expect(await handles(blocker)).toEqual(['Rosa', 'Inés'])
		expect(await handles(blocked)).toEqual(['Rosa', 'Amal'])
		const [keeper] = await withBlock(host, amal)
		expect(await handles(keeper)).toEqual(['Rosa', 'Amal', 'Inés'])
		await db.insert(blocks).values({ blockerId: amal.id, blockedId: host.id })
		expect(await handles(keeper)).toEqual(['Rosa', 'Inés'])
	})
})
