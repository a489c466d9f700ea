import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { sessions } from '~/db/schema/members'
import { signIn } from '~/features/members/account.server'
import { endDevice, endOtherDevices, listDevices } from '~/features/members/devices.server'
import { readNewCodes } from '~/features/members/recovery-codes.server'
import { changePassphrase, makeNewCodes, readSafety } from '~/features/members/safety.server'
import { actorOfToken } from '~/features/members/session.server'
import { LIMITS } from '~/platform/limits.server'
import { heardOf } from '../../factories/events'
import { aJoinedMember, aMember, anArrival, PASSPHRASE } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'

const NEW = 'eleven small boats at noon'
const signInForm = (passphrase: string) => ({ handle: 'Amina', passphrase, device: 'own' })

const longAgo = () => db.update(sessions).set({ freshAt: sql`now() - interval '11 minutes'` })

/** A woman signed in on three devices, on the first of which she is now. */
async function onThreeDevices() {
	const { actor, token } = await aJoinedMember()
	const others = [
		await signIn(anArrival(), signInForm(PASSPHRASE)),
		await signIn(anArrival(), signInForm(PASSPHRASE)),
	]
	return { actor, token, others: others.map((entered) => entered.token) as [string, string] }
}

test('the devices: this one first, with its kind and nothing of its browser', async () => {
	const { actor } = await onThreeDevices()
	await aJoinedMember({ handle: 'Olena' })
	const devices = await listDevices(actor)
	expect(devices.map(({ current }) => current)).toEqual([true, false, false])
	expect(devices[0]).toMatchObject({ id: actor.sessionId, kind: 'phone', device: 'own' })
	expect(Object.keys(devices[0]!).sort()).toEqual([
		'createdAt',
		'current',
		'device',
		'id',
		'kind',
		'lastSeenAt',
	])
})

// SAFETY 2C 38.
test('one device is signed out at once, and whatever holds it open is told', async () => {
	const { actor, token, others } = await onThreeDevices()
	const session = (await actorOfToken(others[0]))!.sessionId
	const heard = heardOf('session:ended')
	await endDevice(actor, { session })
	expect(await heard()).toEqual([expect.objectContaining({ memberId: actor.id, sessionIds: [session] })])
	expect(await actorOfToken(others[0])).toBeNull()
	expect(await actorOfToken(others[1])).not.toBeNull()
	expect(await actorOfToken(token)).not.toBeNull()
	await endDevice(actor, { session })
	expect((await heard()).at(-1)?.sessionIds).toEqual([])
})

test('all other devices are signed out, this one stays', async () => {
	const { actor, token, others } = await onThreeDevices()
	await endOtherDevices(actor, {})
	expect(await Promise.all(others.map((other) => actorOfToken(other)))).toEqual([null, null])
	expect(await actorOfToken(token)).not.toBeNull()
})

test("another woman's device is not hers to end", async () => {
	const { actor } = await onThreeDevices()
	const { actor: other, token } = await aJoinedMember({ handle: 'Olena' })
	await endDevice(actor, { session: other.sessionId })
	expect(await actorOfToken(token)).not.toBeNull()
})

// "Passphrase again" for whatever changes who can come in.
test.each([
	[
		'ending a device',
		(actor, fields) => endDevice(actor, { session: actor.sessionId, ...(fields as object) }),
	],
	['ending the others', endOtherDevices],
	['making new codes', makeNewCodes],
] as [string, typeof endOtherDevices][])(
	'%s asks for the passphrase when that was long ago',
	async (_what, act) => {
		const { actor } = await aJoinedMember()
		await longAgo()
		expect((await readSafety(actor)).fresh).toBe(false)
		expect(await faultsOf(() => act(actor, {}))).toMatchObject({
			fields: { passphrase: 'errors:passphraseGiven' },
		})
		expect(await faultsOf(() => act(actor, { passphrase: NEW }))).toMatchObject({
			fields: { passphrase: 'errors:passphraseWrong' },
		})
		expect((await readSafety(actor)).fresh).toBe(false)
		expect(await codeOf(() => act(actor, { passphrase: PASSPHRASE }))).toBe('ok')
	},
)

test('typed once, it is not asked again for ten minutes', async () => {
	const { actor } = await aJoinedMember()
	await longAgo()
	await makeNewCodes(actor, { passphrase: PASSPHRASE })
	expect((await readSafety(actor)).fresh).toBe(true)
	expect(await codeOf(() => makeNewCodes(actor, {}))).toBe('ok')
})

test('a new passphrase counts at once; every other session ends, and this one gets a new token', async () => {
	const { actor, token, others } = await onThreeDevices()
	const heard = heardOf('session:ended')
	const renewed = await changePassphrase(actor, { passphrase: PASSPHRASE, newPassphrase: NEW })
	expect(await Promise.all([token, ...others].map((each) => actorOfToken(each)))).toEqual([null, null, null])
	expect(await actorOfToken(renewed)).toMatchObject({ id: actor.id, sessionId: actor.sessionId })
	expect((await heard())[0]?.sessionIds).toHaveLength(2)
	expect(await codeOf(() => signIn(anArrival(), signInForm(PASSPHRASE)))).toBe('invalid')
	expect(await codeOf(() => signIn(anArrival(), signInForm(NEW)))).toBe('ok')
})

test.each([
	['a wrong old one', { passphrase: NEW }, { passphrase: 'errors:passphraseWrong' }],
	['no old one', { passphrase: undefined }, { passphrase: 'errors:passphraseGiven' }],
	['a short new one', { newPassphrase: 'short' }, { newPassphrase: 'errors:passphraseShort' }],
	['a common new one', { newPassphrase: 'lalalalalala' }, { newPassphrase: 'errors:passphraseCommon' }],
	['no new one', { newPassphrase: '' }, { newPassphrase: 'errors:passphraseNeeded' }],
])('a change with %s changes nothing', async (_what, change, fields) => {
	const { actor, others } = await onThreeDevices()
	const input = { passphrase: PASSPHRASE, newPassphrase: NEW, ...change }
	expect(await faultsOf(() => changePassphrase(actor, input))).toMatchObject({ code: 'invalid', fields })
	expect(await actorOfToken(others[0])).not.toBeNull()
	expect(await codeOf(() => signIn(anArrival(), signInForm(PASSPHRASE)))).toBe('ok')
})

test('guessing the passphrase on her open phone is slowed down there, not elsewhere', async () => {
	const { actor, others } = await onThreeDevices()
	const elsewhere = (await actorOfToken(others[0]))!
	const guess = (who = actor, passphrase = NEW) =>
		codeOf(() => changePassphrase(who, { passphrase, newPassphrase: 'twelve more letters' }))
	for (let n = 0; n < LIMITS.passphrase.points; n += 1) expect(await guess()).toBe('invalid')
	expect(await guess()).toBe('too-many')
	expect(await guess(elsewhere, PASSPHRASE)).toBe('ok')
})

test('ten new codes replace the old ones', async () => {
	const { actor, codes } = await aJoinedMember()
	await makeNewCodes(actor, {})
	const renewed = await readNewCodes(actor.id)
	expect(renewed).toHaveLength(10)
	expect(renewed.some((code) => codes.includes(code))).toBe(false)
	expect(await readSafety(actor)).toMatchObject({ codes: 10, secondFactor: 'none' })
})

test('what the page of her keys says of the second step', async () => {
	const staff = await aMember({ roles: [{ role: 'moderator' }] })
	expect((await readSafety(staff)).secondFactor).toBe('due')
	await db.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.id, staff.sessionId))
	expect((await readSafety(await aMember())).secondFactor).toBe('none')
})
