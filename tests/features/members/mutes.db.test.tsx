import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mutes, notices } from '~/db/schema/ties'
import { accountBelongings } from '~/features/members/belongings.server'
import { BlockedPage } from '~/features/members/components/blocked-page'
import type { Actor } from '~/platform/actor'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as onBlocked from '~/routes/members/blocked'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { anAnswer, aSpace, aTopic, questionOf } from '../../factories/forum'
import { openTopic } from '../../factories/forum-pages'
import { aMember, aMemberWithToken } from '../../factories/members'
import { open, send } from '../../factories/requests'
import { openRoom } from '../../factories/room-page'

interface Woman {
	token: string
	actor: Actor
}

const act = ({ token }: Woman, intent: 'mute' | 'unmute', member: string) =>
	send(onBlocked.action, '/me/blocked', { intent, member }, { token })
const look = ({ token }: Woman, query = '') => open(onBlocked.loader, `/me/blocked${query}`, { token })
const listed = async (woman: Woman) =>
	((await look(woman)).body as { muted: { handle: string }[] }).muted.map(({ handle }) => handle)

/** She has muted a woman whose message stands in an open room. */
async function aMute() {
	const [her, loud] = [await aMemberWithToken(), await aMemberWithToken({ handle: 'Loud' })]
	const room = await anOpenRoom()
	await aMessage(loud.actor, room, 'I know better')
	await act(her, 'mute', loud.actor.id)
	return { her, loud, room }
}

const FOLD = 'Words of somebody you muted'

describe('the page', () => {
	test('offers it beside blocking, lists it, and ends it; twice is once', async () => {
		const { her, loud } = await aMute()
		expect(await act(her, 'mute', loud.actor.id)).toMatchObject({ status: 303, to: '/me/blocked?done=muted' })
		expect([await db.$count(mutes), await listed(her), await listed(loud)]).toEqual([1, ['Loud'], []])
		expect((await look(her, `?person=${loud.actor.id}`)).body).toMatchObject({
			person: { handle: 'Loud' },
			blocked: [],
		})
		expect((await act(loud, 'unmute', her.actor.id)).to).toBe('/me/blocked?done=unmuted')
		expect(await listed(her)).toEqual(['Loud'])
		expect((await act(her, 'unmute', loud.actor.id)).to).toBe('/me/blocked?done=unmuted')
		expect((await act(her, 'unmute', loud.actor.id)).to).toBe('/me/blocked?done=unmuted')
		expect([await db.$count(mutes), await listed(her)]).toEqual([0, []])
	})

	test('nobody is muted whom she cannot see: hidden, missing and herself are one answer', async () => {
		const [her, silent] = [await aMemberWithToken(), await aMember()]
		for (const member of [crypto.randomUUID(), silent.id, her.actor.id])
			expect((await act(her, 'mute', member)).status).toBe(404)
		expect(await db.$count(mutes)).toBe(0)
	})

	test('one who hides from her is not on the list either', async () => {
		const { her, loud } = await aMute()
		const blocked = { intent: 'blockName', handle: her.actor.handle }
		await send(onBlocked.action, '/me/blocked', blocked, { token: loud.token })
		expect(await listed(her)).toEqual([])
	})

	test.each(UI_LOCALES)('speaks %s', (locale) => {
		const person = { id: crypto.randomUUID(), handle: 'Inés' }
		const one = { id: crypto.randomUUID(), handle: 'Loud', since: new Date() }
		const render = (muted: (typeof one)[]) =>
			renderToStaticMarkup(
				<I18nextProvider i18n={i18nFor(locale)}>
					<BlockedPage blocked={[]} muted={muted} person={person} done="muted" />
				</I18nextProvider>,
			)
		expect(render([one])).not.toMatch(/blocks:|common:|errors:/)
		expect(render([one])).toContain('value="unmute"')
		expect(render([one])).toContain('value="mute"')
		expect(render([{ ...one, id: person.id }])).not.toContain('value="mute"')
	})
})

describe('her words', () => {
	test('stand folded in the forum for her alone, also where somebody answers them', async () => {
		const { her, loud } = await aMute()
		const topic = await aTopic({ author: loud.actor, body: 'I asked this' })
		const question = await questionOf(topic)
		await anAnswer(topic, { body: 'And I answer', replyTo: question.id })
		const { html, data } = await openTopic(topic, { token: her.token })
		expect(data.posts.map(({ note }) => note)).toEqual(['muted', null])
		expect(data.posts[1]!.reply).toMatchObject({ note: 'muted', excerpt: '' })
		// Without scripts: a fold that opens by itself.
		expect(html).toMatch(new RegExp(`<details[^>]*>\\s*<summary>.*?${FOLD}.*?</summary>.*?I asked this`, 's'))
		const another = await openTopic(topic, { token: (await aMemberWithToken()).token })
		expect(another.data.posts.map(({ note }) => note)).toEqual([null, null])
		const own = await openTopic(topic, { token: loud.token })
		expect(own.data.posts.map(({ note }) => note)).toEqual([null, null])
	})

	test('stand as they are under an alias, which a fold would tell', async () => {
		const { her, loud } = await aMute()
		const space = await aSpace('Quiet', { aliasAllowed: true })
		const topic = await aTopic({ author: loud.actor, space, alias: 'yes' })
		const { data } = await openTopic(topic, { token: her.token })
		expect(data.posts.map(({ note }) => note)).toEqual([null])
	})

	test('stand folded in an open room, and never between the two of them', async () => {
		const { her, loud, room } = await aMute()
		const { html, shown } = await openRoom(room, { token: her.token })
		expect(html).toMatch(new RegExp(`<details[^>]*>\\s*<summary>.*?${FOLD}`, 's'))
		expect(shown.me.muted).toEqual([loud.actor.id])
		expect((await openRoom(room, { token: loud.token })).html).not.toContain(FOLD)
		const two = await aPrivateRoom(her.actor, loud.actor)
		await aMessage(loud.actor, two, 'Only us')
		const between = await openRoom(two, { token: her.token })
		expect(between.html).not.toContain(FOLD)
		expect(between.shown.me.muted).toEqual([])
	})
})

describe('what she is told', () => {
	const toldTo = (actor: Actor) =>
		db.select({ kind: notices.kind }).from(notices).where(eq(notices.memberId, actor.id))

	test('of a woman she muted nothing: no answer, no mention; of others as ever', async () => {
		const { her, loud } = await aMute()
		const topic = await aTopic({ author: her.actor })
		await anAnswer(topic, { author: loud.actor })
		await anAnswer(topic, { author: loud.actor, body: `@${her.actor.handle} look` })
		expect(await toldTo(her.actor)).toEqual([])
		await anAnswer(topic)
		expect(await toldTo(her.actor)).toEqual([{ kind: 'topic.reply' }])
	})

	test('of an alias as of everyone', async () => {
		const { her, loud } = await aMute()
		const space = await aSpace('Quiet', { aliasAllowed: true })
		const topic = await aTopic({ author: loud.actor, space, alias: 'yes' })
		await anAnswer(topic, { author: her.actor })
		await anAnswer(topic, { author: loud.actor })
		expect(await toldTo(her.actor)).toEqual([{ kind: 'topic.reply' }])
	})
})

test('it is in her copy and not in the other one’s, and goes when either leaves', async () => {
	const one = await aMute()
	const copy = async ({ actor }: Woman) => JSON.stringify(await accountBelongings.collect(db, actor.id))
	expect(await copy(one.her)).toContain('"muted":"Loud"')
	expect(await copy(one.loud)).not.toMatch(/muted/)
	await db.delete(members).where(eq(members.id, one.loud.actor.id))
	expect(await db.$count(mutes)).toBe(0)
})
