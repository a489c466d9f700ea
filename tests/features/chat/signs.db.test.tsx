import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { rooms } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import { blocks } from '~/db/schema/ties'
import { chatBelongings } from '~/features/chat/belongings.server'
import { markRead } from '~/features/chat/reading.server'
import { closePrivateRoom, leaveRoom } from '~/features/chat/rooms.server'
import { reopenPrivateRoom, seatGuest, unseatGuest } from '~/features/chat/seats.server'
import { readSigns, setSigns } from '~/features/chat/signs/signs.server'
import type { Actor } from '~/platform/actor'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aCircle } from '../../factories/circles'
import { aHost, aSession } from '../../factories/led'
import { aMember, aMemberWithToken } from '../../factories/members'
import { openRoom, sendToRoom } from '../../factories/room-page'

interface Person {
	actor: Actor
	token: string
}
let amal: Person
let ines: Person
let hodan: Person
let room: string
beforeEach(async () => {
	;[amal, ines, hodan] = await Promise.all([
		aMemberWithToken({ handle: 'Amal' }),
		aMemberWithToken({ handle: 'Inés' }),
		aMemberWithToken({ handle: 'Hodan' }),
	])
	room = await aPrivateRoom(amal.actor, ines.actor)
})

const nothing = () => {}
const turn = ({ actor }: Person, on: 'yes' | 'no' = 'yes') => setSigns(actor, { room, on })
const seen = ({ actor }: Person) => readSigns(actor, room)
/** The page, without what is new at each making. */
const pageOf = async ({ token }: Person) =>
	(await openRoom(room, { token })).html.replace(/name="key" value="[^"]*"/, '')
const press = ({ token }: Person, on: string) => sendToRoom(room, { intent: 'signs', on }, { token })
const seq = async () => (await db.select({ seq: rooms.seq }).from(rooms).where(eq(rooms.id, room)))[0]!.seq
const seatHodan = () =>
	db.transaction((tx) => seatGuest(tx, { roomId: room, memberId: hodan.actor.id }, nothing))
async function bothOn() {
	await turn(amal)
	await turn(ines)
}
/** Amal says something and Inés reads it. */
async function readOne() {
	const { seq: place } = await aMessage(amal.actor, room, 'Are you there?')
	await markRead(ines.actor, { room, seq: place })
	return place
}

const OFF = { on: false, readTo: 0 }

describe('the switch', () => {
	test('is pressed without scripts, says what it does, and how it stands for her', async () => {
		const before = await pageOf(amal)
		expect(before).toContain('Signs of writing and reading')
		expect(before).toContain('Turn it on')
		expect(await press(amal, 'yes')).toMatchObject({ status: 303, to: `/chat/${room}#signs` })
		const waiting = await pageOf(amal)
		expect(waiting).toContain('It works only when everyone has.')
		expect(waiting).toContain('Turn it off')
		await press(ines, 'yes')
		expect(await pageOf(amal)).toContain('It is on for everyone here.')
		await press(ines, 'no')
		expect(await pageOf(amal)).not.toContain('It is on for everyone here.')
	})

	test('of one is nothing to the other: neither her page nor the count of the room tells', async () => {
		const [page, count] = [await pageOf(ines), await seq()]
		await turn(amal)
		expect(await pageOf(ines)).toBe(page)
		expect(await seen(ines)).toEqual({ mine: false, ...OFF })
		await turn(amal, 'no')
		expect(await pageOf(ines)).toBe(page)
		expect(await seq()).toBe(count)
	})

	test('of one turned off ends it for all, and nobody is held to what she turned on before', async () => {
		await bothOn()
		expect(await seen(amal)).toMatchObject({ mine: true, on: true })
		await turn(ines, 'no')
		for (const person of [amal, ines]) expect(await seen(person)).toEqual({ mine: false, ...OFF })
		await turn(ines)
		expect(await seen(ines)).toEqual({ mine: true, ...OFF })
	})

	test('turned off while others wait leaves theirs as it is, and tells nobody that they wait', async () => {
		await seatHodan()
		await turn(amal)
		await turn(hodan)
		await turn(amal, 'no')
		expect(await seen(hodan)).toEqual({ mine: true, ...OFF })
	})

	test('is part of what she can take with her', async () => {
		await turn(amal)
		const [part] = await chatBelongings.collect(db, amal.actor.id)
		expect(part?.facts).toContainEqual(expect.objectContaining({ room, showsReading: true }))
	})
})

describe('it works only', () => {
	test('where all three have it on', async () => {
		await seatHodan()
		await bothOn()
		expect(await seen(amal)).toEqual({ mine: true, ...OFF })
		await turn(hodan)
		expect(await seen(amal)).toMatchObject({ mine: true, on: true })
	})

	test.each([
		['a guest comes', seatHodan],
		['somebody leaves', () => leaveRoom(ines.actor, { room })],
		['it is closed', () => db.transaction((tx) => closePrivateRoom(tx, room, nothing))],
		[
			'it was closed and is open again',
			() =>
				db.transaction(async (tx) => {
					await closePrivateRoom(tx, room, nothing)
					await reopenPrivateRoom(tx, room, nothing)
				}),
		],
		[
			'an account goes',
			() => db.transaction((tx) => chatBelongings.leave!(tx, ines.actor.id, 'leave' as never, nothing)),
		],
	])('until %s', async (_when, change) => {
		await bothOn()
		await readOne()
		expect(await seen(amal)).toMatchObject({ on: true })
		await change()
		expect(await seen(amal)).toEqual({ mine: false, ...OFF })
		expect(await pageOf(amal)).not.toContain('sign-read')
	})

	test('for the three who were there: when the guest goes it does not come back by itself', async () => {
		await seatHodan()
		for (const person of [amal, ines, hodan]) await turn(person)
		await db.transaction((tx) => unseatGuest(tx, { roomId: room, memberId: hodan.actor.id }, nothing))
		expect(await seen(amal)).toEqual({ mine: false, ...OFF })
	})

	test('while no two of them have a block', async () => {
		await seatHodan()
		for (const person of [amal, ines, hodan]) await turn(person)
		await db.insert(blocks).values({ blockerId: hodan.actor.id, blockedId: ines.actor.id })
		expect(await seen(amal)).toEqual({ mine: true, ...OFF })
	})

	test('for several: alone there is nothing to turn on', async () => {
		await leaveRoom(ines.actor, { room })
		expect(await pageOf(amal)).not.toContain('Signs of writing')
		await turn(amal)
		expect(await seen(amal)).toEqual({ mine: true, ...OFF })
	})
})

describe('"Read"', () => {
	test('stands under the last of her messages that the other has read, once both want it', async () => {
		await aMessage(amal.actor, room, 'one')
		const two = await aMessage(amal.actor, room, 'two')
		const answer = await aMessage(ines.actor, room, 'yes?')
		const three = await aMessage(amal.actor, room, 'three')
		await markRead(ines.actor, { room, seq: answer.seq })
		expect(await pageOf(amal)).not.toContain('sign-read')
		await bothOn()
		const page = await pageOf(amal)
		expect(page.split('sign-read')).toHaveLength(2)
		const [before] = page.split('sign-read')
		expect(before!.lastIndexOf(`m-${two.id}`)).toBeGreaterThan(before!.lastIndexOf('one'))
		expect(before).not.toContain(`id="m-${three.id}"`)
		// Inés has said one thing, and Amal has not said that she read it.
		expect(await pageOf(ines)).not.toContain('sign-read')
	})

	test('waits for all of three', async () => {
		await seatHodan()
		for (const person of [amal, ines, hodan]) await turn(person)
		const place = await readOne()
		expect(await seen(amal)).toMatchObject({ readTo: 0 })
		await markRead(hodan.actor, { room, seq: place })
		expect(await seen(amal)).toMatchObject({ readTo: place })
		expect(await pageOf(amal)).toContain('sign-read')
	})
})

describe('refused', () => {
	const others = [
		['an open room', async (actor: Actor) => anOpenRoom({ people: [actor] }), 'forbidden'],
		['a session', async (actor: Actor) => aSession(await aHost(), [actor]), 'forbidden'],
		['a circle', async (actor: Actor) => aCircle(await aMember(), [actor]), 'forbidden'],
		['a private room of others', async () => aPrivateRoom(await aMember(), await aMember()), 'not-found'],
		[
			'one she has left',
			async (actor: Actor) => {
				const left = await aPrivateRoom(actor, await aMember())
				await leaveRoom(actor, { room: left })
				return left
			},
			'not-found',
		],
		[
			'a closed one',
			async (actor: Actor) => {
				const closed = await aPrivateRoom(actor, await aMember())
				await db.transaction((tx) => closePrivateRoom(tx, closed, nothing))
				return closed
			},
			'forbidden',
		],
	] as const
	test.each(others)('%s', async (_what, make, code) => {
		const other = await make(amal.actor)
		await expect(setSigns(amal.actor, { room: other, on: 'yes' })).rejects.toMatchObject({ code })
	})

	test('a stranger who asks how signs stand, and a word that is none', async () => {
		await expect(readSigns(hodan.actor, room)).rejects.toMatchObject({ code: 'not-found' })
		await expect(setSigns(amal.actor, { room, on: 'perhaps' })).rejects.toMatchObject({ code: 'invalid' })
	})

	test('other rooms have no switch', async () => {
		const open = await anOpenRoom()
		expect(await readSigns(amal.actor, open)).toBeNull()
		const { html } = await openRoom(open, { token: amal.token })
		expect(html.split('<script id="dictionary"')[0]).not.toContain('Signs of writing')
	})
})

test('what a suspended woman had read before is all that is told of her', async () => {
	await bothOn()
	const place = await readOne()
	await db.update(members).set({ status: 'suspended' }).where(eq(members.id, ines.actor.id))
	await aMessage(amal.actor, room, 'And now?')
	expect(await seen(amal)).toMatchObject({ readTo: place })
})
