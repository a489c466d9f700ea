import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog, grants, members } from '~/db/schema/members'
import { recoveries } from '~/db/schema/recovering'
import { blocks, notices, organisationMembers } from '~/db/schema/ties'
import { signIn } from '~/features/members/account.server'
import { accountBelongings } from '~/features/members/belongings.server'
import { leaveOrganisation } from '~/features/members/organisations.server'
import { recover } from '~/features/members/recover.server'
import * as staff from '~/features/members/recoveries.server'
import { countCodes, readNewCodes } from '~/features/members/recovery-codes.server'
import { giveRole } from '~/features/members/roles.server'
import { stopRecovery } from '~/features/members/running-recovery.server'
import { actorOfToken, giveGrant } from '~/features/members/session.server'
import type { Actor, Role } from '~/platform/actor'
import { LIMITS } from '~/platform/limits.server'
import { loader as rootLoader } from '~/root'
import * as staffRoute from '~/routes/coordination/recoveries'
import * as recoverRoute from '~/routes/members/recover'
import * as stopRoute from '~/routes/members/stop-recovery'
import {
	aJoinedMember,
	aMember,
	aMemberWithToken,
	anArrival,
	anInvitation,
	anOrganisation,
	PASSPHRASE,
} from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open, resultOf, send } from '../../factories/requests'

const NEW = 'eleven small boats at noon'

const aColleague = (organisationId: string, role: Role = 'practitioner') =>
	aMember({ roles: [{ role, organisationId }] })

/** A centre with two who work there, and Amina, who came by its code. */
async function aCentre() {
	const centre = await anOrganisation('Casa')
	const code = await anInvitation('CENTR-AMINA', { organisationId: centre.id })
	const amina = await aJoinedMember({ handle: 'Amina', code })
	return { centre, amina, one: await aColleague(centre.id), two: await aColleague(centre.id, 'lead') }
}
type Centre = Awaited<ReturnType<typeof aCentre>>

const theRow = async () => (await db.select().from(recoveries))[0]!
const stateFor = async (actor: Actor) => (await staff.listRecoveries(actor))[0]?.state
const move = (hours: number) =>
	db.execute(sql`update recoveries set started_at = started_at - make_interval(hours => ${hours}),
		confirmed_at = confirmed_at - make_interval(hours => ${hours}), handed_at = handed_at - make_interval(hours => ${hours})`)

async function begun({ one }: Centre) {
	await staff.startRecovery(one, { handle: 'Amina' })
	return { recovery: (await theRow()).id }
}
async function confirmed(house: Centre) {
	const form = await begun(house)
	await staff.confirmRecovery(house.two, form)
	return form
}
async function ready(house: Centre) {
	const form = await confirmed(house)
	await move(25)
	return form
}
async function handed(house: Centre) {
	const form = await ready(house)
	return { ...form, code: (await staff.handOutCode(house.one, form)).code }
}
const comeIn = (code: string, number = 1) =>
	recover(anArrival(number), { handle: 'Amina', recoveryCode: code, passphrase: NEW, device: 'own' })
const onRecord = async (memberId: string) =>
	(await db.select().from(auditLog).where(eq(auditLog.memberId, memberId)).orderBy(auditLog.seq)).map(
		({ action }) => action,
	)

test('two of her centre, a day, and a code: she sets a new passphrase and gets new codes', async () => {
	const house = await aCentre()
	const { amina, one, two } = house
	const form = await begun(house)
	expect(await stateFor(one)).toBe('started')
	await staff.confirmRecovery(two, form)
	expect(await stateFor(two)).toBe('wait')
	await move(25)
	expect(await stateFor(one)).toBe('ready')
	const card = await staff.handOutCode(two, form)
	expect(card).toMatchObject({ address: 'localhost:3000/recover' })
	expect(card.code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
	expect(JSON.stringify(card)).not.toContain('Amina')
	expect(await stateFor(one)).toBe('handed')
	const entered = await comeIn(card.code)
	expect(entered.newCodes).toBe(true)
	expect(await actorOfToken(amina.token)).toBeNull()
	expect(await actorOfToken(entered.token)).toMatchObject({ id: amina.actor.id, recovery: null })
	expect(await codeOf(() => signIn(anArrival(), { handle: 'Amina', passphrase: NEW }))).toBe('ok')
	expect(await stateFor(one)).toBe('over')
	// Who has her old codes is not known: ten new ones wait to be kept.
	const codes = await readNewCodes(amina.actor.id)
	expect(codes).toHaveLength(10)
	expect(codes.some((code) => amina.codes.includes(code))).toBe(false)
	expect(await countCodes(amina.actor.id)).toBe(10)
	expect(await codeOf(() => comeIn(card.code, 2))).toBe('invalid')
	expect(await onRecord(amina.actor.id)).toEqual([
		'recovery.started',
		'recovery.confirmed',
		'recovery.handedOut',
		'account.recovered',
	])
})

describe('beginning', () => {
	const others: [string, string, (house: Centre) => Promise<unknown>][] = [
		['an unknown name', 'Nobody', async () => undefined],
		['a woman of no centre', 'Olena', async () => aMember({ handle: 'Olena' })],
		[
			'a woman of another centre',
			'Olena',
			async () => {
				const other = await anOrganisation('Other')
				await joins(await aMember({ handle: 'Olena' }), other.id)
			},
		],
		[
			'a woman who has left the centre',
			'Amina',
			async ({ amina, centre }) => leaveOrganisation(amina.actor, { organisation: centre.id }),
		],
		...(['moderator', 'practitioner', 'lead', 'coordinator'] as const).map(
			(role): [string, string, (house: Centre) => Promise<unknown>] => [
				`a ${role}`,
				'Amina',
				async ({ amina, centre }) =>
					giveGrant(db, { memberId: amina.actor.id, role, givenBy: null, organisationId: centre.id }),
			],
		),
		[
			'herself',
			'Zoe',
			async ({ one, centre }) => {
				await db.update(members).set({ handle: 'Zoe', skeleton: 'zoe' }).where(eq(members.id, one.id))
				await db.update(grants).set({ role: 'mentor' }).where(eq(grants.memberId, one.id))
				await joins(one, centre.id)
			},
		],
		[
			'one that another centre of hers began',
			'Amina',
			async ({ amina }) => {
				const other = await anOrganisation('Other')
				await joins(amina.actor, other.id)
				await staff.startRecovery(await aColleague(other.id), { handle: 'Amina' })
			},
		],
		[
			'a deleted account',
			'Amina',
			async ({ amina }) => db.delete(members).where(eq(members.id, amina.actor.id)),
		],
	]
	const joins = (actor: Actor, organisationId: string) =>
		db.insert(organisationMembers).values({ organisationId, memberId: actor.id })

	test.each(others)('%s: one answer, which tells nothing', async (_who, handle, prepare) => {
		const house = await aCentre()
		await prepare(house)
		const before = await db.$count(recoveries)
		expect(await faultsOf(() => staff.startRecovery(house.one, { handle }))).toEqual({
			code: 'invalid',
			status: 422,
			fields: { handle: 'errors:recoveryNobody' },
			details: {},
		})
		expect(await db.$count(recoveries)).toBe(before)
	})

	test.each([
		[
			'a mentor of the centre',
			async ({ amina }: Centre) => giveGrant(db, { memberId: amina.actor.id, role: 'mentor', givenBy: null }),
		],
		[
			'one whose role was taken',
			async ({ amina }: Centre) =>
				db.insert(grants).values({ memberId: amina.actor.id, role: 'moderator', endedAt: new Date() }),
		],
		[
			'a suspended woman',
			async ({ amina }: Centre) =>
				db.update(members).set({ status: 'suspended' }).where(eq(members.id, amina.actor.id)),
		],
		[
			'one who blocks the two',
			async ({ amina, one, two }: Centre) =>
				db.insert(blocks).values([one, two].map(({ id }) => ({ blockerId: amina.actor.id, blockedId: id }))),
		],
		[
			'one whom the two block',
			async ({ amina, one, two }: Centre) =>
				db.insert(blocks).values([one, two].map(({ id }) => ({ blockerId: id, blockedId: amina.actor.id }))),
		],
	])('%s is helped', async (_who, prepare) => {
		const house = await aCentre()
		await prepare(house)
		const { code } = await handed(house)
		expect(await codeOf(() => comeIn(code))).toBe('ok')
	})

	test('the same name twice, and three at once, is one', async () => {
		const { one, two, amina } = await aCentre()
		const all = [one, two, one].map((who) => codeOf(() => staff.startRecovery(who, { handle: ' amina ' })))
		expect(await Promise.all(all)).toEqual(['ok', 'ok', 'ok'])
		expect(await db.$count(recoveries)).toBe(1)
		expect(await onRecord(amina.actor.id)).toEqual(['recovery.started'])
	})

	test('it is counted, and asks for the passphrase when that is long ago', async () => {
		const { centre } = await aCentre()
		const one = await aColleague(centre.id)
		await db.execute(sql`update sessions set fresh_at = now() - interval '11 minutes'`)
		const asked = await faultsOf(() => staff.startRecovery(one, { handle: 'Amina' }))
		expect(asked.fields).toHaveProperty('passphrase')
		expect(await codeOf(() => staff.confirmRecovery(one, { recovery: crypto.randomUUID() }))).toBe('invalid')
		expect(await codeOf(() => staff.handOutCode(one, { recovery: crypto.randomUUID() }))).toBe('invalid')
		await db.execute(sql`update sessions set fresh_at = now()`)
		for (let n = 0; n < LIMITS['recovery.start'].points; n += 1)
			await codeOf(() => staff.startRecovery(one, { handle: 'Nobody' }))
		expect(await codeOf(() => staff.startRecovery(one, { handle: 'Amina' }))).toBe('too-many')
	})
})

/** Everyone who could try, for the tables below. */
const people = {
	first: async ({ one }: Centre) => one,
	second: async ({ two }: Centre) => two,
	'a third of the centre': async ({ centre }: Centre) => aColleague(centre.id),
	'a coordinator of it': async ({ centre }: Centre) => aColleague(centre.id, 'coordinator'),
	'a coordinator of all': async () => aMember({ roles: [{ role: 'coordinator' }] }),
	'staff of another centre': async () => aColleague((await anOrganisation('Other')).id),
	'a moderator': async () => aMember({ roles: [{ role: 'moderator' }] }),
	'a mentor': async () => aMember({ roles: [{ role: 'mentor' }] }),
	'a member': async () => aMember(),
	herself: async ({ amina }: Centre) => amina.actor,
}
type Who = keyof typeof people

const everyone = (outcomes: Record<Who, string>) => Object.entries(outcomes) as [Who, string][]

const outside = {
	'staff of another centre': 'not-found',
	'a moderator': 'not-found',
	'a mentor': 'not-found',
	'a member': 'not-found',
	herself: 'not-found',
} as const

describe('who may', () => {
	test.each(
		everyone({
			first: 'forbidden',
			second: 'ok',
			'a third of the centre': 'ok',
			'a coordinator of it': 'ok',
			'a coordinator of all': 'ok',
			...outside,
		}),
	)('confirm, %s: %s', async (who, outcome) => {
		const house = await aCentre()
		const form = await begun(house)
		const actor = await people[who](house)
		expect(await codeOf(() => staff.confirmRecovery(actor, form))).toBe(outcome)
		expect((await theRow()).confirmedBy).toBe(outcome === 'ok' ? actor.id : null)
	})

	test('confirm what a coordinator of all began: someone of the woman’s own centre, not another such coordinator', async () => {
		const house = await aCentre()
		const form = await begun({ ...house, one: await people['a coordinator of all']() })
		const another = await people['a coordinator of all']()
		expect(await codeOf(() => staff.confirmRecovery(another, form))).toBe('forbidden')
		expect((await theRow()).confirmedBy).toBeNull()
		expect(await codeOf(() => staff.confirmRecovery(house.two, form))).toBe('ok')
	})

	test.each(
		everyone({
			first: 'ok',
			second: 'ok',
			'a third of the centre': 'forbidden',
			'a coordinator of it': 'forbidden',
			'a coordinator of all': 'forbidden',
			...outside,
		}),
	)('hand out the code, %s: %s', async (who, outcome) => {
		const house = await aCentre()
		const form = await ready(house)
		const actor = await people[who](house)
		expect(await codeOf(() => staff.handOutCode(actor, form))).toBe(outcome)
		expect((await theRow()).handedAt !== null).toBe(outcome === 'ok')
	})

	test.each(
		everyone({
			first: 'ok',
			second: 'ok',
			'a third of the centre': 'ok',
			'a coordinator of it': 'ok',
			'a coordinator of all': 'ok',
			...outside,
		}),
	)('take it back and read the list, %s: %s', async (who, outcome) => {
		const house = await aCentre()
		const form = await begun(house)
		const actor = await people[who](house)
		const seen = await codeOf(async () => {
			if ((await staff.listRecoveries(actor)).length === 0) await staff.takeBackRecovery(actor, form)
		})
		expect(seen).toBe(outcome)
		expect(await codeOf(() => staff.takeBackRecovery(actor, form))).toBe(outcome)
		expect((await theRow()).stoppedAt !== null).toBe(outcome === 'ok')
	})

	test('without the second step they are nobody here', async () => {
		const house = await aCentre()
		const { token } = await aMemberWithToken({ roles: [{ role: 'lead', organisationId: house.centre.id }] })
		await db.execute(sql`update sessions set second_factor_at = null`)
		const actor = (await actorOfToken(token))!
		expect(await codeOf(() => staff.startRecovery(actor, { handle: 'Amina' }))).toBe('not-found')
		expect(await codeOf(() => staff.listRecoveries(actor))).toBe('not-found')
	})
})

describe('the day of waiting', () => {
	test.each([
		['begun only', 'conflict', 0, begun],
		['begun only, a day later', 'conflict', 25, begun],
		['confirmed just now', 'conflict', 0, confirmed],
		['confirmed 23 hours ago', 'conflict', 23, confirmed],
		['confirmed 25 hours ago', 'ok', 25, confirmed],
		['confirmed six days ago', 'ok', 6 * 24, confirmed],
		['confirmed and forgotten for a week', 'conflict', 7 * 24 + 1, confirmed],
	] as const)('%s: %s', async (_what, outcome, hours, prepare) => {
		const house = await aCentre()
		const form = await prepare(house)
		await move(hours)
		expect(await codeOf(() => staff.handOutCode(house.one, form))).toBe(outcome)
	})

	test('confirming twice counts once, and by one person', async () => {
		const house = await aCentre()
		const form = await begun(house)
		const third = await aColleague(house.centre.id)
		const both = [house.two, third].map((who) => codeOf(() => staff.confirmRecovery(who, form)))
		expect((await Promise.all(both)).sort()).toEqual(['conflict', 'ok'])
		const { confirmedAt, confirmedBy } = await theRow()
		const second = confirmedBy === third.id ? third : house.two
		expect(await codeOf(() => staff.confirmRecovery(second, form))).toBe('ok')
		expect((await theRow()).confirmedAt).toEqual(confirmedAt)
		expect(await onRecord(house.amina.actor.id)).toEqual(['recovery.started', 'recovery.confirmed'])
	})

	test.each([
		[
			'has lost her role',
			({ one }: Centre) => db.update(grants).set({ endedAt: new Date() }).where(eq(grants.memberId, one.id)),
		],
		[
			'is suspended',
			({ one }: Centre) => db.update(members).set({ status: 'suspended' }).where(eq(members.id, one.id)),
		],
		['has left', ({ one }: Centre) => db.delete(members).where(eq(members.id, one.id))],
	])('nobody confirms what was begun by who %s', async (_what, prepare) => {
		const house = await aCentre()
		const form = await begun(house)
		await prepare(house)
		expect(await codeOf(() => staff.confirmRecovery(house.two, form))).toBe('conflict')
	})

	test('a forgotten one makes room for another', async () => {
		const house = await aCentre()
		const old = await begun(house)
		await move(7 * 24 + 1)
		expect(await stateFor(house.one)).toBe('over')
		expect((await actorOfToken(house.amina.token))!.recovery).toBeNull()
		expect(await codeOf(() => staff.confirmRecovery(house.two, old))).toBe('conflict')
		await staff.startRecovery(house.two, { handle: 'Amina' })
		expect(await stateFor(house.one)).toBe('started')
		expect(await db.$count(recoveries)).toBe(2)
	})
})

describe('the code', () => {
	test('works for a day', async () => {
		const { code } = await handed(await aCentre())
		await move(25)
		expect(await faultsOf(() => comeIn(code))).toMatchObject({
			fields: { recoveryCode: 'errors:recoverWrong' },
		})
	})

	test('is of one woman and of one recovery', async () => {
		const house = await aCentre()
		const olena = await aJoinedMember({ handle: 'Olena' })
		const { code } = await handed(house)
		const asOlena = { handle: 'Olena', recoveryCode: code, passphrase: NEW, device: 'own' }
		expect(await codeOf(() => recover(anArrival(), asOlena))).toBe('invalid')
		expect(await countCodes(olena.actor.id)).toBe(10)
		expect(await codeOf(() => comeIn(code.toLowerCase().replace('-', ' ')))).toBe('ok')
		const next = await aCentreAgain(house)
		expect(next.code).not.toBe(code)
	})

	const aCentreAgain = async (house: Centre) => {
		await staff.startRecovery(house.one, { handle: 'Amina' })
		const [row] = await db.select().from(recoveries).where(sql`stopped_at is null`)
		await staff.confirmRecovery(house.two, { recovery: row!.id })
		await move(25)
		return staff.handOutCode(house.one, { recovery: row!.id })
	}

	test('her own codes still work, and then the one of the centre does not', async () => {
		const house = await aCentre()
		const { code } = await handed(house)
		expect((await comeIn(house.amina.codes[0]!)).newCodes).toBe(false)
		expect(await codeOf(() => comeIn(code, 2))).toBe('invalid')
	})

	test('the same form shows the same card again for some minutes, then nothing', async () => {
		const house = await aCentre()
		const { code, ...form } = await handed(house)
		expect((await staff.handOutCode(house.one, form)).code).toBe(code)
		await db.execute(sql`update recoveries set handed_at = handed_at - interval '11 minutes'`)
		expect(await codeOf(() => staff.handOutCode(house.one, form))).toBe('conflict')
		expect(
			(await onRecord(house.amina.actor.id)).filter((action) => action === 'recovery.handedOut'),
		).toHaveLength(1)
	})

	test('of four who use it at once, one comes in', async () => {
		const { code } = await handed(await aCentre())
		const tries = Array.from({ length: 4 }, (_, n) => codeOf(() => comeIn(code, n)))
		expect((await Promise.all(tries)).sort()).toEqual(['invalid', 'invalid', 'invalid', 'ok'])
	})

	test('while it works nobody begins another', async () => {
		const house = await aCentre()
		await handed(house)
		await staff.startRecovery(house.one, { handle: 'Amina' })
		expect(await db.$count(recoveries)).toBe(1)
	})

	test.each(['stopped', 'taken back'])('%s, it is worth nothing', async (how) => {
		const house = await aCentre()
		const { code, ...form } = await handed(house)
		if (how === 'stopped') await stopRecovery(house.amina.actor, {})
		else await staff.takeBackRecovery(house.two, form)
		expect(await codeOf(() => comeIn(code))).toBe('invalid')
		expect(await codeOf(() => staff.handOutCode(house.one, form))).toBe('conflict')
	})
})

describe('she', () => {
	test.each([
		['begun', begun],
		['confirmed', confirmed],
		['ready', ready],
		['handed', handed],
	])('can stop it when it is %s, and that ends nothing else', async (_state, prepare) => {
		const house = await aCentre()
		const form = await prepare(house)
		const { token, actor } = house.amina
		expect((await actorOfToken(token))!.recovery).toBe('Casa')
		const stopped = await send(stopRoute.action, '/me/recovery', {}, { token })
		expect(stopped).toMatchObject({ status: 303, to: '/me/safety?stopped' })
		expect(await actorOfToken(token)).toMatchObject({ id: actor.id, recovery: null })
		expect(await codeOf(() => signIn(anArrival(), { handle: 'Amina', passphrase: PASSPHRASE }))).toBe('ok')
		expect(await countCodes(actor.id)).toBe(10)
		expect(await codeOf(() => staff.confirmRecovery(house.two, form))).toMatch(/conflict|ok/)
		expect(await codeOf(() => staff.handOutCode(house.one, form))).toBe('conflict')
		expect((await onRecord(actor.id)).filter((action) => action === 'recovery.stopped')).toHaveLength(1)
		await send(stopRoute.action, '/me/recovery', {}, { token })
		expect((await onRecord(actor.id)).filter((action) => action === 'recovery.stopped')).toHaveLength(1)
	})

	test('reads it on every page of every session of hers, also suspended, and nobody else does', async () => {
		const house = await aCentre()
		await confirmed(house)
		const other = await signIn(anArrival(3), { handle: 'Amina', passphrase: PASSPHRASE, device: 'own' })
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, house.amina.actor.id))
		const shown = async (token: string) =>
			(await open(rootLoader as never, '/help', { token })).body as { recovery?: string }
		for (const token of [house.amina.token, other.token])
			expect(await shown(token)).toHaveProperty('recovery', 'Casa')
		const { token } = await aMemberWithToken()
		expect((await shown(token)).recovery).toBeUndefined()
		expect((await send(stopRoute.action, '/me/recovery', {}, { token: other.token })).status).toBe(303)
		expect((await shown(house.amina.token)).recovery).toBeUndefined()
	})

	test('is told once when the day begins', async () => {
		const house = await aCentre()
		await begun(house)
		expect(await db.$count(notices)).toBe(0)
		await staff.confirmRecovery(house.two, { recovery: (await theRow()).id })
		expect(await db.select().from(notices)).toMatchObject([
			{ memberId: house.amina.actor.id, kind: 'account.recovery', times: 1 },
		])
	})

	test('who leaves the centre or gets a role is no longer opened by it', async () => {
		const house = await aCentre()
		const first = await begun(house)
		await leaveOrganisation(house.amina.actor, { organisation: house.centre.id })
		expect((await theRow()).stoppedAt).not.toBeNull()
		expect(await codeOf(() => staff.confirmRecovery(house.two, first))).toBe('not-found')
		await db.delete(recoveries)
		await db
			.insert(organisationMembers)
			.values({ organisationId: house.centre.id, memberId: house.amina.actor.id })
		const { code, ...form } = await handed(house)
		const coordinator = await aMember({ roles: [{ role: 'coordinator' }] })
		await giveRole([])(coordinator, { member: house.amina.actor.id, role: 'moderator' })
		expect(await codeOf(() => comeIn(code))).toBe('invalid')
		expect(await codeOf(() => staff.takeBackRecovery(house.one, form))).toBe('not-found')
	})

	test.each([0, 1, 2, 3, 4, 5])(
		'of stopping and handing out at the same moment, stopping wins (%i)',
		async (n) => {
			const house = await aCentre()
			const form = await ready(house)
			const hand = () => staff.handOutCode(house.one, form)
			const stop = () => stopRecovery(house.amina.actor, {}).then(() => undefined)
			const acts = n % 2 ? [stop, hand] : [hand, stop]
			const done = await Promise.allSettled(acts.map((act) => act()))
			const codes = done.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value.code] : []))
			expect((await theRow()).stoppedAt).not.toBeNull()
			for (const code of codes) expect(await codeOf(() => comeIn(code, n))).toBe('invalid')
			expect(await actorOfToken(house.amina.token)).toMatchObject({ recovery: null })
		},
	)

	test('reads in her copy how far it went and what is on record', async () => {
		const { amina } = await aCentre().then(async (house) => {
			await handed(house)
			return house
		})
		const parts = JSON.stringify(await accountBelongings.collect(db, amina.actor.id))
		for (const fact of [
			'"openedAgainBy":"Casa"',
			'recovery.started',
			'recovery.confirmed',
			'recovery.handedOut',
		])
			expect(parts).toContain(fact)
	})

	test('when her account goes, nothing of it is left', async () => {
		const house = await aCentre()
		const form = await ready(house)
		await db.delete(members).where(eq(members.id, house.amina.actor.id))
		expect(await codeOf(() => staff.handOutCode(house.one, form))).toBe('not-found')
		expect(await db.$count(recoveries)).toBe(0)
	})
})

describe('through the pages', () => {
	const aStaff = (organisationId: string) =>
		aMemberWithToken({ roles: [{ role: 'practitioner', organisationId }] })

	test('begun, confirmed, handed out, used', async () => {
		const house = await aCentre()
		const [one, two] = [await aStaff(house.centre.id), await aStaff(house.centre.id)]
		const post = (fields: Record<string, string>, { token }: { token: string }) =>
			send(staffRoute.action, '/coordination/recoveries', fields, { token })
		const begin = await post({ intent: 'start', handle: 'Amina' }, one)
		expect(begin).toMatchObject({ status: 303, to: '/coordination/recoveries' })
		const page = (await open(staffRoute.loader, '/coordination/recoveries', { token: two.token })).body
		const { rows } = page as { rows: staff.RecoveryRow[] }
		expect(rows).toMatchObject([{ handle: 'Amina', organisation: 'Casa', state: 'started', part: null }])
		const recovery = rows[0]!.id
		expect((await post({ intent: 'confirm', recovery }, one)).status).toBe(403)
		expect((await post({ intent: 'confirm', recovery }, two)).status).toBe(303)
		expect((await post({ intent: 'hand', recovery }, two)).status).toBe(409)
		await move(25)
		const answer = await post({ intent: 'hand', recovery, second: 'ar' }, two)
		expect(answer.headers.get('cache-control')).toBe('no-store')
		const { card, second } = answer.body as { card: staff.RecoveryCard; second: string }
		expect(second).toBe('ar')
		const back = await send(recoverRoute.action, '/recover', {
			handle: 'Amina',
			recoveryCode: card.code,
			passphrase: NEW,
		})
		expect(back).toMatchObject({ status: 303, to: '/join/codes?next=/' })
		expect((await post({ intent: 'strange' }, one)).status).toBe(404)
	})

	test('a refused name stays in the form, her passphrase does not', async () => {
		const { centre } = await aCentre()
		const { token } = await aStaff(centre.id)
		const fields = { intent: 'start', handle: 'Nobody', passphrase: 'secret words here' }
		const refused = await send(staffRoute.action, '/coordination/recoveries', fields, { token })
		expect(refused.status).toBe(422)
		expect(resultOf(refused).values).toEqual({ intent: 'start', handle: 'Nobody' })
	})

	test('members find no page', async () => {
		const { token } = await aMemberWithToken()
		expect((await open(staffRoute.loader, '/coordination/recoveries', { token })).status).toBe(404)
		expect(await send(stopRoute.action, '/me/recovery', {})).toMatchObject({ status: 401 })
	})
})
