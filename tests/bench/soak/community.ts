import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { hash } from '@node-rs/argon2'
import postgres from 'postgres'
import { skeleton } from '~/features/members/handle'
import { createDatabase, dropDatabase, openDatabase } from '../../../scripts/postgres.mjs'
import { removeDatabase } from '../../../scripts/postgres-place.mjs'
import type { Person } from '../../faults/rooms/people'
import { freePort } from '../../faults/rooms/redis'
import { migrateTemplate } from '../../setup/migrate'
import { writeForum } from '../forum-scale'
import { COMMON, RARE, VOCABULARIES } from '../forum-words'
import { openRoom, writePeople } from '../rooms/community.mjs'
import { type Serving, startServing } from '../serving.mjs'

const DATABASE = 'mimosa_soak'
export const PASSPHRASE = 'seven quiet rivers run'

export interface CommunitySize {
	members: number
	posts: number
	rooms: number
	workers: number
}

/** Invented women, what they have written, and the built server that serves them as it serves everybody: with limits. */
export interface Community {
	origin: string
	server: Serving
	/** Of the database. */
	postmaster: number
	people: Person[]
	topics: string[]
	spaces: string[]
	searches: string[]
	rooms: string[]
	sql: postgres.Sql
	close(): Promise<void>
}

/** Makes it from nothing; `close` leaves nothing of it. */
export async function openCommunity(size: CommunitySize): Promise<Community> {
	const dataDir = path.resolve(`.data/soak-${process.pid}`)
	const database = await openDatabase({ dataDir })
	let sql: postgres.Sql | undefined
	let server: Serving | undefined
	const close = async () => {
		await server?.stop()
		await sql?.end({ timeout: 5 })
		await database.stop()
		await removeDatabase(dataDir)
	}
	try {
		const admin = database.adminUrl('postgres')
		await dropDatabase(admin, DATABASE)
		await createDatabase(admin, DATABASE)
		const url = database.url(DATABASE)
		await migrateTemplate(url)
		sql = postgres(url, { max: 3, onnotice: () => {} })
		const secret = randomBytes(32).toString('base64url')
		const made = await fill(sql, size, secret)
		const port = await freePort()
		// A proxy stands in front, and each woman has an address of her own.
		const env = { DATABASE_URL: url, SESSION_SECRET: secret, TRUST_PROXY: '1' }
		server = await startServing({ port, workers: size.workers, env })
		const origin = `http://127.0.0.1:${port}`
		return { ...made, origin, server, postmaster: database.pid, sql, close }
	} catch (error) {
		await close()
		throw error
	}
}

async function fill(sql: postgres.Sql, { members, posts, rooms: count }: CommunitySize, secret: string) {
	await writeForum(sql, { posts })
	const cookies: string[] = await writePeople(sql, { count: members, secret })
	const reads = VOCABULARIES.map(({ lang }) => lang)
	// One hash for all: what signing in costs is its check.
	const passphrase = await hash(PASSPHRASE, { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 })
	const women = await sql<{ id: string; handle: string }[]>`
		update members set reads = ${reads}, passphrase_hash = ${passphrase} where handle like 'Member %'
		returning id, handle`
	await sql`
		update members set skeleton = given.skeleton
		from unnest(${women.map(({ id }) => id)}::uuid[], ${women.map(({ handle }) => skeleton(handle))}::text[])
			as given (id, skeleton)
		where members.id = given.id`
	const people = women.map((woman) => ({
		...woman,
		cookie: cookies[Number(woman.handle.replace('Member ', '')) - 1]!,
	}))
	const rooms = []
	for (let n = 1; n <= count; n += 1) rooms.push(await openRoom(sql, `Room ${n}`))
	const topics = await sql<{ path: string }[]>`
		select '/forum/' || space_id || '/' || id as path from topics order by last_post_at desc limit 500`
	const spaces = await sql<{ path: string }[]>`select distinct '/forum/' || space_id as path from topics`
	await sql`vacuum (analyze)`
	const words = [COMMON, RARE, ...VOCABULARIES.flatMap(({ words: some }) => some.slice(5, 8))]
	return {
		people,
		rooms,
		topics: topics.map((row) => row.path),
		spaces: spaces.map((row) => row.path),
		searches: words.map((word) => `/search?q=${encodeURIComponent(word)}`),
	}
}
