import { describe, expect, test } from 'vitest'
import type { Message } from '~/features/chat/chat.wire'
import { type Asides, findPointed, notYetSeen, withAside } from '~/features/chat/live/asides'
import { finalOf } from '~/features/chat/live/refusals'
import { type Timeline, withChange, withOlder, withSeen } from '~/features/chat/live/timeline'
import { itemsOf, type TalkItem } from '~/features/chat/talk-items'

const message = (seq: number, more: Partial<Message> = {}): Message => ({
	id: `id${seq}`,
	seq,
	key: `key${seq}`,
	authorId: 'amal',
	author: 'Amal',
	badge: null,
	body: `words ${seq}`,
	lang: 'it',
	dir: 'ltr',
	replyTo: null,
	translationOf: null,
	outdated: false,
	at: new Date(Date.UTC(2026, 6, 1, 12, seq)).toISOString(),
	edited: false,
	reactions: {},
	wanted: [],
	...more,
})
const timeline = (first: number, last: number, older: number | null = null): Timeline => ({
	seq: last,
	messages: Array.from({ length: last - first + 1 }, (_, at) => message(first + at)),
	waiting: [],
	older,
})
const seqs = ({ messages }: Pick<Timeline, 'messages'>) => messages.map(({ seq }) => seq)

describe('the order of a talk', () => {
	const facts = { zone: 'Europe/Rome', readTo: null, me: { id: 'me' }, more: false }
	const inShort = (items: TalkItem[]) =>
		items.map((item) =>
			item.kind === 'group'
				? item.messages.map(({ seq }) => seq).join()
				: item.kind === 'pair'
					? `pair ${item.message.seq}`
					: item.kind,
		)

	test.each([
		['she was never here', { readTo: null }, ['day', '1,2,3']],
		['she had read two', { readTo: 2 }, ['day', '1,2', 'new', '3']],
		['she had read all', { readTo: 3 }, ['day', '1,2,3']],
		['she had read nothing of it', { readTo: 0 }, ['day', 'new', '1,2,3']],
		['all of it is new and more is above', { readTo: 0, more: true }, ['day', '1,2,3']],
		['what is new is her own', { readTo: 2, me: { id: 'amal' } }, ['day', '1,2,3']],
	])('%s', (_what, more, expected) => {
		expect(
			inShort(
				itemsOf(
					[1, 2, 3].map((seq) => message(seq)),
					{ ...facts, ...more },
				),
			),
		).toEqual(expected)
	})

	test('a day begins at midnight of her clock', () => {
		const late = message(2, { at: '2026-07-01T21:59:00Z' })
		const early = message(3, { at: '2026-07-01T22:01:00Z' })
		expect(inShort(itemsOf([message(1), late, early], facts))).toEqual(['day', '1', '2', 'day', '3'])
	})

	test('a translation stands with its original: a line where others spoke between, none right below it', () => {
		const pair = (seq: number, of: string) =>
			message(seq, { translationOf: of, authorId: 'hodan', lang: 'ar' })
		expect(inShort(itemsOf([message(1), pair(2, 'id1'), pair(3, 'id1'), message(4)], facts))).toEqual([
			'day',
			'1,4',
		])
		expect(inShort(itemsOf([message(1), message(2), pair(3, 'id1')], facts))).toEqual([
			'day',
			'1,2',
			'pair 3',
		])
		// The original is further up: it is a message like others.
		expect(inShort(itemsOf([message(2), pair(3, 'id1')], facts))).toEqual(['day', '2', '3'])
	})
})

describe('what is told and what is held', () => {
	test('everyone is told the counts, and what is hers stays hers', () => {
		const hers = { reactions: ['heart' as const], wanted: [] }
		const held = withSeen(timeline(1, 2), message(2, { reactions: { heart: 1 }, mine: hers }))
		const now = withChange(held, { seq: 3, entry: message(2, { reactions: { heart: 2 } }) })
		expect(now.messages[1]).toMatchObject({ reactions: { heart: 2 }, mine: hers })
		const none = { reactions: [], wanted: [] }
		expect(withSeen(now, message(2, { mine: none })).messages[1]).toMatchObject({ mine: none })
	})

	test('a change of what stands far above moves only the cursor', () => {
		const now = withChange(timeline(10, 12, 10), { seq: 13, entry: message(3, { body: 'changed' }) })
		expect([now.seq, seqs(now)]).toEqual([13, [10, 11, 12]])
	})

	test('older pages stay, also when new words come', () => {
		let now = withOlder(timeline(251, 300, 251), timeline(1, 250))
		expect([seqs(now)[0], now.older]).toEqual([1, null])
		for (let seq = 301; seq < 500; seq += 1) now = withChange(now, { seq, entry: message(seq) })
		expect(seqs(now)).toHaveLength(499)
		expect(seqs(withOlder(now, timeline(1, 250)))).toHaveLength(499)
	})

	test('what messages point to is looked at once, follows its changes, and is nothing once it is gone', () => {
		const messages = [
			message(5, { replyTo: 'id1' }),
			message(6, { replyTo: 'id5' }),
			message(7, { translationOf: 'id2' }),
		]
		expect(notYetSeen(messages, {})).toEqual(['id1', 'id2'])
		let asides: Asides = { id1: message(1) }
		expect(notYetSeen(messages, asides)).toEqual(['id2'])
		expect(notYetSeen(messages, { ...asides, id2: null })).toEqual([])
		expect(withAside(asides, message(9))).toBe(asides)
		asides = withAside(asides, message(1, { body: 'changed' }))
		expect(findPointed(messages, asides, 'id1')?.body).toBe('changed')
		asides = withAside(asides, { id: 'id1', gone: true })
		expect(findPointed(messages, asides, 'id1')).toBeNull()
		expect(findPointed(messages, asides, 'id9')).toBeUndefined()
	})
})

test.each([
	['too-many', {}, undefined],
	['unavailable', {}, undefined],
	['not-signed-in', {}, undefined],
	['forbidden', { details: { why: 'slow', count: 9 }, fields: { body: 'sessions:why.slow' } }, undefined],
	['invalid', { fields: { body: 'errors:tooLong' } }, { final: 'tooLong' }],
	['invalid', { details: { contact: 'phone' } }, { final: 'contact', contact: 'phone' }],
	[
		'forbidden',
		{ details: { why: 'muted', count: 5 }, fields: { body: 'sessions:why.muted' } },
		{ final: 'refused', why: { key: 'sessions:why.muted', details: { why: 'muted', count: 5 } } },
	],
	['forbidden', {}, { final: 'refused' }],
	['not-found', {}, { final: 'refused' }],
	['conflict', {}, { final: 'refused' }],
])('refused as %s %j', (code, more, expected) => {
	expect(finalOf({ ok: false, code, ...more })).toEqual(expected)
})
