import { and, eq, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { grants, invitations, members, sessions } from '~/db/schema/members'
import { recoveryCodes } from '~/db/schema/recovering'
import { join } from '~/features/members/account.server'
import { invitationHash } from '~/features/members/invitations.server'
import { readNewCodes } from '~/features/members/recovery-codes.server'
import { keepCodes } from '~/features/members/safety.server'
import { actorOfToken } from '~/features/members/session.server'
import { env } from '~/platform/env.server'
import { LIMITS } from '~/platform/limits.server'
import { aJoinedMember, anArrival, anInvitation, joining, PASSPHRASE } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'

beforeEach(() => {
	env().registration = 'open'
})
afterEach(() => {
	env().registration = 'open'
})

const handles = async () =>
	(await db.select({ handle: members.handle }).from(members)).map(({ handle }) => handle)

test('a name, a passphrase, two ticks and a device make a member, ten codes and a session', async () => {
	const { actor, codes } = await aJoinedMember({ handle: '  أمينة  ' }, anArrival(1, { locale: 'ar' }))
	expect(actor).toMatchObject({ handle: 'أمينة', status: 'active', locale: 'ar', device: 'own', grants: [] })
	expect(new Set(codes).size).toBe(10)
	for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
})

// SAFETY 2B 23, 2F 87.
test.each([
	['no handle', { handle: undefined }, { handle: 'errors:empty' }],
	['the handle twice', { handle: ['Amina', 'Amira'] }, { handle: 'errors:empty' }],
	['a handle of nothing to see', { handle: '\u200b\u2800' }, { handle: 'errors:handleEmpty' }],
	['no passphrase', { passphrase: undefined }, { passphrase: 'errors:passphraseNeeded' }],
	['no device', { device: undefined }, { device: 'errors:chooseDevice' }],
	['a device of another kind', { device: 'mine' }, { device: 'errors:chooseDevice' }],
	['no rules', { rules: undefined }, { rules: 'errors:rulesNeeded' }],
	['rules refused', { rules: 'no' }, { rules: 'errors:rulesNeeded' }],
	['no age', { age: 'no' }, { age: 'errors:ageNeeded' }],
	['a common passphrase', { passphrase: 'lalalalalala' }, { passphrase: 'errors:passphraseCommon' }],
	[
		'nothing at all',
		{ handle: '', passphrase: '', device: '', rules: '', age: '' },
		{
			handle: 'errors:handleEmpty',
			passphrase: 'errors:passphraseNeeded',
			device: 'errors:chooseDevice',
			rules: 'errors:rulesNeeded',
			age: 'errors:ageNeeded',
		},
	],
	['an invitation nobody made', { code: 'AAAAA-AAAAA' }, { code: 'errors:codeNotGood' }],
])('a form with %s is refused at its fields and makes nobody', async (_what, change, fields) => {
	expect(await faultsOf(() => join(anArrival(), joining(change)))).toMatchObject({
		code: 'invalid',
		status: 422,
		fields,
	})
	expect(await handles()).toEqual([])
})

test('fields no form of ours has change nothing', async () => {
	const more = {
		role: 'coordinator',
		status: 'active',
		id: crypto.randomUUID(),
		grants: 'coordinator',
		locale: 'xx',
	}
	const { actor } = await aJoinedMember({ ...more, 'grants[0][role]': 'coordinator' })
	expect(actor).toMatchObject({ grants: [], locale: 'en' })
	expect(actor.id).not.toBe(more.id)
	expect(await db.$count(grants)).toBe(0)
})

test('a name that reads like a command stays a name', async () => {
	const { actor } = await aJoinedMember({ handle: "Robert' - DROP TABLE" })
	expect(actor.handle).toBe("Robert' - DROP TABLE")
})

test.each([
	['the same name', 'Amina'],
	['capitals', 'AMINA'],
	['Cyrillic letters', 'Аmіnа'],
	['invisible letters', 'Am\u200bina'],
])('%s for a taken name is refused', async (_what, handle) => {
	await aJoinedMember({ handle: 'Amina' })
	const another = joining({ handle, passphrase: 'another long passphrase' })
	expect(await faultsOf(() => join(anArrival(2), another))).toMatchObject({
		fields: { handle: 'errors:handleTaken' },
	})
	expect(await handles()).toEqual(['Amina'])
})

// SAFETY 2B 24.
test('the same form sent twice at once is one woman with two ways in', async () => {
	const both = await Promise.all([join(anArrival(), joining()), join(anArrival(), joining())])
	const actors = await Promise.all(both.map(({ token }) => actorOfToken(token)))
	expect(await handles()).toEqual(['Amina'])
	expect(new Set(actors.map((actor) => actor?.id)).size).toBe(1)
	expect(await db.$count(recoveryCodes)).toBe(10)
})

test('the same form sent an hour later is a taken name', async () => {
	const { actor } = await aJoinedMember()
	await db
		.update(members)
		.set({ joinedAt: new Date(Date.now() - 3_600_000) })
		.where(eq(members.id, actor.id))
	expect(await faultsOf(() => join(anArrival(), joining()))).toMatchObject({
		fields: { handle: 'errors:handleTaken' },
	})
})

test('forty women join within an hour from one address, each with her own phone', async () => {
	const arrivals = Array.from({ length: 40 }, (_, n) =>
		anArrival(n, { visitor: { id: null, address: 'the shelter', device: `phone ${n}` } }),
	)
	for (const [n, arrival] of arrivals.entries()) {
		await join(arrival, joining({ handle: `Woman ${'abcdefghjkmnopqrstuvxyzäöü'[n % 20]}${n}` }))
	}
	expect(await db.$count(members)).toBe(40)
})

test('one browser that tries name after name is told how many minutes to wait', async () => {
	await aJoinedMember({ handle: 'Amina' }, anArrival(9))
	const guess = () => faultsOf(() => join(anArrival(), joining({ passphrase: 'another long passphrase' })))
	for (let n = 0; n < LIMITS['join.device'].points; n += 1) expect((await guess()).code).toBe('invalid')
	expect(await guess()).toMatchObject({ code: 'too-many', status: 429, details: { count: 60 } })
})

test('codes can be read until she has kept them, for an hour at most, and are stored as hashes', async () => {
	const { actor, codes } = await aJoinedMember()
	expect(await readNewCodes(actor.id)).toEqual(codes)
	expect(await faultsOf(() => keepCodes(actor, {}))).toMatchObject({ fields: { kept: 'errors:keepCodes' } })
	expect(await readNewCodes(actor.id)).toHaveLength(10)
	await keepCodes(actor, { kept: 'yes' })
	expect(await readNewCodes(actor.id)).toEqual([])
	expect(await db.$count(recoveryCodes, isNull(recoveryCodes.sealed))).toBe(10)
	const kept = JSON.stringify(await db.select().from(recoveryCodes))
	for (const code of codes) expect(kept).not.toContain(code.slice(0, 5))
})

test('codes nobody said she kept are not shown after an hour', async () => {
	const { actor } = await aJoinedMember()
	await db.update(recoveryCodes).set({ createdAt: new Date(Date.now() - 61 * 60_000) })
	expect(await readNewCodes(actor.id)).toEqual([])
})

test('nothing she typed as a secret is in the database', async () => {
	const { token } = await aJoinedMember()
	const all = JSON.stringify([await db.select().from(members), await db.select().from(sessions)])
	expect(all).not.toContain(PASSPHRASE)
	expect(all).not.toContain(token)
})

// Registration by invitation; SAFETY 2C 35, 44.
test.each([
	['none', undefined, 'errors:codeNeeded'],
	['an empty one', '  ', 'errors:codeNeeded'],
	['one nobody made', 'AAAAA-AAAAA', 'errors:codeNotGood'],
	['a used one', 'USED0-00000', 'errors:codeNotGood'],
	['a withdrawn one', 'WTHDR-AWN00', 'errors:codeNotGood'],
	['one that has run out', 'XPRED-00000', 'errors:codeNotGood'],
])('where a code is asked for, %s lets nobody in', async (_what, code, fault) => {
	env().registration = 'code'
	await anInvitation('USED0-00000', { usedAt: new Date() })
	await anInvitation('WTHDR-AWN00', { withdrawnAt: new Date() })
	await anInvitation('XPRED-00000', { expiresAt: new Date(Date.now() - 1000) })
	expect(await faultsOf(() => join(anArrival(), joining({ code })))).toMatchObject({
		fields: { code: fault },
	})
	expect(await handles()).toEqual([])
})

test('a code is taken as it is copied from paper, once', async () => {
	env().registration = 'code'
	await anInvitation('K1M2N-0P3QR')
	expect(await codeOf(() => join(anArrival(), joining({ code: ' klm2n opeqr ' })))).toBe('invalid')
	expect(await codeOf(() => join(anArrival(), joining({ code: ' kIm2n o p3qr ' })))).toBe('ok')
	expect(await codeOf(() => join(anArrival(2), joining({ handle: 'Olena', code: 'K1M2N-0P3QR' })))).toBe(
		'invalid',
	)
	expect(await handles()).toEqual(['Amina'])
})

test('a form refused for another reason does not use the code up', async () => {
	env().registration = 'code'
	await aJoinedMember({ handle: 'Olena', code: await anInvitation('0000A-00000') })
	const code = await anInvitation('K1M2N-0P3QR')
	const taken = joining({ handle: 'Olena', passphrase: 'another long passphrase', code })
	expect(await codeOf(() => join(anArrival(), taken))).toBe('invalid')
	expect(await codeOf(() => join(anArrival(), joining({ code })))).toBe('ok')
})

test('of twenty women with one code at once, one joins', async () => {
	env().registration = 'code'
	const code = await anInvitation('K1M2N-0P3QR')
	const outcomes = await Promise.all(
		Array.from({ length: 20 }, (_, n) =>
			codeOf(() => join(anArrival(n), joining({ handle: `Woman ${String.fromCharCode(0x905 + n)}क`, code }))),
		),
	)
	expect(outcomes.filter((code) => code === 'ok')).toHaveLength(1)
	expect(outcomes.filter((code) => code === 'invalid')).toHaveLength(19)
	expect(await db.$count(members)).toBe(1)
	expect(await db.$count(sessions)).toBe(1)
})

test('where people are approved, an invitation does not replace it; only the first coordinator needs nobody', async () => {
	env().registration = 'approval'
	const { actor: waiting } = await aJoinedMember()
	const code = await anInvitation('K1M2N-0P3QR')
	const { actor: invited } = await aJoinedMember({ handle: 'Olena', code })
	const link = await anInvitation('F1RST-00000', { role: 'coordinator' })
	const { actor: first } = await aJoinedMember({ handle: 'Rosa', code: link })
	expect([waiting.status, invited.status, first.status]).toEqual(['waiting', 'waiting', 'active'])
	expect(first.secondFactorDue).toBe('set-up')
	const isHers = and(eq(grants.memberId, first.id), eq(grants.role, 'coordinator'))
	expect(await db.$count(grants, isHers)).toBe(1)
	const [used] = await db
		.select()
		.from(invitations)
		.where(eq(invitations.codeHash, invitationHash(link)))
	expect(used?.usedAt).toBeInstanceOf(Date)
})
