import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db, statementCounter } from '~/db/client.server'

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
