import { randomUUID } from 'node:crypto'
import { createClient } from '@redis/client'
import { eq } from 'drizzle-orm'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { db, pool } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { spaceMembers } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { blocks } from '~/db/schema/ties'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { hasReached } from '~/features/chat/following.server'
import { reactToMessage } from '~/features/chat/marking.server'
import { closePrivateRoom, leaveRoom } from '~/features/chat/rooms.server'
import { messageSubject } from '~/features/chat/subject.server'
import { editMessage, removeMessage } from '~/features/chat/writing.server'
import { takeBackFromSpace } from '~/features/forum/space-people.server'
import { endSessions } from '~/features/members/session.server'
import { type DomainEvent, deliver } from '~/platform/bus.server'
import { readiness } from '~/platform/readiness.server'
import { closeSignals, openSignals, signalsGetThrough } from '~/platform/signals.server'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aSpace } from '../../factories/forum'
import { anotherProcess } from '../../factories/instances'
import { aMember, aMemberWithToken } from '../../factories/members'
import { hasRedis, redisPort, startRedis } from '../../factories/redis'
import { aSocketServer, pause, recorded, type TestServer, until } from '../../factories/sockets'

// Before the settings are read; the port is the one of factories/redis.ts.
vi.hoisted(() => {
	process.env.REDIS_URL = `redis://127.0.0.1:${17_000 + (process.pid % 3_000)}`
})

/** What a signal may take, and what it may take to find out without one. */
const [SOON, WITHOUT] = [1_000, 3_000]
/** On a busy machine; whoever waited for Redis would wait for ever. */
const NOT_WAITED = 8_000

let redis: Awaited<ReturnType<typeof startRedis>> | undefined
let here: TestServer
let there: Awaited<ReturnType<typeof anotherProcess>>

beforeAll(async () => {
	if (hasRedis) redis = await startRedis()
	here = await aSocketServer([chatSocket({ report: async () => undefined })])
	openSignals()
	there = await anotherProcess()
	if (hasRedis) await until(() => bothHear())
})
afterAll(async () => {
	await there?.close()
	await here?.close()
	await closeSignals()
	await redis?.stop()
})
afterEach(() => {
	here.closeClients()
	there.server.closeClients()
})

const bothHear = () => signalsGetThrough() === true && there.signalsGetThrough() === true

const ask = (client: Socket, event: string, payload: unknown) =>
	client.timeout(5000).emitWithAck(event, payload)
const join = (client: Socket, room: string, after = 0) => ask(client, 'room:join', { room, after })
const send = (client: Socket, room: string, body: string) =>
	ask(client, 'message:send', { room, key: randomUUID(), body })

/** A woman who writes in this process, and one who reads in the other. */
async function people() {
	const [writer, reader] = [await aMemberWithToken(), await aMemberWithToken()]
	return {
		writer: writer.actor,
		reader: reader.actor,
		readerToken: reader.token,
		near: await here.connect(writer.token),
		far: await there.server.connect(reader.token),
	}
}

const numbers = (heard: ReturnType<typeof recorded>) => heard.map(({ data }) => Number(data.seq))
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

async function told(change: (publish: (event: DomainEvent) => void) => Promise<unknown>) {
	const events: DomainEvent[] = []
	await change((event) => void events.push(event))
	deliver(events)
}

describe.each([
	['with Redis', SOON],
	['without Redis', WITHOUT],
] as const)('%s', (how, within) => {
	const skipped = how === 'with Redis' && !hasRedis

	beforeAll(async () => {
		if (how === 'without Redis') await redis?.stop()
	})

	test.skipIf(skipped)(
		'what is written in both processes is told in both, once and in one order',
		async () => {
			const { near, far } = await people()
			const room = await anOpenRoom()
			await Promise.all([join(near, room), join(far, room)])
			const screens = [recorded(near), recorded(far)]
			const began = Date.now()
			await Promise.all(upTo(10).flatMap((n) => [send(near, room, `near ${n}`), send(far, room, `far ${n}`)]))
			expect(Date.now() - began).toBeLessThan(NOT_WAITED)
			await until(() => screens.every((heard) => heard.length >= 20), within)
			await pause(100)
			for (const heard of screens) {
				expect(numbers(heard)).toEqual(upTo(20))
				expect(heard.every(({ name }) => name === 'message:new')).toBe(true)
			}
			expect(screens[0]!.map(({ data }) => data.message)).toEqual(screens[1]!.map(({ data }) => data.message))
		},
	)

	test.skipIf(skipped)('edits, what was taken back and what was hidden reach the other process', async () => {
		const { writer, near, far } = await people()
		const room = await anOpenRoom()
		await Promise.all([join(near, room), join(far, room)])
		const [heard, own] = [recorded(far), recorded(near)]
		const one = await aMessage(writer, room, 'one')
		const two = await aMessage(writer, room, 'two')
		await until(() => heard.length === 2, within)
		await editMessage(writer, { room, id: one.id, words: 'one more' })
		await removeMessage(writer, { room, id: two.id })
		await told((publish) => messageSubject.hide(db, one.id, publish))
		await until(() => heard.length === 5 && own.length === 5, within)
		expect(numbers(heard)).toEqual(upTo(5))
		// A change that was changed again before anyone here read it is only counted.
		expect(['message:changed', 'room:changed']).toContain(heard[2]!.name)
		expect(heard.slice(3).map(({ name, data }) => [name, data.id, data.gone])).toEqual([
			['message:changed', two.id, true],
			['message:changed', one.id, true],
		])
	})

	test.skipIf(skipped)('who has a block with the author hears there only that the room went on', async () => {
		const [author, blocker, other] = [await aMember(), await aMemberWithToken(), await aMemberWithToken()]
		await db.insert(blocks).values({ blockerId: blocker.actor.id, blockedId: author.id })
		const room = await anOpenRoom()
		const clients = [await there.server.connect(blocker.token), await there.server.connect(other.token)]
		for (const client of clients) await join(client, room)
		const [blocked, unblocked] = clients.map(recorded)
		await aMessage({ ...author, blocked: [blocker.actor.id] }, room, 'not for her')
		await until(() => blocked!.length === 1 && unblocked!.length === 1, within)
		expect(blocked).toEqual([{ name: 'room:changed', data: { room, seq: 1, upTo: 1 } }])
		expect(unblocked![0]?.data.message?.body).toBe('not for her')
	})

	test.skipIf(skipped)('who is taken out of a space here is out of its rooms there', async () => {
		const { writer, reader, far } = await people()
		const space = await aSpace('Circle', { access: 'invited' })
		const rows = [writer, reader].map(({ id }) => ({
			spaceId: space.id,
			memberId: id,
			acceptedAt: new Date(),
		}))
		await db.insert(spaceMembers).values(rows)
		const room = await anOpenRoom({ spaceId: space.id })
		expect(await join(far, room)).toMatchObject({ ok: true })
		const heard = recorded(far)
		const coordinator = await aMember({ roles: [{ role: 'coordinator' }] })
		await takeBackFromSpace(coordinator, { space: space.id, member: reader.id })
		await until(() => heard.some(({ name }) => name === 'room:lost'), within)
		await aMessage(writer, room, 'not for her')
		await pause(100)
		expect(heard.filter(({ name }) => name.startsWith('message:'))).toEqual([])
	})

	test.skipIf(skipped)('signing out here cuts her there', async () => {
		const { reader, far } = await people()
		const room = await anOpenRoom()
		await join(far, room)
		const heard = recorded(far)
		const began = Date.now()
		deliver([await endSessions(db, reader.id)])
		await until(() => !far.connected, within)
		expect(Date.now() - began).toBeLessThan(within)
		expect(heard.map(({ name }) => name)).toEqual(['signed-out'])
	})

	test.skipIf(skipped)('a woman who is suspended here is cut there', async () => {
		const { reader, far } = await people()
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, reader.id))
		deliver([{ name: 'member:changed', memberId: reader.id }])
		await until(() => !far.connected, within)
	})

	test.skipIf(skipped)(
		'who leaves a room here is out of it there, and hears nothing that comes after',
		async () => {
			const { writer, reader, near, far, readerToken } = await people()
			const room = await aPrivateRoom(writer, reader)
			await Promise.all([join(near, room), join(far, room)])
			const [heard, stayed] = [recorded(far), recorded(near)]
			await leaveRoom(reader, { room })
			await aMessage(writer, room, 'are you there?')
			await until(() => stayed.length === 2, within)
			await pause(within === SOON ? 300 : WITHOUT)
			expect(heard).toEqual([{ name: 'room:lost', data: { room } }])
			expect(await send(far, room, 'still here')).toEqual({ ok: false, code: 'not-found' })
			const back = await there.server.connect(readerToken)
			expect(await join(back, room)).toEqual({ ok: false, code: 'not-found' })
		},
	)

	test.skipIf(skipped || how === 'without Redis')(
		'what she puts under a message here is hers on her page there, and so it is when she takes it away',
		async () => {
			const { writer, reader, far } = await people()
			const room = await anOpenRoom()
			await join(far, room)
			const { id } = await aMessage(writer, room, 'Good morning')
			const heard = recorded(far)
			await reactToMessage(reader, { room, id, kind: 'heart' })
			const looks = () => heard.filter(({ name }) => name === 'message:look')
			await until(() => looks().length === 1, within)
			expect(looks()[0]!.data).toEqual({ room, id })
			expect(await ask(far, 'message:look', { room, ids: [id] })).toMatchObject({
				messages: [{ reactions: { heart: 1 }, mine: { reactions: ['heart'] } }],
			})
			await reactToMessage(reader, { room, id, kind: 'heart' })
			await until(() => looks().length === 2, within)
			// Nobody else is told whose it was.
			await reactToMessage(writer, { room, id, kind: 'heart' })
			await pause(200)
			expect(looks()).toHaveLength(2)
		},
	)

	test.skipIf(skipped)('a room that is closed here is closed there', async () => {
		const { writer, reader, far } = await people()
		const room = await aPrivateRoom(writer, reader)
		await join(far, room)
		const heard = recorded(far)
		await told((publish) => closePrivateRoom(db, room, publish))
		await until(() => heard.length === 1, within)
		expect(heard[0]).toMatchObject({ name: 'room:changed', data: { room, seq: 1, upTo: 1, closed: true } })
	})

	test.skipIf(skipped)(
		'between entering there and catching up nothing is lost while others write here',
		async () => {
			const { writer, far } = await people()
			const room = await anOpenRoom()
			const writing = (async () => {
				for (const n of upTo(25)) await aMessage(writer, room, `${n}`)
			})()
			await pause(30)
			const heard = recorded(far)
			const page = await join(far, room)
			await writing
			await until(() => (heard.at(-1)?.data.seq ?? page.seq) === 25, within)
			const seen = [...page.messages.map(({ seq }: { seq: number }) => seq), ...numbers(heard)]
			expect([...new Set(seen)].sort((a, b) => a - b)).toEqual(upTo(25))
			expect(numbers(heard)).toEqual([...new Set(numbers(heard))].sort((a, b) => a - b))
		},
	)

	test.skipIf(skipped)('it is ready, and says how Redis is', async () => {
		expect(await readiness()).toMatchObject({ database: true, redis: how === 'with Redis' ? 'up' : 'down' })
	})
})

test('told many times in one moment how far a room is, a process reads it once', async () => {
	const { near } = await people()
	const asked = vi.spyOn(pool, 'unsafe')
	const statements: number[] = []
	for (const times of [1, 20]) {
		const room = await anOpenRoom()
		await join(near, room)
		// What another process committed, and nobody told.
		await db.insert(messages).values({
			roomId: room,
			seq: 1,
			changedSeq: 1,
			authorId: (await aMember()).id,
			key: randomUUID(),
			body: `told ${times} times`,
			dir: 'ltr',
		})
		const heard = recorded(near)
		asked.mockClear()
		for (let n = 0; n < times; n += 1) hasReached(room, 1)
		await until(() => heard.length > 0)
		statements.push(asked.mock.calls.filter(([text]) => text.includes('"messages"')).length)
		await ask(near, 'room:leave', { room })
	}
	asked.mockRestore()
	expect(statements[0]).toBeGreaterThan(0)
	expect(statements[1]).toBe(statements[0])
})

describe.skipIf(!hasRedis)('Redis itself', () => {
	test('when it is back, signals get through again by themselves', async () => {
		expect(bothHear()).toBe(false)
		redis = await startRedis(redisPort)
		await until(() => bothHear(), 5_000)
		const { reader, far } = await people()
		await pause(100)
		deliver([await endSessions(db, reader.id)])
		await until(() => !far.connected, SOON)
	})

	test('when it stops answering, nobody waits for it', async () => {
		const { writer, far } = await people()
		const room = await anOpenRoom()
		await join(far, room)
		const heard = recorded(far)
		redis!.pause()
		try {
			const began = Date.now()
			for (const n of upTo(20)) await aMessage(writer, room, `${n}`)
			expect(Date.now() - began).toBeLessThan(NOT_WAITED)
			await until(() => heard.length === 20, WITHOUT)
			expect(numbers(heard)).toEqual(upTo(20))
		} finally {
			redis!.goOn()
		}
		await until(() => bothHear(), 8_000)
		await pause(100)
		expect(heard).toHaveLength(20)
	})

	test('what our secret did not sign is not heard, and no words go through it', async () => {
		const { writer, reader, far } = await people()
		const spy = createClient({ url: process.env.REDIS_URL }).on('error', () => {})
		await spy.connect()
		const said: string[] = []
		let channel = ''
		await spy.pSubscribe('*', (packet, name) => {
			said.push(packet)
			channel = name
		})
		const room = await anOpenRoom()
		await join(far, room)
		await aMessage(writer, room, 'between us')
		await until(() => said.length > 0)
		expect(said.join()).not.toContain('between us')
		expect(said.join()).toContain(room)
		const forged = JSON.stringify(['someone', [['session:ended', { sessionIds: [reader.sessionId] }]]])
		const other = await spy
			.duplicate()
			.on('error', () => {})
			.connect()
		for (const mac of ['', '0'.repeat(64), said[0]!.slice(0, 64)]) await other.publish(channel, mac + forged)
		await other.publish(channel, 'not even JSON')
		await pause(300)
		expect(far.connected).toBe(true)
		for (const client of [spy, other]) client.destroy()
	})
})
