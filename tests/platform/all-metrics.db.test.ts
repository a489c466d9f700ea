import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { allMetrics, openMetrics } from '~/platform/all-metrics.server'
import { chatMessages } from '~/platform/metrics.server'

/** Before the settings are read: this is the first of several processes. */
vi.hoisted(() => {
	process.env.WORKER_SLOT = '1'
	process.env.WORKER_DOORS = '/nowhere'
})

type Words = Record<'question' | 'reply', { id: string; to: number; counted: object[] }>

const send = process.send
/** What this process says to the one that started it, which passes it on. */
const said = vi.fn<(words: Words) => void>()
const hear = (words: object) => void process.emit('message', words, undefined)

beforeAll(() => {
	process.send = ((words: Words) => {
		said(words)
		return true
	}) as typeof process.send
	openMetrics()
	chatMessages.inc(3)
	return () => {
		process.send = send
	}
})
afterEach(() => void said.mockReset())

/** What another process counts. */
const countedBy = (slot: number, value: number) => [
	{
		name: 'mimosa_chat_messages_total',
		help: 'Chat messages accepted',
		type: 'counter',
		aggregator: 'sum',
		values: [{ value, labels: { process: slot } }],
	},
]

test('whichever process is asked, the counts of all are told, each by itself', async () => {
	said.mockImplementation(({ question }) => {
		if (!question) return
		// The first answer may come before it is known how many there will be.
		hear({ reply: { id: question.id, to: 1, counted: countedBy(2, 5) } })
		hear({ asked: { id: question.id, of: 2 } })
		hear({ reply: { id: 'of another question', to: 1, counted: countedBy(4, 9) } })
		hear({ reply: { id: question.id, to: 1, counted: countedBy(3, 7) } })
	})
	const lines = (await allMetrics()).split('\n').filter((line) => line.startsWith('mimosa_chat_messages'))
	expect(lines.toSorted()).toEqual([
		'mimosa_chat_messages_total{process="1"} 3',
		'mimosa_chat_messages_total{process="2"} 5',
		'mimosa_chat_messages_total{process="3"} 7',
	])
})

test('one that does not answer within a second is missing, and one alone waits for nobody', async () => {
	said.mockImplementation(({ question }) => question && hear({ asked: { id: question.id, of: 2 } }))
	const began = performance.now()
	expect(await allMetrics()).toContain('mimosa_chat_messages_total{process="1"} 3')
	expect(performance.now() - began).toBeGreaterThan(900)
	said.mockImplementation(({ question }) => question && hear({ asked: { id: question.id, of: 0 } }))
	const again = performance.now()
	const text = await allMetrics()
	expect(performance.now() - again).toBeLessThan(900)
	expect(text).toMatch(/mimosa_database_answer_seconds\{process="1"\} 0\.\d/)
})

test('asked by another it says what it counted, and to whom', async () => {
	hear({ question: { id: 'q', by: 2 } })
	await expect
		.poll(() => said.mock.calls.at(-1)?.[0].reply)
		.toMatchObject({
			id: 'q',
			to: 2,
			counted: expect.arrayContaining([
				expect.objectContaining({
					name: 'mimosa_chat_messages_total',
					values: [{ value: 3, labels: { process: 1 } }],
				}),
			]),
		})
})
