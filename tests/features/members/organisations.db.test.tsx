import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { invitations } from '~/db/schema/members'
import { organisationMembers } from '~/db/schema/ties'
import { accessSpace } from '~/features/forum/access.server'
import { JoinForm } from '~/features/members/components/join-form'
import { ProfilePage } from '~/features/members/components/profile-page'
import { actorOfToken } from '~/features/members/session.server'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { action, loader } from '~/routes/members/profile'
import { heardOf } from '../../factories/events'
import { aSpace } from '../../factories/forum'
import { aJoinedMember, aMemberWithToken, anInvitation, anOrganisation } from '../../factories/members'
import { codeOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'

const joinedWith = async (organisationId: string | null, handle = 'Amina') =>
	aJoinedMember({ handle, code: await anInvitation(`CENTR-${handle.toUpperCase()}`, { organisationId }) })

const profileOf = async (token: string) =>
	(await open(loader, '/me/profile', { token })).body as Parameters<typeof ProfilePage>[0]
const leave = (token: string, organisation: string) =>
	send(action, '/me/profile', { intent: 'leave', organisation }, { token })

describe('members of an organisation', () => {
	test('she is one by the code she joins with, and her spaces open', async () => {
		const centre = await anOrganisation('Casa')
		const space = await aSpace('Casa', { access: 'organisation', organisationId: centre.id })
		const { actor } = await joinedWith(centre.id)
		expect(actor.organisations).toEqual([centre.id])
		expect(await codeOf(() => accessSpace(actor, space.id))).toBe('ok')
	})

	test('a code of no organisation, or none at all, makes her member of none', async () => {
		expect((await joinedWith(null)).actor.organisations).toEqual([])
		expect((await aJoinedMember({ handle: 'Olena' })).actor.organisations).toEqual([])
		expect(await db.$count(organisationMembers)).toBe(0)
	})

	test('a form that is refused uses up no code and makes no member', async () => {
		const centre = await anOrganisation()
		await aJoinedMember({ handle: 'Amina', passphrase: 'other words than hers' })
		const code = await anInvitation('CENTR-AAAAA', { organisationId: centre.id })
		expect(await codeOf(() => aJoinedMember({ handle: 'Amina', code }))).toBe('invalid')
		expect(await db.$count(organisationMembers)).toBe(0)
		expect((await db.select().from(invitations))[0]?.usedAt).toBeNull()
	})

	test('she sees hers on her profile and can leave, at once and for herself alone', async () => {
		const [centre, other] = [await anOrganisation('Casa'), await anOrganisation('Other')]
		const space = await aSpace('Casa', { access: 'organisation', organisationId: centre.id })
		const [amina, olena] = [await joinedWith(centre.id), await joinedWith(centre.id, 'Olena')]
		expect((await profileOf(amina.token)).organisations).toEqual([
			{ id: centre.id, name: 'Casa', about: null },
		])
		const heard = heardOf('member:changed')
		expect((await leave(amina.token, other.id)).status).toBe(303)
		expect((await profileOf(amina.token)).organisations).toHaveLength(1)
		expect((await leave(amina.token, centre.id)).to).toBe('/me/profile?saved')
		expect((await leave(amina.token, centre.id)).status).toBe(303)
		expect((await profileOf(amina.token)).organisations).toEqual([])
		const now = (await actorOfToken(amina.token))!
		expect(await codeOf(() => accessSpace(now, space.id))).toBe('not-found')
		expect((await actorOfToken(olena.token))!.organisations).toEqual([centre.id])
		expect((await heard()).every(({ memberId }) => memberId === amina.actor.id)).toBe(true)
		expect((await leave(amina.token, 'no id')).status).toBe(422)
	})

	test('those of others, and whether there are any, are on nobody else’s page', async () => {
		const centre = await anOrganisation('Casa')
		await joinedWith(centre.id)
		const { token } = await aMemberWithToken()
		expect((await profileOf(token)).organisations).toEqual([])
	})

	test.each(UI_LOCALES)('the pages say so in %s', async (locale) => {
		const { token } = await joinedWith((await anOrganisation('Casa')).id)
		const render = (page: ReactElement) => {
			const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)
			expect(html).not.toMatch(/members:|auth:|common:/)
			return html
		}
		expect(render(<ProfilePage {...(await profileOf(token))} />)).toContain('<bdi>Casa</bdi>')
		const sentence = i18nFor(locale).t('auth:join.codeCentre')
		const offer = { words: 'a b c d', bits: 44 }
		expect(render(<JoinForm offer={offer as never} code="" needsApproval={false} />)).toContain(sentence)
		expect(render(<JoinForm offer={offer as never} code={null} needsApproval={false} />)).not.toContain(
			sentence,
		)
	})
})
