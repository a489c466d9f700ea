import path from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

/** Brings the template up to date. The application's own way (with its lock and checks) has tests of its own. */
export async function migrateTemplate(url: string) {
	const sql = postgres(url, { max: 1, onnotice: () => {} })
	await migrate(drizzle(sql), { migrationsFolder: path.resolve('drizzle') })
	await sql.end({ timeout: 5 })
}
