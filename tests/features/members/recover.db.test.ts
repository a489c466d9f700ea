import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog, members } from '~/db/schema/members'
import { signIn } from '~/features/members/account.server'
import { recover } from '~/features/members/recover.server'
import { countCodes } from '~/features/members/recovery-codes.server'
import { actorOfToken } from '~/features/members/session.server'
import { LIMITS } from '~/platform/limits.server'
import { heardOf } from '../../factories/events'
import { aJoinedMember, aKnownArrival, anArrival, PASSPHRASE } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'

const NEW = 'eleven small boats at noon'
const form = (fields: Record<string, unknown>) => ({
	handle: 'Amina',
	passphrase: NEW,
	device: 'own',
	...fields,
})

test('a code sets a new passphrase, ends every session she had, and is used up', async () => {
	const { actor, token, codes } = await aJoinedMember()
	const heard = heardOf('session:ended')
	const entered = await recover(anArrival(), form({ recoveryCode: codes[3] }))
	expect(await actorOfToken(entered.token)).toMatchObject({ id: actor.id })
	expect(await actorOfToken(token)).toBeNull()
	expect(await countCodes(actor.id)).toBe(9)
	expect(await heard()).toEqual([
		expect.objectContaining({ memberId: actor.id, sessionIds: [actor.sessionId] }),
	])
	expect(await codeOf(() => signIn(anArrival(), form({ passphrase: PASSPHRASE })))).toBe('invalid')
	expect(await codeOf(() => signIn(anArrival(), form({})))).toBe('ok')
	const [row] = await db.select().from(auditLog).where(eq(auditLog.memberId, actor.id)).orderBy(auditLog.seq)
	expect(row).toMatchObject({ action: 'account.recovered', actorId: null })
})

test('a code is read as it is written on paper', async () => {
	const { codes } = await aJoinedMember()
	const written = ` ${codes[0]!.toLowerCase().replace('-', '  ').replaceAll('0', 'o').replaceAll('1', 'l')} `
	expect(await codeOf(() => recover(anArrival(), form({ recoveryCode: written })))).toBe('ok')
})

// SAFETY 2C 35, 40: one answer for all of them.
test.each([
	['a used code', 'Amina', 'used'],
	['a code of another woman', 'Amina', 'hers'],
	['a code nobody has', 'Amina', 'AAAAA-AAAAA'],
	['an unknown name', 'Nobody', 'left'],
	['a code of signs only', 'Amina', '-- --'],
])('%s changes nothing and says nothing', async (_what, handle, which) => {
	const { codes } = await aJoinedMember()
	const other = await aJoinedMember({ handle: 'Olena' })
	await recover(anArrival(2), form({ recoveryCode: codes[0], passphrase: PASSPHRASE }))
	const code = { used: codes[0], hers: other.codes[0], left: codes[1] }[which] ?? which
	expect(await faultsOf(() => recover(anArrival(), form({ handle, recoveryCode: code })))).toEqual({
		code: 'invalid',
		status: 422,
		fields: { recoveryCode: 'errors:recoverWrong' },
		details: {},
	})
	expect(await codeOf(() => signIn(anArrival(3), form({ passphrase: PASSPHRASE })))).toBe('ok')
})

test('a new passphrase that is too short or too common does not use the code up', async () => {
	const { actor, codes } = await aJoinedMember()
	for (const passphrase of ['short', 'lalalalalala', '']) {
		const refused = await faultsOf(() => recover(anArrival(), form({ recoveryCode: codes[0], passphrase })))
		expect(Object.keys(refused.fields ?? {})).toEqual(['passphrase'])
	}
	expect(await countCodes(actor.id)).toBe(10)
	expect(await codeOf(() => recover(anArrival(), form({ recoveryCode: codes[0] })))).toBe('ok')
})

test('of four who use one code at once, one comes in', async () => {
	const { codes } = await aJoinedMember()
	const tries = Array.from({ length: 4 }, () =>
		codeOf(() => recover(anArrival(), form({ recoveryCode: codes[0] }))),
	)
	expect((await Promise.all(tries)).sort()).toEqual(['invalid', 'invalid', 'invalid', 'ok'])
})

test('five tries an hour; she comes in all the same on a phone she used before', async () => {
	const { codes } = await aJoinedMember()
	const wrong = () => faultsOf(() => recover(anArrival(), form({ recoveryCode: 'AAAAA-AAAAA' })))
	expect(LIMITS['recover.handle'].points).toBe(5)
	for (let n = 0; n < 5; n += 1) expect((await wrong()).code).toBe('invalid')
	expect(await wrong()).toMatchObject({ code: 'too-many', status: 429, details: { count: 60 } })
	expect(await codeOf(() => recover(anArrival(), form({ recoveryCode: codes[0] })))).toBe('too-many')
	expect(await codeOf(() => recover(aKnownArrival('Amina'), form({ recoveryCode: codes[0] })))).toBe('ok')
})

test('a waiting or suspended woman gets back to her account, not further', async () => {
	const { actor, codes } = await aJoinedMember()
	await db.update(members).set({ status: 'suspended' }).where(eq(members.id, actor.id))
	const { token } = await recover(anArrival(), form({ recoveryCode: codes[0] }))
	expect((await actorOfToken(token))?.status).toBe('suspended')
})
