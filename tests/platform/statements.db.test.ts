import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db, planOnce, pool, statementCounter } from '~/db/client.server'
import { spaces } from '~/db/schema/forum'
import { aSpace } from '../factories/forum'

/** How many of the connections that were asked hold this statement. */
async function heldBy(text: string) {
	const rows = await Promise.all(
		Array.from({ length: 20 }, () =>
			db.execute<{ held: number }>(
				sql`select count(*)::int as held from pg_prepared_statements where position(${text} in statement) = 1`,
			),
		),
	)
	return Math.max(...rows.map(([row]) => row!.held))
}

describe('statements', () => {
	test('that are asked again and again are kept prepared', async () => {
		const ask = (n: number) => db.execute<{ n: number }>(sql`select ${n}::int as n`)
		for (let n = 0; n < 30; n += 1) expect(await ask(n)).toMatchObject([{ n }])
		expect(await heldBy('select $1::int as n')).toBe(1)
	})

	test('that are asked once are not', async () => {
		await db.execute(sql`select ${1}::int as once`)
		expect(await heldBy('select $1::int as once')).toBe(0)
	})

	test('are kept up to a number, whatever else is asked', () => {
		const isOften = statementCounter()
		const asked = Array.from({ length: 400 }, (_, n) => `select ${n}`)
		for (let times = 0; times < 4; times += 1) for (const text of asked) expect(isOften(text)).toBe(false)
		expect(asked.filter(isOften)).toHaveLength(300)
		expect(isOften('select 0')).toBe(true)
		expect(isOften('select 399')).toBe(false)
	})
})

describe('statements that are planned once', () => {
	const icons = (by: Pick<typeof db, 'select'>) =>
		by
			.select({ icon: spaces.icon })
			.from(spaces)
			.where(sql`${spaces.id} = ${sql.placeholder('id')}::uuid`)
	const planned = icons(planOnce).prepare('icon_planned_once')

	test('are never planned for what is asked', async () => {
		const { id, icon } = await aSpace()
		for (let n = 0; n < 20; n += 1) expect(await planned.execute({ id })).toEqual([{ icon }])
		const { sql: text } = planned.getQuery()
		const [held] = await planOnce
			.select({ custom: sql<number>`sum(custom_plans)::int`, generic: sql<number>`sum(generic_plans)::int` })
			.from(sql`pg_prepared_statements`)
			.where(sql`statement = ${text}`)
		expect(held!.custom).toBe(0)
		expect(held!.generic).toBeGreaterThan(0)
		expect(await heldBy(text)).toBe(0)
	})

	test('read what is committed, and the same words in a transaction what was written in it', async () => {
		const { id, icon } = await aSpace()
		await db.transaction(async (tx) => {
			await tx.execute(sql`update spaces set icon = 'changed' where id = ${id}`)
			const inside = icons(tx).prepare('icon_inside')
			expect(inside.getQuery().sql).toBe(planned.getQuery().sql)
			expect(await inside.execute({ id })).toEqual([{ icon: 'changed' }])
			expect(await planned.execute({ id })).toEqual([{ icon }])
		})
		expect(await planned.execute({ id })).toEqual([{ icon: 'changed' }])
	})

	test('close their connections with the others', async () => {
		const holder = globalThis as { __mimosa?: Map<string, unknown> }
		const own = holder.__mimosa
		holder.__mimosa = new Map()
		vi.resetModules()
		const other = await import('~/db/client.server').finally(() => {
			holder.__mimosa = own
		})
		const pid = sql<number>`pg_backend_pid()`.as('pid')
		const one = sql`(select 1) one`
		const asked = [
			...(await other.db.select({ pid }).from(one)),
			...(await other.planOnce.select({ pid }).from(one)),
		]
		const pids = asked.map((row) => row.pid)
		expect(new Set(pids).size).toBe(2)
		await other.pool.end({ timeout: 5 })
		const open = () => pool`select pid from pg_stat_activity where pid = any(${pids})`
		await expect.poll(async () => (await open()).length).toBe(0)
	})
})
