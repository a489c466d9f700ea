import { EventEmitter, once } from 'node:events'
import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { db } from '~/db/client.server'
import { sessions } from '~/db/schema/members'
import { actorOfToken } from '~/features/members/session.server'
import { endLeft } from '~/features/members/session-ends.server'
import * as exitRoute from '~/routes/safety/exit'
import { heardOf } from '../../factories/events'
import { aMemberWithToken } from '../../factories/members'
import { type Answer, open } from '../../factories/requests'

const exit = (token: string, headers: Record<string, string> = {}) =>
	open(exitRoute.loader, '/exit', { token, headers })

/** She is away from here, and this browser keeps nothing. */
function expectGone({ status, to, headers, cookies }: Answer) {
	expect([status, to]).toEqual([303, 'https://www.wikipedia.org/'])
	expect(headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"')
	expect(cookies).toContain('mimosa=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0')
}

/** Whoever wants to change this session waits until `letGo`. */
async function holdSession(id: string) {
	const gate = new EventEmitter()
	const over = db.transaction(async (tx) => {
		await tx.select().from(sessions).where(eq(sessions.id, id)).for('update')
		const opened = once(gate, 'open')
		gate.emit('held')
		await opened
	})
	await once(gate, 'held')
	return async () => {
		gate.emit('open')
		await over
	}
}

afterEach(() => vi.restoreAllMocks())

test('leaving ends this session and no other, and tells whoever holds its sockets', async () => {
	const { actor, token } = await aMemberWithToken()
	const other = await aMemberWithToken()
	const heard = heardOf('session:ended')
	expectGone(await exit(token))
	expect(await heard()).toEqual([
		{ name: 'session:ended', memberId: actor.id, sessionIds: [actor.sessionId] },
	])
	expect(await actorOfToken(token)).toBeNull()
	expect((await actorOfToken(other.token))?.id).toBe(other.actor.id)
})

test('a page of another site ends nothing', async () => {
	const { token } = await aMemberWithToken()
	const { status, cookies, headers } = await exit(token, { 'sec-fetch-site': 'cross-site' })
	expect([status, cookies, headers.get('clear-site-data')]).toEqual([303, [], null])
	expect(await actorOfToken(token)).not.toBeNull()
})

describe('where the database does not answer', () => {
	test('in time, she goes within a second or so; nothing is shown by her token, and her session ends later', async () => {
		const { actor, token } = await aMemberWithToken()
		const letGo = await holdSession(actor.sessionId)
		const began = performance.now()
		expectGone(await exit(token))
		expect(performance.now() - began).toBeLessThan(1_500)
		expect(await db.$count(sessions)).toBe(1)
		expect(await actorOfToken(token)).toBeNull()
		await letGo()
		await vi.waitFor(async () => expect(await db.$count(sessions)).toBe(0))
	})

	test('at all, she goes, and her session ends when it is there again', async () => {
		const { actor, token } = await aMemberWithToken()
		vi.spyOn(db, 'delete').mockImplementation(() => {
			throw new Error('connect ECONNREFUSED')
		})
		expectGone(await exit(token))
		await expect(endLeft()).rejects.toThrow('ECONNREFUSED')
		vi.restoreAllMocks()
		expect(await db.$count(sessions)).toBe(1)
		expect(await actorOfToken(token)).toBeNull()
		const heard = heardOf('session:ended')
		await endLeft()
		expect(await heard()).toEqual([
			{ name: 'session:ended', memberId: actor.id, sessionIds: [actor.sessionId] },
		])
		expect(await db.$count(sessions)).toBe(0)
	})

	test('in time for many, who leaves after them does not wait', async () => {
		const { actor, token } = await aMemberWithToken()
		const late = await aMemberWithToken()
		const letGo = await holdSession(actor.sessionId)
		const many = Array.from({ length: 32 }, () => exit(token))
		const began = performance.now()
		expectGone(await exit(late.token))
		expect(performance.now() - began).toBeLessThan(900)
		expect(await actorOfToken(late.token)).toBeNull()
		await Promise.all(many)
		await letGo()
		await endLeft()
		await vi.waitFor(async () => expect(await db.$count(sessions)).toBe(0))
	})
})
