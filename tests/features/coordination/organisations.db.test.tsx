import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog, organisations } from '~/db/schema/members'
import { OrganisationsPage } from '~/features/members/components/organisations-page'
import {
	addOrganisation,
	changeOrganisation,
	seeOrganisations,
} from '~/features/members/organisation-list.server'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as route from '~/routes/coordination/organisations'
import { aMember, aMemberWithToken, anOrganisation } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'

const KEY = '22222222-2222-4222-8222-222222222222'
const casa = (fields: Record<string, unknown> = {}) => ({
	key: KEY,
	name: ' Casa  delle donne ',
	country: 'IT',
	kind: 'centre',
	...fields,
})
const aCoordinator = () => aMember({ roles: [{ role: 'coordinator' }] })

test('one is added once, however often the form is sent, and stands in the list, on record', async () => {
	const ada = await aCoordinator()
	await addOrganisation(ada, casa())
	await addOrganisation(ada, casa())
	expect(await seeOrganisations(ada)).toMatchObject([
		{ id: KEY, name: 'Casa delle donne', country: 'IT', kind: 'centre' },
	])
	const entries = await db.select().from(auditLog).where(eq(auditLog.actorId, ada.id)).orderBy(auditLog.seq)
	expect(entries.map(({ action, subjectId }) => [action, subjectId])).toEqual([['organisation.added', KEY]])
})

test('its name, country and kind can be set right, and nothing else changes', async () => {
	const ada = await aCoordinator()
	const [one, other] = [await anOrganisation('Casa'), await anOrganisation('Other')]
	await changeOrganisation(ada, { organisation: one.id, name: 'Spiti', country: 'GR', kind: 'association' })
	expect(await db.select().from(organisations).where(eq(organisations.id, one.id))).toEqual([
		{ ...one, name: 'Spiti', country: 'GR', kind: 'association' },
	])
	expect(await db.select().from(organisations).where(eq(organisations.id, other.id))).toEqual([other])
})

test.each([
	{ field: 'name', value: '', message: 'errors:empty' },
	{ field: 'name', value: '   ', message: 'errors:empty' },
	{ field: 'name', value: 'x'.repeat(81), message: 'errors:tooLong' },
	{ field: 'name', value: 'x'.repeat(10_000), message: 'errors:tooLong' },
	{ field: 'name', value: 'a\ud800b', message: 'errors:strangeCharacters' },
	{ field: 'name', value: 'cASA', message: 'coordination:organisations.nameTaken' },
	{ field: 'country', value: 'XX', message: 'errors:choose' },
	{ field: 'kind', value: 'police', message: 'errors:choose' },
	{ field: 'key', value: 'none', message: 'errors:notUnderstood' },
])('what is wrong with $field is said', async ({ field, value, message }) => {
	await anOrganisation('Casa')
	const outcome = await faultsOf(async () => addOrganisation(await aCoordinator(), casa({ [field]: value })))
	expect(outcome).toMatchObject({ code: 'invalid', fields: { [field]: message } })
	expect(await db.$count(organisations)).toBe(1)
})

test('one that is not there cannot be changed, and for everyone else there is no such page', async () => {
	const change = { ...casa(), organisation: KEY }
	expect(await codeOf(async () => changeOrganisation(await aCoordinator(), change))).toBe('not-found')
	for (const roles of [[], [{ role: 'moderator' as const }], [{ role: 'mentor' as const }]]) {
		const { actor, token } = await aMemberWithToken({ roles })
		expect(await codeOf(() => seeOrganisations(actor))).toBe('not-found')
		expect(await codeOf(() => addOrganisation(actor, casa()))).toBe('not-found')
		expect(await codeOf(() => changeOrganisation(actor, change))).toBe('not-found')
		expect((await open(route.loader, '/coordination/organisations', { token })).status).toBe(404)
		expect((await send(route.action, '/coordination/organisations', { intent: 'x' }, { token })).status).toBe(
			404,
		)
	}
})

test('the page adds and changes', async () => {
	const { token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
	const path = '/coordination/organisations'
	const sent = { ...casa(), intent: 'add' } as Record<string, string>
	expect((await send(route.action, path, sent, { token })).to).toBe(`${path}?saved`)
	const change = { ...sent, intent: 'change', organisation: KEY, name: 'Casa' }
	expect((await send(route.action, path, change, { token })).to).toBe(`${path}?saved`)
	expect((await open(route.loader, path, { token })).body).toMatchObject({
		organisations: [{ name: 'Casa' }],
	})
})

test.each(UI_LOCALES)('the page has all its words in %s', (locale) => {
	const html = renderToStaticMarkup(
		<I18nextProvider i18n={i18nFor(locale)}>
			<OrganisationsPage
				organisations={[{ id: KEY, name: 'Casa', names: {}, abouts: {}, country: 'IT', kind: 'job-service' }]}
				formKey={KEY}
				saved={true}
			/>
		</I18nextProvider>,
	)
	expect(html).not.toMatch(/coordination:|errors:|common:/)
})
