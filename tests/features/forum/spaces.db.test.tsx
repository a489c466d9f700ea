import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { and, asc, eq, like } from 'drizzle-orm'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { spaceMembers, spaces } from '~/db/schema/forum'
import { auditLog } from '~/db/schema/members'
import { blocks, notices } from '~/db/schema/ties'
import { accessSpace } from '~/features/forum/access.server'
import { SpaceList } from '~/features/forum/components/space-list'
import { SpaceSettingPage } from '~/features/forum/components/space-people'
import { SpaceSettingsPage } from '~/features/forum/components/space-settings-page'
import { SPACE_ACCESS, SPACE_ICONS } from '~/features/forum/forum.limits'
import { readSpaces } from '~/features/forum/spaces.server'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as onSpace from '~/routes/coordination/space'
import * as onSpaces from '~/routes/coordination/spaces'
import * as onForum from '~/routes/forum/spaces'
import { aSpace, aTopic } from '../../factories/forum'
import { aMember, aMemberWithToken, anOrganisation } from '../../factories/members'
import { aModerator } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'
import { open, resultOf, send } from '../../factories/requests'
import { said } from '../../factories/said'

type Route = { loader: (args: LoaderFunctionArgs) => unknown; action: (args: ActionFunctionArgs) => unknown }
type Params = Record<string, string>

const read = (route: Route, token?: string, params: Params = {}, query = '') =>
	open((args) => route.loader({ ...args, params }), `/page${query}`, { token })
const post = (route: Route, fields: Params | string, token?: string, params: Params = {}) =>
	send((args) => route.action({ ...args, params }), '/page', fields, { token })

const aCoordinator = () => aMemberWithToken({ roles: [{ role: 'coordinator' }] })

const SPACE = {
	intent: 'make',
	'name-en': 'Kitchens',
	'description-en': 'Working in kitchens.',
	'name-ar': 'مطابخ',
	'description-ar': 'العمل في المطابخ.',
	icon: 'briefcase',
	access: 'everyone',
	organisation: '',
}
const newSpace = (fields: Params = {}) => ({ ...SPACE, key: crypto.randomUUID(), ...fields })

const inOrder = async () =>
	(await db.select().from(spaces).orderBy(asc(spaces.position))).map(({ names }) => names.en)
const recorded = async (subjectId: string) =>
	(
		await db
			.select()
			.from(auditLog)
			.where(and(eq(auditLog.subjectId, subjectId), like(auditLog.action, 'space.%')))
			.orderBy(auditLog.seq)
	)
		.map(({ action }) => action)
		.sort()

function render(page: ReactElement, locale = 'en') {
	const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)
	expect(html).not.toMatch(/spaces:|forum:|common:|errors:/)
	return html
}

// biome-ignore lint/suspicious/noExplicitAny: a loader's data, given to the page it belongs to
const dataOf = (answer: { body: unknown }) => answer.body as any

describe('coordinating spaces', () => {
	test('a coordinator makes a space in two languages, once, on record, and everyone finds it named in hers', async () => {
		const { token } = await aCoordinator()
		const form = newSpace()
		const [first, again] = [await post(onSpaces, form, token), await post(onSpaces, form, token)]
		expect(first).toMatchObject({ status: 303, to: `/coordination/spaces/${form.key}` })
		expect(again.to).toBe(first.to)
		const member = await aMember()
		expect((await readSpaces(member, 'ar')).spaces).toMatchObject([
			{ id: form.key, name: { text: 'مطابخ', dir: 'rtl' } },
		])
		// A language that was left empty shows the English words.
		expect((await readSpaces(member, 'it')).spaces).toMatchObject([
			{ name: said('Kitchens'), description: said('Working in kitchens.') },
		])
		expect(await recorded(form.key)).toEqual(['space.access.everyone', 'space.made'])
		const page = render(<SpaceSettingsPage {...dataOf(await read(onSpaces, token))} />)
		expect(page).toContain('Kitchens')
		for (const tag of UI_LOCALES) expect(page).toContain(`name="name-${tag}"`)
	})

	const faults: [string, Params, string, string][] = [
		['no English name', { 'name-en': ' ' }, 'name-en', 'errors:empty'],
		['no English description', { 'description-en': '' }, 'description-en', 'errors:empty'],
		['a name without a description', { 'name-it': 'Cucine' }, 'description-it', 'errors:empty'],
		['a description without a name', { 'description-it': 'In cucina.' }, 'name-it', 'errors:empty'],
		['a name that is too long', { 'name-en': 'x'.repeat(61) }, 'name-en', 'errors:tooLong'],
		['a strange name', { 'name-en': `a${'\u0301'.repeat(40)}` }, 'name-en', 'errors:strange'],
		['a picture of its own', { icon: 'x' }, 'icon', 'errors:choose'],
		['no door', { access: 'nobody' }, 'access', 'errors:choose'],
		['no organisation', { access: 'organisation' }, 'organisation', 'errors:chooseOrganisation'],
		[
			'an organisation that is not there',
			{ access: 'organisation', organisation: '7b0b0a5e-52b7-4a4b-9a0b-0d7a4c3f1f00' },
			'organisation',
			'errors:chooseOrganisation',
		],
	]
	test.each(faults)('%s is told at its field, with what she wrote kept', async (_what, fields, name, key) => {
		const { token } = await aCoordinator()
		const refused = await post(onSpaces, newSpace(fields), token)
		expect([refused.status, resultOf(refused).fields?.[name]]).toEqual([422, key])
		const loaded = dataOf(await read(onSpaces, token))
		const page = render(<SpaceSettingsPage {...loaded} result={resultOf(refused)} />)
		expect(page).toContain('العمل في المطابخ.')
		expect(await db.$count(spaces)).toBe(0)
	})

	test('she puts the spaces in order; a click sent twice moves once', async () => {
		const { token } = await aCoordinator()
		const [one, two, three] = [await aSpace('one'), await aSpace('two'), await aSpace('three')]
		const move = (space: { id: string }, way: string, from: number) =>
			post(onSpaces, { intent: 'move', space: space.id, way, from: String(from) }, token)
		expect((await move(three, 'up', 2)).to).toBe(`/coordination/spaces#s-${three.id}`)
		await move(three, 'up', 2)
		expect(await inOrder()).toEqual(['one', 'three', 'two'])
		await move(one, 'up', 0)
		await move(two, 'down', 2)
		expect(await inOrder()).toEqual(['one', 'three', 'two'])
		await Promise.all([move(one, 'down', 0), move(two, 'up', 2)])
		expect((await inOrder()).toSorted()).toEqual(['one', 'three', 'two'])
		const { positions } = { positions: (await db.select().from(spaces)).map(({ position }) => position) }
		expect(new Set(positions).size).toBe(3)
		expect((await move({ id: crypto.randomUUID() }, 'up', 1)).status).toBe(404)
	})

	test('who may enter is changed at once for everyone, and each change is on record', async () => {
		const [{ token }, member] = [await aCoordinator(), await aMember()]
		const [space, centre] = [await aSpace('Tea', { icon: 'heart' }), await anOrganisation()]
		const save = (fields: Params) =>
			post(onSpace, { ...newSpace(fields), intent: 'save' }, token, { space: space.id })
		const enters = () => codeOf(() => accessSpace(member, space.id))
		for (const access of ['invited', 'practitioners', 'organisation', 'everyone'] as const) {
			const answer = await save({ access, organisation: access === 'organisation' ? centre.id : '' })
			expect(answer.to).toBe(`/coordination/spaces/${space.id}?saved`)
			expect(await enters()).toBe(access === 'everyone' ? 'ok' : 'not-found')
		}
		await save({ access: 'everyone', alias: 'yes' })
		const [now] = await db.select().from(spaces).where(eq(spaces.id, space.id))
		expect(now).toMatchObject({ names: { en: 'Kitchens' }, aliasAllowed: true, organisationId: null })
		expect(await recorded(space.id)).toEqual([
			...SPACE_ACCESS.map((access) => `space.access.${access}`).toSorted(),
			...Array(5).fill('space.changed'),
		])
	})

	test('words in languages these pages do not speak stay', async () => {
		const { token } = await aCoordinator()
		const space = await aSpace('Tea', { names: { en: 'Tea', pl: 'Herbata' } })
		await post(onSpace, { ...newSpace(), intent: 'save' }, token, { space: space.id })
		const [now] = await db.select().from(spaces)
		expect(now?.names).toEqual({ pl: 'Herbata', en: 'Kitchens', ar: 'مطابخ' })
	})

	test('she sees names and settings, and nothing of what is said in a closed space', async () => {
		const { token, actor } = await aCoordinator()
		const moderator = await aModerator()
		const space = await aSpace('Closed', { access: 'invited' })
		await aTopic({ space, author: moderator, title: 'Quiet title', body: 'Quiet words' })
		for (const answer of [await read(onSpaces, token), await read(onSpace, token, { space: space.id })]) {
			expect(answer.status).toBe(200)
			expect(JSON.stringify(answer.body)).toContain('Closed')
			expect(JSON.stringify(answer.body)).not.toContain('Quiet')
		}
		expect(await codeOf(() => accessSpace(actor, space.id))).toBe('not-found')
		expect((await readSpaces(actor, 'en')).spaces).toEqual([])
	})

	test('for everyone else there are no such pages', async () => {
		const space = await aSpace('Open')
		const others = [
			await aMemberWithToken(),
			await aMemberWithToken({ roles: [{ role: 'moderator' }] }),
			await aMemberWithToken({ roles: [{ role: 'mentor' }] }),
			await aMemberWithToken({ roles: [{ role: 'lead', organisationId: (await anOrganisation()).id }] }),
		]
		for (const { token } of others) {
			expect((await read(onSpaces, token)).status).toBe(404)
			expect((await post(onSpaces, newSpace(), token)).status).toBe(404)
			expect(
				(await post(onSpaces, { intent: 'move', space: space.id, way: 'up', from: '0' }, token)).status,
			).toBe(404)
			const [there, missing] = [
				await read(onSpace, token, { space: space.id }),
				await read(onSpace, token, { space: crypto.randomUUID() }),
			]
			expect([there.status, there.body]).toEqual([404, missing.body])
			expect(
				(await post(onSpace, { ...newSpace(), intent: 'save' }, token, { space: space.id })).status,
			).toBe(404)
		}
		expect((await read(onSpaces)).to).toContain('/sign-in')
		expect(await inOrder()).toEqual(['Open'])
	})

	test.each(UI_LOCALES)('its pages speak %s', (locale) => {
		const shown = { locales: UI_LOCALES, organisations: [{ id: 'o', name: 'Centro' }] }
		const setting = { id: 's', icon: SPACE_ICONS[0], name: said('Work'), access: 'invited' as const }
		render(
			<SpaceSettingsPage
				{...shown}
				formKey="k"
				spaces={[1, 2].map((n) => ({ ...setting, id: `s${n}`, organisation: 'Centro', aliasAllowed: true }))}
			/>,
			locale,
		)
		const people = [true, false].map((cameIn) => ({
			id: `p${cameIn}`,
			handle: 'Amal',
			invitedAt: new Date(),
			cameIn,
		}))
		const settings = {
			...setting,
			names: { en: 'Work' },
			descriptions: { en: 'x' },
			organisationId: null,
			aliasAllowed: false,
		}
		for (const one of [settings, null])
			render(
				<SpaceSettingPage {...shown} space={setting} settings={one} people={people} next="p" saved />,
				locale,
			)
		const row = {
			...setting,
			description: said('x'),
			topics: 1_001,
			lastActivityAt: null,
			cameIn: true,
			mayInvite: true,
		}
		render(
			<SpaceList spaces={[row, { ...row, id: 't', topics: 2 }]} invitedTo={[{ ...row, invitation: 'i' }]} />,
			locale,
		)
	})
})

describe('invited spaces', () => {
	const invite = (token: string, space: { id: string }, handle: string) =>
		post(onSpace, { intent: 'invite', handle }, token, { space: space.id })
	const take = (token: string, space: { id: string }, member: { id: string }) =>
		post(onSpace, { intent: 'take', member: member.id }, token, { space: space.id })
	const answer = (token: string, intent: string, space: { id: string }) =>
		post(onForum, { intent, space: space.id }, token)
	const forum = async (token: string) => dataOf(await read(onForum, token))
	const aClosedSpace = () => aSpace('Garden', { access: 'invited', icon: 'flower' })

	test('an invitation opens nothing until she accepts; then she can leave', async () => {
		const [space, coordinator] = [await aClosedSpace(), await aCoordinator()]
		const amal = await aMemberWithToken({ handle: 'Amal' })
		expect((await invite(coordinator.token, space, ' amal ')).to).toBe(
			`/coordination/spaces/${space.id}#people`,
		)
		expect((await invite(coordinator.token, space, 'Amal')).status).toBe(303)
		expect(await db.select().from(notices)).toMatchObject([
			{ memberId: amal.actor.id, kind: 'space.invited', subjectId: space.id, times: 1 },
		])
		const before = await forum(amal.token)
		expect(before).toMatchObject({ spaces: [], invitedTo: [{ id: space.id, name: said('Garden') }] })
		expect(render(<SpaceList {...before} />)).toContain('You are invited to Garden')
		expect(await codeOf(() => accessSpace(amal.actor, space.id))).toBe('not-found')
		const listed = async () => dataOf(await read(onSpace, coordinator.token, { space: space.id })).people
		expect(await listed()).toMatchObject([{ handle: 'Amal', cameIn: false }])

		expect((await answer(amal.token, 'accept', space)).to).toBe(`/forum/${space.id}`)
		expect((await answer(amal.token, 'accept', space)).status).toBe(303)
		expect(await db.$count(notices)).toBe(0)
		expect(await forum(amal.token)).toMatchObject({ spaces: [{ id: space.id, cameIn: true }], invitedTo: [] })
		expect(await codeOf(() => accessSpace(amal.actor, space.id))).toBe('ok')
		expect(await listed()).toMatchObject([{ handle: 'Amal', cameIn: true }])

		expect((await answer(amal.token, 'leave', space)).to).toBe('/forum')
		expect(await codeOf(() => accessSpace(amal.actor, space.id))).toBe('not-found')
		expect((await answer(amal.token, 'accept', space)).status).toBe(404)
		expect([await listed(), await recorded(space.id)]).toEqual([[], ['space.invited']])
	})

	test('saying no leaves nothing; the invitation cannot be answered after that', async () => {
		const [space, coordinator, amal] = [await aClosedSpace(), await aCoordinator(), await aMemberWithToken()]
		await invite(coordinator.token, space, amal.actor.handle)
		for (let again = 0; again < 2; again += 1)
			expect((await answer(amal.token, 'decline', space)).to).toBe('/forum')
		expect([await db.$count(spaceMembers), await db.$count(notices)]).toEqual([0, 0])
		expect((await answer(amal.token, 'accept', space)).status).toBe(404)
	})

	test.each(['an invitation', 'a membership'])('%s is taken back at once', async (what) => {
		const [space, coordinator, amal] = [await aClosedSpace(), await aCoordinator(), await aMemberWithToken()]
		await invite(coordinator.token, space, amal.actor.handle)
		if (what === 'a membership') await answer(amal.token, 'accept', space)
		await take(coordinator.token, space, amal.actor)
		expect((await take(coordinator.token, space, amal.actor)).status).toBe(303)
		expect(await forum(amal.token)).toMatchObject({ spaces: [], invitedTo: [] })
		expect(await codeOf(() => accessSpace(amal.actor, space.id))).toBe('not-found')
		expect((await answer(amal.token, 'accept', space)).status).toBe(404)
		expect(await recorded(space.id)).toEqual(['space.invited', 'space.taken-back'])
		expect(await db.$count(notices)).toBe(0)
	})

	test('a moderator of the space invites, too, and sees no settings; one of another space finds nothing', async () => {
		const [space, other, amal] = [await aClosedSpace(), await aSpace(), await aMemberWithToken()]
		const moderator = await aMemberWithToken({ roles: [{ role: 'moderator', spaceId: space.id }] })
		const stranger = await aMemberWithToken({ roles: [{ role: 'moderator', spaceId: other.id }] })
		expect((await invite(moderator.token, space, amal.actor.handle)).status).toBe(303)
		expect(dataOf(await read(onSpace, moderator.token, { space: space.id }))).toMatchObject({
			settings: null,
			organisations: [],
			people: [{ id: amal.actor.id }],
		})
		expect(await forum(moderator.token)).toMatchObject({
			spaces: [{ id: space.id, mayInvite: true }, { id: other.id }],
		})
		for (const attempt of [
			read(onSpace, stranger.token, { space: space.id }),
			invite(stranger.token, space, amal.actor.handle),
			take(stranger.token, space, amal.actor),
			read(onSpace, stranger.token, { space: other.id }),
			invite(amal.token, space, stranger.actor.handle),
		])
			expect((await attempt).status).toBe(404)
		expect(await db.$count(spaceMembers)).toBe(1)
	})

	test('a handle that cannot be invited is one answer, whoever she is', async () => {
		const [space, coordinator] = [await aClosedSpace(), await aCoordinator()]
		const [blocker, blocked] = [await aMember(), await aMember()]
		await db.insert(blocks).values([
			{ blockerId: blocker.id, blockedId: coordinator.actor.id },
			{ blockerId: coordinator.actor.id, blockedId: blocked.id },
		])
		const [suspended, waiting] = [
			await aMember({ status: 'suspended' }),
			await aMember({ status: 'waiting' }),
		]
		const unknown = await invite(coordinator.token, space, 'Nobody at all')
		expect([unknown.status, resultOf(unknown).fields]).toEqual([422, { handle: 'errors:noSuchHandle' }])
		for (const { handle } of [blocker, blocked, suspended, waiting]) {
			const refused = await invite(coordinator.token, space, handle)
			expect({ ...resultOf(refused), values: null }).toEqual({ ...resultOf(unknown), values: null })
			expect([...refused.headers]).toEqual([...unknown.headers])
		}
		// She who sets up spaces does not let herself into them.
		const self = await invite(coordinator.token, space, coordinator.actor.handle)
		expect(resultOf(self).fields).toEqual({ handle: 'spaces:notYourself' })
		expect([await db.$count(spaceMembers), await db.$count(notices)]).toEqual([0, 0])
	})

	test('a space that is open otherwise invites nobody, and an old invitation opens nothing', async () => {
		const [space, coordinator, amal] = [await aClosedSpace(), await aCoordinator(), await aMemberWithToken()]
		await invite(coordinator.token, space, amal.actor.handle)
		await db.update(spaces).set({ access: 'practitioners' }).where(eq(spaces.id, space.id))
		expect((await invite(coordinator.token, space, 'Anyone')).status).toBe(409)
		expect((await answer(amal.token, 'accept', space)).status).toBe(404)
		expect((await forum(amal.token)).invitedTo).toEqual([])
		expect(dataOf(await read(onSpace, coordinator.token, { space: space.id })).people).toBeNull()
	})

	test('who is invited is read a page at a time', async () => {
		const [space, coordinator] = [await aClosedSpace(), await aCoordinator()]
		for (let at = 0; at < 52; at += 1)
			await db.insert(spaceMembers).values({ spaceId: space.id, memberId: (await aMember()).id })
		const first = dataOf(await read(onSpace, coordinator.token, { space: space.id }))
		expect([first.people.length, typeof first.next]).toEqual([50, 'string'])
		const rest = dataOf(await read(onSpace, coordinator.token, { space: space.id }, `?after=${first.next}`))
		expect([rest.people.length, rest.next]).toEqual([2, null])
		const all = [...first.people, ...rest.people].map(({ id }: { id: string }) => id)
		expect(new Set(all).size).toBe(52)
	})

	test('a strange button, or nobody signed in, changes nothing', async () => {
		const [space, { token }] = [await aClosedSpace(), await aMemberWithToken()]
		expect((await answer(token, 'enter', space)).status).toBe(404)
		expect((await answer(token, 'leave', space)).status).toBe(303)
		expect((await post(onForum, { intent: 'accept', space: 'no id' }, token)).status).toBe(422)
		expect((await post(onForum, { intent: 'accept', space: space.id })).status).toBe(401)
	})
})
