import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { db, pool } from '~/db/client.server'
import { auditLog, organisations } from '~/db/schema/members'
import { deliver, subscribe } from '~/platform/bus.server'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { databaseFault } from '~/platform/log.server'
import { checkChain } from '../../scripts/audit-chain.mjs'
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

test('fifty on record at once all succeed, and the chain of what is on record is whole', async () => {
	const actor = await aMember()
	const words = Array.from({ length: 50 }, (_, n) => `word ${n}`)
	expect(await Promise.all(words.map((word) => tell(actor, { word })))).toEqual(words)
	const [row] = await db.execute<{ n: number }>(sql`
		select count(*)::int as n from audit_log join audit_chain using (seq) where actor_id = ${actor.id}`)
	expect(row?.n).toBe(50)
	expect((await checkChain(pool)).fault).toBeNull()
})

/** Writes two names in the order given, and stops between them until the other one has its first, too. */
function crossing() {
	let meet = () => {}
	const both = new Promise<void>((resolve) => {
		meet = resolve
	})
	let met = 0
	let tries = 0
	const cross = command({
		input: z.object({ first: z.string(), second: z.string() }),
		async run({ input, tx, publish, audit }) {
			tries += 1
			const rename = (name: string) =>
				tx.update(organisations).set({ country: 'ES' }).where(eq(organisations.name, name))
			publish({ name: 'test:told', word: input.first })
			await rename(input.first)
			met += 1
			if (met === 2) meet()
			await both
			await rename(input.second)
			await audit({ action: 'test.crossed' })
			return input.first
		},
	})
	return { cross, tries: () => tries }
}

test('of two that wait for each other in a circle both are done, each told and on record once', async () => {
	heard.length = 0
	const actor = await aMember()
	await db
		.insert(organisations)
		.values(['a', 'b'].map((name) => ({ name, country: 'IT', kind: 'centre' as const })))
	const { cross, tries } = crossing()
	const done = [cross(actor, { first: 'a', second: 'b' }), cross(actor, { first: 'b', second: 'a' })]
	expect(await Promise.all(done)).toEqual(['a', 'b'])
	await new Promise((resolve) => setImmediate(resolve))
	expect(tries()).toBe(3)
	expect(heard.toSorted()).toEqual(['a', 'b'])
	const record = await db.$count(
		auditLog,
		and(eq(auditLog.actorId, actor.id), eq(auditLog.action, 'test.crossed')),
	)
	expect(record).toBe(2)
})

test.each([
	['40P01', 2, 'ok'],
	['40001', 2, 'ok'],
	['40P01', 3, '40P01'],
	['23505', 2, '23505'],
])('a fault %s on every try before number %i ends as %s', async (code, good, outcome) => {
	let tries = 0
	const fail = command({
		input: z.object({}),
		async run({ tx }) {
			tries += 1
			if (tries < good) await tx.execute(sql.raw(`do $$ begin raise sqlstate '${code}'; end $$`))
		},
	})
	const ended = fail(await aMember(), {}).then(
		() => 'ok',
		(error) => databaseFault(error)?.code,
	)
	expect(await ended).toBe(outcome)
})
