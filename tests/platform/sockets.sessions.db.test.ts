import { eq, sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db } from '~/db/client.server'
import { members, sessions } from '~/db/schema/members'
import { endSessions } from '~/features/members/session.server'
import { deliver } from '~/platform/bus.server'
import { tellIn } from '~/platform/socket-tellings.server'
import { closeSockets, removeFrom } from '~/platform/sockets.server'
import { aMemberWithToken } from '../factories/members'
import {
	echoed,
	openServer,
	pause,
	recorded,
	say,
	server,
	until,
	withSocketServer,
	works,
} from '../factories/sockets'
import { statementsOf } from '../factories/statements'

withSocketServer()

describe('rooms', () => {
	test('are entered by the server only, and named apart from sessions and members', async () => {
		const [her, other] = [await aMemberWithToken(), await aMemberWithToken()]
		const [client, spy] = [await server.connect(her.token), await server.connect(other.token)]
		const heard = recorded(spy)
		for (const room of [`member:${her.actor.id}`, `session:${her.actor.sessionId}`, '*', '', client.id!]) {
			await spy.timeout(3000).emitWithAck('enter', { room })
			spy.emit('join', room)
			spy.emit('subscribe', room)
		}
		deliver([await endSessions(db, her.actor.id)])
		await until(() => !client.connected)
		await pause(50)
		expect(heard).toEqual([])
		expect(spy.connected).toBe(true)
	})

	test('a removal while she is being let in wins', async () => {
		const { actor, token } = await aMemberWithToken()
		const client = await server.connect(token)
		const heard = recorded(client)
		let go = () => {}
		echoed.hold = new Promise((resolve) => {
			go = resolve
		})
		const entering = client.timeout(3000).emitWithAck('enter', { room: 'a' })
		await until(() => echoed.waiting > 0)
		removeFrom(actor.id, 'a')
		go()
		expect(await entering).toEqual({ ok: false, code: 'not-found' })
		tellIn('a', [{ name: 'told', payload: {} }])
		echoed.hold = undefined
		expect(await client.timeout(3000).emitWithAck('enter', { room: 'a' })).toEqual({ ok: true, rooms: true })
		tellIn('a', [{ name: 'told again', payload: {} }])
		await until(() => heard.length > 0)
		expect(heard.map(({ name }) => name)).toEqual(['told again'])
	})

	test('a reader who does not read is cut before more than a few MB wait for her', async () => {
		const [slow, quick] = [
			await server.connect((await aMemberWithToken()).token),
			await server.connect((await aMemberWithToken()).token),
		]
		for (const client of [slow, quick]) await client.timeout(3000).emitWithAck('enter', { room: 'loud' })
		const [fromSlow, fromQuick] = [recorded(slow), recorded(quick)]
		const stream = (slow.io.engine.transport as unknown as { ws: { _socket: import('node:net').Socket } }).ws
			._socket
		stream.pause()
		const text = 'x'.repeat(12_000)
		const before = process.memoryUsage().rss
		for (let n = 0; n < 2000; n += 1) {
			tellIn('loud', [{ name: 'told', payload: { n, text } }])
			if (n % 20 === 0) await pause(1)
		}
		expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
		await until(() => fromQuick.length === 2000, 10_000)
		stream.resume()
		await until(() => !slow.connected)
		expect(fromSlow.length).toBeLessThan(2000)
		expect(quick.connected).toBe(true)
	})
})

describe('when a session is over', () => {
	test('every connection of it is told and cut within a second, and hears nothing after', async () => {
		const { actor, token } = await aMemberWithToken()
		const clients = [await server.connect(token), await server.connect(token, { transports: ['polling'] })]
		const heard = clients.map(recorded)
		for (const client of clients) await client.timeout(3000).emitWithAck('enter', { room: 'a' })
		const began = Date.now()
		deliver([await endSessions(db, actor.id, { only: actor.sessionId })])
		await Promise.resolve()
		for (let n = 0; n < 20; n += 1) tellIn('a', [{ name: 'told', payload: { n } }])
		await until(() => clients.every((client) => !client.connected), 1000)
		expect(Date.now() - began).toBeLessThan(1000)
		await pause(50)
		expect(heard.map((events) => events.map(({ name }) => name))).toEqual([['signed-out'], ['signed-out']])
		expect(await server.refusal(token)).toBe('not-signed-in')
	})

	test('her other session stays', async () => {
		const { actor, token } = await aMemberWithToken()
		const client = await server.connect(token)
		deliver([{ name: 'session:ended', memberId: actor.id, sessionIds: ['another'] }])
		await works(client)
	})

	test('without a signal her next event finds it out and does nothing', async () => {
		const { token } = await aMemberWithToken()
		const client = await server.connect(token)
		const heard = recorded(client)
		await db.delete(sessions)
		client.emit('say', { word: 'late' })
		await until(() => !client.connected, 1000)
		expect(echoed.ran).toEqual([])
		expect(heard.map(({ name }) => name)).toEqual(['signed-out'])
	})

	test('without an event either a look once a minute does, with a few statements for all', async () => {
		await server.close()
		vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
		await openServer()
		const people = await Promise.all(Array.from({ length: 20 }, () => aMemberWithToken()))
		const clients = await Promise.all(people.map(({ token }) => server.connect(token)))
		await db.delete(sessions).where(eq(sessions.memberId, people[19]!.actor.id))
		const sent = await statementsOf(async () => {
			vi.advanceTimersByTime(60_000)
			await until(() => !clients[19]!.connected)
		})
		vi.useRealTimers()
		expect(clients.filter(({ connected }) => connected)).toHaveLength(19)
		expect(sent.length).toBeLessThan(5)
	})

	test('a suspended woman is cut; another change only makes her begin anew', async () => {
		const [her, other] = [await aMemberWithToken(), await aMemberWithToken()]
		const [client, spared] = [await server.connect(her.token), await server.connect(other.token)]
		const heard = [recorded(client), recorded(spared)]
		const reason = new Promise((resolve) => spared.once('disconnect', resolve))
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, her.actor.id))
		deliver([
			{ name: 'member:changed', memberId: her.actor.id },
			{ name: 'member:changed', memberId: other.actor.id },
		])
		await until(() => !client.connected && !spared.connected, 1000)
		expect(heard.map((events) => events.map(({ name }) => name))).toEqual([['signed-out'], []])
		// The client comes back by itself from this one, and only from this one.
		expect(['transport close', 'transport error']).toContain(await reason)
	})

	test('what a page asks by itself does not keep her session awake; what she does, does', async () => {
		const { token } = await aMemberWithToken()
		const client = await server.connect(token)
		await db.update(sessions).set({ lastSeenAt: sql`now() - interval '5 minutes'` })
		const idle = async () => {
			const [row] = await db
				.select({ s: sql<number>`extract(epoch from now() - last_seen_at)::int` })
				.from(sessions)
			return row!.s
		}
		await client.timeout(3000).emitWithAck('look', {})
		expect(await idle()).toBeGreaterThan(250)
		await say(client, { word: 'here' })
		expect(await idle()).toBeLessThan(10)
	})
})

test('leaving lets what is under way be answered, then sends everyone elsewhere', async () => {
	const { token } = await aMemberWithToken()
	const client = await server.connect(token)
	const polling = await server.connect(token, { transports: ['polling'] })
	let go = () => {}
	echoed.hold = new Promise((resolve) => {
		go = resolve
	})
	const underWay = say(client, { word: 'hold' })
	await until(() => echoed.ran.length === 1)
	const reason = new Promise((resolve) => client.once('disconnect', resolve))
	const closing = closeSockets()
	expect(await say(polling, { word: 'late' })).toEqual({ ok: false, code: 'unavailable' })
	expect(await server.refusal(token)).toMatch(/websocket error/)
	go()
	expect(await underWay).toMatchObject({ ok: true, word: 'hold' })
	expect(await reason).toBe('transport close')
	await closing
	await server.close()
	await openServer()
})
