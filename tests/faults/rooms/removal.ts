import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Person, post } from './people'
import { aRoom, fillRoom } from './rooms'
import { aSocket, IN_A_HURRY } from './screen'
import type { Setup, Town } from './town'

/** How long it is looked for at most. */
const LOOKS_FOR_MS = 10_000
/** How often another worker is asked for: the second may still be on its way up. */
const TRIES = 100
const TRIES_EVERY_MS = 200

type LiveSocket = ReturnType<typeof aSocket>

async function connected(socket: LiveSocket): Promise<LiveSocket> {
	const done = new Promise((resolve) => socket.once('connect', () => resolve(true)))
	socket.connect()
	if (!(await Promise.race([done, sleep(3_000, false)]))) throw new Error('a screen could not connect')
	return socket
}

/** The worker that answers a connection, which its id begins with (app/platform/siblings.server.ts). */
const workerOf = (socket: LiveSocket) => socket.io.engine.id?.split('.')[0]

/** The screens of two women in one room, each on a process of its own: two servers, or two workers behind one port. */
async function screensApart(town: Town, setup: Setup, [one, other]: [Person, Person]) {
	const open = (person: Person, at: 0 | 1) =>
		connected(aSocket({ port: town.ways.direct[at], origin: town.origin, person, patience: IN_A_HURRY }))
	const near = await open(one, 0)
	for (let tries = 0; tries < TRIES; tries += 1) {
		const far = await open(other, 1)
		if (setup === '2 servers' || workerOf(far) !== workerOf(near)) return [near, far]
		far.disconnect()
		await sleep(TRIES_EVERY_MS)
	}
	throw new Error('both screens hang on one worker')
}

/** When a screen is told that a message is gone. */
const goneFrom = (socket: LiveSocket, id: string) =>
	new Promise<number>((resolve) => {
		socket.on('message:changed', (change) => {
			if ('gone' in change && change.id === id) resolve(performance.now())
		})
	})

/** What the page of a case showed her, which its form sends along. */
async function shownTo(town: Town, moderator: Person, path: string) {
	const answer = await fetch(town.origin + path, { headers: { cookie: moderator.cookie } })
	return /name="shown" value="([^"]*)"/.exec(await answer.text())?.[1] ?? ''
}

/** Reports a message and has a moderator remove it; how long it then stays on each of two screens, in milliseconds. */
export async function removeAndLook(town: Town, setup: Setup): Promise<number[]> {
	const suffix = randomUUID().slice(0, 6)
	const names = ['Author', 'Reader', 'Moderator'].map((name) => `${name} ${suffix}`)
	const [author, reader, moderator] = (await town.join(names)) as [Person, Person, Person]
	await town.give(moderator, 'moderator')
	const room = await aRoom(town.admin, 'open')
	const [message = ''] = await fillRoom(town.admin, room, [author])
	const screens = await screensApart(town, setup, [author, reader])
	try {
		for (const screen of screens) await screen.timeout(2_000).emitWithAck('room:join', { room, after: 0 })
		await post(town.origin, `/report/message/${message}`, { reason: 'rude' }, reader.cookie)
		const [row] = await town.admin<{ id: string }[]>`select id from cases where subject_id = ${message}`
		const path = `/moderation/${row!.id}`
		const shown = await shownTo(town, moderator, path)
		const gone = screens.map((screen) =>
			Promise.race([goneFrom(screen, message), sleep(LOOKS_FOR_MS, Number.POSITIVE_INFINITY)]),
		)
		const pressed = performance.now()
		const fields = { intent: 'decide', decision: 'remove', rule: 'insult', shown }
		await post(town.origin, path, fields, moderator.cookie)
		return (await Promise.all(gone)).map((at) => at - pressed)
	} finally {
		for (const screen of screens) screen.removeAllListeners().disconnect()
	}
}
