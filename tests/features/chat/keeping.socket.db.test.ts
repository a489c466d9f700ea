import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { rooms } from '~/db/schema/chat'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { closeCircle, takeOut } from '~/features/chat/circles/circles.server'
import { tidyCircles } from '~/features/chat/keeping/deleting.server'
import { forgetMe } from '~/features/chat/keeping/forgetting.server'
import { aMessage, anOpenRoom } from '../../factories/chat'
import { aCircle } from '../../factories/circles'
import { aMemberWithToken } from '../../factories/members'
import { aSocketServer, pause, recorded, type TestServer, until } from '../../factories/sockets'

let server: TestServer
beforeAll(async () => {
	server = await aSocketServer([chatSocket({ report: async () => {} })])
})
afterAll(() => server.close())
afterEach(() => server.closeClients())

async function aConnected() {
	const { actor, token } = await aMemberWithToken()
	const client = await server.connect(token)
	return {
		actor,
		client,
		heard: recorded(client),
		join: (room: string, after = 0) => client.timeout(5000).emitWithAck('room:join', { room, after }),
	}
}

test('who forgets herself leaves a gap in the numbers of open pages, and what closes it are her messages, gone', async () => {
	const [amal, ines] = [await aConnected(), await aConnected()]
	const room = await anOpenRoom()
	const ids = []
	for (const body of ['one', 'two']) ids.push((await aMessage(amal.actor, room, body)).id)
	expect(await ines.join(room)).toMatchObject({ ok: true, seq: 2 })
	await forgetMe(amal.actor, { room })
	await until(() => ines.heard.length === 1)
	expect(ines.heard).toEqual([{ name: 'room:changed', data: { room, seq: 5, upTo: 5 } }])
	expect(await ines.join(room, 2)).toMatchObject({
		seq: 5,
		messages: ids.map((id) => ({ id, gone: true })),
	})
})

test('who is taken out of a circle is told so, hears nothing of it from then on, and cannot enter again', async () => {
	const [host, amal] = [await aConnected(), await aConnected()]
	const room = await aCircle(host.actor, [amal.actor])
	await Promise.all([host.join(room), amal.join(room)])
	await takeOut(host.actor, { room, member: amal.actor.id })
	await until(() => host.heard.length === 1)
	await aMessage(host.actor, room, 'not for her')
	await until(() => host.heard.length === 2)
	await pause(50)
	expect(amal.heard).toEqual([{ name: 'room:lost', data: { room } }])
	expect(await amal.join(room)).toMatchObject({ ok: false, code: 'not-found' })
})

test('a circle that is over and deleted says so on the pages that are still open', async () => {
	const [host, amal] = [await aConnected(), await aConnected()]
	const room = await aCircle(host.actor, [amal.actor])
	await closeCircle(host.actor, { room })
	await amal.join(room)
	await db.update(rooms).set({ closedAt: sql`now() - make_interval(days => 91)` }).where(eq(rooms.id, room))
	await tidyCircles()
	await until(() => amal.heard.length === 1)
	expect(amal.heard).toEqual([{ name: 'room:lost', data: { room } }])
})
