import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { closeSignals, openSignals, signalsGetThrough } from '~/platform/signals.server'
import { subjects } from '~/routes/subjects.server'
import { aMessage, anOpenRoom } from '../../factories/chat'
import { anotherProcess } from '../../factories/instances'
import { aMemberWithToken } from '../../factories/members'
import { aModerator, aReport } from '../../factories/moderation'
import { hasRedis, redisPort, startRedis } from '../../factories/redis'
import { aSocketServer, recorded, type TestServer, until } from '../../factories/sockets'

// Before the settings are read; the port is the one of factories/redis.ts.
vi.hoisted(() => {
	process.env.REDIS_URL = `redis://127.0.0.1:${17_000 + (process.pid % 3_000)}`
})

/** What is decided is on every screen within this, on every process (issue 5 of 7). */
const WITHIN_MS = 1_000

let redis: Awaited<ReturnType<typeof startRedis>> | undefined
let here: TestServer
let there: Awaited<ReturnType<typeof anotherProcess>>

beforeAll(async () => {
	if (hasRedis) redis = await startRedis()
	here = await aSocketServer([chatSocket({ report: async () => undefined })])
	openSignals()
	there = await anotherProcess()
	if (hasRedis) await until(() => signalsGetThrough() === true && there.signalsGetThrough() === true)
})
afterAll(async () => {
	await there?.close()
	await here?.close()
	await closeSignals()
	await redis?.stop()
})
afterEach(() => {
	here.closeClients()
	there.server.closeClients()
})

/** Two women in one room, one on this process and one on another, and a message of the first that is reported. */
async function twoScreens() {
	const [author, reader] = [await aMemberWithToken(), await aMemberWithToken()]
	const room = await anOpenRoom()
	const message = await aMessage(author.actor, room, 'Rude words')
	const { caseId } = await aReport({ by: reader.actor, kind: 'message', id: message.id })
	const screens = [await here.connect(author.token), await there.server.connect(reader.token)]
	for (const screen of screens) await screen.timeout(5000).emitWithAck('room:join', { room, after: 0 })
	return { message, caseId, heard: screens.map((screen) => recorded(screen)) }
}

/** How long it takes from the press of a button until both screens have heard of it. */
async function timeOf(heard: ReturnType<typeof recorded>[], act: () => Promise<unknown>) {
	const before = heard.map((list) => list.length)
	const began = performance.now()
	await act()
	await until(() => heard.every((list, at) => list.length > before[at]!))
	return performance.now() - began
}

describe.skipIf(!hasRedis)('what a moderator decides about a message', () => {
	test.each([
		['remove', { gone: true }],
		['hide', { gone: true }],
		['fold', { message: expect.objectContaining({ folded: true }) }],
	])(
		'%s: both screens show it within a second, on either process, and so do they when it is undone',
		async (decision, shown) => {
			expect(redisPort).toBeGreaterThan(0)
			const { message, caseId, heard } = await twoScreens()
			const moderator = await aModerator()
			const raw = { case: caseId, decision, rule: 'insult' }
			const took = await timeOf(heard, () => decide({ subjects })(moderator, raw))
			for (const list of heard) expect(list.at(-1)).toMatchObject({ name: 'message:changed', data: shown })
			const back = await timeOf(heard, () => undo({ subjects })(moderator, { case: caseId }))
			for (const list of heard) {
				const { data } = list.at(-1)!
				expect(data.message).toMatchObject({ id: message.id, body: 'Rude words' })
				expect(data.message).not.toHaveProperty('folded')
			}
			expect(Math.max(took, back)).toBeLessThan(WITHIN_MS)
		},
	)
})
