import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Person } from './people'

export type RoomKind = 'open' | 'private' | 'session' | 'circle'

/** What the first of them is in it. */
const LED = { open: 'member', private: 'member', session: 'host', circle: 'host' } as const

/** A room straight into the tables, with these people in it; who stands first leads it. A session has begun. */
export async function aRoom(sql: Sql, kind: RoomKind, people: readonly Person[] = []): Promise<string> {
	const id = randomUUID()
	const names = kind === 'private' ? null : JSON.stringify({ en: 'Kitchen table' })
	await sql`insert into rooms (id, kind, names, languages) values (${id}, ${kind}, ${names}::text::jsonb, '{it}')`
	for (const [at, person] of people.entries())
		await sql`insert into room_members (room_id, member_id, role)
			values (${id}, ${person.id}, ${at === 0 ? LED[kind] : 'member'})`
	if (kind === 'session')
		await sql`
		insert into room_sessions (room_id, starts_at, minutes, size, lang, dir, state, doors, opened_at, host_seen_at)
		values (${id}, now(), 60, 20, 'it', 'ltr', 'open', 'open', now(), now())`
	return id
}

/** Messages straight into the table, one by each of these people; their ids. */
export async function fillRoom(sql: Sql, room: string, people: readonly Person[]): Promise<string[]> {
	const rows = people.map(({ id }, at) => ({
		room_id: room,
		seq: at + 1,
		changed_seq: at + 1,
		author_id: id,
		key: randomUUID(),
		body: `message ${at + 1}`,
		dir: 'ltr',
	}))
	await sql`update rooms set seq = ${rows.length} where id = ${room}`
	const written = await sql<{ id: string }[]>`insert into messages ${sql(rows)} returning id`
	return written.map(({ id }) => id)
}
