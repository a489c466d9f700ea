import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { roomMembers, rooms } from '~/db/schema/chat'
import { spaceMembers, type spaces } from '~/db/schema/forum'
import { auditLog, grants } from '~/db/schema/members'
import { cases } from '~/db/schema/moderation'
import { organisationMembers } from '~/db/schema/ties'
import { seenInRooms } from '~/features/chat/blocks.server'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { catchUp } from '~/features/chat/messages.server'
import {
	changeRoom,
	closeRoom,
	listRoomSettings,
	openRoom,
	reopenRoom,
} from '~/features/chat/open/opening.server'
import { listOpenRooms, listRooms } from '~/features/chat/room-lists.server'
import { readRoomPage } from '~/features/chat/room-page.server'
import { sendMessage } from '~/features/chat/writing.server'
import { leaveSpace, takeBackFromSpace } from '~/features/forum/space-people.server'
import { saveSpace } from '~/features/forum/space-settings.server'
import { leaveOrganisation } from '~/features/members/organisations.server'
import { takeRole } from '~/features/members/roles.server'
import { actorOfToken } from '~/features/members/session.server'
import { report } from '~/features/moderation/reports.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { subjects } from '~/routes/subjects.server'
import { aMessage, anOpenRoom } from '../../factories/chat'
import { aSpace } from '../../factories/forum'
import { aMember, aMemberWithToken, anOrganisation } from '../../factories/members'
import { aModerator } from '../../factories/moderation'
import { aSocketServer, pause, recorded, type TestServer, until } from '../../factories/sockets'

let server: TestServer
beforeAll(async () => {
	server = await aSocketServer([chatSocket({ report: report({ subjects }) })])
})
afterAll(() => server.close())
afterEach(() => server.closeClients())

type Person = Awaited<ReturnType<typeof aMemberWithToken>>
const codeOf = async (what: Promise<unknown>) =>
	what.then(
		() => 'done',
		(error) => (error instanceof AppError ? error.code : Promise.reject(error)),
	)
const ask = (client: Socket, event: string, payload: unknown) =>
	client.timeout(5000).emitWithAck(event, payload)
const now = async ({ token }: Person) => (await actorOfToken(token))!
const asked = { locale: 'en' }

/** A space of a kind, whom it is there for, how she loses it, and somebody who is none of them. */
async function aPlace(access: 'everyone' | 'organisation' | 'practitioners' | 'invited') {
	const organisation = await anOrganisation(randomUUID())
	const space = await aSpace('Work', {
		access,
		organisationId: access === 'organisation' ? organisation.id : null,
	})
	const insider =
		access === 'practitioners'
			? await aMemberWithToken({ roles: [{ role: 'practitioner', organisationId: organisation.id }] })
			: await aMemberWithToken()
	const { id } = insider.actor
	if (access === 'organisation')
		await db.insert(organisationMembers).values({ organisationId: organisation.id, memberId: id })
	if (access === 'invited')
		await db.insert(spaceMembers).values({ spaceId: space.id, memberId: id, acceptedAt: new Date() })
	const room = await anOpenRoom({ spaceId: space.id })
	// On the list of a room, as a host of earlier days: no way in.
	const former = await aMemberWithToken()
	await db.insert(roomMembers).values({ roomId: room, memberId: former.actor.id })
	return { space, organisation, room, insider, outsider: await aMemberWithToken(), former }
}

/** Every way to a room, and what each says to her. */
async function ways(person: Person, room: string, space: string) {
	const actor = await now(person)
	const client = await server.connect(person.token)
	const joined = await ask(client, 'room:join', { room, after: 0 })
	client.disconnect()
	return {
		list: (await listRooms(actor, 'en')).open.some(({ id }) => id === room),
		ofSpace: (await listOpenRooms(actor, 'en', space)).length === 1,
		page: await codeOf(readRoomPage(actor, room, asked)),
		join: joined.ok ? 'done' : joined.code,
		catchUp: await codeOf(catchUp(actor, room, 0)),
		say: await codeOf(sendMessage(actor, { room, key: randomUUID(), body: 'hello' })),
	}
}
const all = { list: true, ofSpace: true, page: 'done', join: 'done', catchUp: 'done', say: 'done' }
const none = {
	...{ list: false, ofSpace: false },
	...{ page: 'not-found', join: 'not-found', catchUp: 'not-found', say: 'not-found' },
}

describe('a room of a space is there exactly for whom the space is', () => {
	test.each([
		['everyone', all],
		['organisation', none],
		['practitioners', none],
		['invited', none],
	] as const)('%s', async (access, forOthers) => {
		const { room, space, insider, outsider, former } = await aPlace(access)
		expect(await ways(insider, room, space.id)).toEqual(all)
		expect(await ways(outsider, room, space.id)).toEqual(forOthers)
		expect(await ways(former, room, space.id)).toEqual(forOthers)
	})

	test('the list names the space; a room without one is there for everyone', async () => {
		const { room, insider } = await aPlace('organisation')
		const open = await anOpenRoom()
		const list = (await listRooms(await now(insider), 'it')).open
		expect(list.find(({ id }) => id === room)?.space).toMatchObject({ text: 'Work', lang: 'en' })
		expect(list.find(({ id }) => id === open)?.space).toBeNull()
	})

	test('an invitation that waits opens nothing', async () => {
		const { space, room, outsider } = await aPlace('invited')
		await db.insert(spaceMembers).values({ spaceId: space.id, memberId: outsider.actor.id })
		expect(await ways(outsider, room, space.id)).toEqual(none)
	})

	test('moderators of the space are let in, those of another and coordinators are not', async () => {
		const { space, room } = await aPlace('organisation')
		const other = await aSpace('Other')
		const codes = []
		for (const roles of [
			[{ role: 'moderator' as const }],
			[{ role: 'moderator' as const, spaceId: space.id }],
			[{ role: 'moderator' as const, spaceId: other.id }],
			[{ role: 'coordinator' as const }],
		]) {
			codes.push(await codeOf(readRoomPage(await aMember({ roles }), room, asked)))
		}
		expect(codes).toEqual(['done', 'done', 'not-found', 'not-found'])
	})

	test('a role that her session may not use yet opens nothing', async () => {
		const { room, insider } = await aPlace('practitioners')
		const held = { ...insider.actor, grants: [] }
		expect(await codeOf(readRoomPage(held, room, asked))).toBe('not-found')
	})

	test('a report of a message in it is for the moderators of the space, and not for outsiders to make', async () => {
		const { space, room, insider, outsider } = await aPlace('invited')
		const reader = await aMemberWithToken()
		await db
			.insert(spaceMembers)
			.values({ spaceId: space.id, memberId: reader.actor.id, acceptedAt: new Date() })
		const message = await aMessage(insider.actor, room, 'Rude words')
		const raw = { kind: 'message', id: message.id, reason: 'rude' }
		expect(await codeOf(report({ subjects })(outsider.actor, raw))).toBe('not-found')
		await report({ subjects })(reader.actor, raw)
		expect(await db.select().from(cases)).toMatchObject([{ spaceId: space.id, private: false }])
	})

	test('whose words she reads only there she finds to block only while she may enter', async () => {
		const { room, insider, outsider } = await aPlace('organisation')
		await aMessage(await now(insider), room)
		const seen = async (person: Person) => {
			const ids = [insider.actor.id]
			return seenInRooms(db, await now(person), { openly: ids, between: ids })
		}
		expect(await seen(outsider)).toEqual([])
		expect(await seen(insider)).toEqual([insider.actor.id])
	})
})

/** Her open page in a room of a space. */
async function listening(person: Person, room: string) {
	const client = await server.connect(person.token)
	expect(await ask(client, 'room:join', { room, after: 0 })).toMatchObject({ ok: true })
	return { client, heard: recorded(client) }
}

async function coordinatorSaves(space: typeof spaces.$inferSelect, change: object) {
	const fields = { space: space.id, 'name-en': 'Work', 'description-en': 'Work', icon: 'briefcase' }
	await saveSpace(await aMember({ roles: [{ role: 'coordinator' }] }), { ...fields, ...change })
}

describe('who loses the space loses its rooms at once', () => {
	type Place = Awaited<ReturnType<typeof aPlace>>
	test.each<
		[string, 'everyone' | 'organisation' | 'practitioners' | 'invited', (place: Place) => Promise<unknown>]
	>([
		[
			'leaving the organisation',
			'organisation',
			({ insider, organisation }) => leaveOrganisation(insider.actor, { organisation: organisation.id }),
		],
		['leaving the space', 'invited', ({ insider, space }) => leaveSpace(insider.actor, { space: space.id })],
		[
			'being taken out of it',
			'invited',
			async ({ insider, space }) =>
				takeBackFromSpace(await aMember({ roles: [{ role: 'coordinator' }] }), {
					space: space.id,
					member: insider.actor.id,
				}),
		],
		[
			'the space being closed to her',
			'everyone',
			({ space }) => coordinatorSaves(space, { access: 'practitioners' }),
		],
		[
			'losing her role',
			'practitioners',
			async ({ insider }) => {
				const [grant] = await db.select().from(grants).where(eq(grants.memberId, insider.actor.id))
				const coordinator = await aMember({ roles: [{ role: 'coordinator' }] })
				await takeRole(coordinator, { member: insider.actor.id, grant: grant!.id })
			},
		],
	])('%s', async (_how, access, lose) => {
		const place = await aPlace(access)
		const { client, heard } = await listening(place.insider, place.room)
		const began = Date.now()
		await lose(place)
		const out = () =>
			!client.connected || heard.some(({ name }) => name === 'room:lost' || name === 'signed-out')
		await until(out, 1_000)
		expect(Date.now() - began).toBeLessThan(1_000)
		const moderator = await aModerator()
		await aMessage(moderator, place.room, 'after')
		await pause(50)
		expect(heard.filter(({ name }) => name.startsWith('message:'))).toEqual([])
	})

	test('and who keeps it stays', async () => {
		const place = await aPlace('everyone')
		const stays = await aMemberWithToken({ roles: [{ role: 'practitioner' }] })
		const { heard } = await listening(stays, place.room)
		await coordinatorSaves(place.space, { access: 'practitioners' })
		await pause(50)
		await aMessage(await aModerator(), place.room, 'after')
		await until(() => heard.length > 0)
		expect(heard.map(({ name }) => name)).toEqual(['message:new'])
	})
})

const form = (change: object = {}) => ({
	key: randomUUID(),
	'name-en': 'Tea',
	'about-en': 'For a quiet hour',
	'name-el': 'Τσάι',
	languages: ['el', 'en'],
	keepDays: '30',
	...change,
})

describe('opening, changing, closing', () => {
	const coordinator = () => aMember({ roles: [{ role: 'coordinator' }] })
	const readRoom = async (id: string) => (await db.select().from(rooms).where(eq(rooms.id, id)))[0]

	test('a coordinator opens a room in a space, once however often she sends it', async () => {
		const [her, space] = [await coordinator(), await aSpace()]
		const raw = form({ space: space.id, holds: 'yes' })
		expect(await openRoom(her, raw)).toEqual({ id: raw.key })
		expect(await openRoom(her, raw)).toEqual({ id: raw.key })
		expect(await readRoom(raw.key)).toMatchObject({
			kind: 'open',
			spaceId: space.id,
			names: { en: 'Tea', el: 'Τσάι' },
			about: { en: 'For a quiet hour' },
			languages: ['el', 'en'],
			keepDays: 30,
			holds: true,
		})
		expect(await listRoomSettings(her, 'el')).toMatchObject([
			{ name: { text: 'Τσάι', lang: 'el' }, space: { text: 'Work' }, holds: true, closed: false },
		])
		expect(await db.$count(auditLog, eq(auditLog.subjectId, raw.key))).toBe(1)
	})

	test('she changes it, but not for whom it is, and what other languages say stays', async () => {
		const [her, space] = [await coordinator(), await aSpace()]
		const { id } = await openRoom(her, form({ space: space.id }))
		await db
			.update(rooms)
			.set({ names: { en: 'Tea', sw: 'Chai' } })
			.where(eq(rooms.id, id))
		const other = await aSpace('Other')
		await changeRoom(her, { ...form({ 'name-en': 'Coffee', keepDays: '0' }), room: id, space: other.id })
		expect(await readRoom(id)).toMatchObject({
			spaceId: space.id,
			names: { en: 'Coffee', el: 'Τσάι', sw: 'Chai' },
			keepDays: null,
		})
	})

	test('closed it is read and not written in, until she opens it again', async () => {
		const [her, member] = [await coordinator(), await aMember()]
		const { id } = await openRoom(her, form())
		const say = (actor: Actor) => codeOf(sendMessage(actor, { room: id, key: randomUUID(), body: 'hello' }))
		await closeRoom(her, { room: id })
		await closeRoom(her, { room: id })
		expect([await say(member), await codeOf(readRoomPage(member, id, asked))]).toEqual(['forbidden', 'done'])
		expect((await listRooms(member, 'en')).open).toMatchObject([{ closed: true }])
		await reopenRoom(her, { room: id })
		expect(await say(member)).toBe('done')
	})

	test.each([
		['no name', { 'name-en': '', 'name-el': '', 'about-en': '' }, 'name-en'],
		['a purpose without a name', { 'about-it': 'Per parlare' }, 'name-it'],
		['no language', { languages: [] }, 'languages'],
		['a language that is none', { languages: ['xx-none'] }, 'languages'],
		['days that are no choice', { keepDays: '13' }, 'keepDays'],
		['a name far too long', { 'name-en': 'x'.repeat(200) }, 'name-en'],
		['a space that is not there', { space: randomUUID() }, 'space'],
		['a space that is no id', { space: 'work' }, 'space'],
	])('refused: %s', async (_what, change, field) => {
		const error = await openRoom(await coordinator(), form(change)).catch((refusal) => refusal)
		expect(error).toMatchObject({ code: 'invalid' })
		expect(Object.keys(error.fields)).toContain(field)
	})

	test('for everyone else there is nothing of it', async () => {
		const { id } = await openRoom(await coordinator(), form())
		const session = await aMember({ roles: [{ role: 'moderator' }] })
		for (const actor of [await aMember(), session]) {
			expect(
				await Promise.all([
					codeOf(listRoomSettings(actor, 'en')),
					codeOf(openRoom(actor, form())),
					codeOf(changeRoom(actor, { ...form(), room: id })),
					codeOf(closeRoom(actor, { room: id })),
					codeOf(reopenRoom(actor, { room: id })),
				]),
			).toEqual(Array(5).fill('not-found'))
		}
	})

	test('a room of another kind is not hers to change', async () => {
		const her = await coordinator()
		const [circle] = await db
			.insert(rooms)
			.values({ kind: 'circle', names: { en: 'Us' } })
			.returning()
		expect(await codeOf(closeRoom(her, { room: circle!.id }))).toBe('not-found')
		expect(await codeOf(changeRoom(her, { ...form(), room: circle!.id }))).toBe('not-found')
	})
})
