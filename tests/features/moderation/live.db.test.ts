import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { cases, reports } from '~/db/schema/moderation'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { report } from '~/features/moderation/reports.server'
import { subjects } from '~/routes/subjects.server'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aMemberWithToken } from '../../factories/members'
import { aModerator } from '../../factories/moderation'
import { aSocketServer, recorded, type TestServer, until } from '../../factories/sockets'

let server: TestServer
beforeAll(async () => {
	server = await aSocketServer([chatSocket({ report: report({ subjects }) })])
})
afterAll(() => server.close())
afterEach(() => server.closeClients())

const ask = (client: Awaited<ReturnType<TestServer['connect']>>, event: string, payload: unknown) =>
	client.timeout(5000).emitWithAck(event, payload)

/** Two women on two screens in one room, each hearing what the other does. */
async function twoScreens(kind: 'open' | 'private') {
	const [author, reader] = [await aMemberWithToken(), await aMemberWithToken()]
	const room = kind === 'open' ? await anOpenRoom() : await aPrivateRoom(author.actor, reader.actor)
	const message = await aMessage(author.actor, room, 'Rude words')
	const screens = await Promise.all([author, reader].map(({ token }) => server.connect(token)))
	for (const screen of screens) await ask(screen, 'room:join', { room, after: 0 })
	return { room, message, reader: reader.actor, screens, heard: screens.map((screen) => recorded(screen)) }
}

test.each(['open', 'private'] as const)(
	'a message of an %s room that was reported over the socket goes from both screens, and comes back when that is undone',
	async (kind) => {
		const { room, message, reader, screens, heard } = await twoScreens(kind)
		const raw = { room, id: message.id, reason: 'rude', words: 'It hurt me' }
		expect(await ask(screens[1]!, 'message:report', raw)).toEqual({ ok: true })
		expect(await db.select().from(reports)).toMatchObject([{ reporterId: reader.id, words: 'It hurt me' }])
		const [found] = await db.select().from(cases)
		expect(found).toMatchObject({ private: kind === 'private', danger: false, status: 'open' })

		const moderator = await aModerator()
		await decide({ subjects })(moderator, { case: found!.id, decision: 'hide', rule: 'insult' })
		await until(() => heard.every((list) => list.length === 1))
		for (const [event] of heard) {
			expect(event).toEqual({
				name: 'message:changed',
				data: { room, seq: 2, upTo: 2, id: message.id, gone: true },
			})
		}
		await undo({ subjects })(moderator, { case: found!.id })
		await until(() => heard.every((list) => list.length === 2))
		for (const [, event] of heard)
			expect(event?.data.message).toMatchObject({ id: message.id, body: 'Rude words' })
	},
)

test('what a stranger reports over the socket is not there for her', async () => {
	const { room, message } = await twoScreens('private')
	const { token } = await aMemberWithToken()
	const stranger = await server.connect(token)
	const raw = { room, id: message.id, reason: 'rude', words: '' }
	expect(await ask(stranger, 'message:report', raw)).toMatchObject({ ok: false, code: 'not-found' })
	expect(await db.$count(cases)).toBe(0)
})
