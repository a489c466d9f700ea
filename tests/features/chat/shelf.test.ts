import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openShelves } from '~/features/chat/live/shelf'

const HERS = { member: 'amal', room: 'kitchen', tabKey: '4b'.repeat(32) }
const WORDS = 'where I live now'

let tab: Map<string, string>
const page = { hidden: false }

beforeEach(() => {
	tab = new Map()
	page.hidden = false
	vi.stubGlobal('document', { documentElement: page })
	vi.stubGlobal('sessionStorage', {
		getItem: (name: string) => tab.get(name) ?? null,
		setItem: (name: string, text: string) => void tab.set(name, text),
		removeItem: (name: string) => void tab.delete(name),
	})
})
afterEach(() => vi.unstubAllGlobals())

const kept = () => [...tab.values()].join()

test('words survive a reload, and no one can read them in the tab', async () => {
	const { outbox, draft } = await openShelves(HERS)
	outbox.write(WORDS)
	draft.write('and when')
	expect(outbox.read()).toBe(WORDS)
	await vi.waitFor(() => expect(tab.size).toBe(2))
	expect(kept()).not.toMatch(/where|live|when/)
	const again = await openShelves(HERS)
	expect([again.outbox.read(), again.draft.read()]).toEqual([WORDS, 'and when'])
})

test('the last of many quick changes is what stays', async () => {
	const { draft } = await openShelves(HERS)
	for (let end = 1; end <= WORDS.length; end += 1) draft.write(WORDS.slice(0, end))
	await vi.waitFor(() => expect(tab.size).toBe(1))
	expect((await openShelves(HERS)).draft.read()).toBe(WORDS)
	draft.write('gone')
	draft.write(null)
	await new Promise((resolve) => setTimeout(resolve, 50))
	expect([draft.read(), tab.size]).toEqual([null, 0])
})

test.each([
	['another session', { tabKey: '4c'.repeat(32) }],
	['another member', { member: 'ines' }],
	['another room', { room: 'garden' }],
])('%s reads nothing', async (_who, other) => {
	const { outbox } = await openShelves(HERS)
	outbox.write(WORDS)
	await vi.waitFor(() => expect(tab.size).toBe(1))
	expect((await openShelves({ ...HERS, ...other })).outbox.read()).toBeNull()
})

test('what nobody of this session sealed is thrown away', async () => {
	tab.set('outbox:amal:kitchen', JSON.stringify([{ key: 'key', body: WORDS }]))
	expect((await openShelves(HERS)).outbox.read()).toBeNull()
	expect(tab.size).toBe(0)
})

test('once she leaves, nothing is kept, also of what is being sealed', async () => {
	const { outbox } = await openShelves(HERS)
	outbox.write(WORDS)
	page.hidden = true
	outbox.write('and more')
	await new Promise((resolve) => setTimeout(resolve, 50))
	expect(tab.size).toBe(0)
})

test.each([
	['no cipher, as on plain http', () => vi.stubGlobal('crypto', {})],
	[
		'no storage, as in a private window',
		() =>
			vi.stubGlobal('sessionStorage', {
				getItem() {
					throw new Error('refused')
				},
			}),
	],
])('with %s words live as long as the page', async (_what, without) => {
	without()
	const { draft } = await openShelves(HERS)
	draft.write(WORDS)
	expect([draft.read(), tab.size]).toEqual([WORDS, 0])
})
