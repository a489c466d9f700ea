import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { moderatorDuties } from '~/db/schema/casework'
import { messages, rooms } from '~/db/schema/chat'
import { statements } from '~/db/schema/moderation'
import { SpaceRooms } from '~/features/chat/components/room-list'
import { HeldPage } from '~/features/chat/holding/components/held-page'
import { RoomSettingPage, RoomsPage } from '~/features/chat/open/components/rooms-page'
import { Duty, HeldLink } from '~/features/moderation/components/duty'
import { i18nFor } from '~/platform/i18n/i18n.server'
import * as onRoom from '~/routes/coordination/room'
import * as onRooms from '~/routes/coordination/rooms'
import * as onSpace from '~/routes/forum/space'
import * as onHeld from '~/routes/moderation/held'
import * as onQueue from '~/routes/moderation/queue'
import { anOpenRoom } from '../../factories/chat'
import { aSpace } from '../../factories/forum'
import { aHeld, waitingIn } from '../../factories/holding'
import { aMemberWithToken } from '../../factories/members'
import { open, send } from '../../factories/requests'
import { openRoom, sendToRoom } from '../../factories/room-page'

const LOCALES = ['en', 'it', 'es', 'el', 'bg', 'ar']

/** The page as it is sent; every text of it must come from the catalogue. */
function render(page: ReactElement, locale = 'en') {
	const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)
	expect(html).not.toMatch(/(moderation|common|errors|rooms|chat|sessions|spaces):[a-z]/)
	return html
}
// biome-ignore lint/suspicious/noExplicitAny: a loader's data, given to the page it belongs to
const dataOf = (answer: { body: unknown }) => answer.body as any

type Person = Awaited<ReturnType<typeof aMemberWithToken>>
let room: string
let eleni: Person
let moderator: Person
beforeEach(async () => {
	room = await anOpenRoom({ holds: true, languages: ['el'] })
	eleni = await aMemberWithToken({ handle: 'Eleni', speaks: ['el'], reads: ['el'] })
	moderator = await aMemberWithToken({ reads: ['el'], roles: [{ role: 'moderator' }] })
})
afterEach(() => db.delete(moderatorDuties))

const held = async (locale = 'en') => {
	const answer = await open(onHeld.loader, '/moderation/held', { token: moderator.token })
	const { reads, ...shown } = dataOf(answer)
	return render(<HeldPage {...shown} dutyForm={<Duty until={shown.duty} reads={reads} />} />, locale)
}
const onTheQueue = (fields: Record<string, string>) =>
	send(onQueue.action, '/moderation', fields, { token: moderator.token })
const onTheList = (fields: Record<string, string> | string) =>
	send(onHeld.action, '/moderation/held', fields, { token: moderator.token })

describe('without scripts', () => {
	test('she writes, sees that it waits and why, and takes it back', async () => {
		const key = crypto.randomUUID()
		const answer = await sendToRoom(room, { key, body: 'Καλημέρα', language: 'el' }, eleni)
		expect(answer.status).toBe(303)
		const { html, shown } = await openRoom(room, eleni)
		expect(html).toContain('Καλημέρα')
		expect(html).toMatch(/Waits until someone who reads \u2068Ελληνικά\u2069/)
		expect((await openRoom(room, moderator)).html).not.toContain('Καλημέρα')
		await sendToRoom(room, { intent: 'remove', id: shown.held[0]!.id }, eleni)
		expect(await waitingIn()).toBe(0)
	})

	test.each(LOCALES)('the room says why in %s', async (locale) => {
		await aHeld(eleni.actor, room)
		render(<p />, locale)
		const { html } = await openRoom(room, { token: eleni.token, locale })
		expect(html).not.toMatch(/chat:held/)
		expect(html).toContain('Καλημέρα')
	})

	test('a moderator says that she is there, reads, lets one through, then all', async () => {
		const all = [await aHeld(eleni.actor, room, 'ένα'), await aHeld(eleni.actor, room, 'δύο')]
		all.push(await aHeld(eleni.actor, room, 'τρία'))
		const before = await held()
		expect(before).toContain('3 messages wait. Say first that you are there.')
		expect(before).not.toContain('ένα')
		const queue = dataOf(await open(onQueue.loader, '/moderation', { token: moderator.token }))
		expect(render(<HeldLink count={queue.waiting} />)).toContain('3 messages wait')

		expect(await onTheQueue({ intent: 'on-duty', hours: '2' })).toMatchObject({
			status: 303,
			to: '/moderation',
		})
		const html = await held()
		expect(html.match(/data-item="held"/g)).toHaveLength(3)
		expect(html.indexOf('ένα')).toBeLessThan(html.indexOf('δύο'))
		expect(html).toContain('Let all 3 through')
		expect((await openRoom(room, eleni)).html).toContain('Is being looked at.')

		await onTheList({ intent: 'through', held: all[1]!.id })
		await onTheList(`intent=through&held=${all[0]!.id}&held=${all[2]!.id}`)
		const rows = await db.select().from(messages).orderBy(messages.seq)
		expect(rows.map(({ body }) => body)).toEqual(['δύο', 'ένα', 'τρία'])
		expect(await held()).toContain('Nothing waits in the languages you read')
		await onTheQueue({ intent: 'off-duty' })
		expect(await db.$count(moderatorDuties)).toBe(0)
	})

	test('what she does not let through needs a rule, and its author reads why', async () => {
		const { id } = await aHeld(eleni.actor, room)
		await onTheQueue({ intent: 'on-duty', hours: '1' })
		expect((await onTheList({ intent: 'keep', id, words: '' })).status).toBe(422)
		expect(await onTheList({ intent: 'keep', id, rule: 'insult', words: '' })).toMatchObject({ status: 303 })
		expect(await db.select().from(statements)).toMatchObject([{ memberId: eleni.actor.id, rule: 'insult' }])
	})

	test.each(LOCALES)('the list and the duty in %s', async (locale) => {
		await aHeld(eleni.actor, room)
		await held(locale)
		await onTheQueue({ intent: 'on-duty', hours: '8' })
		await held(locale)
	})

	test('for others there is no such page', async () => {
		const path = '/moderation/held'
		expect((await open(onHeld.loader, path, { token: eleni.token })).status).toBe(404)
		expect((await open(onHeld.loader, path)).to).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
		for (const intent of ['', 'hide']) expect((await onTheList({ intent })).status).toBe(404)
	})
})

describe('rooms of spaces', () => {
	const fields = {
		intent: 'open',
		'name-el': 'Τσάι',
		'about-el': 'Για λίγη ώρα',
		languages: 'el',
		keepDays: '30',
	}

	test('a coordinator opens one from the page of a space, changes it and closes it', async () => {
		const coordinator = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		const space = await aSpace('Work')
		const from = { token: coordinator.token }
		const list = dataOf(await open(onRooms.loader, `/coordination/rooms?space=${space.id}`, from))
		for (const locale of LOCALES) render(<RoomsPage {...list} />, locale)
		expect(render(<RoomsPage {...list} />)).toContain(
			`<option value="${space.id}" lang="en" selected="">Work</option>`,
		)

		const key = list.formKey as string
		const refused = await send(onRooms.action, '/coordination/rooms', { ...fields, key, 'name-el': '' }, from)
		expect(refused.status).toBe(422)
		const made = await send(onRooms.action, '/coordination/rooms', { ...fields, key, space: space.id }, from)
		expect(made.to).toBe(`/coordination/rooms/${key}?saved`)

		const at = { ...from, params: { room: key } }
		const setting = dataOf(await open(onRoom.loader, made.to!, at))
		for (const locale of LOCALES) expect(render(<RoomSettingPage {...setting} />, locale)).toContain('Τσάι')
		const path = `/coordination/rooms/${key}`
		await send(onRoom.action, path, { ...fields, intent: 'save', holds: 'yes' }, at)
		await send(onRoom.action, path, { intent: 'close' }, at)
		const [now] = (await db.select().from(rooms)).filter(({ id }) => id === key)
		expect(now).toMatchObject({ holds: true, spaceId: space.id, closedAt: expect.any(Date) })
		await send(onRoom.action, path, { intent: 'reopen' }, at)
		expect((await send(onRoom.action, path, { intent: 'x' }, at)).status).toBe(404)
	})

	test('the page of the space leads to its rooms', async () => {
		const space = await aSpace('Work')
		const own = await anOpenRoom({ spaceId: space.id, names: { en: 'Tea' } })
		const answer = await open(onSpace.loader, `/forum/${space.id}`, {
			token: eleni.token,
			params: { space: space.id },
		})
		expect(dataOf(answer).rooms).toHaveLength(1)
		expect(render(<SpaceRooms rooms={dataOf(answer).rooms} />)).toContain(`href="/chat/${own}#end"`)
	})

	test('for others there is no such page', async () => {
		const from = { token: moderator.token, params: { room } }
		expect((await open(onRooms.loader, '/coordination/rooms', from)).status).toBe(404)
		expect((await open(onRoom.loader, `/coordination/rooms/${room}`, from)).status).toBe(404)
	})
})
