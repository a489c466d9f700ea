import './unlimited'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { report } from '~/features/moderation/reports.server'
import { subjects } from '~/routes/subjects.server'
import { aSocketServer, type TestServer } from '../factories/sockets'
import { ACTOR_NAMES } from './actors'
import { SOCKETS } from './rows/sockets'
import { closeSnapshot, keepWorld, restoreWorld } from './snapshot'
import { filled, type Row, written } from './table'
import { makeWorld, type World } from './world'

let world: World
let server: TestServer

beforeAll(async () => {
	world = await makeWorld()
	await keepWorld()
	server = await aSocketServer([chatSocket({ report: report({ subjects }) })])
}, 120_000)
beforeEach(restoreWorld)
afterEach(() => server.closeClients())
afterAll(async () => {
	await server.close()
	await closeSnapshot()
})

type Ack = { ok: boolean; code?: string }

const NUMBERS = ['seq', 'after', 'before']
const LISTS = ['ids']

/** What the event carries; a page sends numbers and lists as such. */
function payloadOf({ address, fields }: Row, things: Record<string, string>) {
	const said = [...new URLSearchParams(filled(fields, things))].map(([name, value]) => {
		if (NUMBERS.includes(name)) return [name, Number(value)]
		return [name, LISTS.includes(name) ? [value] : value]
	})
	return { room: filled(address, things), ...Object.fromEntries(said) }
}

const WORDS: Record<string, string> = { 'not-found': '.', forbidden: 'x', conflict: '~', invalid: '~' }

/** Enters the room first, as a page does, whether or not she is let in; then the event. */
async function tell(client: Socket, row: Row, things: Record<string, string>): Promise<Ack> {
	const payload = payloadOf(row, things)
	if (row.act !== 'room:join')
		await client.timeout(5000).emitWithAck('room:join', { room: payload.room, after: 0 })
	return client.timeout(5000).emitWithAck(row.act, payload)
}

/** The ids of everything in the world, none of which is there. */
const nothing = () => Object.fromEntries(Object.keys(world.things).map((name) => [name, crypto.randomUUID()]))

async function askEvent(row: Row, token: string | undefined, expected: string) {
	const refused = await server.connect(token).then(
		(client) => ({ client }),
		(error: Error) => ({ error }),
	)
	if ('error' in refused) return 's'
	const ack = await tell(refused.client, row, world.things)
	const word = ack.ok ? '+' : (WORDS[ack.code ?? ''] ?? `(${ack.code})`)
	if (word !== '.' && expected !== '=') return word
	expect(ack).toEqual(await tell(refused.client, row, nothing()))
	return expected === '=' ? '=' : word
}

test.each(SOCKETS)('$act in $address: $fields', async (row) => {
	const found: Record<string, string> = {}
	for (const name of ACTOR_NAMES) {
		found[name] = await askEvent(row, world.tokenOf(name), row.cells[name])
		server.closeClients()
		if (found[name] === '+' && row.act !== 'room:join') await restoreWorld()
	}
	expect(written(found)).toBe(written(row.cells))
})
