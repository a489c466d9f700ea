import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { moderatorDuties } from '~/db/schema/casework'
import { moderatorShifts } from '~/db/schema/house-rules'
import { auditLog, grants, members } from '~/db/schema/members'
import { takeRole } from '~/features/members/roles.server'
import { rotaBelongings } from '~/features/moderation/rota/belongings.server'
import { RotaPage } from '~/features/moderation/rota/components/rota-page'
import { ShiftNow } from '~/features/moderation/rota/components/shift-now'
import { addShift, ownShiftNow, readRota, removeShift } from '~/features/moderation/rota/rota.server'
import { clockAt } from '~/platform/i18n/format-clock'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as coordinationRoute from '~/routes/coordination/rota'
import * as moderationRoute from '~/routes/moderation/rota'
import { aMember, aMemberWithToken } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'

const aModerator = (handle: string, fields: Parameters<typeof aMember>[0] = {}) =>
	aMember({ handle, roles: [{ role: 'moderator' }], ...fields })
const aCoordinator = () => aMember({ handle: 'Ada', roles: [{ role: 'coordinator' }] })
const shift = (fields: Record<string, unknown> = {}) => ({
	weekday: '1',
	from: '22:00',
	to: '08:00',
	languages: ['ti', 'en'],
	...fields,
})
const shiftsOf = (id: string) => db.select().from(moderatorShifts).where(eq(moderatorShifts.memberId, id))

test('a moderator adds her own time, once, on record, and takes it away again', async () => {
	const amina = await aModerator('Amina')
	await addShift('moderator')(amina, shift())
	await addShift('moderator')(amina, shift())
	const [added] = await shiftsOf(amina.id)
	expect(await shiftsOf(amina.id)).toMatchObject([
		{ weekday: 1, fromMinute: 1320, toMinute: 480, languages: ['ti', 'en'], madeBy: amina.id },
	])
	await removeShift('moderator')(amina, { shift: added!.id })
	await removeShift('moderator')(amina, { shift: added!.id })
	expect(await shiftsOf(amina.id)).toEqual([])
	const entries = await db
		.select()
		.from(auditLog)
		.where(eq(auditLog.memberId, amina.id))
		.orderBy(auditLog.seq)
	expect(entries.map(({ action }) => action)).toEqual(['shift.added', 'shift.removed'])
})

test('the week shows who is there, the gaps of each language, and what is hers to take away', async () => {
	const [amina, olena, ada] = [await aModerator('Amina'), await aModerator('Olena'), await aCoordinator()]
	for (const weekday of ['1', '2', '3', '4', '5', '6', '7'])
		await addShift('moderator')(amina, shift({ weekday, from: '08:00', to: '22:00', languages: 'ti' }))
	await addShift('moderator')(olena, shift({ languages: 'uk' }))
	const hers = await readRota(amina, 'moderator')
	expect(hers.shifts).toHaveLength(8)
	expect(hers.shifts.filter(({ removable }) => removable)).toHaveLength(7)
	expect(hers.choices).toEqual([{ id: amina.id, handle: 'Amina', own: true }])
	expect(hers.gaps).toMatchObject([
		{
			language: 'ti',
			nobody: false,
			times: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 1320, minutes: 600 }],
		},
		{ language: 'uk', nobody: false },
	])
	const all = await readRota(ada, 'coordinator')
	expect(all.shifts.every(({ removable }) => removable)).toBe(true)
	expect(all.choices.map(({ handle }) => handle)).toEqual(['Amina', 'Olena'])
})

test('a language that three members read is among the gaps, one that two read is not', async () => {
	const ada = await aCoordinator()
	for (const reads of [['fa', 'so'], ['fa', 'so'], ['fa']]) await aMember({ reads })
	expect((await readRota(ada, 'coordinator')).gaps).toEqual([{ language: 'fa', nobody: true, times: [] }])
})

test('a coordinator adds and takes away for anybody who moderates, and for nobody else', async () => {
	const [ada, amina, rosa] = [
		await aCoordinator(),
		await aModerator('Amina'),
		await aMember({ handle: 'Rosa' }),
	]
	await addShift('coordinator')(ada, shift({ member: amina.id }))
	const [added] = await shiftsOf(amina.id)
	expect(added).toMatchObject({ madeBy: ada.id })
	await removeShift('coordinator')(ada, { shift: added!.id })
	expect(await shiftsOf(amina.id)).toEqual([])
	for (const member of [rosa.id, ada.id, '', crypto.randomUUID()])
		expect(await faultsOf(() => addShift('coordinator')(ada, shift({ member })))).toMatchObject({
			code: 'invalid',
			fields: { member: 'rota:notModerator' },
		})
})

test('who loses her role or is suspended counts no more', async () => {
	const [ada, amina, olena] = [await aCoordinator(), await aModerator('Amina'), await aModerator('Olena')]
	await addShift('moderator')(amina, shift({ languages: 'ti' }))
	await addShift('moderator')(olena, shift({ languages: 'uk' }))
	const [grant] = await db.select({ id: grants.id }).from(grants).where(eq(grants.memberId, amina.id))
	await takeRole(ada, { member: amina.id, grant: grant!.id })
	await db.update(members).set({ status: 'suspended' }).where(eq(members.id, olena.id))
	const rota = await readRota(ada, 'coordinator')
	expect([rota.shifts, rota.gaps, rota.choices]).toEqual([[], [], []])
})

describe('what is refused', () => {
	test.each([
		['a day that is none', { weekday: '8' }, { weekday: 'errors:choose' }],
		['a time that is none', { from: '25:00' }, { from: 'errors:empty' }],
		['no time', { to: '' }, { to: 'errors:empty' }],
		['no length', { from: '08:00', to: '08:00' }, { to: 'rota:sameTime' }],
		['no language', { languages: [] }, { languages: 'rota:chooseLanguages' }],
		['a language that is none', { languages: 'xx' }, { languages: 'errors:choose' }],
		['somebody who is none', { member: 'her' }, { member: 'errors:notUnderstood' }],
	])('%s', async (_what, fields, expected) => {
		const outcome = await faultsOf(async () =>
			addShift('moderator')(await aModerator('Amina'), shift(fields)),
		)
		expect(outcome).toMatchObject({ code: 'invalid', fields: expected })
	})

	test('more than fifty times', async () => {
		const amina = await aModerator('Amina')
		const rows = Array.from({ length: 50 }, (_, at) => ({
			memberId: amina.id,
			weekday: 1,
			fromMinute: at,
			toMinute: 600,
			languages: ['en'],
		}))
		await db.insert(moderatorShifts).values(rows)
		expect(await faultsOf(() => addShift('moderator')(amina, shift()))).toMatchObject({
			fields: { '': 'rota:enough' },
		})
	})

	test('a moderator adds for no other and takes away no other’s', async () => {
		const [amina, olena] = [await aModerator('Amina'), await aModerator('Olena')]
		await addShift('moderator')(olena, shift())
		const [hers] = await shiftsOf(olena.id)
		expect(await codeOf(() => addShift('moderator')(amina, shift({ member: olena.id })))).toBe('not-found')
		expect(await codeOf(() => removeShift('moderator')(amina, { shift: hers!.id }))).toBe('not-found')
		expect(await shiftsOf(olena.id)).toHaveLength(1)
	})

	test.each(['mentor', 'practitioner', 'lead', 'member'] as const)(
		'for a %s there is no rota',
		async (role) => {
			const { actor, token } = await aMemberWithToken({ roles: role === 'member' ? [] : [{ role }] })
			expect(await codeOf(() => readRota(actor, 'moderator'))).toBe('not-found')
			expect(await codeOf(() => addShift('moderator')(actor, shift()))).toBe('not-found')
			expect(await codeOf(() => removeShift('moderator')(actor, { shift: actor.id }))).toBe('not-found')
			expect((await open(moderationRoute.loader, '/moderation/rota', { token })).status).toBe(404)
			expect((await open(coordinationRoute.loader, '/coordination/rota', { token })).status).toBe(404)
		},
	)
})

test('the two pages: hers under moderation, everybody’s under coordination', async () => {
	const { actor, token } = await aMemberWithToken({ roles: [{ role: 'moderator' }] })
	const body = 'intent=add&weekday=3&from=08%3A00&to=12%3A00&languages=en&languages=it'
	expect((await send(moderationRoute.action, '/moderation/rota', body, { token })).to).toBe(
		'/moderation/rota',
	)
	expect((await open(coordinationRoute.loader, '/coordination/rota', { token })).status).toBe(404)
	const ada = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
	expect((await open(moderationRoute.loader, '/moderation/rota', { token: ada.token })).status).toBe(404)
	const remove = { intent: 'remove', shift: (await shiftsOf(actor.id))[0]!.id }
	expect((await send(coordinationRoute.action, '/coordination/rota', remove, { token: ada.token })).to).toBe(
		'/coordination/rota',
	)
	expect((await send(moderationRoute.action, '/moderation/rota', { intent: 'x' }, { token })).status).toBe(
		404,
	)
})

test('during her shift she is told, and is not on duty by that', async () => {
	const amina = await aModerator('Amina')
	expect(await ownShiftNow(amina)).toBeNull()
	const { weekday, hour } = clockAt('Europe/Rome', new Date())
	const two = (value: number) => String((value + 24) % 24).padStart(2, '0')
	const began = hour === 0 ? ((weekday + 6) % 7) + 1 : weekday + 1
	await addShift('moderator')(
		amina,
		shift({ weekday: String(began), from: `${two(hour - 1)}:00`, to: `${two(hour + 2)}:00` }),
	)
	expect((await ownShiftNow(amina))!.getTime()).toBeGreaterThan(Date.now())
	expect(await db.$count(moderatorDuties)).toBe(0)
})

test('her copy has her times, and they go with her account', async () => {
	const amina = await aModerator('Amina')
	await addShift('moderator')(amina, shift())
	expect(await rotaBelongings.collect(db, amina.id)).toMatchObject([
		{ name: 'shifts', facts: [{ weekday: 1, fromMinute: 1320, toMinute: 480, languages: ['ti', 'en'] }] },
	])
	await db.delete(members).where(eq(members.id, amina.id))
	expect(await db.$count(moderatorShifts)).toBe(0)
})

test.each(UI_LOCALES)('the page has all its words in %s, and times of her own clock', async (locale) => {
	const amina = await aModerator('Amina', { zone: 'Europe/Kyiv', reads: ['uk'] })
	await addShift('moderator')(amina, shift({ weekday: '1', from: '22:30', to: '06:00', languages: ['uk'] }))
	await addShift('moderator')(amina, shift({ weekday: '2', from: '22:30', to: '06:00', languages: ['uk'] }))
	await addShift('moderator')(
		amina,
		shift({ weekday: '2', from: '00:00', to: '23:59', languages: ['ti', 'en'] }),
	)
	const rota = await readRota(amina, 'moderator')
	const gaps = [
		...rota.gaps,
		{ language: 'ar', nobody: true, times: [] },
		{ language: 'fa', nobody: false, times: [] },
	]
	gaps.push({
		language: 'so',
		nobody: false,
		times: [
			{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 1320, minutes: 600 },
			{ weekdays: [1, 3], fromMinute: 600, minutes: 60 },
		],
	})
	const html = renderToStaticMarkup(
		<I18nextProvider i18n={i18nFor(locale)}>
			<RotaPage rota={{ ...rota, gaps }} back={{ to: '/moderation', label: 'x' }} />
			<RotaPage rota={{ ...rota, gaps: [], shifts: [] }} back={{ to: '/moderation', label: 'x' }} />
			<ShiftNow until={new Date(Date.now() + 3_600_000)} />
		</I18nextProvider>,
	)
	expect(html).not.toMatch(/rota:|errors:|common:/)
	expect(html).toContain('22:30–06:00')
	expect(html).toContain('23:30')
})
