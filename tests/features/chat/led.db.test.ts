import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { roomMembers, roomSessions, rooms } from '~/db/schema/chat'
import { auditLog, members } from '~/db/schema/members'
import { listSessions, readDoor } from '~/features/chat/led/cards.server'
import { come, letAllIn } from '~/features/chat/led/doors.server'
import { cancelSession, changePlan, planSession, readPlan } from '~/features/chat/led/planning.server'
import { readSession } from '~/features/chat/led/view.server'
import { accessRoom } from '~/features/chat/rooms.server'
import type { Actor } from '~/platform/actor'
import { aMessage } from '../../factories/chat'
import { act, aHost, aPlan, aPlannedSession, aSession, setSession } from '../../factories/led'
import { aMember } from '../../factories/members'

type Refusal = { code?: string; fields?: Record<string, string>; details?: { why?: string } }
const refusalOf = (doing: Promise<unknown>) =>
	doing.then(
		() => 'ok',
		({ code, fields = {}, details = {} }: Refusal) =>
			[code, ...Object.entries(fields).flat(), details.why].filter(Boolean).join(' '),
	)
const codeOf = (doing: Promise<unknown>) =>
	doing.then(
		() => 'ok',
		(error: Refusal) => error.code,
	)
const HOUR_MS = 60 * 60 * 1000
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS)

let host: Actor
let amal: Actor
let ines: Actor
beforeEach(async () => {
	;[host, amal, ines] = await Promise.all([aHost(), aMember({ handle: 'Amal' }), aMember({ handle: 'Inés' })])
})

describe('planning', () => {
	test.each([
		['mentor', 'ok'],
		['moderator', 'ok'],
		['practitioner', 'ok'],
		['coordinator', 'ok'],
		['lead', 'forbidden'],
		[undefined, 'forbidden'],
	] as const)('by a %s: %s', async (role, outcome) => {
		const actor = await aMember(role ? { roles: [{ role }] } : {})
		expect(await codeOf(planSession(actor, aPlan()))).toBe(outcome)
	})

	test.each([
		[{ name: '' }, 'invalid name errors:empty'],
		[{ name: '\u200b \u2800' }, 'invalid name errors:empty'],
		[{ name: 'x'.repeat(81) }, 'invalid name errors:tooLong'],
		[{ name: 'a\u0000' }, 'invalid name errors:strangeCharacters'],
		[{ name: ['a', 'b'] }, 'invalid name errors:notUnderstood'],
		[{ about: 'x'.repeat(401) }, 'invalid about errors:tooLong'],
		[{ language: 'xx' }, 'invalid language errors:notLanguage'],
		[{ language: '__proto__' }, 'invalid language errors:notLanguage'],
		[{ date: '2026-02-31' }, 'invalid date sessions:plan.noDay'],
		[{ date: '' }, 'invalid date sessions:plan.noDay'],
		[{ date: '2020-01-01' }, 'invalid date sessions:plan.past'],
		[{ date: '2099-01-01' }, 'invalid date sessions:plan.far'],
		[{ time: '25:00' }, 'invalid time sessions:plan.noTime'],
		[{ zone: 'Mars/Olympus' }, 'invalid zone errors:choose'],
		[{ minutes: '61' }, 'invalid minutes errors:choose'],
		[{ languages: [] }, 'invalid languages sessions:plan.noLanguage'],
		[{ languages: ['it', 'ar', 'en', 'fr', 'es', 'bg'] }, 'invalid languages errors:tooMany'],
		[{ languages: ['klingon'] }, 'invalid languages errors:notLanguage'],
		[{ size: '1' }, 'invalid size sessions:plan.sizeRange'],
		[{ size: '61' }, 'invalid size sessions:plan.sizeRange'],
		[{ size: '1e1' }, 'invalid size errors:notNumber'],
		[{ size: '' }, 'invalid size errors:notNumber'],
		[{ rules: 'x'.repeat(1501) }, 'invalid rules errors:tooLong'],
		[{ agenda: 'a\n'.repeat(13) }, 'invalid agenda errors:tooMany'],
		[{ keepDays: '0' }, 'invalid keepDays errors:choose'],
		[{ doors: 'closed' }, 'invalid doors errors:choose'],
		[{ key: 'no-id' }, 'invalid key errors:notUnderstood'],
	])('with %j: %s', async (change, outcome) => {
		expect(await refusalOf(planSession(host, aPlan(change)))).toBe(outcome)
	})

	test('keeps what she wrote, in her time, and makes her the host', async () => {
		const day = new Date(Date.now() + 30 * 24 * HOUR_MS).toISOString().slice(0, 10)
		const id = await aPlannedSession(host, { date: day, time: '18:30', zone: 'Asia/Kathmandu', size: '2' })
		const [row] = await db.select().from(roomSessions).where(eq(roomSessions.roomId, id))
		expect(row).toMatchObject({
			startsAt: new Date(`${day}T12:45:00Z`),
			minutes: 60,
			size: 2,
			lang: 'it',
			dir: 'ltr',
			agenda: ['Ciao', 'Parliamo'],
			state: 'planned',
			doors: 'lobby',
		})
		const [room] = await db.select().from(rooms).where(eq(rooms.id, id))
		expect(room).toMatchObject({ kind: 'session', names: { it: 'First steps' }, about: null, keepDays: 30 })
		expect(await readSession(host, id)).toMatchObject({
			me: { role: 'host' },
			host: { first: true, lobby: [] },
		})
	})

	test('the same form again is the same session; the key of another room is nobody’s', async () => {
		const plan = aPlan()
		const { id } = await planSession(host, plan)
		expect(await planSession(host, plan)).toEqual({ id })
		expect(await codeOf(planSession(await aHost(), plan))).toBe('not-found')
		expect((await listSessions(host, 'en')).coming).toHaveLength(1)
	})

	test('an hour the clock jumps over is none', async () => {
		// The last Sunday of March of next year, whichever that is.
		const year = new Date().getUTCFullYear() + 1
		const march = new Date(Date.UTC(year, 2, 31))
		march.setUTCDate(31 - march.getUTCDay())
		const date = march.toISOString().slice(0, 10)
		const plan = aPlan({ date, time: '02:30', zone: 'Europe/Rome' })
		expect(await refusalOf(planSession(host, plan))).toBe('invalid time sessions:plan.skipped')
	})

	test('is changed and called off by its hosts only, and only before it begins', async () => {
		const room = await aPlannedSession(host)
		const change = aPlan({ room, name: 'Second steps', size: '4' })
		for (const stranger of [amal, await aHost()]) {
			expect(await codeOf(changePlan(stranger, change))).toBe('not-found')
			expect(await codeOf(cancelSession(stranger, { room }))).toBe('not-found')
		}
		await changePlan(host, change)
		expect((await readPlan(host, room))?.plan).toMatchObject({ name: 'Second steps', size: 4 })
		expect((await readDoor(amal, room, 'en')).card).toMatchObject({ name: 'Second steps', size: 4 })
		await act(host, room, 'open')
		expect(await refusalOf(changePlan(host, change))).toBe('conflict sessions:why.begun')
		expect(await refusalOf(cancelSession(host, { room }))).toBe('conflict sessions:why.begun')
		expect(await readPlan(host, room)).toBeNull()
	})

	test('called off it is in no list, and its door says so', async () => {
		const room = await aPlannedSession(host)
		await cancelSession(host, { room })
		expect((await listSessions(amal, 'en')).coming).toEqual([])
		expect((await readDoor(amal, room, 'en')).card).toMatchObject({ calledOff: true, doors: 'closed' })
		expect(await refusalOf(come(amal, { room }))).toBe('conflict sessions:why.ended')
	})
})

describe('the list and the door', () => {
	test('say when it is on her clock, what is left, and who leads it', async () => {
		const reader = await aMember({ hostCountry: 'GR', calendar: 'ethiopic' })
		const room = await aSession(host, [amal], { size: '2', about: 'Per chi comincia' })
		const { coming, mayPlan } = await listSessions(reader, 'it')
		expect(mayPlan).toBe(false)
		expect(coming).toEqual([
			expect.objectContaining({
				id: room,
				name: 'First steps',
				about: 'Per chi comincia',
				lang: 'it',
				languages: ['it', 'ar'],
				places: 1,
				doors: 'open',
				state: 'open',
				hosts: [{ id: host.id, handle: host.handle }],
				hers: null,
				zone: 'Ora dell’Europa orientale',
				otherDay: { calendar: 'ethiopic', date: expect.stringMatching(/^\d+ \p{L}+ 20[12]\d$/u) },
			}),
		])
		expect((await listSessions(amal, 'it')).coming[0]?.hers).toBe('in')
		expect((await listSessions(host, 'it')).mayPlan).toBe(true)
		// The talk, and who is in it, are for those who are in.
		expect(JSON.stringify(coming)).not.toContain('Amal')
		expect(await codeOf(accessRoom(db, reader, room))).toBe('not-found')
		expect(await codeOf(readSession(reader, room))).toBe('not-found')
	})

	test('after the end it is listed for those who were in it', async () => {
		const room = await aSession(host, [amal])
		await act(host, room, 'end')
		expect((await listSessions(ines, 'en')).past).toEqual([])
		expect((await listSessions(amal, 'en')).past).toMatchObject([{ id: room, state: 'ended' }])
		expect((await accessRoom(db, amal, room)).closed).toBe(true)
	})

	test('a woman who has a block with who leads it finds neither', async () => {
		const room = await aSession(host)
		const apart = { ...amal, blocked: [host.id] }
		expect((await listSessions(apart, 'en')).coming).toEqual([])
		expect(await codeOf(readDoor(apart, room, 'en'))).toBe('not-found')
		expect(await codeOf(come(apart, { room }))).toBe('not-found')
	})

	test.each(['nonsense', randomUUID()])('a door of %s is not there', async (id) => {
		expect(await codeOf(readDoor(amal, id, 'en'))).toBe('not-found')
	})
})

describe('coming in', () => {
	test('before it is time the doors are closed; half an hour before they are as the host set them', async () => {
		const room = await aPlannedSession(host, { doors: 'open' })
		expect((await readDoor(amal, room, 'en')).card.doors).toBe('closed')
		expect(await refusalOf(come(amal, { room }))).toBe('conflict sessions:why.doorsClosed')
		await setSession(room, { startsAt: inHours(0.4) })
		expect(await come(amal, { room })).toBe('in')
		await act(host, room, 'doors', { doors: 'closed' })
		expect(await refusalOf(come(ines, { room }))).toBe('conflict sessions:why.doorsClosed')
		// Whoever is in it stays.
		expect(await come(amal, { room })).toBe('in')
	})

	test('by the lobby: she waits, reads nothing, and is let in or not', async () => {
		const room = await aSession(host, [], { doors: 'lobby' })
		expect(await come(amal, { room })).toBe('waiting')
		expect(await come(amal, { room })).toBe('waiting')
		await come(ines, { room })
		expect(await codeOf(accessRoom(db, amal, room))).toBe('not-found')
		expect((await readSession(host, room)).host?.lobby.map(({ handle }) => handle)).toEqual(['Amal', 'Inés'])
		expect((await readDoor(amal, room, 'en')).card.hers).toBe('waiting')
		await act(host, room, 'let-in', { member: amal.id })
		await act(host, room, 'let-in', { member: amal.id })
		await act(host, room, 'turn-away', { member: ines.id })
		expect((await readSession(amal, room)).host).toBeNull()
		expect((await readDoor(ines, room, 'en')).card.hers).toBeNull()
		expect(await refusalOf(act(host, room, 'let-in', { member: ines.id }))).toBe('conflict sessions:why.gone')
		expect(await come(ines, { room })).toBe('waiting')
		await act(ines, room, 'go-away')
		expect((await readSession(host, room)).host?.lobby).toEqual([])
	})

	test('all at once, as far as there are places, the longest waiting first', async () => {
		const others = await Promise.all([aMember(), aMember()])
		const room = await aSession(host, [], { doors: 'lobby', size: '3' })
		for (const one of [amal, ines, ...others]) await come(one, { room })
		expect(await letAllIn(host, { room })).toBe(3)
		const view = await readSession(host, room)
		expect(view.people.map(({ id }) => id)).toEqual(expect.arrayContaining([host.id, amal.id, ines.id]))
		expect(view).toMatchObject({ places: 0, host: { lobby: [{ id: others[1]!.id }] } })
		expect(await refusalOf(letAllIn(host, { room }))).toBe('conflict sessions:why.full')
	})

	test('two at once for the last place: one has it', async () => {
		const room = await aSession(host, [amal], { size: '2' })
		const outcomes = await Promise.all(
			[ines, await aMember(), await aMember()].map((one) => refusalOf(come(one, { room }))),
		)
		expect(outcomes.sort()).toEqual(['conflict sessions:why.full', 'conflict sessions:why.full', 'ok'])
		expect((await readSession(host, room)).places).toBe(0)
	})

	test('a suspended woman is not let in', async () => {
		const room = await aSession(host, [], { doors: 'lobby' })
		await come(amal, { room })
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, amal.id))
		expect((await readSession(host, room)).host?.lobby).toEqual([])
		expect(await codeOf(act(host, room, 'let-in', { member: amal.id }))).toBe('conflict')
		expect(await codeOf(come({ ...ines, status: 'suspended' }, { room }))).toBe('not-found')
	})

	test('she leaves and may come again; a mute waits for her', async () => {
		const room = await aSession(host, [amal])
		await act(host, room, 'mute', { member: amal.id, minutes: '60' })
		await act(amal, room, 'leave-session')
		expect(await codeOf(accessRoom(db, amal, room))).toBe('not-found')
		expect(await come(amal, { room })).toBe('in')
		expect((await readSession(amal, room)).me).toMatchObject({ why: 'muted', role: 'member' })
		expect(await refusalOf(act(host, room, 'leave-session'))).toBe('conflict sessions:why.handOverFirst')
	})

	test('who was taken out never comes back: there is no such session', async () => {
		const room = await aSession(host, [amal])
		await act(host, room, 'remove-member', { member: amal.id })
		await act(host, room, 'remove-member', { member: amal.id })
		expect(await codeOf(come(amal, { room }))).toBe('not-found')
		expect(await codeOf(readDoor(amal, room, 'en'))).toBe('not-found')
		expect(await codeOf(accessRoom(db, amal, room))).toBe('not-found')
		expect((await listSessions(amal, 'en')).coming).toEqual([])
		expect(await codeOf(act(host, room, 'let-in', { member: amal.id }))).toBe('conflict')
		const rows = await db
			.select({ action: auditLog.action, memberId: auditLog.memberId })
			.from(auditLog)
			.where(and(eq(auditLog.subjectId, room), eq(auditLog.action, 'session.removed')))
			.orderBy(auditLog.seq)
		expect(rows).toEqual([{ action: 'session.removed', memberId: amal.id }])
	})

	test('out of the lobby, too', async () => {
		const room = await aSession(host, [], { doors: 'lobby' })
		await come(amal, { room })
		await act(host, room, 'remove-member', { member: amal.id })
		expect(await codeOf(come(amal, { room }))).toBe('not-found')
	})
})

describe('every tool of the hosts', () => {
	const tools: [string, Record<string, unknown>][] = [
		['let-all-in', {}],
		['let-in', { member: randomUUID() }],
		['turn-away', { member: randomUUID() }],
		['doors', { doors: 'closed' }],
		['open', {}],
		['pause', {}],
		['go-on', {}],
		['end', {}],
		['slow', { seconds: '10' }],
		['turns', { on: 'yes' }],
		['next', { after: '' }],
		['give-word', { member: randomUUID() }],
		['take-word', {}],
		['lower-hand', { member: randomUUID() }],
		['step', { step: '0' }],
		['pin', { id: randomUUID() }],
		['unpin', {}],
		['mute', { member: randomUUID(), minutes: '5' }],
		['unmute', { member: randomUUID() }],
		['remove-member', { member: randomUUID() }],
		['cohost', { member: randomUUID() }],
		['uncohost', { member: randomUUID() }],
		['hand-over', { member: randomUUID() }],
		['note', { note: 'x' }],
	]
	test.each(tools)('%s is hers: a member is refused, a stranger finds nothing', async (intent, more) => {
		const room = await aSession(host, [amal])
		expect(await codeOf(act(amal, room, intent, more))).toBe('forbidden')
		expect(await codeOf(act(ines, room, intent, more))).toBe('not-found')
		const moderator = await aMember({ roles: [{ role: 'moderator' }, { role: 'coordinator' }] })
		expect(await codeOf(act(moderator, room, intent, more))).toBe('not-found')
	})

	test.each([
		['doors', { doors: 'ajar' }],
		['slow', { seconds: '7' }],
		['slow', { seconds: '-1' }],
		['mute', { minutes: '1000', member: randomUUID() }],
		['mute', { minutes: '5', member: "' or 1=1" }],
		['step', { step: '99999' }],
		['step', { step: '-1' }],
		['note', { note: 'x'.repeat(4001) }],
		['turns', { on: 'maybe' }],
		['pin', {}],
	])('%s with %j is not understood', async (intent, more) => {
		expect(await codeOf(act(host, await aSession(host), intent, more))).toBe('invalid')
	})

	test.each(['__proto__', 'constructor', 'toString', '', 'send'])('%j is no tool', async (intent) => {
		expect(await codeOf(act(host, await aSession(host), intent))).toBe('not-found')
	})

	test('none works on a room that is no session', async () => {
		const [room] = await db
			.insert(rooms)
			.values({ kind: 'open', names: { en: 'x' } })
			.returning()
		await db.insert(roomMembers).values({ roomId: room!.id, memberId: host.id, role: 'host' })
		for (const [intent, more] of tools) {
			expect(await codeOf(act(host, room!.id, intent, more))).toBe('not-found')
		}
		await aMessage(host, room!.id)
	})
})
