import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { invitations, organisations } from '~/db/schema/members'
import { join } from '~/features/members/account.server'
import { makeInvitations } from '~/features/members/invitation-cards.server'
import { invitationChoices, listInvitations, withdrawInvitation } from '~/features/members/invitations.server'
import type { Role } from '~/platform/actor'
import { aMember, anArrival, anInvitation, anOrganisation, joining } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'

const form = (fields: Record<string, unknown> = {}) => ({
	count: '3',
	organisation: '',
	key: crypto.randomUUID(),
	...fields,
})

const aCoordinator = () => aMember({ roles: [{ role: 'coordinator' }] })
const aWorker = (organisationId: string, role: Role = 'practitioner') =>
	aMember({ roles: [{ role, organisationId }] })

test('cards: one code each, with the address to join at, for seven days, and only hashes are kept', async () => {
	const cards = await makeInvitations(await aCoordinator(), form())
	expect(cards).toHaveLength(3)
	expect(new Set(cards.map(({ code }) => code)).size).toBe(3)
	for (const { code, link, address, mark, expiresAt, qr } of cards) {
		expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
		expect(link).toBe(`http://localhost:3000/join?code=${code}`)
		expect(address).toBe('localhost:3000/join')
		expect(mark).toMatch(/^[0-9A-F]{4}$/)
		expect(Math.round((expiresAt.getTime() - Date.now()) / 86_400_000)).toBe(7)
		expect(qr.size).toBeGreaterThan(20)
	}
	const kept = JSON.stringify(await db.select().from(invitations))
	for (const { code } of cards) expect(kept).not.toContain(code.slice(0, 5))
	expect(await codeOf(() => join(anArrival(), joining({ code: cards[0]!.code })))).toBe('ok')
	expect(await codeOf(() => join(anArrival(), joining({ handle: 'Olena', code: cards[0]!.code })))).toBe(
		'invalid',
	)
})

test.each([
	['1', 'ok'],
	['20', 'ok'],
	['٥', 'ok'],
	['۱۲', 'ok'],
	[' 7 ', 'ok'],
	['0', 'invalid'],
	['21', 'invalid'],
	['-1', 'invalid'],
	['2.5', 'invalid'],
	['1e1', 'invalid'],
	['', 'invalid'],
	['many', 'invalid'],
	[['2', '3'], 'invalid'],
	[undefined, 'invalid'],
])('a count of %j: %s', async (count, outcome) => {
	expect(await codeOf(async () => makeInvitations(await aCoordinator(), form({ count })))).toBe(outcome)
})

test('the same form sent twice shows the same cards, and an hour later none', async () => {
	const ada = await aCoordinator()
	const input = form()
	const [first, second] = await Promise.all([makeInvitations(ada, input), makeInvitations(ada, input)])
	expect(second).toEqual(first)
	expect(await db.$count(invitations)).toBe(3)
	await db.update(invitations).set({ createdAt: new Date(Date.now() - 61 * 60_000) })
	expect(await faultsOf(() => makeInvitations(ada, input))).toMatchObject({
		fields: { '': 'errors:cardsShown' },
	})
	// The key of another woman's form makes other codes.
	const others = await makeInvitations(await aCoordinator(), input)
	expect(others.some(({ code }) => first.some((card) => card.code === code))).toBe(false)
})

test('a practitioner or lead invites for her organisation, and sees only what belongs to it', async () => {
	const [mine, theirs] = [await anOrganisation('Mine'), await anOrganisation('Theirs')]
	const ada = await aCoordinator()
	await makeInvitations(ada, form({ count: '1', organisation: theirs.id }))
	await makeInvitations(ada, form({ count: '1' }))
	for (const role of ['practitioner', 'lead'] as const) {
		const worker = await aWorker(mine.id, role)
		expect(await invitationChoices(worker)).toEqual({
			everywhere: false,
			organisations: [{ id: mine.id, name: 'Mine' }],
		})
		await makeInvitations(worker, form({ count: '1' }))
		const refused = await faultsOf(() => makeInvitations(worker, form({ organisation: theirs.id })))
		expect(refused).toMatchObject({ fields: { organisation: 'errors:chooseOrganisation' } })
		const { items } = await listInvitations(worker, null)
		expect(new Set(items.map(({ organisation }) => organisation))).toEqual(new Set(['Mine']))
	}
	expect((await listInvitations(ada, null)).items).toHaveLength(4)
})

test.each([[], ['mentor'], ['moderator']] as Role[][])(
	'with roles %j there are no invitations',
	async (...roles) => {
		const actor = await aMember({ roles: roles.map((role) => ({ role })) })
		const id = await makeInvitations(await aCoordinator(), form({ count: '1' })).then(async () => {
			const [row] = await db.select({ id: invitations.id }).from(invitations)
			return row!.id
		})
		expect(await codeOf(() => listInvitations(actor, null))).toBe('not-found')
		expect(await codeOf(() => invitationChoices(actor))).toBe('not-found')
		expect(await codeOf(() => makeInvitations(actor, form()))).toBe('not-found')
		expect(await codeOf(() => withdrawInvitation(actor, { invitation: id }))).toBe('not-found')
	},
)

test('one that nobody used can be withdrawn, by those who see it; a used one stays used', async () => {
	const [mine, theirs] = [await anOrganisation('Mine'), await anOrganisation('Theirs')]
	const worker = await aWorker(mine.id)
	const cards = await makeInvitations(worker, form({ count: '2' }))
	await join(anArrival(), joining({ code: cards[1]!.code }))
	const { items } = await listInvitations(worker, null)
	const open = items.find(({ state }) => state === 'open')!
	const used = items.find(({ state }) => state === 'used')!
	expect(
		await codeOf(async () => withdrawInvitation(await aWorker(theirs.id), { invitation: open.id })),
	).toBe('not-found')
	for (const invitation of [open.id, open.id, used.id]) await withdrawInvitation(worker, { invitation })
	const after = (await listInvitations(worker, null)).items
	expect(after.map(({ state }) => state).sort()).toEqual(['used', 'withdrawn'])
	expect(await codeOf(() => join(anArrival(2), joining({ handle: 'Olena', code: cards[0]!.code })))).toBe(
		'invalid',
	)
})

test('the list: newest first, a page at a time, without codes and without the one-time link', async () => {
	const ada = await aCoordinator()
	for (let n = 0; n < 43; n += 1) await anInvitation(`AAAAA-${String(n).padStart(5, '0')}`)
	await anInvitation('F1RST-00000', { role: 'coordinator' })
	await db.update(invitations).set({ createdAt: new Date('2026-01-01') })
	const first = await listInvitations(ada, null)
	expect(first.items).toHaveLength(40)
	const rest = await listInvitations(ada, first.older!)
	expect(rest.items).toHaveLength(3)
	expect(rest.older).toBeUndefined()
	expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(43)
	expect(Object.keys(first.items[0]!).sort()).toEqual([
		'createdAt',
		'expiresAt',
		'id',
		'mark',
		'organisation',
		'state',
	])
	expect((await listInvitations(ada, 'no-id')).items).toHaveLength(40)
})

test('an organisation there is not cannot be invited for', async () => {
	const refused = await faultsOf(async () =>
		makeInvitations(await aCoordinator(), form({ organisation: crypto.randomUUID() })),
	)
	expect(refused).toMatchObject({ fields: { organisation: 'errors:chooseOrganisation' } })
	expect(await db.$count(organisations)).toBe(0)
})
