import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { house } from '~/house.server'
import { aside } from '~/platform/aside.server'

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

// Last of all the house ends the pools (`pool.end`), so no other test stands in this file.
test('what no answer waits for still has its database while the house closes', async () => {
	let answered: unknown
	aside('tests', async () => {
		await wait(200)
		answered = await db.execute(sql`select 1 as one`)
	})
	await house.close()
	expect(answered).toEqual([{ one: 1 }])
	await expect(db.execute(sql`select 1`)).rejects.toThrow()
})
