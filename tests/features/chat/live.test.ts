import { describe, expect, test } from 'vitest'
import { MESSAGE } from '~/features/chat/chat.limits'
import type { Message } from '~/features/chat/chat.wire'
import { newKey, pack, unpack } from '~/features/chat/live/outbox'
import { type Timeline, type TimelineChange, withChange, withPage } from '~/features/chat/live/timeline'
import { groupsOf } from '~/features/chat/talk-items'
import { fits } from '~/platform/text'

const message = (seq: number, more: Partial<Message> = {}): Message => ({
	id: `id${seq}`,
	seq,
	key: `key${seq}`,
	authorId: 'amal',
	author: 'Amal',
	badge: null,
	body: `words ${seq}`,
	lang: null,
	dir: 'ltr',
	replyTo: null,
	translationOf: null,
	outdated: false,
	reactions: {},
	wanted: [],
	at: new Date(Date.UTC(2026, 2, 3, 12, 0, seq)).toISOString(),
	edited: false,
	...more,
})
const said = (seq: number): TimelineChange => ({ seq, entry: message(seq) })
const start = (seq: number): Timeline => ({
	seq,
	messages: Array.from({ length: seq }, (_, at) => message(at + 1)),
	waiting: [],
	older: null,
})
const shown = ({ seq, messages, waiting }: Timeline) => ({
	seq,
	shown: messages.map((one) => one.seq),
	waiting: waiting.map((one) => one.seq),
})
const thenTold = (timeline: Timeline, ...changes: TimelineChange[]) => changes.reduce(withChange, timeline)

describe('the order of what is told', () => {
	test('one after the other, each once', () => {
		expect(shown(thenTold(start(2), said(3), said(3), said(2), said(4)))).toEqual({
			seq: 4,
			shown: [1, 2, 3, 4],
			waiting: [],
		})
	})

	test('out of order waits for the one before it', () => {
		const held = thenTold(start(1), said(4), said(3), said(4))
		expect(shown(held)).toEqual({ seq: 1, shown: [1], waiting: [3, 4] })
		expect(shown(thenTold(held, said(2)))).toEqual({ seq: 4, shown: [1, 2, 3, 4], waiting: [] })
	})

	test('what she may not see moves only the cursor', () => {
		expect(shown(thenTold(start(1), { seq: 2 }, said(3)))).toEqual({ seq: 3, shown: [1, 3], waiting: [] })
	})

	test('a change stays at its place, a message that is gone goes, one that comes back returns', () => {
		const edited = thenTold(start(3), { seq: 4, entry: message(2, { body: 'other words' }) })
		expect(edited.messages.map(({ body }) => body)).toEqual(['words 1', 'other words', 'words 3'])
		const gone = thenTold(edited, { seq: 5, entry: { id: 'id2', gone: true } })
		expect(shown(gone)).toEqual({ seq: 5, shown: [1, 3], waiting: [] })
		expect(shown(thenTold(gone, { seq: 6, entry: message(2) }))).toEqual({
			seq: 6,
			shown: [1, 2, 3],
			waiting: [],
		})
	})

	test('every order of arrival gives the same talk', () => {
		const changes: TimelineChange[] = [
			said(3),
			said(4),
			{ seq: 5, entry: message(3, { body: 'new words' }) },
			{ seq: 6, entry: { id: 'id4', gone: true } },
			said(7),
		]
		const expected = thenTold(start(2), ...changes)
		for (let turn = 0; turn < 120; turn += 1) {
			const order = changes
				.map((change, at) => ({ change, rank: (turn * (at + 3) * 7 + at * at * 13) % 31 }))
				.sort((a, b) => a.rank - b.rank)
				.map(({ change }) => change)
			expect(thenTold(start(2), ...order)).toEqual(expected)
		}
	})
})

describe('catching up', () => {
	test('fills the gap and then takes in what waited', () => {
		const held = thenTold(start(1), said(5))
		const caught = withPage(held, { seq: 4, messages: [message(2), message(4)] })
		expect(shown(caught)).toEqual({ seq: 5, shown: [1, 2, 4, 5], waiting: [] })
	})

	test('a page read before what is known takes nothing back', () => {
		const now = thenTold(start(3), { seq: 4, entry: message(3, { body: 'new' }) })
		expect(withPage(now, { seq: 3, messages: [message(3)] })).toBe(now)
	})

	test('what is gone since goes; what changed far above is not pulled down here', () => {
		const now: Timeline = { ...start(3), messages: [message(2), message(3)], older: 2 }
		const page = {
			seq: 6,
			messages: [{ id: 'id3', seq: 3, gone: true as const }, message(1, { body: 'far above' })],
		}
		expect(shown(withPage(now, page))).toEqual({ seq: 6, shown: [2], waiting: [] })
	})

	test('a very long absence keeps the newest and says where the rest is', () => {
		let timeline = start(2)
		for (let seq = 202; seq <= 2002; seq += 200) {
			timeline = withPage(timeline, {
				seq,
				messages: Array.from({ length: 200 }, (_, at) => message(seq - 199 + at)),
			})
		}
		expect(timeline.seq).toBe(2002)
		expect(timeline.messages).toHaveLength(300)
		expect(timeline.older).toBe(1703)
	})
})

describe('what is kept in the tab', () => {
	test('is what she wrote, and nothing when all is sent', () => {
		const pending = [{ key: 'a', body: 'words', state: 'sending' as const }]
		expect(unpack(pack(pending))).toEqual(pending)
		expect(pack([])).toBeNull()
	})
	test.each([null, '', 'nonsense', '{}', '[1, null, {"key": 1}]'])('%s is nothing', (text) => {
		expect(unpack(text)).toEqual([])
	})
	test('keys are random UUIDs, also without a secure context', () => {
		expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
	})
})

test('sizes are counted as she sees them', () => {
	expect(fits('🇮🇹'.repeat(1500), MESSAGE)).toBe(true)
	expect(fits('🇮🇹'.repeat(1501), MESSAGE)).toBe(false)
	expect(fits('a'.repeat(2000), MESSAGE)).toBe(true)
	expect(fits('a'.repeat(2001), MESSAGE)).toBe(false)
})

test('words of one woman within minutes stand together', () => {
	const late = new Date(Date.UTC(2026, 2, 3, 13)).toISOString()
	const groups = groupsOf([
		message(1),
		message(2),
		message(3, { authorId: 'ines' }),
		message(4, { authorId: null }),
		message(5, { authorId: null }),
		message(6),
		message(7, { at: late }),
	])
	expect(groups.map((group) => group.map(({ seq }) => seq))).toEqual([[1, 2], [3], [4], [5], [6], [7]])
})
