import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { sql as query } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { rooms } from '~/db/schema/chat'
import { posts, spaces, topics } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { renderBody } from '~/features/forum/markdown.server'
import { skeleton } from '~/features/members/handle'
import { directionOf } from '~/platform/text'

interface Dataset {
	users: { name: string; password: string }[]
	categories: { name: string; description: string }[]
	topics: { title: string; category: number; at: number; posts: number; script: string }[]
	posts(): Iterable<{ topic: number; first: boolean; user: number; text: string; at: number }>
}

const CHUNK = 1000
const LANGUAGE_OF: Record<string, string> = { latin: 'it', cyrillic: 'bg', arabic: 'ar' }
const ROOMS = 12

/**
 * Writes the load rig's dataset (users, categories as spaces, topics, posts, and rooms to talk in) into an empty
 * database. Everybody has the rig's passphrase, hashed once. Returns the rooms' ids.
 */
export async function writeDataset(sql: postgres.Sql, dataset: Dataset): Promise<string[]> {
	const db = drizzle(sql)
	const passphraseHash = await hash(dataset.users[0]!.password, {
		memoryCost: 19 * 1024,
		timeCost: 2,
		parallelism: 1,
	})
	const people = dataset.users.map(({ name }) => ({
		id: randomUUID(),
		handle: name,
		skeleton: skeleton(name),
		passphraseHash,
		rulesVersion: 'bench',
		vouchedAt: new Date(),
		locale: 'en',
		// Lists leave out what she cannot read; the rig counts what is in them.
		reads: Object.values(LANGUAGE_OF),
	}))
	await inChunks(people, (rows) => db.insert(members).values(rows))
	const places = dataset.categories.map(({ name, description }, position) => ({
		id: randomUUID(),
		position,
		icon: 'home',
		names: { en: name },
		descriptions: { en: description },
	}))
	await db.insert(spaces).values(places)
	const made = dataset.topics.map(({ title, category, at, posts: count, script }) => ({
		id: randomUUID(),
		spaceId: places[category]!.id,
		authorId: people[0]!.id,
		key: randomUUID(),
		title,
		lang: LANGUAGE_OF[script]!,
		dir: directionOf(title),
		langs: [LANGUAGE_OF[script]!],
		createdAt: new Date(at),
		lastPostAt: new Date(at),
		postSeq: count,
		visiblePosts: count,
	}))
	await inChunks(made, (rows) => db.insert(topics).values(rows))
	await writePosts(db, dataset, { people, made })
	const rows = await db
		.insert(rooms)
		.values(
			Array.from({ length: ROOMS }, (_, n) => ({
				kind: 'open' as const,
				names: { en: `Room ${n + 1}` },
				about: { en: 'A room' },
			})),
		)
		.returning({ id: rooms.id })
	await db.execute(query`vacuum analyze`)
	return rows.map(({ id }) => id)
}

type Written = { people: { id: string }[]; made: { id: string; lang: string }[] }

async function writePosts(db: ReturnType<typeof drizzle>, dataset: Dataset, { people, made }: Written) {
	const seqs = new Map<number, number>()
	const rows = []
	for (const post of dataset.posts()) {
		const seq = (seqs.get(post.topic) ?? 0) + 1
		seqs.set(post.topic, seq)
		rows.push({
			topicId: made[post.topic]!.id,
			seq,
			authorId: people[post.user]!.id,
			key: randomUUID(),
			body: post.text,
			html: renderBody(post.text),
			lang: made[post.topic]!.lang,
			dir: directionOf(post.text),
			langSource: 'declared' as const,
			createdAt: new Date(post.at),
		})
	}
	await inChunks(rows, (part) => db.insert(posts).values(part))
	await db.execute(
		query`update topics set last_post_at = (select max(created_at) from posts where topic_id = topics.id)`,
	)
}

async function inChunks<T>(rows: T[], write: (part: T[]) => Promise<unknown>) {
	for (let at = 0; at < rows.length; at += CHUNK) await write(rows.slice(at, at + CHUNK))
}
