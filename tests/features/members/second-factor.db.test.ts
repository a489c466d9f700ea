import { eq, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { beforeEach, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members, sessions } from '~/db/schema/members'
import {
	passSecondFactor,
	readSecondFactor,
	resetSecondFactor,
} from '~/features/members/second-factor.server'
import { actorOfToken, giveGrant, openSession } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { LIMITS } from '~/platform/limits.server'
import { aJoinedMember, aKnownArrival, aMember, anArrival, PASSPHRASE } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'

const STEP_MS = 30_000

const TEST_TAKES_MS = 4_000

/** No test may run over the end of a step: the number of now would be the number of before. */
beforeEach(async () => {
	const left = STEP_MS - (Date.now() % STEP_MS)
	if (left < TEST_TAKES_MS) await new Promise((resolve) => setTimeout(resolve, left + 50))
})

/** What her app shows, so many 30-second steps from now. */
const appCode = (base32: string, steps = 0) =>
	new TOTP({ secret: Secret.fromBase32(base32) }).generate({ timestamp: Date.now() + steps * STEP_MS })

async function again(token: string): Promise<Actor> {
	const actor = await actorOfToken(token)
	if (!actor) throw new Error('her session is gone')
	return actor
}

/** A woman with a role who has signed in and given nothing else yet. */
async function aStaffMember() {
	const { actor, token, codes } = await aJoinedMember()
	await giveGrant(db, { memberId: actor.id, role: 'moderator', givenBy: null })
	return { actor: await again(token), token, codes }
}

/** The same, with her app set up in this session; `secret` is what the app keeps. */
async function aStaffMemberWithApp() {
	const { actor, codes } = await aStaffMember()
	const state = readSecondFactor(actor)
	if (state.due !== 'set-up') throw new Error('expected to set it up')
	const secret = state.groups.join('')
	const token = await passSecondFactor(actor, anArrival(), { code: appCode(secret, -1) })
	return { actor: await again(token), token, secret, codes }
}

/** Another session of hers, in which the second factor is due. */
async function signInAgain(actor: Actor) {
	const token = await openSession(db, { memberId: actor.id, device: 'own', kind: 'phone' })
	return again(token)
}

test('a role is held back until the second factor is set up, and a new token stands for both', async () => {
	const { actor, token } = await aStaffMember()
	expect(actor).toMatchObject({ grants: [], secondFactorDue: 'set-up' })
	const state = readSecondFactor(actor)
	expect(readSecondFactor(actor)).toEqual(state)
	if (state.due !== 'set-up') throw new Error('expected to set it up')
	expect(state.groups.join('')).toMatch(/^[A-Z2-7]{32}$/)
	expect(state.qr.path).toMatch(/^M0 0h7v1h-7z/)
	const renewed = await passSecondFactor(actor, anArrival(), { code: appCode(state.groups.join('')) })
	expect(await actorOfToken(token)).toBeNull()
	expect(await again(renewed)).toMatchObject({ secondFactorDue: 'no', grants: [{ role: 'moderator' }] })
})

test('the secret lies sealed in the database', async () => {
	const { actor, secret } = await aStaffMemberWithApp()
	const [row] = await db.select().from(members).where(eq(members.id, actor.id))
	expect(row?.totpSecret).toBeTruthy()
	expect(JSON.stringify(row)).not.toContain(secret)
})

test.each([
	['the number of now', (secret: string) => ({ code: appCode(secret) }), 'ok'],
	['one step late', (secret: string) => ({ code: appCode(secret, -1) }), 'invalid'],
	['one step early', (secret: string) => ({ code: appCode(secret, 1) }), 'ok'],
	['with a space', (secret: string) => ({ code: appCode(secret).replace(/^.../, '$& ') }), 'ok'],
	['in Arabic digits', (secret: string) => ({ code: arabic(appCode(secret)) }), 'ok'],
	['two steps early', (secret: string) => ({ code: appCode(secret, 3) }), 'invalid'],
	['another number', () => ({ code: '000000' }), 'invalid'],
	['five digits', (secret: string) => ({ code: appCode(secret).slice(1) }), 'invalid'],
	['nothing', () => ({}), 'invalid'],
	['the secret itself', (secret: string) => ({ code: secret }), 'invalid'],
	['a code of paper', (_secret: string, codes: string[]) => ({ recoveryCode: codes[0] }), 'ok'],
	['a code of paper nobody has', () => ({ recoveryCode: 'AAAAA-AAAAA' }), 'invalid'],
])('giving it by %s', async (_what, fields, outcome) => {
	// Set up with the number of the step before: that step is used up, the one of now is not.
	const { actor, secret, codes } = await aStaffMemberWithApp()
	const later = await signInAgain(actor)
	expect(later).toMatchObject({ grants: [], secondFactorDue: 'give' })
	expect(readSecondFactor(later)).toEqual({ due: 'give' })
	expect(await codeOf(() => passSecondFactor(later, anArrival(), fields(secret, codes)))).toBe(outcome)
})

const arabic = (digits: string) =>
	digits.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))

// SAFETY 2C 41.
test('a number works once, also when it is sent twice at the same time', async () => {
	const { actor, secret } = await aStaffMemberWithApp()
	const [one, two] = [await signInAgain(actor), await signInAgain(actor)]
	const code = appCode(secret)
	const both = [one, two].map((who) => codeOf(() => passSecondFactor(who, anArrival(), { code })))
	expect((await Promise.all(both)).sort()).toEqual(['invalid', 'ok'])
	const third = await signInAgain(actor)
	expect(await codeOf(() => passSecondFactor(third, anArrival(), { code }))).toBe('invalid')
	expect(await codeOf(() => passSecondFactor(third, anArrival(), { code: appCode(secret, 1) }))).toBe('ok')
})

test('a code of paper works once', async () => {
	const { actor, codes } = await aStaffMemberWithApp()
	for (const outcome of ['ok', 'invalid']) {
		const later = await signInAgain(actor)
		expect(await codeOf(() => passSecondFactor(later, anArrival(), { recoveryCode: codes[0] }))).toBe(outcome)
	}
})

test('trying numbers is slowed down, over all sessions; not on a phone she used before', async () => {
	const { actor, secret } = await aStaffMemberWithApp()
	for (let n = 0; n < LIMITS['second-factor'].points; n += 1) {
		const thief = await signInAgain(actor)
		expect(await codeOf(() => passSecondFactor(thief, anArrival(n + 20), { code: '000000' }))).toBe('invalid')
	}
	const next = await signInAgain(actor)
	const refused = await faultsOf(() => passSecondFactor(next, anArrival(50), { code: appCode(secret) }))
	expect(refused).toMatchObject({ code: 'too-many', details: { count: 15 } })
	expect(await codeOf(() => passSecondFactor(next, aKnownArrival('Amina'), { code: appCode(secret) }))).toBe(
		'ok',
	)
})

test('each session is offered a secret of its own, and the first to confirm decides', async () => {
	const { actor } = await aStaffMember()
	const other = await signInAgain(actor)
	const secrets = [actor, other].map((who) => {
		const state = readSecondFactor(who)
		return state.due === 'set-up' ? state.groups.join('') : ''
	}) as [string, string]
	expect(secrets[0]).not.toBe(secrets[1])
	expect(await codeOf(() => passSecondFactor(actor, anArrival(), { code: appCode(secrets[1]) }))).toBe(
		'invalid',
	)
	expect(await codeOf(() => passSecondFactor(actor, anArrival(), { code: appCode(secrets[0]) }))).toBe('ok')
	expect(await codeOf(() => passSecondFactor(other, anArrival(), { code: appCode(secrets[1]) }))).toBe(
		'conflict',
	)
})

test('setting it up asks for the passphrase when that was long ago', async () => {
	const { actor } = await aStaffMember()
	await db.update(sessions).set({ freshAt: sql`now() - interval '11 minutes'` })
	const state = readSecondFactor(actor)
	const code = appCode(state.due === 'set-up' ? state.groups.join('') : '')
	const refused = await faultsOf(() => passSecondFactor(actor, anArrival(), { code }))
	expect(Object.keys(refused.fields ?? {})).toEqual(['passphrase'])
	expect(await codeOf(() => passSecondFactor(actor, anArrival(), { code, passphrase: PASSPHRASE }))).toBe(
		'ok',
	)
})

test('another phone: everything ends, and the next session is offered another secret', async () => {
	const { actor, token, secret } = await aStaffMemberWithApp()
	await resetSecondFactor(actor, {})
	expect(await actorOfToken(token)).toBeNull()
	const later = await signInAgain(actor)
	const state = readSecondFactor(later)
	expect(state.due).toBe('set-up')
	expect(state.due === 'set-up' && state.groups.join('')).not.toBe(secret)
	expect(await codeOf(() => passSecondFactor(later, anArrival(), { code: appCode(secret) }))).toBe('invalid')
})

test('for a member without such a role there is no second step, and no way to reset one that was not given', async () => {
	const member = await aMember()
	expect(() => readSecondFactor(member)).toThrow(expect.objectContaining({ code: 'not-found' }))
	expect(await codeOf(() => passSecondFactor(member, anArrival(), { code: '000000' }))).toBe('not-found')
	const { actor } = await aStaffMemberWithApp()
	const later = await signInAgain(actor)
	expect(await codeOf(() => resetSecondFactor(later, { passphrase: PASSPHRASE }))).toBe('not-found')
})
