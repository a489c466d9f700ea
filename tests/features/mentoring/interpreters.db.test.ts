import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { notices } from '~/db/schema/ties'
import { mentoringInterpreters } from '~/db/schema/together'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { listRooms } from '~/features/chat/room-lists.server'
import { accessRoom, leaveRoom, readRoomHead, roomsWith } from '~/features/chat/rooms.server'
import { sendMessage } from '~/features/chat/writing.server'
import { blockHandle } from '~/features/members/blocks.server'
import { listNotices } from '~/features/members/notice-list.server'
import { actorOfToken } from '~/features/members/session.server'
import { readMentoring } from '~/features/mentoring/overview.server'
import {
	agreeToInterpreter,
	endInterpreting,
	proposeInterpreter,
} from '~/features/mentoring/together/interpreters.server'
import { readMatch, readMatchPage } from '~/features/mentoring/together/match-page.server'
import type { Actor } from '~/platform/actor'
import { belongings } from '~/routes/belongings.server'
import { blockDoors } from '~/routes/block-doors.server'
import { aMatchAs, anInterpreter } from '../../factories/matches'
import { aMember, aMemberWithToken } from '../../factories/members'
import { act, aMatch, aMentor, ROOMS } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { aSocketServer, pause, recorded, type TestServer, until } from '../../factories/sockets'

let server: TestServer
beforeAll(async () => {
	server = await aSocketServer([chatSocket({ report: async () => ({}) })])
})
afterAll(() => server.close())
afterEach(() => server.closeClients())

const join = (client: Socket, room: string, after = 0) =>
	client.timeout(5000).emitWithAck('room:join', { room, after })
const say = (actor: Actor, room: string, body = 'good morning') =>
	sendMessage(actor, { room, key: randomUUID(), body })

async function two() {
	const [her, mentor] = [await aMember(), await aMentor()]
	const match = await aMatch(her, mentor)
	const { roomId } = await readMatch(her, match, roomsWith)
	return { her, mentor, match, room: roomId! }
}
const propose = (actor: Actor, match: string, handle: string) => proposeInterpreter(actor, { match, handle })
const agree = (actor: Actor, match: string) => agreeToInterpreter(ROOMS)(actor, { match })
const endIt = (actor: Actor, match: string) => endInterpreting(ROOMS)(actor, { match })
const seatOf = async (actor: Actor, match: string) =>
	(await readMatchPage(actor, match, roomsWith)).together?.seat
const seesPage = (actor: Actor, match: string) => codeOf(() => readMatchPage(actor, match, roomsWith))
const told = async (actor: Actor) =>
	(await listNotices(actor, null)).notices.filter(({ kind }) => kind === 'mentoring.interpreter').length
/** What her overview of mentoring says of the pairs she interprets for. */
const onOverview = async (actor: Actor) =>
	(await readMentoring(actor, roomsWith)).interpreting.map(({ id, seated }) => ({ id, seated }))

describe('a third seat', () => {
	test.each(['mentee', 'mentor'] as const)(
		'proposed by the %s: she learns of it when both agree',
		async (who) => {
			const { her, mentor, match, room } = await two()
			const [one, other] = who === 'mentee' ? [her, mentor] : [mentor, her]
			const third = await aMember()
			await Promise.all([1, 2, 3].map(() => codeOf(() => propose(one, match, third.handle))))
			expect(await db.$count(mentoringInterpreters)).toBe(1)
			expect(await seatOf(one, match)).toMatchObject({ handle: third.handle, waitsFor: 'other' })
			expect(await seatOf(other, match)).toMatchObject({ handle: third.handle, waitsFor: 'her' })
			expect([await seesPage(third, match), await told(third)]).toEqual(['not-found', 0])
			expect(await onOverview(third)).toEqual([])
			expect(await codeOf(() => agree(third, match))).toBe('not-found')
			await Promise.all([agree(other, match), agree(other, match)])
			expect(await seatOf(one, match)).toMatchObject({ waitsFor: 'interpreter' })
			expect(await told(third)).toBe(1)
			expect(await onOverview(third)).toEqual([{ id: match, seated: false }])
			// Asked, she is not in the room yet.
			expect(await codeOf(() => accessRoom(db, third, room))).toBe('not-found')
			await Promise.all([agree(third, match), agree(third, match)])
			expect(await seatOf(one, match)).toMatchObject({ waitsFor: null })
			expect(await onOverview(third)).toEqual([{ id: match, seated: true }])
			expect((await say(third, room)).id).toBeTruthy()
		},
	)

	test('she sees the room and who the two are, and nothing else of theirs', async () => {
		const { her, mentor, match, room } = await two()
		const third = await aMember()
		await anInterpreter(her, mentor, third, match)
		const page = await readMatchPage(third, match, roomsWith)
		expect(page).toMatchObject({ match: null, together: null })
		expect(page.interpreting).toMatchObject({ roomId: room, mentee: her.handle, mentor: mentor.handle })
		expect(JSON.stringify(page)).not.toContain('I look for work')
		for (const intent of ['end', 'pause', 'settle', 'accept']) {
			expect(await codeOf(() => act(third, match, intent))).toBe('not-found')
		}
	})

	test('names that cannot be asked are answered alike', async () => {
		const { her, mentor, match } = await two()
		const [blocked, blocker, suspended] = [await aMember(), await aMember(), await aMember()]
		await blockHandle(blockDoors)(her, { handle: blocked.handle })
		await blockHandle(blockDoors)(blocker, { handle: her.handle })
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, suspended.id))
		const now = { ...her, blocked: [blocked.id, blocker.id] }
		const names = [blocked, blocker, suspended, her, mentor].map(({ handle }) => handle)
		for (const handle of [...names, 'Nobody at all', '???']) {
			expect(await faultsOf(() => propose(now, match, handle))).toEqual({
				code: 'invalid',
				status: 422,
				fields: { handle: 'match:interpreter.nobody' },
				details: {},
			})
		}
		expect(await db.$count(mentoringInterpreters)).toBe(0)
	})

	test.each(['the mentee', 'the interpreter'])(
		'whom %s blocks since before learns of it nowhere',
		async (who) => {
			const { her, mentor, match } = await two()
			const third = await aMember()
			const [by, from] = who === 'the mentee' ? [her, third] : [third, her]
			await blockHandle(blockDoors)(by, { handle: from.handle })
			await propose(mentor, match, third.handle)
			expect(await codeOf(() => agree({ ...her, blocked: [third.id] }, match))).toBe('ok')
			const now = { ...third, blocked: [her.id] }
			expect(await db.$count(notices, eq(notices.memberId, third.id))).toBe(0)
			expect((await readMentoring(now, roomsWith)).interpreting).toEqual([])
			expect(await seesPage(now, match)).toBe('not-found')
			expect(await codeOf(() => agree(now, match))).toBe('not-found')
		},
	)

	test('there is one, and none but while it goes on', async () => {
		const { her, mentor, match } = await two()
		const [third, fourth] = [await aMember(), await aMember()]
		await propose(her, match, third.handle)
		expect(await faultsOf(() => propose(mentor, match, fourth.handle))).toMatchObject({
			details: { reason: 'seat' },
		})
		await endIt(her, match)
		expect(await codeOf(() => propose(mentor, match, fourth.handle))).toBe('ok')
		expect(await faultsOf(() => agree(mentor, match))).toMatchObject({ code: 'ok' })
		await act(her, match, 'pause')
		expect(await faultsOf(() => agree(her, match))).toMatchObject({ details: { reason: 'break' } })
		const asked = await aMatchAs('asked', await aMember(), mentor)
		expect(await codeOf(() => propose(mentor, asked, third.handle))).toBe('conflict')
		for (const stranger of [await aMember(), await aMember({ roles: [{ role: 'coordinator' }] })]) {
			expect(await codeOf(() => propose(stranger, match, third.handle))).toBe('not-found')
			expect(await codeOf(() => agree(stranger, match))).toBe('not-found')
			expect(await codeOf(() => endIt(stranger, match))).toBe('not-found')
		}
	})
})

describe('once her seat has ended', () => {
	const ways = {
		'the mentee ends it': ({ her, match }: Seated) => endIt(her, match),
		'the mentor ends it': ({ mentor, match }: Seated) => endIt(mentor, match),
		'she goes herself': ({ third, match }: Seated) => endIt(third, match),
		'the mentoring ends': ({ her, match }: Seated) => act(her, match, 'end'),
		'the mentee blocks her': ({ her, third }: Seated) =>
			blockHandle(blockDoors)(her, { handle: third.handle }),
		'she blocks the mentor': ({ mentor, third }: Seated) =>
			blockHandle(blockDoors)(third, { handle: mentor.handle }),
		'the two are parted by a block': ({ her, mentor }: Seated) =>
			blockHandle(blockDoors)(mentor, { handle: her.handle }),
	}
	type Seated = Awaited<ReturnType<typeof seated>>

	async function seated() {
		const people = await two()
		const { actor: third, token } = await aMemberWithToken()
		await anInterpreter(people.her, people.mentor, third, people.match)
		const client = await server.connect(token)
		await join(client, people.room)
		return { ...people, third, token, client }
	}

	test.each(Object.keys(ways) as (keyof typeof ways)[])(
		'because %s, she reads nothing of it any more and gets no more bytes',
		async (way) => {
			const people = await seated()
			const { her, match, room, third, token, client } = people
			await say(her, room, 'while she is here')
			await ways[way](people)
			// Whoever has blocked begins a new connection.
			const parted = way === 'the mentee blocks her' || way === 'she blocks the mentor'
			if (parted) await until(() => client.disconnected)
			const open = parted ? await server.connect(token) : client
			const now = (await actorOfToken(token))!
			const heard = recorded(open)
			await codeOf(() => say(her, room, 'between the two'))
			await pause(100)
			expect(await codeOf(() => accessRoom(db, now, room))).toBe('not-found')
			expect(await join(open, room)).toMatchObject({ ok: false, code: 'not-found' })
			expect(await codeOf(() => say(now, room))).toBe('not-found')
			expect(await seesPage(now, match)).toBe('not-found')
			expect(await codeOf(() => agree(third, match))).toBe('not-found')
			expect((await listRooms(now, 'en')).own).toEqual([])
			expect(heard.filter(({ data }) => JSON.stringify(data).includes('between the two'))).toEqual([])
		},
	)

	test.each(['the mentee blocks her', 'she blocks the mentor', 'she goes herself'] as const)(
		'because %s, the room of the two stays theirs',
		async (way) => {
			const people = await seated()
			await ways[way](people)
			const { her, mentor, match, room } = people
			expect(await codeOf(() => say(her, room))).toBe('ok')
			expect(await codeOf(() => say(mentor, room))).toBe('ok')
			expect(await readMatch(her, match, roomsWith)).toMatchObject({ status: 'accepted', roomId: room })
			expect(await readRoomHead(her, room, 'en')).toMatchObject({ alone: false, other: { id: mentor.id } })
		},
	)

	test('she can be seated again', async () => {
		const { her, mentor, match, room, third } = await seated()
		await endIt(third, match)
		await anInterpreter(mentor, her, third, match)
		expect(await codeOf(() => say(third, room))).toBe('ok')
	})
})

describe('the room with a third seat', () => {
	test('is named by the other of the two, once, and by one of them for her', async () => {
		const { her, mentor, match, room } = await two()
		const third = await aMember()
		await anInterpreter(her, mentor, third, match)
		const named = async (actor: Actor) =>
			(await listRooms(actor, 'en')).own.map(({ id, other }) => [id, other])
		expect(await named(her)).toEqual([[room, mentor.handle]])
		expect(await named(mentor)).toEqual([[room, her.handle]])
		const hers = await named(third)
		expect(hers).toHaveLength(1)
		expect([her.handle, mentor.handle]).toContain(hers[0]?.[1])
		expect(await readRoomHead(third, room, 'en')).toMatchObject({
			alone: false,
			other: { handle: hers[0]?.[1] },
		})
	})

	test('says she is alone when the other of the two has left, whoever else is there', async () => {
		const { her, mentor, match, room } = await two()
		await anInterpreter(her, mentor, await aMember(), match)
		await leaveRoom(mentor, { room })
		expect(await readRoomHead(her, room, 'en')).toMatchObject({ alone: true })
	})
})

test('her account goes: the two write on', async () => {
	const { her, mentor, match, room } = await two()
	const third = await aMember()
	await anInterpreter(her, mentor, third, match)
	await db.transaction(async (tx) => {
		for (const one of belongings) await one.leave?.(tx, third.id, 'remove', () => {})
		await tx.delete(members).where(eq(members.id, third.id))
	})
	expect(await codeOf(() => say(her, room))).toBe('ok')
	expect(await seatOf(mentor, match)).toBeNull()
})

test('a break is heard on an open page, and that it is over', async () => {
	const { actor: her, token } = await aMemberWithToken()
	const match = await aMatch(her, await aMentor())
	const { roomId } = await readMatch(her, match, roomsWith)
	const client = await server.connect(token)
	await join(client, roomId!)
	const heard = recorded(client)
	await act(her, match, 'pause')
	await act(her, match, 'resume')
	await until(() => heard.length === 2)
	expect(heard.map(({ name, data }) => [name, data.seq, data.closed])).toEqual([
		['room:changed', 1, true],
		['room:changed', 2, false],
	])
})
