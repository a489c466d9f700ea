import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, type Tx } from '~/db/client.server'
import { insertMessage } from '~/features/chat/inserting.server'
import { aMember } from '../factories/members'

/** The statements that docs/scaling.md gives. */
const statements = [...readFileSync('docs/scaling.md', 'utf8').matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(
	([, block]) => block!,
)

const GIVEN_UP = new Error('given up')

/** In a transaction that is given up: the next test has the tables as they were. */
const giveUpAfter = (act: (tx: Tx) => Promise<void>) =>
	db
		.transaction(async (tx) => {
			await act(tx)
			throw GIVEN_UP
		})
		.catch((error) => {
			if (error !== GIVEN_UP) throw error
		})

const say = (tx: Tx, author: string, room: string, key: string = randomUUID()) =>
	insertMessage(tx, author, room, {
		key,
		body: 'Good morning',
		lang: 'en',
		dir: 'ltr',
		replyTo: null,
		translationOf: null,
	})

test('the statements of docs/scaling.md divide messages by room, and talk goes on', async () => {
	const { id: author } = await aMember()
	await giveUpAfter(async (tx) => {
		const [room] = await tx.execute<{ id: string }>(
			sql`insert into rooms (kind) values ('open') returning id`,
		)
		const before = (await say(tx, author, room!.id))!
		await tx.execute(sql`insert into message_reactions (message_id, member_id, kind)
			values (${before.id}, ${author}, 'heart')`)
		for (const block of statements) await tx.execute(sql.raw(block))
		const key = randomUUID()
		const after = (await say(tx, author, room!.id, key))!
		expect([Number(before.seq), Number(after.seq)]).toEqual([1, 2])
		expect(await say(tx, author, room!.id, key)).toBeUndefined()
		const plan = await tx.execute(sql`explain select * from messages
			where room_id = ${sql.raw(`'${room!.id}'`)} and changed_seq > 0 order by changed_seq`)
		const read = new Set(JSON.stringify(plan).match(/messages_of_\d+ /g))
		expect(read.size).toBe(1)
		await tx.execute(sql`delete from rooms where id = ${room!.id}`)
		const left = await tx.execute(sql`select 1 from messages union all select 1 from message_reactions`)
		expect(left).toHaveLength(0)
	})
	expect(statements).toHaveLength(2)
})
