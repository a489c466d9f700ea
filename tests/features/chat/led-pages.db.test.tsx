import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { beforeEach, describe, expect, test } from 'vitest'
import { RoomPage } from '~/features/chat/components/room-page'
import { DoorPage } from '~/features/chat/led/components/door-page'
import { LeadPage } from '~/features/chat/led/components/lead-page'
import { PlanPage } from '~/features/chat/led/components/plan-page'
import { SessionLists } from '~/features/chat/led/components/session-cards'
import { come } from '~/features/chat/led/doors.server'
import { i18nFor } from '~/platform/i18n/i18n.server'
import * as lead from '~/routes/chat/lead'
import * as plan from '~/routes/chat/new'
import * as change from '~/routes/chat/plan'
import * as room from '~/routes/chat/room'
import * as rooms from '~/routes/chat/rooms'
import { aMessage } from '../../factories/chat'
import { act, aPlan, aPlannedSession, aSession } from '../../factories/led'
import { aMemberWithToken } from '../../factories/members'
import { open, send } from '../../factories/requests'

const htmlOf = (page: ReactElement, locale = 'en') =>
	renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)

type Person = Awaited<ReturnType<typeof aMemberWithToken>>
let host: Person
let amal: Person
beforeEach(async () => {
	;[host, amal] = await Promise.all([
		aMemberWithToken({ roles: [{ role: 'mentor' }], handle: 'Rosa' }),
		aMemberWithToken({ handle: 'Amal' }),
	])
})

type Loader = Parameters<typeof open>[0]
type Action = Parameters<typeof send>[0]
const look = async (loader: unknown, path: string, { token }: Person, id?: string) =>
	open(loader as Loader, path, { token, params: id ? { room: id } : {} })
const post = (
	action: unknown,
	path: string,
	fields: Record<string, string>,
	{ token }: Person,
	id?: string,
) => send(action as Action, path, fields, { token, params: id ? { room: id } : {} })

/** What the room's address shows her, as HTML. */
async function roomFor(person: Person, id: string, locale = 'en') {
	const { status, body } = await look(room.loader, `/chat/${id}`, person, id)
	if (status !== 200) return String(status)
	// biome-ignore lint/suspicious/noExplicitAny: what crossed the wire has no type here
	const { door, shown, now } = body as any
	return htmlOf(door ? <DoorPage {...door} /> : <RoomPage {...shown} now={now} />, locale)
}

describe('without scripts', () => {
	test('a talk from the plan to the end, by forms alone', async () => {
		const { languages: _, ...fields } = aPlan({ doors: 'lobby' }) as unknown as Record<string, string>
		const planned = await post(plan.action, '/chat/new', { ...fields, languages: 'it' }, host)
		const id = planned.to!.split('/').at(-1)!
		expect(planned.to).toBe(`/chat/${id}`)
		expect(await roomFor(amal, id)).toContain('The doors open 30 minutes before it begins.')

		const tool = (intent: string, more = {}) =>
			post(lead.action, `/chat/${id}/lead`, { intent, ...more }, host, id)
		expect((await tool('open')).to).toBe(`/chat/${id}/lead`)
		expect(await roomFor(amal, id)).toContain('value="come"')
		expect((await post(room.action, `/chat/${id}`, { intent: 'come' }, amal, id)).to).toBe(`/chat/${id}`)
		expect(await roomFor(amal, id)).toContain('value="go-away"')
		expect(await roomFor(host, id)).toContain('1 woman waits at the door')
		await tool('let-in', { member: amal.actor.id })
		const entered = await roomFor(amal, id)
		expect(entered).toContain('value="raise"')
		expect(entered).not.toContain('value="pause"')

		await tool('turns', { on: 'yes' })
		expect(await roomFor(amal, id)).toContain('Someone else has the word.')
		await post(room.action, `/chat/${id}`, { intent: 'raise' }, amal, id)
		expect(await roomFor(amal, id)).toContain('You speak next.')
		await tool('next', { after: '' })
		expect(await roomFor(amal, id)).toContain('It is your turn.')
		await aMessage(amal.actor, id, 'Ecco la mia domanda')
		await tool('end')
		const over = await roomFor(amal, id)
		expect(over).toContain('This talk is over. You can still read it for some time.')
		expect(over).toContain('Ecco la mia domanda')
		expect(over).not.toContain('name="body"')
	})

	test('what she wrote stays when it cannot go out, and why is said', async () => {
		const id = await aSession(host.actor, [amal.actor])
		await act(host.actor, id, 'end')
		const fields = { key: crypto.randomUUID(), body: 'Too late?' }
		const answer = await post(room.action, `/chat/${id}`, fields, amal, id)
		expect(answer).toMatchObject({
			status: 403,
			body: { ok: false, details: { why: 'sessions:why.ended' }, values: { body: 'Too late?' } },
		})
	})

	test('a form for a talk that changed meanwhile says so', async () => {
		const id = await aSession(host.actor, [amal.actor], { doors: 'closed' })
		const stranger = await aMemberWithToken()
		const answer = await post(room.action, `/chat/${id}`, { intent: 'come' }, stranger, id)
		expect(answer).toMatchObject({ status: 409, body: { details: { why: 'sessions:why.doorsClosed' } } })
		// biome-ignore lint/suspicious/noExplicitAny: what crossed the wire has no type here
		const { door } = (await look(room.loader, `/chat/${id}`, stranger, id)).body as any
		expect(htmlOf(<DoorPage {...door} result={answer.body as never} />)).toContain(
			'The doors are closed now.',
		)
	})
})

describe('pages', () => {
	test.each(['en', 'it', 'es', 'el', 'bg', 'ar'])('in %s say everything in words', async (locale) => {
		const id = await aSession(host.actor, [amal.actor], { doors: 'lobby' })
		await come((await aMemberWithToken()).actor, { room: id })
		const { id: message } = await aMessage(amal.actor, id, 'hello')
		await act(host.actor, id, 'pin', { id: message })
		await act(amal.actor, id, 'raise')
		await act(host.actor, id, 'slow', { seconds: '10' })
		await act(host.actor, id, 'step', { step: '1' })
		const planned = await aPlannedSession(host.actor)
		// biome-ignore lint/suspicious/noExplicitAny: what crossed the wire has no type here
		const shown = async (loader: unknown, path: string, of?: string): Promise<any> =>
			(await look(loader, path, host, of)).body
		const pages = [
			await roomFor(amal, id, locale),
			await roomFor(host, id, locale),
			await roomFor(amal, planned, locale),
			htmlOf(<LeadPage {...(await shown(lead.loader, `/chat/${id}/lead`, id)).shown} />, locale),
			htmlOf(<PlanPage {...(await shown(plan.loader, '/chat/new')).shown} />, locale),
			htmlOf(<PlanPage {...(await shown(change.loader, `/chat/${planned}/plan`, planned)).shown} />, locale),
			htmlOf(<SessionLists {...(await shown(rooms.loader, '/chat')).sessions} />, locale),
		]
		for (const page of pages) {
			const words = page.replaceAll(/<script[\s\S]*?<\/script>/g, '').replaceAll(/<[^>]*>/g, ' ')
			expect(words).not.toMatch(/sessions:|\{\{|undefined|\[object/)
			expect(words.length).toBeGreaterThan(40)
		}
	})

	test.each([
		['lead', lead.loader],
		['plan', change.loader],
	])('of %s is there for hosts alone', async (page, loader) => {
		const id = await aPlannedSession(host.actor)
		const path = `/chat/${id}/${page}`
		expect((await look(loader, path, host, id)).status).toBe(200)
		const others = [amal, await aMemberWithToken({ roles: [{ role: 'moderator' }] })]
		for (const other of others) expect((await look(loader, path, other, id)).status).toBe(404)
		expect((await look(loader, '/chat/x', host, 'x')).status).toBe(404)
	})

	test('to plan is there for whose work it is', async () => {
		expect((await look(plan.loader, '/chat/new', host)).status).toBe(200)
		expect((await look(plan.loader, '/chat/new', amal)).status).toBe(404)
	})

	test('a talk she was taken out of is not there', async () => {
		const id = await aSession(host.actor, [amal.actor])
		await act(host.actor, id, 'remove-member', { member: amal.actor.id })
		expect(await roomFor(amal, id)).toBe('404')
		expect(await roomFor(amal, crypto.randomUUID())).toBe('404')
	})
})
