import { randomUUID } from 'node:crypto'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { beforeEach, describe, expect, test } from 'vitest'
import { CircleLists } from '~/features/chat/circles/components/circle-lists'
import { CirclePage } from '~/features/chat/circles/components/circle-page'
import { NewCirclePage } from '~/features/chat/circles/components/new-circle-page'
import { RoomPage } from '~/features/chat/components/room-page'
import { ForgetPage } from '~/features/chat/keeping/components/forget-page'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as circle from '~/routes/chat/circle'
import * as forget from '~/routes/chat/forget'
import * as people from '~/routes/chat/people'
import * as room from '~/routes/chat/room'
import * as rooms from '~/routes/chat/rooms'
import { aMessage, anOpenRoom } from '../../factories/chat'
import { aCircle } from '../../factories/circles'
import { aMemberWithToken } from '../../factories/members'
import { open, send } from '../../factories/requests'

/** The page in one language; no key of a catalogue may be left in it. */
function htmlOf(page: ReactElement, locale = 'en') {
	const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)
	expect(html).not.toMatch(/(circles|keeping|forgetting|chat|common|errors):[a-z]/)
	return html
}

type Person = Awaited<ReturnType<typeof aMemberWithToken>>
let host: Person
let amal: Person
let stranger: Person
beforeEach(async () => {
	;[host, amal, stranger] = await Promise.all([
		aMemberWithToken({ handle: 'Rosa' }),
		aMemberWithToken({ handle: 'Amal' }),
		aMemberWithToken({ handle: 'Zoe' }),
	])
})

type Loader = Parameters<typeof open>[0]
type Action = Parameters<typeof send>[0]
// biome-ignore lint/suspicious/noExplicitAny: what crossed the wire has no type here
type Shown = { status: number; body: any }
const look = (loader: unknown, path: string, { token }: Person, id?: string) =>
	open(loader as Loader, path, { token, params: id ? { room: id } : {} }) as Promise<Shown>
const post = (
	action: unknown,
	path: string,
	fields: Record<string, string>,
	{ token }: Person,
	id?: string,
) => send(action as Action, path, fields, { token, params: id ? { room: id } : {} })
const tool = (id: string, by: Person, fields: Record<string, string>) =>
	post(people.action, `/chat/${id}/people`, fields, by, id)

describe('without scripts', () => {
	test('a circle from opening to its end, by forms alone', async () => {
		const fields = { key: randomUUID(), name: 'Sunday tea', language: 'en' }
		const opened = await post(circle.action, '/chat/circle', fields, host)
		const id = fields.key
		expect(opened.to).toBe(`/chat/${id}/people`)
		expect((await tool(id, host, { intent: 'invite', handle: 'Amal' })).to).toBe(
			`/chat/${id}/people?asked=yes`,
		)
		const asked = await look(people.loader, `/chat/${id}/people?asked=yes`, host, id)
		expect(htmlOf(<CirclePage {...asked.body.shown} />)).toContain('If a woman of this name is here')

		const standing = htmlOf(<CirclePage {...asked.body.shown} />)
		expect(standing).toContain('Whoever comes in can read what was said before.')
		expect(standing).toContain('Take back the invitation')
		const again = { intent: 'take-back', member: amal.actor.id }
		expect((await tool(id, host, again)).to).toBe(`/chat/${id}/people`)
		const after = await look(people.loader, `/chat/${id}/people`, host, id)
		expect(htmlOf(<CirclePage {...after.body.shown} />)).not.toContain('Take back the invitation')
		await tool(id, host, { intent: 'invite', handle: 'Amal' })

		const list = await look(rooms.loader, '/chat', amal)
		const lists = htmlOf(<CircleLists {...list.body.circles} />)
		expect(lists).toContain(
			'you can read what was said before. Whoever comes in later can read what you say.',
		)
		for (const part of ['Sunday tea', 'Rosa', 'value="accept"', 'value="refuse"', `/report/circle/${id}`])
			expect(lists).toContain(part)
		expect((await post(rooms.action, '/chat', { intent: 'accept', room: id }, amal)).to).toBe(`/chat/${id}`)
		await aMessage(amal.actor, id, 'Hello all')
		const talk = await look(room.loader, `/chat/${id}`, amal, id)
		const html = htmlOf(<RoomPage {...talk.body.shown} now={talk.body.now} />)
		for (const part of ['Sunday tea', 'deleted after 90 days', `/chat/${id}/people`, `/chat/${id}/forget`])
			expect(html).toContain(part)

		await tool(id, host, { intent: 'hand-on', member: amal.actor.id })
		expect((await tool(id, amal, { intent: 'close' })).to).toBe(`/chat/${id}`)
		expect((await post(forget.action, `/chat/${id}/forget`, {}, amal, id)).to).toBe('/chat')
		expect((await tool(id, host, { intent: 'leave' })).to).toBe('/chat')
		expect((await look(room.loader, `/chat/${id}`, host, id)).status).toBe(404)
	})

	test('an invitation refused is off the list', async () => {
		const id = await aCircle(host.actor)
		await tool(id, host, { intent: 'invite', handle: 'Amal' })
		expect((await post(rooms.action, '/chat', { intent: 'refuse', room: id }, amal)).to).toBe('/chat')
		const { circles } = (await look(rooms.loader, '/chat', amal)).body
		expect(circles).toMatchObject({ invitations: [], circles: [] })
	})

	test('an open room offers to take her words out, and says nothing of days', async () => {
		const id = await anOpenRoom()
		await aMessage(amal.actor, id)
		const talk = await look(room.loader, `/chat/${id}`, amal, id)
		const [html] = htmlOf(<RoomPage {...talk.body.shown} now={talk.body.now} />).split('<script')
		expect(html).toContain('Take my words out of this room')
		expect(html).not.toContain('deleted after')
		const warning = await look(forget.loader, `/chat/${id}/forget`, amal, id)
		expect(htmlOf(<ForgetPage {...warning.body.shown} />)).toContain('1 message of yours will be deleted')
		expect((await post(forget.action, `/chat/${id}/forget`, {}, amal, id)).to).toBe(`/chat/${id}`)
	})
})

test.each(['people', 'forget'] as const)('/chat/:room/%s is not there for who is not in', async (name) => {
	const route = { people, forget }[name]
	const id = await aCircle(host.actor, [amal.actor])
	for (const asked of [id, randomUUID(), 'x']) {
		const path = `/chat/${asked}/${name}`
		expect((await look(route.loader, path, stranger, asked)).status).toBe(404)
	}
	expect((await post(route.action, `/chat/${id}/${name}`, { intent: 'leave' }, stranger, id)).status).toBe(
		404,
	)
})

test.each([...UI_LOCALES])('every page is whole in %s', async (locale) => {
	const id = await aCircle(host.actor, [amal.actor])
	await tool(id, host, { intent: 'invite', handle: 'Zoe' })
	const shown = (await look(people.loader, `/chat/${id}/people?asked=yes`, host, id)).body.shown
	const why = { ok: false, code: 'conflict', details: { why: 'circles:why.full' } }
	htmlOf(<CirclePage {...shown} />, locale)
	htmlOf(<CirclePage {...shown} result={why} />, locale)
	htmlOf(<CircleLists {...(await look(rooms.loader, '/chat', stranger)).body.circles} />, locale)
	htmlOf(<NewCirclePage {...(await look(circle.loader, '/chat/circle', host)).body.shown} />, locale)
	for (const kind of ['open', 'private', 'circle'] as const)
		htmlOf(<ForgetPage room={{ id, kind, name: null, other: null }} count={3} />, locale)
})

test('those inside read that who comes in later reads what was said before', async () => {
	const id = await aCircle(host.actor, [amal.actor])
	const shown = await look(people.loader, `/chat/${id}/people`, amal, id)
	const html = htmlOf(<CirclePage {...shown.body.shown} />)
	expect(html).toContain('Whoever comes in later can read everything that was said before.')
	expect(html).not.toContain('Take back the invitation')
})
