import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages, roomMembers, roomSessions, rooms } from '~/db/schema/chat'
import { auditLog, grants, members } from '~/db/schema/members'
import { chatBelongings } from '~/features/chat/belongings.server'
import {
	endForgotten,
	endUnableHosts,
	hearOfHosts,
	pauseUnattended,
} from '~/features/chat/led/absence.server'
import { readSession } from '~/features/chat/led/view.server'
import { editMessage, sendMessage } from '~/features/chat/writing.server'
import type { Actor } from '~/platform/actor'
import { deliver } from '~/platform/bus.server'
import { aMessage, anOpenRoom } from '../../factories/chat'
import { heardOf } from '../../factories/events'
import { act, aHost, aPlannedSession, aSession, setSession } from '../../factories/led'
import { aMember } from '../../factories/members'

type Refusal = { code?: string; details?: Record<string, unknown> }
const refusalOf = (doing: Promise<unknown>) =>
	doing.then(
		() => 'ok',
		({ code, details = {} }: Refusal) => [code, details.why].filter(Boolean).join(' '),
	)
const codeOf = (doing: Promise<unknown>) =>
	doing.then(
		() => 'ok',
		({ code }: Refusal) => code,
	)
const say = (actor: Actor, room: string, body = 'hello', key: string = randomUUID()) =>
	sendMessage(actor, { room, key, body })
const settled = () => new Promise((resolve) => setTimeout(resolve, 50))
const until = async (isSo: () => Promise<boolean>) => {
	for (let tries = 0; tries < 100; tries += 1) {
		if (await isSo()) return
		await settled()
	}
	throw new Error('it did not become so in time')
}

let host: Actor
let amal: Actor
let ines: Actor
let room: string
beforeEach(async () => {
	;[host, amal, ines] = await Promise.all([
		aHost('Rosa'),
		aMember({ handle: 'Amal' }),
		aMember({ handle: 'Inés' }),
	])
	room = await aSession(host, [amal, ines])
})

describe('who may write now', () => {
	test.each([
		['planned', { state: 'planned' }, 'forbidden sessions:why.lobby', 'ok'],
		['open', { state: 'open' }, 'ok', 'ok'],
		['paused', { state: 'paused', pausedBy: 'host' }, 'forbidden sessions:why.paused', 'ok'],
		['paused, no host there', { state: 'paused', pausedBy: 'away' }, 'forbidden sessions:why.paused', 'ok'],
		['ended', { state: 'ended' }, 'forbidden sessions:why.ended', 'forbidden sessions:why.ended'],
		['one at a time', { oneAtATime: true }, 'forbidden sessions:why.notYourTurn', 'ok'],
	] as const)('%s', async (_state, change, hers, hosts) => {
		await setSession(room, change)
		expect(await refusalOf(say(amal, room))).toBe(hers)
		expect(await refusalOf(say(host, room))).toBe(hosts)
		expect((await readSession(amal, room)).me.why ?? 'ok').toBe(hers.split('.')[1] ?? 'ok')
	})

	test('her turn is hers alone', async () => {
		await act(host, room, 'turns', { on: 'yes' })
		await act(host, room, 'give-word', { member: amal.id })
		expect(await refusalOf(say(amal, room))).toBe('ok')
		expect(await refusalOf(say(ines, room))).toBe('forbidden sessions:why.notYourTurn')
		await act(host, room, 'turns', { on: 'no' })
		expect(await refusalOf(say(ines, room))).toBe('ok')
		expect((await readSession(ines, room)).taken).toBe(false)
	})

	test('muted for a while she reads; nobody mutes a host', async () => {
		const { id } = await aMessage(amal, room, 'before')
		await act(host, room, 'mute', { member: amal.id, minutes: '5' })
		expect(await refusalOf(say(amal, room))).toBe('forbidden sessions:why.muted')
		expect(await refusalOf(editMessage(amal, { room, id, words: 'after' }))).toBe(
			'forbidden sessions:why.muted',
		)
		expect((await readSession(amal, room)).me).toMatchObject({ why: 'muted', count: 5 })
		expect(await refusalOf(act(amal, room, 'raise'))).toBe('forbidden sessions:why.muted')
		await db.update(roomMembers).set({ mutedUntil: new Date(Date.now() - 1000) })
		expect(await refusalOf(say(amal, room))).toBe('ok')
		await act(host, room, 'mute', { member: amal.id, minutes: '5' })
		await act(host, room, 'unmute', { member: amal.id })
		expect(await refusalOf(say(amal, room))).toBe('ok')
		expect(await codeOf(act(host, room, 'mute', { member: host.id, minutes: '5' }))).toBe('forbidden')
		// Others are not told who is muted.
		await act(host, room, 'mute', { member: amal.id, minutes: '5' })
		const seen = async (actor: Actor) =>
			(await readSession(actor, room)).people.find(({ id: one }) => one === amal.id)?.mutedUntil
		expect([await seen(ines), typeof (await seen(host))]).toEqual([null, 'string'])
	})

	test('in a slow room she waits between two messages, and only for new ones', async () => {
		await act(host, room, 'slow', { seconds: '60' })
		const key = randomUUID()
		const first = await say(amal, room, 'one', key)
		expect(await refusalOf(say(amal, room, 'two'))).toBe('too-many sessions:why.slow')
		expect(await say(amal, room, 'one', key)).toMatchObject({ id: first.id })
		expect(await refusalOf(editMessage(amal, { room, id: first.id, words: 'ONE' }))).toBe('ok')
		expect(await refusalOf(say(ines, room))).toBe('ok')
		for (const _ of [1, 2]) expect(await refusalOf(say(host, room))).toBe('ok')
		await db.update(roomMembers).set({ saidAt: sql`now() - interval '61 seconds'` })
		expect(await refusalOf(say(amal, room, 'two'))).toBe('ok')
		await act(host, room, 'slow', { seconds: '0' })
		expect(await refusalOf(say(amal, room, 'three'))).toBe('ok')
	})

	test('ended between typing and sending she is told why; what was taken before is hers for ever', async () => {
		const key = randomUUID()
		const sent = await say(amal, room, 'just in time', key)
		const [, late] = await Promise.all([act(host, room, 'end'), refusalOf(say(amal, room, 'too late?'))])
		expect(['ok', 'forbidden sessions:why.ended']).toContain(late)
		expect(await refusalOf(say(amal, room, 'too late'))).toBe('forbidden sessions:why.ended')
		expect(await refusalOf(say(host, room, 'hosts too'))).toBe('forbidden sessions:why.ended')
		expect(await say(amal, room, 'just in time', key)).toMatchObject({ id: sent.id })
		const { length } = await db.select().from(messages).where(eq(messages.roomId, room))
		expect(length).toBe(late === 'ok' ? 2 : 1)
	})

	test('other rooms ask nothing of this', async () => {
		expect(await refusalOf(say(amal, await anOpenRoom()))).toBe('ok')
	})
})

describe('hands', () => {
	const hands = async (actor: Actor) => (await readSession(actor, room)).hands.map(({ handle }) => handle)

	test('are a queue: the first is told that she speaks next', async () => {
		await act(ines, room, 'raise')
		await act(amal, room, 'raise')
		await act(ines, room, 'raise')
		expect(await hands(host)).toEqual(['Inés', 'Amal'])
		expect((await readSession(ines, room)).me).toMatchObject({ handUp: true, next: true })
		expect((await readSession(amal, room)).me).toMatchObject({ handUp: true, next: false })
		await act(host, room, 'next', { after: '' })
		expect(await readSession(amal, room)).toMatchObject({
			speaker: { handle: 'Inés' },
			me: { next: true, speaks: false },
		})
		await act(ines, room, 'lower')
		expect(await readSession(ines, room)).toMatchObject({ speaker: null, me: { speaks: false } })
		await act(host, room, 'lower-hand', { member: amal.id })
		expect(await hands(host)).toEqual([])
		expect(await codeOf(act(host, room, 'next', { after: '' }))).toBe('ok')
	})

	test('of two who call the next at once nobody is passed over', async () => {
		const cohost = await aHost('Tala')
		await aCohost(cohost)
		await act(ines, room, 'raise')
		await act(amal, room, 'raise')
		const called = await Promise.all(
			[host, cohost].map((one) => refusalOf(act(one, room, 'next', { after: '' }))),
		)
		expect(called.sort()).toEqual(['conflict sessions:why.changed', 'ok'])
		expect(await readSession(host, room)).toMatchObject({
			speaker: { handle: 'Inés' },
			hands: [{ handle: 'Amal' }],
		})
	})

	test('after the end there are none', async () => {
		await act(amal, room, 'raise')
		await act(host, room, 'end')
		expect(await hands(host)).toEqual([])
		expect(await refusalOf(act(amal, room, 'raise'))).toBe('forbidden sessions:why.ended')
	})
})

/** Lets another mentor in and makes her a co-host. */
async function aCohost(cohost: Actor) {
	await act(cohost, room, 'come')
	await act(host, room, 'cohost', { member: cohost.id })
}

describe('what everyone sees', () => {
	test('the step, the pin and the doors, each with a number of the room', async () => {
		const { id } = await aMessage(amal, room, 'remember this')
		const heard = heardOf('chat:changed')
		await act(host, room, 'step', { step: '1' })
		await act(host, room, 'step', { step: '1' })
		await act(host, room, 'pin', { id })
		expect(await readSession(ines, room)).toMatchObject({ step: 1, pinned: { id, body: 'remember this' } })
		const told = (await heard()).filter(({ roomId }) => roomId === room)
		expect(told.map(({ seq }) => seq - told[0]!.seq)).toEqual([0, 1])
		expect(await refusalOf(act(host, room, 'step', { step: '2' }))).toBe('conflict sessions:why.changed')
		await act(host, room, 'unpin')
		expect((await readSession(ines, room)).pinned).toBeNull()
	})

	test('a message of another room, or one that is gone, is not pinned; a pin that is hidden shows nothing', async () => {
		const elsewhere = await aMessage(amal, await anOpenRoom())
		expect(await codeOf(act(host, room, 'pin', { id: elsewhere.id }))).toBe('not-found')
		const { id } = await aMessage(amal, room)
		await act(host, room, 'pin', { id })
		await db.update(messages).set({ hiddenAt: new Date() }).where(eq(messages.id, id))
		expect((await readSession(ines, room)).pinned).toBeNull()
		expect(await codeOf(act(host, room, 'pin', { id }))).toBe('not-found')
	})

	test('whoever has a block with her is nowhere in it', async () => {
		const { id } = await aMessage(amal, room, 'pinned words')
		await act(host, room, 'pin', { id })
		await act(amal, room, 'raise')
		await act(host, room, 'give-word', { member: amal.id })
		const seen = await readSession({ ...ines, blocked: [amal.id] }, room)
		expect(JSON.stringify(seen)).not.toContain('Amal')
		expect(seen).toMatchObject({ speaker: null, taken: true, pinned: null, places: 8 })
	})

	test('the note is for hosts, also after the end', async () => {
		await act(host, room, 'note', { note: 'Molte domande sul permesso.' })
		await act(host, room, 'end')
		await act(host, room, 'note', { note: 'Di nuovo tra un mese.' })
		expect((await readSession(host, room)).host?.note).toBe('Di nuovo tra un mese.')
		expect(JSON.stringify(await readSession(amal, room))).not.toContain('tra un mese')
	})
})

describe('more than one host', () => {
	test('only whose work it is can be made a co-host, by the first host alone', async () => {
		expect(await refusalOf(act(host, room, 'cohost', { member: amal.id }))).toBe(
			'conflict sessions:why.cannotLead',
		)
		const cohost = await aHost('Tala')
		expect(await refusalOf(act(host, room, 'cohost', { member: cohost.id }))).toBe(
			'conflict sessions:why.gone',
		)
		await aCohost(cohost)
		await act(host, room, 'cohost', { member: cohost.id })
		expect((await readSession(cohost, room)).host).toMatchObject({ first: false })
		for (const intent of ['cohost', 'uncohost', 'hand-over', 'remove-member']) {
			expect(await codeOf(act(cohost, room, intent, { member: host.id }))).toBe('forbidden')
		}
		// Places are counted without those who lead.
		expect((await readSession(host, room)).places).toBe(8)
		await act(host, room, 'uncohost', { member: cohost.id })
		expect((await readSession(cohost, room)).host).toBeNull()
	})

	test('she hands it over to a co-host and may go; the other may take her out then', async () => {
		const cohost = await aHost('Tala')
		expect(await refusalOf(act(host, room, 'hand-over', { member: amal.id }))).toBe(
			'conflict sessions:why.notCohost',
		)
		await aCohost(cohost)
		await act(host, room, 'hand-over', { member: cohost.id })
		expect((await readSession(cohost, room)).host?.first).toBe(true)
		expect((await readSession(host, room)).me.role).toBe('cohost')
		await act(cohost, room, 'remove-member', { member: host.id })
		expect(await codeOf(readSession(host, room))).toBe('not-found')
	})

	test('two act at once: the second finds it done', async () => {
		const cohost = await aHost('Tala')
		await aCohost(cohost)
		const both = (intent: string, more = {}) =>
			Promise.all([host, cohost].map((one) => refusalOf(act(one, room, intent, more))))
		const twice = [
			['pause', {}],
			['go-on', {}],
			['mute', { member: amal.id, minutes: '5' }],
			['remove-member', { member: amal.id }],
			['end', {}],
		] as const
		for (const [intent, more] of twice) expect(await both(intent, more), intent).toEqual(['ok', 'ok'])
		const ended = await db
			.select()
			.from(auditLog)
			.where(and(eq(auditLog.subjectId, room), eq(auditLog.action, 'session.ended')))
			.orderBy(auditLog.seq)
		expect(ended).toHaveLength(1)
		expect(await refusalOf(act(host, room, 'go-on'))).toBe('conflict sessions:why.ended')
	})

	test('one takes out whom the other gives the word: whichever came first, she has no turn', async () => {
		const cohost = await aHost('Tala')
		await aCohost(cohost)
		await Promise.all([
			refusalOf(act(host, room, 'give-word', { member: amal.id })),
			act(cohost, room, 'remove-member', { member: amal.id }),
		])
		expect(await readSession(host, room)).toMatchObject({ speaker: null, taken: false })
	})
})

describe('a host who may not lead any more', () => {
	hearOfHosts()
	const endGrant = (actor: Actor) =>
		db.update(grants).set({ endedAt: new Date() }).where(eq(grants.memberId, actor.id))
	const stateNow = async () => {
		const [row] = await db.select().from(roomSessions).where(eq(roomSessions.roomId, room))
		return row!
	}

	test('loses the lead while she leads: the session pauses and says why; nobody can go on without a host', async () => {
		await endGrant(host)
		deliver([{ name: 'member:changed', memberId: host.id }])
		await until(async () => (await stateNow()).state === 'paused')
		expect(await stateNow()).toMatchObject({ pausedBy: 'away' })
		expect((await readSession(host, room)).me).toMatchObject({ role: 'member', why: 'paused' })
		expect(await codeOf(act(host, room, 'go-on'))).toBe('forbidden')
		expect(await refusalOf(say(host, room))).toBe('forbidden sessions:why.paused')
	})

	test('leaves it to a co-host, who is the first host then', async () => {
		const cohost = await aHost('Tala')
		await aCohost(cohost)
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, host.id))
		await endUnableHosts()
		expect(await stateNow()).toMatchObject({ state: 'open' })
		expect((await readSession(cohost, room)).host?.first).toBe(true)
		expect(await codeOf(readSession(host, room))).toBe('not-found')
	})

	test('whose account goes takes nothing with her but the lead', async () => {
		await db.transaction(async (tx) => {
			await chatBelongings.leave?.(tx, host.id, 'keep', () => {})
			await tx.delete(members).where(eq(members.id, host.id))
		})
		expect(await stateNow()).toMatchObject({ state: 'paused', pausedBy: 'away' })
		expect((await readSession(amal, room)).people.map(({ handle }) => handle)).toEqual(['Amal', 'Inés'])
	})

	test('a change of somebody who may still lead changes nothing', async () => {
		deliver([{ name: 'member:changed', memberId: host.id }])
		await settled()
		await endUnableHosts()
		expect((await readSession(host, room)).me.role).toBe('host')
	})
})

describe('a session that nobody attends', () => {
	const seenBefore = (seconds: number) =>
		setSession(room, { hostSeenAt: new Date(Date.now() - seconds * 1000) })

	test.each([
		[100, 'open'],
		[125, 'paused'],
	])('no host for %i seconds: %s', async (seconds, state) => {
		await seenBefore(seconds)
		const heard = heardOf('chat:changed')
		await pauseUnattended()
		await pauseUnattended()
		expect(await readSession(amal, room)).toMatchObject({
			state,
			pausedBy: state === 'paused' ? 'away' : null,
		})
		expect((await heard()).filter(({ roomId }) => roomId === room)).toHaveLength(state === 'paused' ? 1 : 0)
	})

	test('goes on by one button when a host comes back; whatever a host does shows that she is there', async () => {
		await seenBefore(125)
		await act(host, room, 'slow', { seconds: '10' })
		expect(await pauseUnattended()).toBe(0)
		await seenBefore(125)
		await pauseUnattended()
		await act(host, room, 'go-on')
		expect(await readSession(amal, room)).toMatchObject({ state: 'open', pausedBy: null })
		expect(await pauseUnattended()).toBe(0)
	})

	test('one that has not begun, or was paused by its host, stays as it is', async () => {
		const planned = await aPlannedSession(host)
		await act(host, room, 'pause')
		await seenBefore(1000)
		expect(await pauseUnattended()).toBe(0)
		expect(await readSession(host, planned)).toMatchObject({ state: 'planned' })
		expect(await readSession(host, room)).toMatchObject({ pausedBy: 'host' })
	})

	test('is paused once and ended once, however many processes look', async () => {
		const heard = heardOf('chat:changed')
		await seenBefore(125)
		const paused = await Promise.all([pauseUnattended(), pauseUnattended(), pauseUnattended()])
		expect(paused.toSorted()).toEqual([0, 0, 1])
		await setSession(room, { startsAt: new Date(Date.now() - 14 * 60 * 60 * 1000) })
		const ended = await Promise.all([endForgotten(), endForgotten(), endForgotten()])
		expect(ended.toSorted()).toEqual([0, 0, 1])
		expect((await heard()).filter(({ roomId }) => roomId === room)).toHaveLength(2)
	})

	test('forgotten for half a day it ends', async () => {
		await setSession(room, { startsAt: new Date(Date.now() - 14 * 60 * 60 * 1000) })
		expect(await endForgotten()).toBe(1)
		expect(await endForgotten()).toBe(0)
		const [row] = await db.select().from(rooms).where(eq(rooms.id, room))
		expect(row?.closedAt).not.toBeNull()
	})
})
