import { eq } from 'drizzle-orm'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { blocks } from '~/db/schema/ties'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { LiveRoom } from '~/features/chat/live/live-room'
import { leaveRoom } from '~/features/chat/rooms.server'
import { seatGuest } from '~/features/chat/seats.server'
import { openSigns, type Signs } from '~/features/chat/signs/live-signs'
import { setSigns } from '~/features/chat/signs/signs.server'
import type { Actor } from '~/platform/actor'
import { type DomainEvent, deliver } from '~/platform/bus.server'
import { closeSignals, openSignals, signalsGetThrough } from '~/platform/signals.server'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aCircle } from '../../factories/circles'
import { anotherProcess } from '../../factories/instances'
import { aHost, aSession } from '../../factories/led'
import { aMember, aMemberWithToken } from '../../factories/members'
import { hasRedis, startRedis } from '../../factories/redis'
import { aSocketServer, pause, recorded, type TestServer, until } from '../../factories/sockets'

vi.hoisted(() => {
	process.env.REDIS_URL = `redis://127.0.0.1:${17_000 + (process.pid % 3_000)}`
})

let redis: Awaited<ReturnType<typeof startRedis>> | undefined
let here: TestServer
let there: Awaited<ReturnType<typeof anotherProcess>>

beforeAll(async () => {
	if (hasRedis) redis = await startRedis()
	here = await aSocketServer([chatSocket({ report: async () => undefined })])
	openSignals()
	there = await anotherProcess()
	if (hasRedis) await until(() => signalsGetThrough() === true && there.signalsGetThrough() === true)
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

const ask = (client: Socket, event: string, payload: unknown) =>
	client.timeout(5000).emitWithAck(event, payload)
const type = (client: Socket, room: string) => ask(client, 'room:typing', { room })

interface Person {
	actor: Actor
	client: Socket
	heard: ReturnType<typeof recorded>
}

/** Someone with the room open, in this process or the other. */
async function someone(server: TestServer, handle: string): Promise<Person> {
	const { actor, token } = await aMemberWithToken({ handle })
	const client = await server.connect(token)
	return { actor, client, heard: recorded(client) }
}

const typingOf = ({ heard }: Person) => heard.filter(({ name }) => name === 'room:typing')
const readingOf = ({ heard }: Person) => heard.filter(({ name }) => name === 'room:signs')
const enter = (room: string, ...people: Person[]) =>
	Promise.all(people.map(({ client }) => ask(client, 'room:join', { room, after: 0 })))
const turnOn = async (room: string, ...people: Person[]) => {
	for (const { actor } of people) await setSigns(actor, { room, on: 'yes' })
}

/** What a command would have announced. */
async function told(change: (publish: (event: DomainEvent) => void) => Promise<unknown>) {
	const events: DomainEvent[] = []
	await change((event) => void events.push(event))
	deliver(events)
}

/** Amal here, and Inés here or there, in a room of theirs with signs on. */
async function two(other: TestServer = here) {
	const [amal, ines] = [await someone(here, 'Amal'), await someone(other, 'Inés')]
	const room = await aPrivateRoom(amal.actor, ines.actor)
	await enter(room, amal, ines)
	await turnOn(room, amal, ines)
	return { room, amal, ines }
}

describe('typing', () => {
	test('is told to the other, by name and nothing else, at most once in three seconds', async () => {
		const { room, amal, ines } = await two()
		for (let n = 0; n < 4; n += 1) expect(await type(amal.client, room)).toEqual({ ok: true })
		await until(() => typingOf(ines).length === 1)
		expect(typingOf(ines)).toEqual([{ name: 'room:typing', data: { room, name: 'Amal' } }])
		await pause(100)
		expect(typingOf(ines)).toHaveLength(1)
		expect(typingOf(amal)).toEqual([])
		await pause(3_000)
		await type(amal.client, room)
		await until(() => typingOf(ines).length === 2)
	})

	test.skipIf(!hasRedis)('is told in another process, too', async () => {
		const { room, amal, ines } = await two(there.server)
		await type(amal.client, room)
		await until(() => typingOf(ines).length === 1)
		expect(typingOf(ines)[0]!.data).toEqual({ room, name: 'Amal' })
	})

	test('is refused, and told to nobody, while one of three has it off', async () => {
		const { room, amal, ines } = await two()
		const hodan = await someone(here, 'Hodan')
		await told((publish) =>
			db.transaction((tx) => seatGuest(tx, { roomId: room, memberId: hodan.actor.id }, publish)),
		)
		await enter(room, hodan)
		await turnOn(room, amal, ines)
		expect(await type(amal.client, room)).toMatchObject({ ok: false, code: 'forbidden' })
		await turnOn(room, hodan)
		expect(await type(amal.client, room)).toEqual({ ok: true })
		await until(() => typingOf(ines).length === 1 && typingOf(hodan).length === 1)
	})

	test.each([
		['an open room', async ({ actor }: Person) => anOpenRoom({ people: [actor] })],
		['a session', async ({ actor }: Person) => aSession(await aHost(), [actor])],
		['a circle', async ({ actor }: Person) => aCircle(await aMember(), [actor])],
	])('is refused in %s', async (_what, make) => {
		const amal = await someone(here, 'Amal')
		const room = await make(amal)
		await enter(room, amal)
		expect(await type(amal.client, room)).toMatchObject({ ok: false, code: 'forbidden' })
		expect(await ask(amal.client, 'room:signs', { room })).toEqual({ ok: true, signs: null })
	})

	test('of a stranger is refused like a room that is not there, and she hears none', async () => {
		const { room, amal, ines } = await two()
		const stranger = await someone(here, 'Hodan')
		await enter(room, stranger)
		for (const event of ['room:typing', 'room:signs'])
			expect(await ask(stranger.client, event, { room })).toMatchObject({ ok: false, code: 'not-found' })
		await type(amal.client, room)
		await until(() => typingOf(ines).length === 1)
		expect(stranger.heard).toEqual([])
		expect(typingOf(amal)).toEqual([])
	})

	test.each(['room:typing', 'room:signs'])('%s that makes no sense is refused', async (event) => {
		const { amal } = await two()
		for (const payload of [undefined, 'x', { room: 'x' }, { room: null }])
			expect(await ask(amal.client, event, payload)).toMatchObject({ ok: false, code: 'invalid' })
	})
})

const places: [string, () => TestServer][] = [
	['here', () => here],
	...(hasRedis ? [['in another process', () => there.server] as [string, () => TestServer]] : []),
]

describe.each(places)('typing never reaches, %s,', (_where, place) => {
	test('a woman who has left', async () => {
		const { room, amal, ines } = await two(place())
		await leaveRoom(ines.actor, { room })
		expect(await type(amal.client, room)).toMatchObject({ ok: false, code: 'forbidden' })
		await pause(200)
		expect(typingOf(ines)).toEqual([])
	})

	test('a guest who was taken out while the others go on', async () => {
		const amal = await someone(here, 'Amal')
		const [ines, hodan] = [await someone(place(), 'Inés'), await someone(place(), 'Hodan')]
		const room = await aPrivateRoom(amal.actor, ines.actor)
		await told((publish) =>
			db.transaction((tx) => seatGuest(tx, { roomId: room, memberId: hodan.actor.id }, publish)),
		)
		await enter(room, amal, ines, hodan)
		await leaveRoom(hodan.actor, { room })
		await turnOn(room, amal, ines)
		await type(amal.client, room)
		await until(() => typingOf(ines).length === 1)
		expect(typingOf(hodan)).toEqual([])
	})

	test('anyone once there is a block between two of them', async () => {
		const { room, amal, ines } = await two(place())
		await db.insert(blocks).values({ blockerId: ines.actor.id, blockedId: amal.actor.id })
		expect(await type(amal.client, room)).toMatchObject({ ok: false, code: 'forbidden' })
		await pause(200)
		expect(typingOf(ines)).toEqual([])
	})

	test('a suspended woman, and hers nobody', async () => {
		const { room, amal, ines } = await two(place())
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, ines.actor.id))
		await type(amal.client, room)
		await type(ines.client, room).catch(() => {})
		await pause(200)
		expect([typingOf(ines), typingOf(amal)]).toEqual([[], []])
	})
})

describe.each(places)('live screens, %s,', (_where, place) => {
	test('are told when a guest comes and ends them, and of nothing where they were not on', async () => {
		const { room, amal, ines } = await two(place())
		const [hodan, zoe] = [await aMember(), await aMember()]
		const seat = ({ id }: Actor) =>
			told((publish) => db.transaction((tx) => seatGuest(tx, { roomId: room, memberId: id }, publish)))
		await until(() => ines.heard.length === 1)
		await seat(hodan)
		await until(() => ines.heard.length === 2)
		expect(ines.heard[1]).toMatchObject({ name: 'room:changed', data: { room, state: true } })
		expect(await ask(ines.client, 'room:signs', { room })).toMatchObject({ signs: { on: false } })
		await setSigns(amal.actor, { room, on: 'yes' })
		await seat(zoe)
		await pause(300)
		expect(ines.heard).toHaveLength(2)
	})

	test('are told when it begins and ends, and each asks how it stands for her', async () => {
		const { room, amal, ines } = await two(place())
		await until(() => ines.heard.some(({ data }) => data.state === (true as never)))
		expect(await ask(ines.client, 'room:signs', { room })).toEqual({
			ok: true,
			signs: { mine: true, on: true, readTo: 0 },
		})
		const count = ines.heard.length
		await setSigns(amal.actor, { room, on: 'no' })
		await until(() => ines.heard.length > count)
		expect(ines.heard.at(-1)).toMatchObject({ name: 'room:changed', data: { room, state: true } })
		expect(await ask(ines.client, 'room:signs', { room })).toMatchObject({ signs: { on: false } })
	})

	test('hear how far the other has read, while it is on and no longer', async () => {
		const { room, amal, ines } = await two(place())
		const { seq } = await aMessage(ines.actor, room, 'Are you there?')
		await ask(amal.client, 'room:read', { room, seq })
		await until(() => readingOf(ines).length === 1)
		expect(readingOf(ines)[0]!.data).toEqual({ room, signs: { mine: true, on: true, readTo: seq } })
		await setSigns(ines.actor, { room, on: 'no' })
		const next = await aMessage(ines.actor, room, 'And now?')
		await ask(amal.client, 'room:read', { room, seq: next.seq })
		await pause(200)
		expect(readingOf(ines)).toHaveLength(1)
	})
})

describe('a page that is alive', () => {
	const ends: (() => void)[] = []
	afterEach(() => {
		for (const end of ends.splice(0)) end()
		vi.unstubAllGlobals()
	})

	/** What the browser runs, on a real connection; `typed` is what the field tells. */
	async function aPage(token: string, room: string) {
		const inputs: ((event: unknown) => void)[] = []
		vi.stubGlobal('document', {
			addEventListener: (_name: string, listener: (event: unknown) => void) => inputs.push(listener),
			removeEventListener: () => {},
		})
		const live = new LiveRoom({
			room,
			start: { seq: 0, messages: [], older: null, alone: false, closed: false },
			socket: here.open(token, { autoConnect: false }),
			shelf: { read: () => null, write: () => {} },
			onSignedOut: () => {},
			onLost: () => {},
		})
		const signs: Signs = { view: { mine: true, on: true, readTo: 0 }, writing: [] }
		ends.push(live.open())
		ends.push(openSigns(live, signs.view, (now) => Object.assign(signs, now)))
		await until(() => live.getState().connection === 'connected')
		const write = (value: string, more: object = {}) => {
			const target = { name: 'body', form: { id: 'write' }, value }
			for (const listener of inputs) listener({ isTrusted: true, target, ...more })
		}
		return { live, write, signs: () => signs }
	}

	async function anOpenPage() {
		const [amal, ines] = [await aMemberWithToken({ handle: 'Amal' }), await someone(here, 'Inés')]
		const room = await aPrivateRoom(amal.actor, ines.actor)
		await enter(room, ines)
		await setSigns(amal.actor, { room, on: 'yes' })
		await setSigns(ines.actor, { room, on: 'yes' })
		return { amal: amal.actor, ines, room, page: await aPage(amal.token, room) }
	}

	test('tells that she writes only what she types herself, and only while it is on', async () => {
		const { page, ines, room } = await anOpenPage()
		page.write('a draft that was put there', { isTrusted: false })
		page.write('another field', { target: { name: 'words', form: { id: 'edit' }, value: 'x' } })
		page.write('   ')
		await pause(150)
		expect(typingOf(ines)).toEqual([])
		page.write('C')
		page.write('Ci')
		await until(() => typingOf(ines).length === 1)
		await setSigns(ines.actor, { room, on: 'no' })
		await until(() => !page.signs().view.on)
		page.write('Ciao')
		await pause(150)
		expect(typingOf(ines)).toHaveLength(1)
	})

	test('shows who writes until she has said it, and nobody once it is off', async () => {
		const { page, ines, room } = await anOpenPage()
		await type(ines.client, room)
		await until(() => page.signs().writing.length === 1)
		expect(page.signs().writing).toEqual(['Inés'])
		await aMessage(ines.actor, room, 'Ciao')
		await until(() => page.signs().writing.length === 0)
		await pause(3_000)
		await type(ines.client, room)
		await until(() => page.signs().writing.length === 1)
		await leaveRoom(ines.actor, { room })
		await until(() => page.signs().writing.length === 0 && !page.signs().view.on)
	})

	test('shows nobody any more after six seconds', async () => {
		const { page, ines, room } = await anOpenPage()
		await type(ines.client, room)
		await until(() => page.signs().writing.length === 1)
		const began = Date.now()
		await until(() => page.signs().writing.length === 0)
		expect(Date.now() - began).toBeGreaterThan(5_000)
		expect(Date.now() - began).toBeLessThan(8_000)
	})

	test('shows how far the other has read', async () => {
		const { page, amal, ines, room } = await anOpenPage()
		const { seq } = await aMessage(amal, room, 'Are you there?')
		await ask(ines.client, 'room:read', { room, seq })
		await until(() => page.signs().view.readTo === seq)
	})
})
