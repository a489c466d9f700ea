import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog, members } from '~/db/schema/members'
import { findPerson, listWaiting } from '~/features/members/people.server'
import { readPerson } from '~/features/members/person.server'
import { giveRole, takeRole } from '~/features/members/roles.server'
import { actorOfToken, openSession } from '~/features/members/session.server'
import { approvePerson, declinePerson } from '~/features/members/standing.server'
import { restorePerson, suspendPerson } from '~/features/moderation/suspension.server'
import type { Actor } from '~/platform/actor'
import { heardOf } from '../../factories/events'
import { aMember, aMemberWithToken, anOrganisation } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'

const SPACE = '11111111-1111-4111-8111-111111111111'
const give = giveRole([SPACE])

const suspend = (actor: Actor, fields: Record<string, unknown>) =>
	suspendPerson(actor, { rule: 'insult', ...fields })

const aCoordinator = () => aMember({ handle: 'Coordinator Ada', roles: [{ role: 'coordinator' }] })
const statusOf = async (id: string) =>
	(await db.select({ status: members.status }).from(members).where(eq(members.id, id)))[0]?.status
const actionsOn = async (memberId: string) =>
	(
		await db
			.select({ action: auditLog.action })
			.from(auditLog)
			.where(eq(auditLog.memberId, memberId))
			.orderBy(auditLog.seq)
	).map(({ action }) => action)
const rolesOf = async (actor: Actor, id: string) =>
	(await readPerson(actor, id))!.roles.map(({ role }) => role)

type Act = (actor: Actor, other: Actor) => Promise<unknown>
const ACTS: [string, Act][] = [
	['see who waits', (actor) => listWaiting(actor)],
	['find someone', (actor, other) => findPerson(actor, { handle: other.handle })],
	['see someone', (actor, other) => readPerson(actor, other.id)],
	['approve', (actor, other) => approvePerson(actor, { member: other.id })],
	['decline', (actor, other) => declinePerson(actor, { member: other.id })],
	['suspend', (actor, other) => suspend(actor, { member: other.id })],
	['restore', (actor, other) => restorePerson(actor, { member: other.id })],
	['give a role', (actor, other) => give(actor, { member: other.id, role: 'moderator' })],
	['take a role', (actor, other) => takeRole(actor, { member: other.id, grant: SPACE })],
]

test.each(ACTS)('only a coordinator can %s; for everyone else there is no such thing', async (_what, act) => {
	const organisation = await anOrganisation()
	const other = await aMember({ handle: 'Olena' })
	const scope = { organisationId: organisation.id }
	for (const roles of [
		[],
		[{ role: 'mentor' as const }],
		[{ role: 'moderator' as const }],
		[{ role: 'practitioner' as const, ...scope }],
		[{ role: 'lead' as const, ...scope }],
	]) {
		expect(await codeOf(async () => act(await aMember({ roles }), other))).toBe('not-found')
	}
	expect(await codeOf(async () => act(await aCoordinator(), other))).toBe('ok')
})

test('a coordinator who has not given her second factor is none', async () => {
	const { actor } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
	const token = await openSession(db, { memberId: actor.id, device: 'own', kind: 'phone' })
	const due = (await actorOfToken(token))!
	expect(due.secondFactorDue).not.toBe('no')
	expect(await codeOf(() => listWaiting(due))).toBe('not-found')
})

test('who waits is listed, longest first, and let in: on record, told, and once', async () => {
	const ada = await aCoordinator()
	const { actor: olena, token } = await aMemberWithToken({ handle: 'Olena', status: 'waiting' })
	await aMember({ handle: 'Amina', status: 'waiting', joinedAt: new Date(Date.now() - 86_400_000) })
	await aMember({ handle: 'Rosa' })
	expect((await listWaiting(ada)).map(({ handle }) => handle)).toEqual(['Amina', 'Olena'])
	const heard = heardOf('member:changed')
	await approvePerson(ada, { member: olena.id })
	await approvePerson(ada, { member: olena.id })
	expect((await heard()).map(({ memberId }) => memberId)).toEqual([olena.id])
	expect((await actorOfToken(token))?.status).toBe('active')
	expect(await actionsOn(olena.id)).toEqual(['member.approved'])
})

test('who is declined is gone with all of it, and her open pages with her', async () => {
	const ada = await aCoordinator()
	const { actor: olena, token } = await aMemberWithToken({ handle: 'Olena', status: 'waiting' })
	const heard = heardOf('session:ended')
	await declinePerson(ada, { member: olena.id })
	await declinePerson(ada, { member: olena.id })
	expect(await actorOfToken(token)).toBeNull()
	expect(await statusOf(olena.id)).toBeUndefined()
	expect((await heard())[0]).toMatchObject({ memberId: olena.id, sessionIds: [olena.sessionId] })
	expect(await actionsOn(olena.id)).toEqual(['member.declined'])
})

test('a member cannot be declined: nobody is deleted by an old form', async () => {
	const rosa = await aMember({ handle: 'Rosa' })
	await declinePerson(await aCoordinator(), { member: rosa.id })
	expect(await statusOf(rosa.id)).toBe('active')
})

test.each([
	['her name', 'Olena', 'ok'],
	['another way to write it', ' OLENA ', 'ok'],
	['the beginning of it', 'Olen', 'invalid'],
	['a name nobody has', 'Nobody', 'invalid'],
	['nothing', '', 'invalid'],
	['a sign that finds all', '%', 'invalid'],
])('someone is found by %s: %s', async (_what, handle, outcome) => {
	const ada = await aCoordinator()
	const olena = await aMember({ handle: 'Olena' })
	expect(await codeOf(() => findPerson(ada, { handle }))).toBe(outcome)
	if (outcome === 'ok') expect(await findPerson(ada, { handle })).toBe(olena.id)
})

test('what a coordinator sees of a woman: her standing and roles, nothing else', async () => {
	const ada = await aCoordinator()
	const olena = await aMember({ handle: 'Olena', about: 'I like the sea', reads: ['uk'], hostCountry: 'IT' })
	const seen = await readPerson(ada, olena.id)
	expect(Object.keys(seen!).sort()).toEqual([
		'handle',
		'holding',
		'id',
		'joinedAt',
		'roles',
		'rules',
		'self',
		'status',
		'vouched',
		'vouches',
	])
	expect(await readPerson(ada, 'no-id')).toBeNull()
	expect(await readPerson(ada, crypto.randomUUID())).toBeNull()
})

test.each([
	['a moderator of one space', { role: 'moderator', space: SPACE }, { spaceId: SPACE, organisation: null }],
	['a moderator of all', { role: 'moderator', space: '' }, { spaceId: null, organisation: null }],
	[
		'a coordinator, whatever else is sent',
		{ role: 'coordinator', space: SPACE },
		{ spaceId: null, organisation: null },
	],
	[
		'a centre worker',
		{ role: 'practitioner', organisation: 'HERS' },
		{ spaceId: null, organisation: 'A centre' },
	],
	['a lead', { role: 'lead', organisation: 'HERS' }, { spaceId: null, organisation: 'A centre' }],
])('she is made %s, on record, once', async (_what, fields, scope) => {
	const ada = await aCoordinator()
	const centre = await anOrganisation()
	const { actor: olena, token } = await aMemberWithToken({ handle: 'Olena' })
	const input = { ...fields, member: olena.id, organisation: 'organisation' in fields ? centre.id : '' }
	await Promise.all([give(ada, input), give(ada, input)])
	expect((await readPerson(ada, olena.id))!.roles).toEqual([
		expect.objectContaining({ role: fields.role, ...scope }),
	])
	expect(await actionsOn(olena.id)).toEqual(['role.given'])
	// With more power begins another session (SAFETY 2C 38).
	expect(await actorOfToken(token)).toBeNull()
})

test.each([
	['a role nobody gives', { role: 'mentor' }, { role: 'errors:choose' }],
	['a role there is not', { role: 'admin' }, { role: 'errors:choose' }],
	[
		'a centre worker of no centre',
		{ role: 'practitioner', organisation: '' },
		{ organisation: 'errors:chooseOrganisation' },
	],
	[
		'a centre worker of an unknown centre',
		{ role: 'practitioner', organisation: crypto.randomUUID() },
		{ organisation: 'errors:chooseOrganisation' },
	],
	[
		'a moderator of an unknown space',
		{ role: 'moderator', space: crypto.randomUUID() },
		{ space: 'errors:choose' },
	],
])('she cannot be given %s', async (_what, fields, faults) => {
	const ada = await aCoordinator()
	const olena = await aMember({ handle: 'Olena' })
	expect(await faultsOf(() => give(ada, { member: olena.id, ...fields }))).toMatchObject({
		code: 'invalid',
		fields: faults,
	})
	expect(await rolesOf(ada, olena.id)).toEqual([])
})

test.each(['waiting', 'suspended'] as const)('a woman who is %s is given no role', async (status) => {
	const olena = await aMember({ status })
	expect(await codeOf(async () => give(await aCoordinator(), { member: olena.id, role: 'moderator' }))).toBe(
		'conflict',
	)
})

test('a role is taken, on record, and with it every session that had it', async () => {
	const ada = await aCoordinator()
	const { actor: olena, token } = await aMemberWithToken({ handle: 'Olena', roles: [{ role: 'moderator' }] })
	const grant = (await readPerson(ada, olena.id))!.roles[0]!.id
	const heard = heardOf('member:changed')
	expect(await codeOf(() => takeRole(ada, { member: ada.id, grant }))).toBe('ok')
	expect(await rolesOf(ada, olena.id)).toEqual(['moderator'])
	await takeRole(ada, { member: olena.id, grant })
	await takeRole(ada, { member: olena.id, grant })
	expect(await rolesOf(ada, olena.id)).toEqual([])
	expect(await actorOfToken(token)).toBeNull()
	expect((await heard()).map(({ memberId }) => memberId)).toEqual([olena.id])
	expect(await actionsOn(olena.id)).toEqual(['role.taken'])
})

test('the last coordinator stays one', async () => {
	const ada = await aCoordinator()
	const grant = (await readPerson(ada, ada.id))!.roles[0]!.id
	const alone = await faultsOf(() => takeRole(ada, { member: ada.id, grant }))
	expect(alone.fields).toEqual({ '': 'errors:lastCoordinator' })
	await aMember({ handle: 'Olena', roles: [{ role: 'coordinator' }], status: 'suspended' })
	expect(await codeOf(() => takeRole(ada, { member: ada.id, grant }))).toBe('invalid')
	await aMember({ handle: 'Rosa', roles: [{ role: 'coordinator' }] })
	expect(await codeOf(() => takeRole(ada, { member: ada.id, grant }))).toBe('ok')
})

test('two coordinators who shut each other out at the same time: one stays', async () => {
	const ada = await aCoordinator()
	const rosa = await aMember({ handle: 'Rosa', roles: [{ role: 'coordinator' }] })
	const both = [suspend(ada, { member: rosa.id }), suspend(rosa, { member: ada.id })]
	const outcomes = await Promise.all(both.map((act) => codeOf(() => act)))
	expect(outcomes.sort()).toEqual(['invalid', 'ok'])
	expect([await statusOf(ada.id), await statusOf(rosa.id)].sort()).toEqual(['active', 'suspended'])
})

test('a suspended woman is out at once, and can be let back in; nobody suspends herself', async () => {
	const ada = await aCoordinator()
	const { actor: olena, token } = await aMemberWithToken({ handle: 'Olena' })
	const heard = heardOf('session:ended')
	await suspend(ada, { member: olena.id })
	await suspend(ada, { member: olena.id })
	expect((await heard()).map(({ sessionIds }) => sessionIds)).toEqual([[olena.sessionId]])
	expect(await actorOfToken(token)).toBeNull()
	expect(await statusOf(olena.id)).toBe('suspended')
	await restorePerson(ada, { member: olena.id })
	expect(await statusOf(olena.id)).toBe('active')
	expect(await actionsOn(olena.id)).toEqual(['member.suspended', 'member.restored'])
	expect(await codeOf(() => suspend(ada, { member: ada.id }))).toBe('forbidden')
})

test.each([
	['no id', { member: undefined }],
	['a word', { member: 'Olena' }],
	['two', { member: [SPACE, SPACE] }],
])('a form with %s for whom is refused', async (_what, fields) => {
	expect(await codeOf(async () => suspend(await aCoordinator(), fields))).toBe('invalid')
})
