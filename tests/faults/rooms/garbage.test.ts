import { expect, test } from 'vitest'
import { eventNames, Garbage } from './garbage'

const known = { rooms: ['a room'], messages: ['a message'], members: ['a member'] }
const some = (seed: number) => {
	const garbage = new Garbage(seed, known)
	return Array.from({ length: 500 }, () => garbage.next())
}

test('the same seed gives the same packets, another gives others', () => {
	expect(JSON.stringify(some(1))).toBe(JSON.stringify(some(1)))
	expect(JSON.stringify(some(2))).not.toBe(JSON.stringify(some(1)))
})

test('every event of the rooms is among them', () => {
	expect(eventNames()).toEqual(
		expect.arrayContaining(['room:join', 'message:send', 'message:edit', 'message:report']),
	)
	const sent = new Set(some(3).map(({ event }) => event?.[0]))
	for (const name of eventNames()) expect(sent).toContain(name)
})
