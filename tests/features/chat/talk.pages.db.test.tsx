import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { messageReactions, messageWishes } from '~/db/schema/chat-marks'
import type { Message } from '~/features/chat/chat.wire'
import { markRead } from '~/features/chat/reading.server'
import { editMessage, removeMessage, sendMessage } from '~/features/chat/writing.server'
import type { Actor } from '~/platform/actor'
import { aLongRoom, aMessage, anOpenRoom } from '../../factories/chat'
import { aMemberWithToken } from '../../factories/members'
import { openRoom, sendToRoom } from '../../factories/room-page'

interface Person {
	actor: Actor
	token: string
}
let room: string
let amal: Person
let ines: Person
let hodan: Person
beforeEach(async () => {
	;[room, amal, ines, hodan] = await Promise.all([
		anOpenRoom(),
		aMemberWithToken({ handle: 'Amal', speaks: ['ar'], reads: ['ar'], locale: 'ar', hostCountry: 'IT' }),
		aMemberWithToken({ handle: 'Inés', speaks: ['it'], reads: ['it'], locale: 'it', hostCountry: 'IT' }),
		aMemberWithToken({
			handle: 'Hodan',
			speaks: ['it', 'ar'],
			reads: ['it'],
			locale: 'it',
			hostCountry: 'IT',
		}),
	])
})

const say = async ({ actor }: Person, body: string, more: object = {}) =>
	(await sendMessage(actor, { room, key: randomUUID(), body, ...more })) as Message
/** The page without the texts it hands to the browser. */
const pageOf = async ({ token }: Person, query = '', more: object = {}) =>
	(await openRoom(room, { token, query, ...more })).html.split('<script id="dictionary"')[0]!
const partOf = (html: string, id: string) =>
	html.split(`id="m-${id}"`)[1]?.split('data-item="message"')[1] ?? ''
const write = (who: Person, fields: Record<string, string>) =>
	sendToRoom(room, { key: randomUUID(), ...fields }, who)

describe('writing without scripts', () => {
	test('says the language, and the bubble says it to the voice that reads it', async () => {
		const answer = await write(amal, { body: 'مرحبا', language: 'ar' })
		expect(answer).toMatchObject({ status: 303, to: `/chat/${room}#end` })
		const html = await pageOf(ines)
		expect(html).toContain('<p class="bubble-text" lang="ar" dir="rtl">مرحبا</p>')
		// The page offers the language she wrote in last.
		expect(await pageOf(amal)).toMatch(/<option value="ar" lang="ar" selected="">/)
	})

	test('answers one message, shown with how it begins', async () => {
		const question = await say(ines, `Chi viene al mercato?${' Io ci sono.'.repeat(20)}`, { language: 'it' })
		const asked = await pageOf(amal, `?reply=${question.id}`)
		expect(asked).toContain(`name="replyTo" value="${question.id}"`)
		expect(asked).toContain('You answer this:')
		await write(amal, { body: 'Io!', language: 'it', replyTo: question.id })
		const html = await pageOf(hodan)
		expect(html).toContain(`<a class="quote" href="#m-${question.id}">`)
		expect(html).toMatch(
			/<span class="quote-words" lang="it" dir="ltr">Chi viene al mercato\?[^<]{10,90}…<\/span>/,
		)
		await removeMessage(ines.actor, { room, id: question.id })
		const after = await pageOf(hodan)
		expect(after).toContain('A message that is not here any more')
		expect(after).not.toContain('Chi viene')
	})

	test('a number is asked about once, with everything she wrote kept', async () => {
		const question = await say(ines, 'Come ti chiamo?', { language: 'it' })
		const fields = { body: 'Al 333 123 4567', language: 'ar', replyTo: question.id, key: randomUUID() }
		const answer = await write(amal, fields)
		expect(answer.status).toBe(422)
		const result = answer.body as Parameters<typeof openRoom>[1]['result']
		const html = await pageOf(amal, '', { result })
		expect(html).toContain('This looks like a telephone number.')
		expect(html).toMatch(/<button type="submit" class="btn quiet" name="sure" value="yes">/)
		for (const kept of [
			fields.body,
			`value="${question.id}"`,
			`value="${fields.key}"`,
			'value="ar" lang="ar" selected',
		])
			expect(html).toContain(kept)
		expect(html).not.toContain('data-summary')
		expect(await write(amal, { ...fields, sure: 'yes' })).toMatchObject({ status: 303 })
		expect(await db.$count(messages)).toBe(2)
	})

	test('changing a message too late is told, and her words are kept', async () => {
		const { id } = await say(ines, 'Ciao')
		await db.update(messages).set({ createdAt: sql`now() - interval '11 minutes'` })
		expect(partOf(await pageOf(ines), id)).not.toContain('value="edit"')
		const answer = await write(ines, { intent: 'edit', id, words: 'Ciao a tutte' })
		expect(answer.status).toBe(403)
		const result = answer.body as Parameters<typeof openRoom>[1]['result']
		const html = partOf(await pageOf(ines, '', { result }), id)
		expect(html).toContain('That time is over.')
		expect(html).toContain('Ciao a tutte')
	})

	test('a number in changed words is asked about in the form that changes them', async () => {
		const { id } = await say(ines, 'Chiamami')
		const answer = await write(ines, { intent: 'edit', id, words: 'Chiamami al 333 123 4567' })
		const html = partOf(
			await pageOf(ines, '', { result: answer.body as Parameters<typeof openRoom>[1]['result'] }),
			id,
		)
		expect(html).toContain('name="sure"')
		const sure = { intent: 'edit', id, words: 'Chiamami al 333 123 4567', sure: 'yes' }
		expect(await write(ines, sure)).toMatchObject({ status: 303, to: `/chat/${room}#m-${id}` })
	})
})

describe('signs and wishes without scripts', () => {
	test('a sign is put by a form and taken away by the same, and shown with its name and count', async () => {
		const { id } = await say(ines, 'Ho paura ma provo')
		const react = () => write(hodan, { intent: 'react', id, kind: 'strong' })
		expect(await react()).toMatchObject({ status: 303, to: `/chat/${room}#m-${id}` })
		expect(partOf(await pageOf(hodan), id)).toMatch(
			/value="strong" aria-pressed="true" title="You are strong".*?<span class="sr-only">You are strong<\/span><span>1<\/span>/,
		)
		expect(partOf(await pageOf(ines), id)).toMatch(/value="strong" aria-pressed="false"/)
		await react()
		expect(await db.$count(messageReactions)).toBe(0)
		expect((await write(hodan, { intent: 'react', id, kind: 'like' })).status).toBe(422)
	})

	test('who reads another language asks in one tap; who speaks both is offered, and answers', async () => {
		const { id } = await say(ines, 'Buongiorno a tutte', { language: 'it' })
		expect(partOf(await pageOf(hodan), id)).not.toContain('value="wish"')
		expect(partOf(await pageOf(ines), id)).not.toContain('value="wish"')
		const html = partOf(await pageOf(amal), id)
		expect(html).toContain('Please translate')
		expect(html).toContain('<input type="hidden" name="language" value="ar"/>')
		await write(amal, { intent: 'wish', id, language: 'ar', on: 'yes' })
		expect(partOf(await pageOf(amal), id)).toContain('You asked for a translation')
		const offer = `/chat/${room}?translate=${id}&amp;language=ar#write`
		expect(partOf(await pageOf(hodan), id)).toContain(offer)
		expect(partOf(await pageOf(hodan), id)).toContain('Can you say this in \u2068العربية\u2069?')
		// Nobody learns who asked, or how many.
		const { shown } = await openRoom(room, { token: hodan.token })
		expect(JSON.stringify(shown)).not.toContain(amal.actor.id)
		for (const other of [ines, amal]) expect(partOf(await pageOf(other), id)).not.toContain('translate=')

		const page = await pageOf(hodan, `?translate=${id}&language=ar`)
		expect(page).toContain(`name="translationOf" value="${id}"`)
		expect(page).toContain('<input type="hidden" name="language" value="ar"/>')
		await write(hodan, { body: 'صباح الخير للجميع', language: 'ar', translationOf: id })
		expect(await db.$count(messageWishes)).toBe(0)
		const after = await pageOf(amal)
		expect(after).toContain('In \u2068العربية\u2069 by \u2068Hodan\u2069')
		expect(after.match(/صباح الخير للجميع/g)).toHaveLength(1)
		expect(partOf(after, id)).not.toContain('Please translate')
	})

	test('a translation further down leads up to where it stands, and says when it is the older', async () => {
		const { id } = await say(ines, 'Buongiorno', { language: 'it' })
		await say(amal, 'مرحبا', { language: 'ar' })
		const pair = await say(hodan, 'صباح الخير', { language: 'ar', translationOf: id })
		await editMessage(ines.actor, { room, id, words: 'Buonasera' })
		const html = await pageOf(amal)
		expect(html.match(/صباح الخير/g)).toHaveLength(1)
		expect(html).toContain(`<li class="talk-line"><span><a href="#m-${pair.id}">`)
		expect(html).toContain('The first message was changed after this.')
	})
})

describe('finding her place', () => {
	test('each day has its line, by the clock of her country', async () => {
		const late = await aMessage(ines.actor, room, 'late')
		await aMessage(ines.actor, room, 'early')
		// 22:30 UTC is past midnight in Rome in summer.
		await db.update(messages).set({
			createdAt: sql`case when id = ${late.id}::uuid then '2026-07-01T20:30:00Z'::timestamptz else '2026-07-01T22:30:00Z'::timestamptz end`,
		})
		const html = await pageOf(ines, '', { locale: 'it' })
		expect([...html.matchAll(/<time dateTime="[^"]+">(\d[^<]+2026)<\/time>/g)].map(([, day]) => day)).toEqual(
			['1 luglio 2026', '2 luglio 2026'],
		)
	})

	test('what is new since she left begins with a line; she says without scripts how far she has read', async () => {
		await aMessage(amal.actor, room, 'one')
		expect(await pageOf(ines)).not.toContain('New since you left')
		expect(await write(ines, { intent: 'read', seq: '1' })).toMatchObject({ status: 303 })
		expect(await pageOf(ines)).not.toContain('I have read until here')
		await aMessage(ines.actor, room, 'mine')
		await aMessage(amal.actor, room, 'two')
		const html = await pageOf(ines)
		const [before, after] = html.split('New since you left')
		expect([before?.includes('>mine<'), after?.includes('>two<')]).toEqual([true, true])
		expect(html).toContain('I have read until here')
		// Who writes has read the page she writes on.
		await write(ines, { body: 'three', seq: '3' })
		expect(await pageOf(ines)).not.toContain('New since you left')
	})

	test('where everything on the page is new and more is above, nothing is said to begin there', async () => {
		room = await aLongRoom(amal.actor, 120)
		await markRead(ines.actor, { room, seq: 10 })
		expect(await pageOf(ines)).not.toContain('New since you left')
		expect(await pageOf(ines, '?before=40')).toContain('New since you left')
		expect(await pageOf(ines)).toContain(`/chat/${room}?before=71#end`)
	})
})

test('an address of a page is a link and nothing more; what is no such address stays text', async () => {
	await say(ines, 'Vedi https://example.org/a?b=1. <b>no</b> javascript:alert(1) https://a:b@example.org', {
		sure: true,
	})
	const html = await pageOf(hodan)
	expect(html).toContain(
		'<a href="https://example.org/a?b=1" rel="noopener noreferrer nofollow ugc" dir="ltr">https://example.org/a?b=1</a>. &lt;b&gt;no',
	)
	expect(html.match(/rel="noopener/g)).toHaveLength(1)
	expect(html).not.toMatch(/<(img|iframe|link)\b/)
})
