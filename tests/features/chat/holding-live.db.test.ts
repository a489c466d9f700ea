import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { keepHeldBack, letThrough } from '~/features/chat/holding/releasing.server'
import { LiveRoom } from '~/features/chat/live/live-room'
import { anOpenRoom } from '../../factories/chat'
import { onDuty } from '../../factories/holding'
import { aMemberWithToken } from '../../factories/members'
import { aSocketServer, pause, type TestServer, until } from '../../factories/sockets'

let server: TestServer
const ends: (() => void)[] = []
beforeAll(async () => {
	server = await aSocketServer([chatSocket({ report: async () => {} })])
})
afterAll(() => server.close())
afterEach(() => {
	for (const end of ends.splice(0)) end()
})

function aPage(token: string, room: string, kept: string | null = null) {
	const shelf = {
		kept,
		read: () => shelf.kept,
		write(text: string | null) {
			shelf.kept = text
		},
	}
	const socket = server.open(token, { reconnection: true, reconnectionDelay: 30, autoConnect: false })
	const live = new LiveRoom({
		...{ room, socket, shelf },
		start: { seq: 0, messages: [], older: null, alone: false, closed: false },
		onSignedOut() {},
		onLost() {},
		patience: { answer: 1500, again: 80, gap: 60 },
	})
	ends.push(live.open())
	const { getState } = live
	return {
		...{ live, socket, shelf },
		bodies: () => getState().messages.map(({ body }) => body),
		pending: () => getState().pending.length,
		held: () => getState().held,
	}
}

const inRoom = async () => {
	const [author, reader] = [await aMemberWithToken(), await aMemberWithToken()]
	const room = await anOpenRoom({ holds: true, languages: ['el'] })
	return { room, author, hers: aPage(author.token, room), other: aPage(reader.token, room) }
}

test('what waits leaves the outbox, stays in sight, and becomes one message on every screen', async () => {
	const { room, author, hers, other } = await inRoom()
	hers.live.send('Καλημέρα', { language: 'el' })
	await until(() => hers.held().length === 1)
	expect([hers.pending(), hers.shelf.kept, hers.bodies()]).toEqual([0, null, []])
	const [held] = hers.held()
	expect(held).toMatchObject({ body: 'Καλημέρα', seen: false })
	// Another page of hers, which comes later, has it from the database.
	const second = aPage(author.token, room)
	await until(() => second.held().length === 1)
	expect([other.bodies(), other.held()]).toEqual([[], []])

	await letThrough(await onDuty(['el']), { held: held!.id })
	const pages = [hers, second, other]
	await until(() => pages.every(({ bodies }) => bodies().length === 1))
	for (const page of pages)
		expect(page.live.getState().messages[0]).toMatchObject({ id: held!.id, key: held!.key })
})

test('a lost answer and a second try leave one that waits', async () => {
	const { room, author, hers } = await inRoom()
	hers.live.send('Καλημέρα', { language: 'el' })
	await until(() => hers.held().length === 1)
	const { key } = hers.held()[0]!
	const kept = JSON.stringify([{ key, body: 'Καλημέρα', language: 'el', state: 'sending' }])
	const again = aPage(author.token, room, kept)
	await until(() => again.pending() === 0)
	expect(again.held()).toHaveLength(1)
	expect(again.shelf.kept).toBeNull()
})

test('what is not let through goes from her page, told or after she was away', async () => {
	const { hers, other } = await inRoom()
	for (const body of ['ένα', 'δύο']) hers.live.send(body, { language: 'el' })
	await until(() => hers.held().length === 2)
	const [one, two] = hers.held()
	const moderator = await onDuty(['el'])
	await keepHeldBack(moderator, { id: one!.id, rule: 'insult' })
	await until(() => hers.held().length === 1)
	hers.socket.disconnect()
	await keepHeldBack(moderator, { id: two!.id, rule: 'insult' })
	hers.socket.connect()
	await until(() => hers.held().length === 0)
	await pause(50)
	expect([hers.bodies(), other.bodies()]).toEqual([[], []])
})
