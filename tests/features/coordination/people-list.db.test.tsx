import { sql } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { vouches } from '~/db/schema/house-rules'
import { CoordinationPage } from '~/features/members/components/coordination-page'
import { PeoplePage } from '~/features/members/components/people-page'
import { listPeople, readShown } from '~/features/members/people-list.server'
import { PEOPLE_SHOWN, type PeopleShown } from '~/features/members/people-shown'
import { readPerson } from '~/features/members/person.server'
import type { Actor } from '~/platform/actor'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as route from '~/routes/coordination/people'
import { aMember, aMemberWithToken, anOrganisation } from '../../factories/members'
import { codeOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'

const aCoordinator = () => aMember({ handle: 'Ada', roles: [{ role: 'coordinator' }] })
const names = async (ada: Actor, show: PeopleShown) =>
	(await listPeople(ada, show, null)).people.map(({ handle }) => handle).sort()

describe('the lists', () => {
	test('each shows whom it names, and nobody of the others; there is none of everybody', async () => {
		const centre = await anOrganisation()
		await aMember({ handle: 'Known' })
		await aMember({ handle: 'New', vouchedAt: null })
		await aMember({ handle: 'Waiting', vouchedAt: null, status: 'waiting' })
		await aMember({ handle: 'Paused', status: 'suspended' })
		await aMember({ handle: 'Mentor', roles: [{ role: 'mentor' }] })
		await aMember({ handle: 'Mod', roles: [{ role: 'moderator' }] })
		await aMember({ handle: 'Worker', roles: [{ role: 'practitioner', organisationId: centre.id }] })
		await aMember({ handle: 'Lead', roles: [{ role: 'lead', organisationId: centre.id }] })
		const ada = await aCoordinator()
		expect(await names(ada, 'staff')).toEqual(['Ada', 'Lead', 'Mod', 'Worker'])
		expect(await names(ada, 'moderator')).toEqual(['Mod'])
		expect(await names(ada, 'practitioner')).toEqual(['Worker'])
		expect(await names(ada, 'coordinator')).toEqual(['Ada'])
		expect(await names(ada, 'suspended')).toEqual(['Paused'])
		expect(await names(ada, 'new')).toEqual(['New'])
	})

	test('a woman’s roles stand once each, and a role that ended does not count', async () => {
		const ada = await aCoordinator()
		const twice = await aMember({ handle: 'Twice', roles: [{ role: 'moderator' }, { role: 'moderator' }] })
		await db.execute(sql`update grants set ended_at = now() where member_id = ${ada.id}`)
		const { people } = await listPeople(ada, 'staff', null)
		expect(people).toMatchObject([{ id: twice.id, roles: ['moderator'] }])
	})

	test('pages go on where the one before ended, also among women who joined in the same moment', async () => {
		const ada = await aCoordinator()
		const joinedAt = new Date('2026-05-01T10:00:00Z')
		for (let at = 0; at < 45; at++) await aMember({ status: 'suspended', joinedAt })
		const first = await listPeople(ada, 'suspended', null)
		const second = await listPeople(ada, 'suspended', first.older!)
		expect([first.people.length, second.people.length, second.older]).toEqual([40, 5, undefined])
		expect(new Set([...first.people, ...second.people].map(({ id }) => id)).size).toBe(45)
	})

	test.each([
		[null, 'staff'],
		['', 'staff'],
		['everybody', 'staff'],
		['mentor', 'staff'],
		['new', 'new'],
	])('an address that asks for %s gets %s', (asked, shown) => {
		expect(readShown(asked)).toBe(shown)
	})

	test.each(['moderator', 'practitioner', 'lead', 'mentor', 'member'] as const)(
		'for a %s there are none',
		async (role) => {
			const actor = await aMember({ roles: role === 'member' ? [] : [{ role }] })
			for (const shown of PEOPLE_SHOWN)
				expect(await codeOf(() => listPeople(actor, shown, null))).toBe('not-found')
		},
	)
})

describe('one woman', () => {
	test('stands with who vouched for her, her rules, and the languages she looks after', async () => {
		const [ada, centre] = [await aCoordinator(), await anOrganisation('Casa')]
		const rosa = await aMember({
			rulesVersion: '2026-11+2 2026-11+3',
			roles: [{ role: 'moderator', languages: ['ar', 'ti'] }],
		})
		const gone = { memberId: rosa.id, kind: 'member' as const, byId: ada.id, endedAt: new Date() }
		await db.insert(vouches).values([{ memberId: rosa.id, kind: 'centre', organisationId: centre.id }, gone])
		expect(await readPerson(ada, rosa.id)).toMatchObject({
			rules: '2026-11+2',
			vouched: true,
			vouches: [{ kind: 'centre', organisation: 'Casa' }],
			holding: [],
			roles: [{ role: 'moderator', languages: ['ar', 'ti'] }],
		})
	})

	test('what holds for her is said by kind and end alone', async () => {
		const [ada, rosa, other] = [await aCoordinator(), await aMember(), await aMember({ handle: 'Reporter' })]
		await db.execute(sql`with one as (
			insert into cases (subject_kind, subject_id, author_id) values ('post', gen_random_uuid(), ${rosa.id}) returning id),
			said as (insert into statements (case_id, member_id, action, subject_kind, rule)
				select id, ${rosa.id}, 'warned', 'post', 'insult' from one returning id)
			insert into restrictions (statement_id, member_id, kind, other_id, until, ended_at)
				select id, ${rosa.id}::uuid, k, o::uuid, u, e from said, (values
					('apart', ${other.id}, null::timestamptz, null::timestamptz),
					('muted', null, '2099-01-01', null), ('slowed', null, '2020-01-01', null), ('slowed', null, null, now())
				) as v(k, o, u, e)`)
		const { holding } = (await readPerson(ada, rosa.id))!
		expect(holding).toEqual([
			{ kind: 'apart', until: null },
			{ kind: 'muted', until: new Date('2099-01-01T00:00:00Z') },
		])
		expect(JSON.stringify(await readPerson(ada, rosa.id))).not.toContain(other.id)
	})

	test('a coordinator gives a moderator her languages on the page, and changes them', async () => {
		const { actor: ada, token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		const rosa = await aMember()
		const give = (languages: string) =>
			send(route.action, '/coordination/people', `intent=give&member=${rosa.id}&role=moderator${languages}`, {
				token,
			})
		expect((await give('&languages=ar&languages=ti')).status).toBe(303)
		expect((await readPerson(ada, rosa.id))!.roles).toMatchObject([{ languages: ['ar', 'ti'] }])
		expect((await give('')).status).toBe(303)
		expect((await readPerson(ada, rosa.id))!.roles).toMatchObject([{ languages: null }])
		expect((await give('&languages=xx')).status).toBe(422)
	})
})

test.each(UI_LOCALES)('the pages have all their words in %s', async (locale) => {
	const { actor: ada, token } = await aMemberWithToken({ handle: 'Ada', roles: [{ role: 'coordinator' }] })
	const rosa = await aMember({
		handle: 'Rosa',
		roles: [{ role: 'moderator', languages: ['ti'] }, { role: 'moderator' }],
	})
	await db.insert(vouches).values({ memberId: rosa.id, kind: 'mentor', byId: ada.id })
	const { body } = await open(route.loader, `/coordination/people?member=${rosa.id}&show=moderator`, {
		token,
	})
	const shown = body as Omit<Parameters<typeof PeoplePage>[0], 'reasons'>
	const kinds = ['slowed', 'muted', 'suspended', 'closed', 'apart'] as const
	const holding = kinds.map((kind) => ({ kind, until: kind === 'muted' ? new Date() : null }))
	const html = renderToStaticMarkup(
		<I18nextProvider i18n={i18nFor(locale)}>
			<PeoplePage {...shown} person={{ ...shown.person!, holding, vouched: false }} reasons={null} />
			<CoordinationPage waitingOffers={2} />
		</I18nextProvider>,
	)
	expect(html).not.toMatch(/coordination:|auth:|errors:|common:/)
	expect(html).toContain('ትግርኛ')
})
