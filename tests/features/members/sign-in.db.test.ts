import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members, sessions } from '~/db/schema/members'
import { signIn, signOut } from '~/features/members/account.server'
import { actorOfToken, tokenIn } from '~/features/members/session.server'
import { isKnownDevice, newVisit, visitOf } from '~/features/members/visit.server'
import { LIMITS } from '~/platform/limits.server'
import { aJoinedMember, aKnownArrival, aMember, anArrival, PASSPHRASE } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'

const right = { handle: 'Amina', passphrase: PASSPHRASE, device: 'own' }

test('handle and passphrase open a new session of their own', async () => {
	const { token: first } = await aJoinedMember()
	const { token, device } = await signIn(anArrival(), right)
	expect(device).toBe('own')
	expect(token).not.toBe(first)
	expect(await actorOfToken(token)).toMatchObject({ handle: 'Amina', device: 'own' })
	expect(await actorOfToken(first)).not.toBeNull()
})

test.each([
	['capitals in the name', { handle: 'AMINA' }, 'ok'],
	['spaces round the name', { handle: '  Amina ' }, 'ok'],
	['the passphrase in another form', { passphrase: PASSPHRASE.normalize('NFD') }, 'ok'],
	['no device: a shared one', { device: undefined }, 'ok'],
	['another passphrase', { passphrase: `${PASSPHRASE}.` }, 'invalid'],
	['another name', { handle: 'Amira' }, 'invalid'],
	['the passphrase in capitals', { passphrase: PASSPHRASE.toUpperCase() }, 'invalid'],
	['no name', { handle: '' }, 'invalid'],
	['no passphrase', { passphrase: '' }, 'invalid'],
	['an invisible name', { handle: '\u200b' }, 'invalid'],
	['a passphrase of 3,000 letters', { passphrase: 'a'.repeat(3000) }, 'invalid'],
	['the name twice', { handle: ['Amina', 'Amina'] }, 'invalid'],
])('with %s: %s', async (_what, change, code) => {
	await aJoinedMember()
	expect(await codeOf(() => signIn(anArrival(), { ...right, ...change }))).toBe(code)
})

test('a session without a word about the device is a shared one', async () => {
	await aJoinedMember()
	const { token } = await signIn(anArrival(), { ...right, device: undefined })
	expect((await actorOfToken(token))?.device).toBe('shared')
})

// SAFETY 2C 35, 43: the words and the work are the same; `npm run bench` measures the time.
test('an unknown name and a wrong passphrase get the same answer, and so do a waiting and a suspended woman', async () => {
	await aJoinedMember()
	const { actor: waiting } = await aJoinedMember({ handle: 'Olena' })
	await db.update(members).set({ status: 'suspended' }).where(eq(members.id, waiting.id))
	const answers = await Promise.all(
		['Amina', 'Olena', 'Nobody', '王秀英'].map((handle) =>
			faultsOf(() => signIn(anArrival(), { handle, passphrase: 'not the right words' })),
		),
	)
	for (const answer of answers) {
		expect(answer).toEqual({
			code: 'invalid',
			status: 422,
			fields: { passphrase: 'errors:signInWrong' },
			details: {},
		})
	}
})

// SAFETY 2C 36, X9.
test('many wrong tries slow the one who tries, not her on her own phone', async () => {
	await aJoinedMember()
	const wrong = (arrival = anArrival(7)) =>
		faultsOf(() => signIn(arrival, { ...right, passphrase: 'guess after guess' }))
	for (let n = 0; n < LIMITS['sign-in.handle'].points; n += 1) expect((await wrong()).code).toBe('invalid')
	expect(await wrong()).toMatchObject({ code: 'too-many', status: 429, details: { count: 15 } })
	// The right passphrase does not help from there either, nor does a cookie made up or made for someone else.
	expect(await codeOf(() => signIn(anArrival(7), right))).toBe('too-many')
	expect(await codeOf(() => signIn(anArrival(7, { visit: newVisit() }), right))).toBe('too-many')
	expect(await codeOf(() => signIn(aKnownArrival('Olena', 7), right))).toBe('too-many')
	// Elsewhere, and on a phone she came in with before even in the same house, she comes in.
	expect(await codeOf(() => signIn(anArrival(8), right))).toBe('ok')
	expect(await codeOf(() => signIn(aKnownArrival('Amina', 7), right))).toBe('ok')
})

test('a known phone has its own tries, and they end too', async () => {
	await aJoinedMember()
	const phone = aKnownArrival('Amina')
	const wrong = () => codeOf(() => signIn(phone, { ...right, passphrase: 'guess after guess' }))
	for (let n = 0; n < LIMITS['sign-in.handle'].points; n += 1) expect(await wrong()).toBe('invalid')
	expect(await wrong()).toBe('too-many')
})

test('mistyping a few times and then getting it right starts the count anew', async () => {
	await aJoinedMember()
	for (let round = 0; round < 3; round += 1) {
		for (let n = 0; n < 8; n += 1)
			await codeOf(() => signIn(anArrival(), { ...right, passphrase: 'not the right words' }))
		expect(await codeOf(() => signIn(anArrival(), right))).toBe('ok')
	}
})

test('a visit is known only by the name it was made for', () => {
	const visit = visitOf('amina')
	expect(visit).toMatch(/^[\w-]{22}$/)
	expect(newVisit()).toMatch(/^[\w-]{22}$/)
	expect(isKnownDevice(visit, 'amina')).toBe(true)
	expect(isKnownDevice(visit, 'olena')).toBe(false)
	expect(isKnownDevice(newVisit(), 'amina')).toBe(false)
	expect(isKnownDevice('short', 'amina')).toBe(false)
	expect(isKnownDevice(undefined, 'amina')).toBe(false)
	expect(visitOf('amina')).not.toBe(visit)
})

test('twenty women who sign in at once all come in', async () => {
	const passphraseHash = await aJoinedMember().then(async ({ actor }) => {
		const [row] = await db
			.select({ hash: members.passphraseHash })
			.from(members)
			.where(eq(members.id, actor.id))
		return row!.hash
	})
	const names = Array.from({ length: 20 }, (_, n) => `Woman ${String.fromCharCode(0x905 + n)}क`)
	for (const handle of names) await aMember({ handle, passphraseHash })
	const outcomes = await Promise.all(
		names.map((handle, n) => codeOf(() => signIn(anArrival(n), { ...right, handle }))),
	)
	expect(outcomes.every((code) => code === 'ok')).toBe(true)
})

// SAFETY 2C 37, 38.
test('only a token we gave opens anything, and a signed-out one opens nothing', async () => {
	const { actor, token } = await aJoinedMember()
	const preset = 'A'.repeat(43)
	expect(tokenIn(`mimosa=${preset}`)).toBe(preset)
	expect(await actorOfToken(preset)).toBeNull()
	await signOut(actor, {})
	expect(await actorOfToken(token)).toBeNull()
	expect(await db.$count(sessions)).toBe(0)
})

test.each([
	['nothing', null, undefined],
	['another cookie', 'other=1', undefined],
	['a short one', `mimosa=${'A'.repeat(42)}`, undefined],
	['a long one', `mimosa=${'A'.repeat(44)}`, undefined],
	['strange letters', `mimosa=${'ß'.repeat(43)}`, undefined],
	['one whose name only ends alike', `notmimosa=${'A'.repeat(43)}`, undefined],
	['the right one among others', `a=b; mimosa=${'A'.repeat(43)}; c=d`, 'A'.repeat(43)],
])('a cookie header with %s', (_what, header, token) => {
	expect(tokenIn(header)).toBe(token)
})
