import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { db } from '~/db/client.server'
import { organisations } from '~/db/schema/members'
import { deliver, subscribe } from '~/platform/bus.server'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { aMember } from '../factories/members'

declare module '~/platform/bus.server' {
	interface DomainEvents {
		'test:told': { word: string }
	}
}

const heard: string[] = []
subscribe('test:told', ({ word }) => void heard.push(word))

const tell = command({
	input: z.object({ word: z.string().min(1, 'errors:empty') }),
	async run({ input, tx, publish, audit }) {
		publish({ name: 'test:told', word: input.word })
		await tx.insert(organisations).values({ name: input.word, country: 'IT', kind: 'centre' })
		await audit({ action: 'test.tell' })
		if (input.word === 'stop') throw new AppError('conflict')
		return input.word
	},
})

test('a change is told after it is committed, and on record', async () => {
	const actor = await aMember()
	expect(await tell(actor, { word: 'go', id: 'ignored', actorId: 'someone else' })).toBe('go')
	await new Promise((resolve) => setImmediate(resolve))
	expect(heard).toEqual(['go'])
	const [row] = await db.execute<{ n: number }>(
		sql`select count(*)::int as n from audit_log where action = 'test.tell' and actor_id = ${actor.id}`,
	)
	expect(row?.n).toBe(1)
})

test('a change that rolls back is never told and leaves nothing', async () => {
	heard.length = 0
	await expect(tell(await aMember(), { word: 'stop' })).rejects.toMatchObject({
		code: 'conflict',
		status: 409,
	})
	await new Promise((resolve) => setImmediate(resolve))
	expect(heard).toEqual([])
	expect(await db.$count(organisations)).toBe(0)
})

test.each([
	[{}, { word: 'errors:notUnderstood' }],
	[{ word: '' }, { word: 'errors:empty' }],
	[{ word: ['a', 'b'] }, { word: 'errors:notUnderstood' }],
	[null, { '': 'errors:notUnderstood' }],
])('an input of %j is refused at the field', async (raw, fields) => {
	await expect(tell(await aMember(), raw)).rejects.toMatchObject({ code: 'invalid', status: 422, fields })
})

test('a listener that fails does not undo or stop anything', async () => {
	subscribe('test:told', ({ word }) => {
		if (word === 'trip') throw new Error('a listener tripped')
	})
	deliver([{ name: 'test:told', word: 'trip' }])
	await new Promise((resolve) => setImmediate(resolve))
	expect(await tell(await aMember(), { word: 'on' })).toBe('on')
})

test('the audit log can only grow', async () => {
	const change = db.execute(sql`delete from audit_log`)
	await expect(change).rejects.toMatchObject({ cause: { code: '42501' } })
})
