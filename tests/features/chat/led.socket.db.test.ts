import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { come } from '~/features/chat/led/doors.server'
import { openSession } from '~/features/chat/led/leading.server'
import type { Actor } from '~/platform/actor'
import { aMessage } from '../../factories/chat'
import { act, aPlannedSession } from '../../factories/led'
import { aMemberWithToken } from '../../factories/members'
import { aSocketServer, pause, recorded, type TestServer, until } from '../../factories/sockets'

let server: TestServer
beforeAll(async () => {
	server = await aSocketServer([chatSocket({ report: async () => {} })])
})
afterAll(() => server.close())
afterEach(() => server.closeClients())

const ask = (client: Socket, event: string, payload: unknown) =>
	client.timeout(5000).emitWithAck(event, payload)

interface Person {
	actor: Actor
	client: Socket
}
async function aConnected(fields: Parameters<typeof aMemberWithToken>[0] = {}): Promise<Person> {
	const { actor, token } = await aMemberWithToken(fields)
	return { actor, client: await server.connect(token) }
}

let host: Person
let amal: Person
let ines: Person
let room: string
const join = ({ client }: Person) => ask(client, 'room:join', { room, after: 0 })
beforeEach(async () => {
	;[host, amal, ines] = await Promise.all([
		aConnected({ roles: [{ role: 'mentor' }] }),
		aConnected({ handle: 'Amal' }),
		aConnected({ handle: 'Inés' }),
	])
	room = await aPlannedSession(host.actor, { doors: 'open' })
	await openSession(host.actor, { room })
	for (const { actor } of [amal, ines]) await come(actor, { room })
	await Promise.all([join(host), join(amal), join(ines)])
})

describe('a led session, live', () => {
	test('every change is told as a number, and each asks for her own view of it', async () => {
		const heard = recorded(amal.client)
		expect(await ask(amal.client, 'hand:raise', { room })).toEqual({ ok: true })
		await until(() => heard.length === 1)
		const { seq } = heard[0]!.data as unknown as { seq: number }
		expect(heard).toEqual([{ name: 'room:changed', data: { room, seq, upTo: seq, state: true } }])
		const [hers, hosts] = await Promise.all(
			[amal, host].map(({ client }) => ask(client, 'room:state', { room })),
		)
		expect(hers.view).toMatchObject({ me: { handUp: true, next: true }, host: null })
		expect(hosts.view).toMatchObject({ hands: [{ handle: 'Amal' }], host: { lobby: [] } })
		await ask(host.client, 'room:act', { room, intent: 'next', after: '' })
		expect((await ask(amal.client, 'room:state', { room })).view).toMatchObject({ me: { speaks: true } })
		expect(await ask(amal.client, 'hand:lower', { room })).toEqual({ ok: true })
	})

	test('who is taken out hears nothing more, and cannot ask', async () => {
		const heard = recorded(amal.client)
		await ask(host.client, 'room:act', { room, intent: 'remove-member', member: amal.actor.id })
		heard.length = 0
		const others = recorded(ines.client)
		await aMessage(host.actor, room, 'she is gone')
		await act(host.actor, room, 'pause')
		await until(() => others.filter(({ name }) => name === 'room:changed').length > 0)
		await pause(100)
		expect(heard).toEqual([])
		for (const [event, more] of [
			['room:state', {}],
			['room:join', { after: 0 }],
			['hand:raise', {}],
			['room:act', { intent: 'come' }],
			['message:send', { key: randomUUID(), body: 'x' }],
		] as const) {
			expect(await ask(amal.client, event, { room, ...more })).toMatchObject({ ok: false, code: 'not-found' })
		}
	})

	test('a refusal says why, with what its sentence needs', async () => {
		await act(host.actor, room, 'mute', { member: amal.actor.id, minutes: '15' })
		expect(await ask(amal.client, 'message:send', { room, key: randomUUID(), body: 'x' })).toEqual({
			ok: false,
			code: 'forbidden',
			details: { why: 'sessions:why.muted', count: 15, seconds: 15 },
		})
	})

	test('the end closes it on every page', async () => {
		const heard = recorded(ines.client)
		await ask(host.client, 'room:act', { room, intent: 'end' })
		await until(() => heard.length === 2)
		expect(heard.map(({ data }) => [data.closed, data.state])).toEqual([
			[true, undefined],
			[undefined, true],
		])
		expect((await ask(ines.client, 'room:state', { room })).view).toMatchObject({
			state: 'ended',
			me: { why: 'ended' },
		})
	})

	test.each([
		['room:state', null],
		['room:state', { room: 'x' }],
		['room:act', []],
		['room:act', { room: randomUUID(), intent: 'end' }],
		['hand:raise', 7],
	])('%s of %j is refused, and the server lives', async (event, payload) => {
		expect((await ask(amal.client, event, payload)).ok).toBe(false)
		expect((await ask(amal.client, 'room:act', { room, intent: { $ne: 1 } })).ok).toBe(false)
		expect((await ask(amal.client, 'room:state', { room })).ok).toBe(true)
	})
})
