import { expect, test } from 'vitest'
import { check, type History, isGood, type Said } from './history'

const said = (seq: number, more: Partial<Said> = {}): Said => ({
	id: `id${seq}`,
	seq,
	key: `key${seq}`,
	body: `body ${seq}`,
	...more,
})

const COUNT = 6

/** Two women who wrote three messages each by turns, two who read along, one who was taken out after the fourth. */
function goodHistory(): History {
	const all = Array.from({ length: COUNT }, (_, at) => said(at + 1))
	return {
		intents: all.map(({ seq, body }) => ({
			writer: seq % 2 ? 'amal' : 'ines',
			number: Math.floor((seq - 1) / 2),
			body,
			begunAt: seq * 10,
		})),
		acknowledgements: all.map((one) => ({ ...one, at: one.seq * 10 + 5 })),
		screens: [
			{ name: 'first', shown: [...all], end: [...all], wrong: [] },
			{ name: 'closed', shown: all.slice(0, 3), wrong: [] },
		],
		rows: all.map((one) => ({ ...one, authorId: one.seq % 2 ? 'amal' : 'ines', at: one.seq })),
		removals: [
			{
				name: 'gone',
				at: 46,
				within: 0,
				heard: all.slice(0, 4).map(({ body, seq }) => ({ body, at: seq * 10 + 6 })),
				bytesAfter: 0,
			},
		],
	}
}

test('a good history is good', () => {
	expect(check(goodHistory())).toEqual({
		said: COUNT,
		acknowledged: COUNT,
		lost: [],
		doubled: [],
		outOfOrder: [],
		toRemoved: [],
		unsent: [],
	})
})

test('so is one with nothing in it', () => {
	const nothing = { intents: [], acknowledgements: [], screens: [], rows: [], removals: [] }
	expect(isGood(check(nothing))).toBe(true)
})

/** Each takes a good history and breaks one promise in it. */
const BROKEN: [
	string,
	'lost' | 'doubled' | 'outOfOrder' | 'toRemoved' | 'unsent',
	(good: History) => void,
][] = [
	['an acknowledged message is not in the table', 'lost', ({ rows }) => rows.splice(2, 1)],
	['the last acknowledged message is not in the table', 'lost', ({ rows }) => rows.pop()],
	[
		'an acknowledged message was written with other words',
		'lost',
		({ rows }) => {
			rows[2]!.body = 'body 2b'
		},
	],
	['a message never came up on a screen', 'lost', ({ screens }) => screens[0]!.shown.splice(1, 1)],
	['the newest message never came up on a screen', 'lost', ({ screens }) => screens[0]!.shown.pop()],
	['a page that was closed had skipped one', 'lost', ({ screens }) => screens[1]!.shown.splice(1, 1)],
	[
		'a message is in the table twice under two keys',
		'doubled',
		({ rows }) => rows.push({ ...rows[0]!, id: 'other', key: 'other', seq: COUNT + 1 }),
	],
	[
		'a key is in the table twice',
		'doubled',
		({ rows }) => rows.push({ ...rows[0]!, id: 'other', body: 'other', seq: COUNT + 1 }),
	],
	[
		'one key was acknowledged as two messages',
		'doubled',
		({ acknowledgements }) => acknowledgements.push({ ...acknowledgements[0]!, id: 'id2', at: 99 }),
	],
	['a message came up twice', 'doubled', ({ screens }) => screens[0]!.shown.push(said(COUNT))],
	['a message stands twice on a screen', 'doubled', ({ screens }) => screens[0]!.end!.push(said(1))],
	[
		'a picture had the same message twice',
		'doubled',
		({ screens }) => screens[0]!.wrong.push('body 3 twice'),
	],
	[
		'two messages changed places on a screen',
		'outOfOrder',
		({ screens }) => screens[0]!.shown.splice(1, 2, said(3), said(2)),
	],
	['a message stands at the wrong place', 'outOfOrder', ({ screens }) => screens[0]!.end!.reverse()],
	[
		'a screen shows a number that is not that of the table',
		'outOfOrder',
		({ screens }) => {
			screens[0]!.shown[5] = said(COUNT, { seq: COUNT + 1 })
		},
	],
	[
		'a screen showed what was never committed',
		'outOfOrder',
		({ screens }) => screens[0]!.shown.push(said(7, { body: 'ghost' })),
	],
	[
		'what she wrote later stands before what she wrote first',
		'outOfOrder',
		({ intents }) => {
			const [first, , second] = intents
			;[first!.number, second!.number] = [second!.number, first!.number]
		},
	],
	[
		'a message begun after another was acknowledged stands before it',
		'outOfOrder',
		({ intents }) => {
			intents[1]!.begunAt = 58
		},
	],
	['the room left a number out', 'outOfOrder', (good) => void Object.assign(good, skipped(good))],
	[
		'a message nobody wrote',
		'outOfOrder',
		({ rows }) => rows.push({ ...said(COUNT + 1), authorId: 'amal', at: 99 }),
	],
	[
		'a removed woman was told what was begun afterwards',
		'toRemoved',
		({ removals }) => removals[0]!.heard.push({ body: 'body 5', at: 56 }),
	],
	[
		'a removed woman was told what nobody said',
		'toRemoved',
		({ removals }) => removals[0]!.heard.push({ body: 'something else', at: 10 }),
	],
	[
		'bytes reached a connection that had ended',
		'toRemoved',
		({ removals }) => {
			removals[0]!.bytesAfter = 1
		},
	],
	[
		'a message went nowhere and nobody was told',
		'unsent',
		({ intents }) => intents.push({ writer: 'amal', number: 9, body: 'body 9', begunAt: 99 }),
	],
]

/** The last message under the next number, everywhere. */
function skipped({ acknowledgements, screens, rows }: History): Partial<History> {
	const later = <T extends Said>(list: T[]) =>
		list.map((one) => (one.seq === COUNT ? { ...one, seq: COUNT + 1 } : one))
	return {
		acknowledgements: later(acknowledgements),
		screens: screens.map((one) => ({ ...one, shown: later(one.shown), end: one.end && later(one.end) })),
		rows: later(rows),
	}
}

test.each(BROKEN)('%s: %s', (_what, kind, breakIt) => {
	const history = goodHistory()
	breakIt(history)
	const verdict = check(history)
	expect(verdict[kind]).not.toEqual([])
	expect(isGood(verdict)).toBe(false)
})

test('what only looks wrong is good', () => {
	const history = goodHistory()
	// The same key acknowledged again as the same message; the acknowledgement lost, but the message is there.
	history.acknowledgements.push({ ...history.acknowledgements[0]!, at: 99 })
	history.acknowledgements.splice(3, 1)
	// Who does not see the words of another misses nothing; who was taken out may hear what was begun before.
	history.screens.push({
		name: 'blocks ines',
		shown: [1, 3, 5].map((seq) => said(seq)),
		end: [1, 3, 5].map((seq) => said(seq)),
		wrong: [],
		unseen: new Set(['ines']),
	})
	history.removals[0]!.heard.push({ body: 'body 4', at: 900 })
	// A number went to something else.
	history.intents.push({ writer: 'amal', number: 3, body: 'body 8', begunAt: 80 })
	history.rows.push({ ...said(COUNT + 2, { body: 'body 8' }), authorId: 'amal', at: 99 })
	for (const screen of history.screens)
		if (screen.end)
			for (const list of [screen.shown, screen.end]) list.push(said(COUNT + 2, { body: 'body 8' }))
	history.otherNumbers = [COUNT + 1]
	expect(isGood(check(history))).toBe(true)
})
