import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { messageSubject } from '~/features/chat/subject.server'
import { editMessage, removeMessage } from '~/features/chat/writing.server'
import * as blocks from '~/features/members/blocks.server'
import { actorOfToken } from '~/features/members/session.server'
import { type DomainEvent, deliver } from '~/platform/bus.server'
import { blockDoors } from '~/routes/block-doors.server'
import { anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aMemberWithToken } from '../../factories/members'
import { aSocketServer, pause, recorded, type TestServer, until } from '../../factories/sockets'

let server: TestServer
beforeAll(async () => {
	server = await aSocketServer([chatSocket({ report: async () => ({}) })])
})
afterAll(() => server.close())
afterEach(() => server.closeClients())

const join = (client: Socket, room: string, after = 0) =>
	client.timeout(5000).emitWithAck('room:join', { room, after })
const say = (client: Socket, room: string, body: string) =>
	client.timeout(5000).emitWithAck('message:send', { room, key: randomUUID(), body })

async function aConnected() {
	const { actor, token } = await aMemberWithToken()
	const client = await server.connect(token)
	return { actor, token, client, now: async () => (await actorOfToken(token))! }
}

/** The number and, where there are any, the words of each event. */
const toldTo = (heard: ReturnType<typeof recorded>) =>
	heard.map(({ name, data }) => [name, data.seq, data.message?.body ?? null])

test('of what a blocked woman says only the cursor hears, live and when it asks again', async () => {
	const [amal, ines, zoe] = [await aConnected(), await aConnected(), await aConnected()]
	const room = await anOpenRoom()
	await blocks.blockHandle(blockDoors)(amal.actor, { handle: ines.actor.handle })
	await until(() => amal.client.disconnected && ines.client.disconnected)
	const [hers, theirs] = [await server.connect(amal.token), await server.connect(ines.token)]
	for (const client of [hers, theirs, zoe.client]) await join(client, room)
	const heard = [hers, theirs, zoe.client].map(recorded)
	const { message: ofInes } = await say(theirs, room, 'of ines')
	const { message: ofAmal } = await say(hers, room, 'of amal')
	await say(zoe.client, room, 'of zoe')
	await editMessage(await ines.now(), { room, id: ofInes.id, words: 'changed' })
	await removeMessage(await ines.now(), { room, id: ofInes.id })
	// Another than the author acts: her blocks count all the same.
	const events: DomainEvent[] = []
	await messageSubject.hide(db, ofAmal.id, (event) => void events.push(event))
	deliver(events)
	await until(() => heard.every((events) => events.length === 6))
	const [toAmal, toInes, toZoe] = heard.map(toldTo)
	expect(toAmal).toEqual([
		['room:changed', 1, null],
		['message:new', 2, 'of amal'],
		['message:new', 3, 'of zoe'],
		['room:changed', 4, null],
		['room:changed', 5, null],
		['message:changed', 6, null],
	])
	expect(toInes).toEqual([
		['message:new', 1, 'of ines'],
		['room:changed', 2, null],
		['message:new', 3, 'of zoe'],
		['message:changed', 4, 'changed'],
		['message:changed', 5, null],
		['room:changed', 6, null],
	])
	expect(toZoe!.map(([name]) => name)).toEqual([
		'message:new',
		'message:new',
		'message:new',
		'message:changed',
		'message:changed',
		'message:changed',
	])
	// What moves the cursor says nothing of whom or what.
	for (const events of heard.slice(0, 2))
		for (const { name, data } of events.filter((event) => event.name === 'room:changed'))
			expect([name, Object.keys(data).sort()]).toEqual(['room:changed', ['room', 'seq', 'upTo']])
	expect(JSON.stringify(heard[0])).not.toContain(ofInes.id)
	const again = await join(hers, room)
	expect([again.seq, again.upTo, again.more]).toEqual([6, 6, false])
	expect(again.messages.map(({ body }: { body?: string }) => body)).toEqual(['of zoe'])
})

test('in a room of two the other hears at once that she is alone, and can send nothing', async () => {
	const [amal, ines] = [await aConnected(), await aConnected()]
	const room = await aPrivateRoom(amal.actor, ines.actor)
	await Promise.all([join(amal.client, room), join(ines.client, room)])
	const heard = [recorded(amal.client), recorded(ines.client)]
	await blocks.blockPerson(blockDoors)(amal.actor, { member: ines.actor.id })
	await until(() => amal.client.disconnected && ines.client.disconnected)
	await pause(50)
	expect(JSON.stringify(heard)).not.toContain('message')
	const [hers, theirs] = [await server.connect(amal.token), await server.connect(ines.token)]
	expect(await join(hers, room)).toMatchObject({ ok: false, code: 'not-found' })
	expect(await join(theirs, room)).toMatchObject({ ok: true, alone: true, closed: true })
	expect(await say(theirs, room, 'are you there?')).toMatchObject({ ok: false, code: 'forbidden' })
})
