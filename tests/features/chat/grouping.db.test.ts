import { randomUUID } from 'node:crypto'
import { asc, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import { closePrivateRoom } from '~/features/chat/rooms.server'
import { sendMessage } from '~/features/chat/writing.server'
import type { Actor } from '~/platform/actor'
import { subscribe } from '~/platform/bus.server'
import { anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aSpace } from '../../factories/forum'
import { aMember } from '../../factories/members'
import { statementsOf } from '../../factories/statements'

const told: number[] = []
subscribe('chat:message', ({ seq }) => void told.push(seq))

let people: Actor[]
beforeEach(async () => {
	people = await Promise.all(Array.from({ length: 5 }, () => aMember()))
	told.length = 0
})

interface Sent {
	room: string
	key?: string
	body?: string
	sure?: boolean
}
const send = (actor: Actor, { key = randomUUID(), body = 'Good morning', ...rest }: Sent) =>
	sendMessage(actor, { key, body, ...rest })

const rowsOf = (room: string) =>
	db.select().from(messages).where(eq(messages.roomId, room)).orderBy(asc(messages.seq))

const seqOf = async (room: string) =>
	(await db.select({ seq: rooms.seq }).from(rooms).where(eq(rooms.id, room)))[0]!.seq

const isInsert = ({ text }: { text: string }) => text.includes('insert into "messages"')

describe('said at one moment in an open room', () => {
	test('goes in a few statements, each number once, everyone with her own words', async () => {
		const room = await anOpenRoom()
		let answers: Awaited<ReturnType<typeof send>>[] = []
		const sent = await statementsOf(async () => {
			answers = await Promise.all(
				Array.from({ length: 120 }, (_, n) => send(people[n % 5]!, { room, body: `word ${n}` })),
			)
		})
		expect(sent.filter(isInsert)).toHaveLength(3)
		const rows = await rowsOf(room)
		expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, n) => n + 1))
		expect(rows.map(({ changedSeq }) => changedSeq)).toEqual(rows.map(({ seq }) => seq))
		expect(await seqOf(room)).toBe(120)
		const byId = new Map(rows.map((row) => [row.id, row]))
		for (const [n, answer] of answers.entries())
			expect(byId.get(answer.id)).toMatchObject({
				body: `word ${n}`,
				authorId: people[n % 5]!.id,
				seq: n + 1,
			})
		await new Promise((resolve) => setImmediate(resolve))
		expect(told).toEqual(rows.map(({ seq }) => seq))
	})

	test('is committed when the answer comes', async () => {
		const room = await anOpenRoom()
		const seen = await Promise.all(
			people.map(async (actor) => {
				const { id } = await send(actor, { room })
				return db.$count(messages, eq(messages.id, id))
			}),
		)
		expect(seen).toEqual([1, 1, 1, 1, 1])
	})

	test('what is refused, or was said before, takes nothing from the others', async () => {
		const room = await anOpenRoom()
		const key = randomUUID()
		const before = await send(people[0]!, { room, key, body: 'said before' })
		const answers = await Promise.allSettled([
			send(people[0]!, { room, key, body: 'said before' }),
			send(people[1]!, { room, body: 'fine' }),
			send(people[2]!, { room, body: 'call me: 333 123 4567' }),
			send({ ...people[3]!, status: 'suspended' }, { room }),
			send(people[4]!, { room, body: 'fine, too' }),
		])
		expect(answers.map((answer) => (answer.status === 'fulfilled' ? 'said' : answer.reason.code))).toEqual([
			...['said', 'said', 'invalid', 'forbidden', 'said'],
		])
		expect(answers[0]).toMatchObject({ value: { id: before.id } })
		expect((await rowsOf(room)).map(({ body }) => body).sort()).toEqual(['fine', 'fine, too', 'said before'])
		expect(await seqOf(room)).toBe(3)
	})

	test('the same key at the same moment is the same message', async () => {
		const room = await anOpenRoom()
		const key = randomUUID()
		const answers = await Promise.all([
			send(people[0]!, { room, key }),
			send(people[0]!, { room, key: key.toUpperCase() }),
			send(people[1]!, { room, key }),
			send(people[0]!, { room, key }),
		])
		expect(new Set(answers.map(({ id }) => id)).size).toBe(2)
		expect(await seqOf(room)).toBe(2)
	})

	test('the same key in two rooms at the same moment is said in one of them', async () => {
		const [here, there] = [await anOpenRoom(), await anOpenRoom()]
		const key = randomUUID()
		const answers = await Promise.allSettled([
			send(people[0]!, { room: here, key }),
			send(people[0]!, { room: there, key }),
			send(people[1]!, { room: here }),
			send(people[2]!, { room: there }),
		])
		expect(answers.map(({ status }) => status).sort()).toEqual([
			'fulfilled',
			'fulfilled',
			'fulfilled',
			'rejected',
		])
		expect((await seqOf(here)) + (await seqOf(there))).toBe(3)
	})

	test('who wrote it is not told with her words to those who have a block with her', async () => {
		const room = await anOpenRoom()
		const unseen: string[][] = []
		subscribe('chat:message', ({ roomId, unseenBy }) => void (roomId === room && unseen.push(unseenBy)))
		await Promise.all([
			send({ ...people[0]!, blocked: [people[1]!.id] }, { room }),
			send(people[2]!, { room }),
		])
		await new Promise((resolve) => setImmediate(resolve))
		expect(unseen).toEqual([[people[1]!.id], []])
	})
})

describe('rooms with rules of their own', () => {
	test('are asked one by one: closed, held, of two', async () => {
		const [amal, ines, stranger] = people as [Actor, Actor, Actor]
		const closed = await aPrivateRoom(amal, ines)
		await db.transaction((tx) => closePrivateRoom(tx, closed, () => {}))
		const holding = await anOpenRoom({ holds: true })
		const ended = await anOpenRoom({ closedAt: new Date() })
		const own = await aPrivateRoom(amal, ines)
		const answers = await Promise.allSettled([
			send(amal, { room: closed }),
			send(amal, { room: ended }),
			send(amal, { room: holding }),
			send(stranger, { room: own }),
			send(stranger, { room: randomUUID() }),
			send(ines, { room: own }),
		])
		expect(
			answers.map((answer) =>
				answer.status === 'rejected' ? answer.reason.code : 'held' in answer.value ? 'held' : 'said',
			),
		).toEqual(['forbidden', 'forbidden', 'held', 'not-found', 'not-found', 'said'])
	})

	test('a space for everyone goes together, another asks who comes', async () => {
		const [open, other] = [await aSpace('Work'), await aSpace('Staff', { access: 'practitioners' })]
		const [here, there] = await Promise.all([open, other].map(({ id }) => anOpenRoom({ spaceId: id })))
		const sent = await statementsOf(async () => {
			await Promise.all(people.map((actor) => send(actor, { room: here! })))
		})
		expect(sent.filter(isInsert)).toHaveLength(1)
		await expect(send(people[0]!, { room: there! })).rejects.toMatchObject({ code: 'not-found' })
		expect(await seqOf(there!)).toBe(0)
	})

	test('a room that is closed while somebody waits for it takes nothing more', async () => {
		const room = await anOpenRoom()
		let close = () => {}
		const closing = db.transaction(async (tx) => {
			await tx.execute(sql`update rooms set closed_at = now() where id = ${room}`)
			await new Promise<void>((resolve) => {
				close = resolve
			})
		})
		await new Promise((resolve) => setTimeout(resolve, 50))
		const late = Promise.allSettled(people.map((actor) => send(actor, { room })))
		await new Promise((resolve) => setTimeout(resolve, 100))
		close()
		await closing
		expect(
			(await late).map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'said')),
		).toEqual(people.map(() => 'forbidden'))
		expect(await rowsOf(room)).toEqual([])
	})
})
