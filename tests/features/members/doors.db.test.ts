import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members, sessions } from '~/db/schema/members'
import { actorOfToken, giveGrant, tokenIn } from '~/features/members/session.server'
import { env } from '~/platform/env.server'
import * as invitationsRoute from '~/routes/coordination/invitations'
import * as peopleRoute from '~/routes/coordination/people'
import * as devicesRoute from '~/routes/members/devices'
import * as joinRoute from '~/routes/members/join'
import * as codesRoute from '~/routes/members/join-codes'
import * as recoverRoute from '~/routes/members/recover'
import * as safetyRoute from '~/routes/members/safety'
import * as secondRoute from '~/routes/members/second-factor'
import * as signInRoute from '~/routes/members/sign-in'
import * as signOutRoute from '~/routes/members/sign-out'
import { aJoinedMember, aMemberWithToken, joining, PASSPHRASE } from '../../factories/members'
import { type Answer, open, resultOf, send } from '../../factories/requests'

const form = joining() as Record<string, string>
const signInForm = { handle: 'Amina', passphrase: PASSPHRASE, device: 'own' }

const sessionIn = ({ cookies }: Answer) =>
	cookies.map((cookie) => tokenIn(cookie.split(';')[0])).find(Boolean)
const visitIn = ({ cookies }: Answer) => cookies.find((cookie) => cookie.startsWith('visit='))

test('the page to join on gives the browser a visit, once', async () => {
	const page = await open(joinRoute.loader, '/join')
	expect(visitIn(page)).toMatch(/^visit=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax$/)
	const cookies = [visitIn(page)!.split(';')[0]!]
	expect((await open(joinRoute.loader, '/join', { cookies })).cookies).toEqual([])
	expect((await open(joinRoute.loader, '/join', { cookies: ['visit=short'] })).cookies).toHaveLength(1)
})

test.each([
	['open', '/join', null],
	['open', '/join?code=AAAAA-AAAAA', 'AAAAA-AAAAA'],
	['code', '/join', ''],
	['code', '/join?code=AAAAA-AAAAA', 'AAAAA-AAAAA'],
	['approval', '/join', null],
] as const)('where registration is %s, %s has the code %j in its field', async (registration, path, code) => {
	env().registration = registration
	const { body } = await open(joinRoute.loader, path)
	env().registration = 'open'
	expect(body).toMatchObject({ code, needsApproval: registration === 'approval' })
})

test('joining opens a session and goes on to the codes, which stay until she has kept them', async () => {
	const joined = await send(joinRoute.action, '/join', form)
	expect(joined).toMatchObject({ status: 303, to: '/join/codes' })
	const token = sessionIn(joined)!
	expect(joined.cookies.find((cookie) => cookie.startsWith('mimosa='))).toContain(
		'HttpOnly; SameSite=Lax; Max-Age=5184000',
	)
	const page = await open(codesRoute.loader, '/join/codes', { token })
	expect((page.body as { codes: string[] }).codes).toHaveLength(10)
	const unticked = await send(codesRoute.action, '/join/codes', {}, { token })
	expect(unticked).toMatchObject({ status: 422, body: { fields: { kept: 'errors:keepCodes' } } })
	expect(await send(codesRoute.action, '/join/codes', { kept: 'yes' }, { token })).toMatchObject({
		to: '/welcome',
	})
	expect(await open(codesRoute.loader, '/join/codes', { token })).toMatchObject({
		status: 303,
		to: '/welcome',
	})
})

test('a refused form keeps what she typed, the invitation code too, and never her passphrase', async () => {
	const refused = await send(joinRoute.action, '/join', {
		...form,
		age: '',
		code: 'AAAAA-AAAAA',
		offered: 'a b c d',
	})
	expect(refused.status).toBe(422)
	expect(resultOf(refused).values).toEqual({
		handle: 'Amina',
		device: 'own',
		rules: 'yes',
		age: '',
		code: 'AAAAA-AAAAA',
		offered: 'a b c d',
	})
	expect(refused.cookies).toEqual([])
})

test('a page that is for visitors sends a member home; a page that is hers sends a visitor to sign in', async () => {
	const { token } = await aJoinedMember()
	for (const { loader } of [joinRoute, signInRoute, recoverRoute]) {
		expect((await open(loader, '/x', { token })).to).toBe('/')
	}
	for (const [{ loader }, path] of [
		[codesRoute, '/join/codes'],
		[secondRoute, '/sign-in/second'],
		[devicesRoute, '/me/devices'],
		[safetyRoute, '/me/safety'],
		[peopleRoute, '/coordination/people'],
		[invitationsRoute, '/coordination/invitations'],
	] as const) {
		expect((await open(loader, path)).to).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
	}
})

// SAFETY 2A 18.
test.each([
	['/forum', '/forum'],
	['/forum?page=2', '/forum?page=2'],
	['//evil.example', '/'],
	['https://evil.example', '/'],
	['https:evil.example', '/'],
	['/\\evil.example', '/'],
	['javascript:alert(1)', '/'],
	['', '/'],
])('after signing in, next=%s leads to %s', async (next, to) => {
	await aJoinedMember()
	expect((await send(signInRoute.action, '/sign-in', { ...signInForm, next })).to).toBe(to)
	const page = await open(signInRoute.loader, `/sign-in?next=${encodeURIComponent(next)}`)
	expect((page.body as { next?: string }).next).toBe(to === '/' ? undefined : to)
})

// SAFETY 2C 35: the answer is the same to the byte, but for the name she typed.
test('signing in says nothing about which part was wrong', async () => {
	await aJoinedMember()
	const known = await send(signInRoute.action, '/sign-in', {
		...signInForm,
		passphrase: 'not the right words',
	})
	const unknown = await send(signInRoute.action, '/sign-in', {
		...signInForm,
		handle: 'Anima',
		passphrase: 'not the right words',
	})
	const bytes = ({ status, body, cookies }: Answer) =>
		JSON.stringify({ status, body, cookies }).replaceAll(/Amina|Anima/g, '')
	expect(bytes(unknown)).toBe(bytes(known))
	expect(known).toMatchObject({ status: 422, cookies: [] })
})

test('recovering says nothing about which part was wrong', async () => {
	const { codes } = await aJoinedMember()
	const fields = { recoveryCode: codes[0]!, passphrase: 'eleven small boats at noon', device: 'own' }
	const unknown = await send(recoverRoute.action, '/recover', { ...fields, handle: 'Anima' })
	const known = await send(recoverRoute.action, '/recover', {
		...fields,
		handle: 'Amina',
		recoveryCode: 'AAAAA-AAAAA',
	})
	const bytes = ({ status, body, cookies }: Answer) =>
		JSON.stringify({ status, body, cookies }).replaceAll(/Amina|Anima/g, '')
	expect(bytes(unknown)).toBe(bytes(known))
	expect(await send(recoverRoute.action, '/recover', { ...fields, handle: 'Amina' })).toMatchObject({
		to: '/',
	})
})

// SAFETY 2C 37, 39: a preset cookie is never taken over, and two accounts never share a browser.
test('signing in gives a new token and ends what was signed in before in this browser', async () => {
	await aJoinedMember()
	const olena = await aJoinedMember({ handle: 'Olena' })
	const preset = 'A'.repeat(43)
	const first = sessionIn(await send(signInRoute.action, '/sign-in', signInForm, { token: preset }))!
	expect(first).not.toBe(preset)
	const second = sessionIn(await send(signInRoute.action, '/sign-in', signInForm, { token: olena.token }))!
	expect(await actorOfToken(olena.token)).toBeNull()
	expect(await actorOfToken(second)).toMatchObject({ handle: 'Amina' })
	expect(await actorOfToken(first)).not.toBeNull()
})

test('a visit from signing in is known afterwards, on a shared device only until the browser is closed', async () => {
	await aJoinedMember()
	const own = visitIn(await send(signInRoute.action, '/sign-in', signInForm))
	const shared = visitIn(await send(signInRoute.action, '/sign-in', { ...signInForm, device: 'shared' }))
	expect(own).toContain('Max-Age=5184000')
	expect(shared).not.toContain('Max-Age')
})

test('staff are led to the second step, and their pages do not exist before it', async () => {
	const { actor } = await aJoinedMember()
	await giveGrant(db, { memberId: actor.id, role: 'coordinator', givenBy: null })
	const entered = await send(signInRoute.action, '/sign-in', { ...signInForm, next: '/coordination/people' })
	expect(entered.to).toBe('/sign-in/second?next=%2Fcoordination%2Fpeople')
	const token = sessionIn(entered)!
	for (const { loader } of [peopleRoute, invitationsRoute])
		expect((await open(loader, '/x', { token })).status).toBe(404)
	const page = await open(secondRoute.loader, '/sign-in/second?next=/coordination/people', { token })
	expect(page.body).toMatchObject({ state: { due: 'set-up' }, fresh: true, next: '/coordination/people' })
	const refused = await send(
		secondRoute.action,
		'/sign-in/second',
		{ code: '000000', next: '/coordination/people' },
		{ token },
	)
	expect(refused).toMatchObject({
		status: 422,
		body: { fields: { code: 'errors:secondWrong' } },
		cookies: [],
	})
	expect(resultOf(refused).values).toEqual({ next: '/coordination/people' })
})

test('a member has no second step: its page leads on', async () => {
	const { token } = await aJoinedMember()
	expect((await open(secondRoute.loader, '/sign-in/second?next=/me/safety', { token })).to).toBe('/me/safety')
})

// SAFETY 2A 16.
test('signing out: only by the form; opened by hand it changes nothing', async () => {
	const { token } = await aJoinedMember()
	expect(await open(signOutRoute.loader, '/sign-out', { token })).toMatchObject({
		status: 303,
		to: '/',
		cookies: [],
	})
	expect(await actorOfToken(token)).not.toBeNull()
	const out = await send(signOutRoute.action, '/sign-out', {}, { token })
	expect(out).toMatchObject({
		status: 303,
		to: '/',
		cookies: [
			'mimosa=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
			'with=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
		],
	})
	expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"')
	expect(await actorOfToken(token)).toBeNull()
	expect(await send(signOutRoute.action, '/sign-out', {}, { token })).toMatchObject({ status: 303, to: '/' })
})

test('the devices page: one, the others, and this one, which needs no proof', async () => {
	const { actor, token } = await aJoinedMember()
	const other = sessionIn(await send(signInRoute.action, '/sign-in', signInForm))!
	await db.update(sessions).set({ freshAt: sql`now() - interval '1 hour'` })
	const asked = await send(devicesRoute.action, '/me/devices', { intent: 'others' }, { token })
	expect(asked).toMatchObject({ status: 422, body: { fields: { passphrase: 'errors:passphraseGiven' } } })
	const proved = await send(
		devicesRoute.action,
		'/me/devices',
		{ intent: 'prove', passphrase: PASSPHRASE },
		{ token },
	)
	expect(proved.to).toBe('/me/devices')
	expect(await send(devicesRoute.action, '/me/devices', { intent: 'others' }, { token })).toMatchObject({
		to: '/me/devices',
	})
	expect(await actorOfToken(other)).toBeNull()
	const here = await send(devicesRoute.action, '/me/devices', { session: actor.sessionId }, { token })
	expect(here.to).toBe('/')
	expect(await actorOfToken(token)).toBeNull()
})

test('a changed passphrase goes on with a new cookie; new codes are shown and then forgotten', async () => {
	const { token } = await aJoinedMember()
	const change = { intent: 'passphrase', passphrase: PASSPHRASE, newPassphrase: 'eleven small boats at noon' }
	const changed = await send(safetyRoute.action, '/me/safety', change, { token })
	expect(changed.to).toBe('/me/safety?changed')
	const renewed = sessionIn(changed)!
	expect(await actorOfToken(token)).toBeNull()
	const codes = await send(safetyRoute.action, '/me/safety', { intent: 'codes' }, { token: renewed })
	expect(codes.to).toBe('/join/codes?next=/me/safety')
	const kept = await send(
		codesRoute.action,
		codes.to!,
		{ kept: 'yes', next: '/me/safety' },
		{ token: renewed },
	)
	expect(kept.to).toBe('/me/safety')
	expect((await send(safetyRoute.action, '/me/safety', { intent: 'other' }, { token: renewed })).status).toBe(
		422,
	)
})

test.each(['waiting', 'suspended'] as const)(
	'a woman who is %s keeps the pages of her account',
	async (status) => {
		const { actor, token } = await aJoinedMember()
		await db.update(members).set({ status }).where(eq(members.id, actor.id))
		for (const { loader } of [codesRoute, devicesRoute, safetyRoute])
			expect((await open(loader, '/x', { token })).status).toBe(200)
		for (const { loader } of [peopleRoute, invitationsRoute])
			expect((await open(loader, '/x', { token })).status).toBe(404)
	},
)

test('the pages of coordination do not exist for a member, whatever she sends', async () => {
	const { token } = await aJoinedMember()
	for (const { loader, action } of [peopleRoute, invitationsRoute]) {
		expect((await open(loader, '/x', { token })).status).toBe(404)
		for (const intent of ['find', 'give', 'suspend', 'make', 'constructor', '']) {
			const body = {
				intent,
				handle: 'Amina',
				member: crypto.randomUUID(),
				role: 'moderator',
				count: '1',
				key: crypto.randomUUID(),
			}
			expect((await send(action, '/x', body, { token })).status).toBe(404)
		}
	}
})

test('the people page leads to one woman by her id, never by her name', async () => {
	const { token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
	const { actor: olena } = await aJoinedMember({ handle: 'Olena' })
	const found = await send(
		peopleRoute.action,
		'/coordination/people',
		{ intent: 'find', handle: 'olena' },
		{ token },
	)
	expect(found.to).toBe(`/coordination/people?member=${olena.id}#person`)
	const page = await open(peopleRoute.loader, found.to!, { token })
	expect(page.body).toMatchObject({ person: { handle: 'Olena', roles: [] }, waiting: [] })
	const given = await send(
		peopleRoute.action,
		'/x',
		{ intent: 'give', member: olena.id, role: 'moderator' },
		{ token },
	)
	expect(given.to).toBe(found.to)
})

test('invitation cards are in the answer to the form and nowhere else', async () => {
	const { token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
	const page = await open(invitationsRoute.loader, '/coordination/invitations', { token })
	const key = (page.body as { formKey: string }).formKey
	const made = await send(
		invitationsRoute.action,
		'/x',
		{ intent: 'make', count: '2', key, second: 'xx' },
		{ token },
	)
	expect(made.status).toBe(200)
	expect(made.headers.get('cache-control')).toBe('no-store')
	const { cards, second } = made.body as { cards: { code: string }[]; second?: string }
	expect(cards).toHaveLength(2)
	expect(second).toBeUndefined()
	const after = await open(invitationsRoute.loader, '/coordination/invitations', { token })
	for (const { code } of cards) expect(JSON.stringify(after.body)).not.toContain(code)
})

test.each([
	['a NUL in a field', 'handle=Am%00ina', 400],
	['another kind of body', '{"handle":"Amina"}', 422],
	['two handles', 'handle=Amina&handle=Olena&passphrase=x', 422],
	['__proto__', '__proto__=x&constructor=y', 422],
])('signing in with %s is refused', async (_what, body, status) => {
	expect((await send(signInRoute.action, '/sign-in', body)).status).toBe(status)
})
