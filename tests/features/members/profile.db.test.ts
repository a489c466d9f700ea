import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { grants, members } from '~/db/schema/members'
import { readProfile, saveProfile } from '~/features/members/profile.server'
import { action, loader } from '~/routes/members/profile'
import { aMember, aMemberWithToken } from '../../factories/members'
import { codeOf } from '../../factories/outcomes'
import { open, resultOf, send } from '../../factories/requests'

const FORM = {
	reads: ['ar', 'it'],
	speaks: 'ar',
	secondLocale: 'fr',
	calendar: 'persian',
	hostCountry: 'IT',
	helpWanted: ['work'],
	about: 'I bake.',
}
const KEPT = {
	reads: ['ar', 'it'],
	speaks: ['ar'],
	secondLocale: 'fr',
	calendar: 'persian',
	hostCountry: 'IT',
	helpWanted: ['work'],
	about: 'I bake.',
}

describe('what she says about herself', () => {
	test('is kept, and taken back by the next form', async () => {
		const her = await aMember()
		await saveProfile(her, FORM)
		expect(await readProfile(her)).toEqual(KEPT)
		await saveProfile(her, { about: '' })
		expect(await readProfile(her)).toEqual({
			reads: [],
			speaks: [],
			secondLocale: null,
			calendar: null,
			hostCountry: null,
			helpWanted: [],
			about: '',
		})
	})

	test('changes nobody else, whatever the form says', async () => {
		const [her, other] = [await aMember(), await aMember({ about: 'Mine' })]
		const [before] = await db.select().from(members).where(eq(members.id, her.id))
		const forged = {
			id: other.id,
			memberId: other.id,
			role: 'coordinator',
			status: 'suspended',
			handle: 'Other',
		}
		await saveProfile(her, { ...FORM, ...forged, passphraseHash: 'x', joinedAt: '1999-01-01' })
		const [after] = await db.select().from(members).where(eq(members.id, her.id))
		expect(after).toEqual({ ...before, ...KEPT })
		expect((await readProfile(other)).about).toBe('Mine')
		expect(await db.$count(grants)).toBe(0)
	})

	test('a refused form changes nothing', async () => {
		const her = await aMember({ about: 'As before' })
		expect(await codeOf(() => saveProfile(her, { ...FORM, reads: ['klingon'] }))).toBe('invalid')
		expect((await readProfile(her)).about).toBe('As before')
	})

	test('what is no whole form empties nothing', async () => {
		const { actor, token } = await aMemberWithToken({ about: 'As before' })
		expect((await send(action, '/me/profile', '', { token })).status).toBe(422)
		expect((await readProfile(actor)).about).toBe('As before')
	})

	test.each([
		['one of the pages', 'ar', 'ok'],
		['none', '', 'ok'],
		['a language without pages', 'wo', 'invalid'],
		['the one that is her first', 'it', 'invalid'],
	])('her second language may be %s: %s', async (_what, secondLocale, outcome) => {
		const her = await aMember({ locale: 'it', secondLocale: 'es' })
		expect(await codeOf(() => saveProfile(her, { ...FORM, secondLocale }))).toBe(outcome)
		const kept = outcome === 'ok' ? secondLocale || null : 'es'
		expect((await readProfile(her)).secondLocale).toBe(kept)
	})

	test.each(['waiting', 'suspended'] as const)('is hers also while she is %s', async (status) => {
		const { token } = await aMemberWithToken({ status })
		expect((await open(loader, '/me/profile', { token })).status).toBe(200)
		expect((await send(action, '/me/profile', 'about=Here', { token })).to).toBe('/me/profile?saved')
	})

	test('a visitor is asked to sign in', async () => {
		expect((await open(loader, '/me/profile')).to).toBe('/sign-in?next=%2Fme%2Fprofile')
		expect((await send(action, '/me/profile', 'about=Me')).status).toBe(401)
	})

	test('her boxes come back ticked when one was refused', async () => {
		const { token } = await aMemberWithToken()
		const sent = await send(action, '/me/profile', 'reads=ar&reads=it&hostCountry=XX&about=I+bake', { token })
		expect(sent.status).toBe(422)
		expect(resultOf(sent)).toMatchObject({
			fields: { hostCountry: 'errors:choose' },
			values: { reads: ['ar', 'it'], about: 'I bake' },
		})
	})
})
