import { describe, expect, test } from 'vitest'
import { forgive } from '~/platform/limits.server'
import { aMemberWithToken } from '../factories/members'
import { echoed, pause, say, server, until, withSocketServer, works } from '../factories/sockets'

withSocketServer()

describe('whatever is sent', () => {
	const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`)
	test.each([
		['null', null],
		['a list', [{ word: 'x' }]],
		['a number', 7],
		['a word', 'word'],
		['nothing', undefined],
		['deep nesting', deep],
		['nesting in its place', { word: deep }],
		['a long word', { word: 'x'.repeat(21) }],
		['a prototype', JSON.parse('{"__proto__": {"word": "x"}}')],
		['a constructor', { constructor: { prototype: { word: 'x' } } }],
		['a getter of its own', { word: { toString: 'x' } }],
	])('%s is answered as invalid', async (_what, payload) => {
		const client = await server.connect((await aMemberWithToken()).token)
		const answer =
			payload === undefined ? await client.timeout(3000).emitWithAck('say') : await say(client, payload)
		expect(answer).toMatchObject({ ok: false, code: 'invalid' })
		expect(echoed.ran).toEqual([])
		await works(client)
	})

	test('what else it carries is not handed on', async () => {
		const { actor, token } = await aMemberWithToken()
		const client = await server.connect(token)
		expect(await say(client, { word: 'hi', who: 'someone else', actor: { id: 1 } })).toEqual({
			ok: true,
			word: 'hi',
			who: actor.id,
		})
	})

	test('an answer that cannot be given is not given', async () => {
		const client = await server.connect((await aMemberWithToken()).token)
		client.emit('say', { word: 'no ack' })
		client.emit('say', { word: 'ack is text' }, 'ack')
		client.emit('say', { word: 'refuse' }, { ack: true })
		client.emit('say', null)
		client.emit('say')
		await until(() => echoed.ran.length === 3)
		await works(client)
	})

	test.each(['nothing:like:this', 'error', 'typing', '__proto__', 'constructor', 'toString', ''])(
		'an event called %j is dropped, and said so to whoever wants an answer',
		async (name) => {
			const client = await server.connect((await aMemberWithToken()).token)
			client.emit(name, { word: 'x' })
			expect(await client.timeout(3000).emitWithAck(name, { word: 'x' })).toEqual({
				ok: false,
				code: 'not-found',
			})
			await works(client)
		},
	)

	test.each([
		['connect', '2["connect",{}]'],
		['disconnect', '2["disconnect","x"]'],
		['disconnecting', '2["disconnecting"]'],
		['newListener', '2["newListener","say"]'],
		['removeListener', '2["removeListener","say"]'],
		['no name', '2'],
		['a number for a name', '2[7]'],
		['no list', '2{"a":1}'],
		['no JSON', '2[say'],
		['no type', 'x'],
		['an unknown type', '9[]'],
		['an answer nobody asked for', '3999[]'],
		['another namespace', '40/admin,'],
		['a second beginning', '40'],
		['bytes to come', '451-["say",{"_placeholder":true,"num":0}]'],
		['a thousand of them', '451000-["say",{"_placeholder":true,"num":0}]'],
		['an answer in bytes', '461-1[{"_placeholder":true,"num":0}]'],
	])('a packet with %s harms nobody', async (_what, packet) => {
		const [client, witness] = await Promise.all(
			[await aMemberWithToken(), await aMemberWithToken()].map(({ token }) => server.connect(token)),
		)
		client!.io.engine.write(packet)
		await pause(60)
		await works(witness!)
		expect(echoed.ran).toEqual(['still'])
	})

	test.each([
		['announced', '451-["say",{"_placeholder":true,"num":0}]'],
		['unannounced', new Uint8Array([1, 2, 3])],
	])('bytes, %s, end the connection', async (_what, packet) => {
		const client = await server.connect((await aMemberWithToken()).token)
		client.io.engine.write(packet as string)
		await until(() => !client.connected)
		expect(echoed.ran).toEqual([])
	})

	test('more than 20 kB is cut with 1009', async () => {
		const client = await server.connect((await aMemberWithToken()).token)
		const closed = new Promise<{ context?: { code?: number } }>((resolve) =>
			client.once('disconnect', (_reason, details) => resolve(details as never)),
		)
		client.emit('say', { word: 'x'.repeat(20_001) })
		expect((await closed).context?.code).toBe(1009)
		await works(await server.connect((await aMemberWithToken()).token))
	})

	test('a fault of ours says only that it did not work', async () => {
		const client = await server.connect((await aMemberWithToken()).token)
		expect(await say(client, { word: 'trip' })).toEqual({ ok: false, code: 'unavailable' })
		expect(await say(client, { word: 'refuse' })).toEqual({ ok: false, code: 'forbidden' })
	})

	test('10,000 events in a second: limited for all her connections, told once, then cut', async () => {
		const { actor, token } = await aMemberWithToken()
		const [flood, second] = [await server.connect(token), await server.connect(token)]
		const answers: string[] = []
		for (let n = 0; n < 10_000; n += 1) {
			flood.emit('say', { word: 'x' }, (answer: { ok: boolean; code?: string }) =>
				answers.push(answer.ok ? 'ok' : String(answer.code)),
			)
		}
		await until(() => !flood.connected)
		expect(echoed.ran.length).toBeLessThanOrEqual(120)
		expect(answers.filter((answer) => answer === 'too-many').length).toBeLessThanOrEqual(1)
		expect(await say(second, { word: 'x' })).toMatchObject({
			ok: false,
			code: 'too-many',
			details: { count: 1 },
		})
		await works(await server.connect((await aMemberWithToken()).token))
		await forgive('chat.event', actor.id)
	})
})
