import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members, sessions } from '~/db/schema/members'
import { actorOfToken, hasSession, sessionCookie } from '~/features/members/session.server'
import { env } from '~/platform/env.server'
import { aMemberWithToken } from '../../factories/members'

/** Moves a session's clock: how long ago it began and was last used, in minutes. */
async function age(sessionId: string, { began = 0, used = 0 }) {
	await db
		.update(sessions)
		.set({
			createdAt: sql`now() - make_interval(mins => ${began})`,
			lastSeenAt: sql`now() - make_interval(mins => ${used})`,
		})
		.where(eq(sessions.id, sessionId))
}

const HOUR = 60
const DAY = 24 * HOUR

// DESIGN 10: own 14 days idle, 60 at most; shared 15 minutes, 12 hours; staff 30 minutes, 12 hours.
test.each([
	['own', [], { began: 14 * DAY, used: 14 * DAY - 1 }, true],
	['own', [], { began: 15 * DAY, used: 14 * DAY + 1 }, false],
	['own', [], { began: 60 * DAY - 1, used: 1 }, true],
	['own', [], { began: 60 * DAY + 1, used: 1 }, false],
	['shared', [], { began: HOUR, used: 14 }, true],
	['shared', [], { began: HOUR, used: 16 }, false],
	['shared', [], { began: 12 * HOUR - 1, used: 1 }, true],
	['shared', [], { began: 12 * HOUR + 1, used: 1 }, false],
	['own', ['coordinator'], { began: HOUR, used: 29 }, true],
	['own', ['coordinator'], { began: HOUR, used: 31 }, false],
	['own', ['moderator'], { began: 12 * HOUR + 1, used: 1 }, false],
	['own', ['practitioner'], { began: HOUR, used: 31 }, false],
	['own', ['lead'], { began: HOUR, used: 31 }, false],
	['shared', ['moderator'], { began: HOUR, used: 16 }, false],
	['own', ['mentor'], { began: 13 * DAY, used: 12 * DAY }, true],
] as const)(
	'a session on a device of kind %s with roles %j, aged %j minutes: alive %s',
	async (device, roles, moved, alive) => {
		const { actor, token } = await aMemberWithToken({ device, roles: roles.map((role) => ({ role })) })
		await age(actor.sessionId, moved)
		expect((await actorOfToken(token)) !== null).toBe(alive)
		// What has run out is gone for good, whatever the clock says later.
		expect(await db.$count(sessions)).toBe(alive ? 1 : 0)
	},
)

test('its cookie is known while it lasts and when it has only just run out, and no other', async () => {
	const { actor, token } = await aMemberWithToken({ device: 'shared' })
	const cookie = sessionCookie(token, 'shared').split(';')[0]
	expect(await hasSession(cookie)).toBe(true)
	await age(actor.sessionId, { began: HOUR, used: 16 })
	expect(await hasSession(cookie)).toBe(true)
	await actorOfToken(token)
	for (const other of [cookie, cookie?.replace(/.{5}$/, 'AAAAA'), 'mimosa=', '', undefined])
		expect(await hasSession(other)).toBe(false)
})

test('using it keeps it alive, written once a minute at most', async () => {
	const { actor, token } = await aMemberWithToken({ device: 'shared' })
	const lastSeen = async () => {
		const [row] = await db
			.select({ at: sessions.lastSeenAt })
			.from(sessions)
			.where(eq(sessions.id, actor.sessionId))
		return row!.at.getTime()
	}
	const before = await lastSeen()
	await actorOfToken(token)
	expect(await lastSeen()).toBe(before)
	await age(actor.sessionId, { began: 30, used: 10 })
	await actorOfToken(token)
	expect(Date.now() - (await lastSeen())).toBeLessThan(60_000)
})

test('the token of the cookie is nowhere in the database', async () => {
	const { token } = await aMemberWithToken()
	const [{ dump }] = (await db.execute<{ dump: string }>(
		sql`select string_agg(t::text, ' ') as dump from (select s::text as t from ${sessions} s union all select m::text from ${members} m) rows`,
	)) as unknown as [{ dump: string }]
	expect(dump.length).toBeGreaterThan(token.length)
	expect(dump).not.toContain(token)
	expect(dump).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
})

test('the cookie: out of reach of scripts and other sites, and gone with the browser on a shared device', () => {
	const own = sessionCookie('T'.repeat(43), 'own')
	const shared = sessionCookie('T'.repeat(43), 'shared')
	expect(own).toBe(`mimosa=${'T'.repeat(43)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${60 * 86_400}`)
	expect(shared).toBe(`mimosa=${'T'.repeat(43)}; Path=/; HttpOnly; SameSite=Lax`)
	env().https = true
	expect(sessionCookie('T'.repeat(43), 'own')).toMatch(/^__Host-mimosa=.*; Secure; Max-Age=/)
	env().https = false
})

test.each(['waiting', 'suspended'] as const)(
	'a woman who is %s keeps a session, with that standing',
	async (status) => {
		const { token } = await aMemberWithToken({ status })
		expect((await actorOfToken(token))?.status).toBe(status)
	},
)
