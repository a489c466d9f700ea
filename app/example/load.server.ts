import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { installation, members } from '~/db/schema/members'
import { hashPassphrase } from '~/features/members/passphrase.server'
import { type ExampleSignIn, exampleSignIns, signInLine } from './sign-ins.server'
import { type ExampleTexts, readTexts } from './texts.server'
import { writeCare } from './write-care.server'
import { writeCircles } from './write-circles.server'
import { writeForum } from './write-forum.server'
import { writeForumLife } from './write-forum-life.server'
import { writeForumReading } from './write-forum-reading.server'
import { writeMentoring } from './write-mentoring.server'
import { writeNotices } from './write-notices.server'
import { type ExampleIds, writePeople } from './write-people.server'
import { writeQueue } from './write-queue.server'
import { writeRooms } from './write-rooms.server'
import { writeSessions } from './write-sessions.server'
import { writeSpaces } from './write-spaces.server'
import { writeWording } from './write-wording.server'

interface LoadOptions {
	/** Empties the database of the example first. */
	again: boolean
	onProgress(step: string): void
}

/**
 * Loads the example community into an empty database, and gives the lines to sign in with. Whatever the texts say is
 * written past the commands: their limits and clocks are for living people.
 */
export async function loadExample({ again, onProgress }: LoadOptions): Promise<string[]> {
	const texts = await readTexts()
	const signIns = exampleSignIns(texts.people)
	if (again) await emptyExample()
	if ((await db.$count(members)) === 0) {
		onProgress('Loading the example community')
		const hashes = await hashesFor(signIns)
		await db.transaction(async (tx) => {
			await tx.execute(sql`set local statement_timeout = 0`)
			const ids = await writePeople(tx, texts.people, signIns, hashes)
			const spaces = await writeWholeForum(tx, texts, signIns, ids)
			await writeWording(tx, texts.people, spaces, ids)
			await writeRooms(tx, texts.rooms, { people: texts.people, spaces, ids })
			await writeSessions(tx, texts.sessions, ids)
			await writeCircles(tx, texts.circles, ids)
			await writeMentoring(tx, texts, ids)
			// Whoever tries the example writes as much as she likes.
			await tx.insert(installation).values({ key: 'setting.firstPosts', value: 'open' }).onConflictDoNothing()
			await writeQueue(tx, texts.queue, { spaces, ids })
			await writeCare(tx, { people: texts.people, signIns, ids })
		})
		await db.execute(sql`analyze`)
	}
	return signIns.map(signInLine)
}

/** The forum: its spaces, what was asked and answered, what became of it, and what each woman sees as hers. */
async function writeWholeForum(tx: Tx, texts: ExampleTexts, signIns: ExampleSignIn[], ids: ExampleIds) {
	const { people, own } = texts
	const spaces = await writeSpaces(tx, people, ids)
	const written = await writeForum(tx, texts, spaces, ids)
	const { translations, wishes } = await writeForumLife(tx, written, { people, spaces, ids })
	const owners = await writeForumReading(tx, written, { people, own, signIns, spaces, wishes, ids })
	await writeNotices(tx, written, { people, spaces, owners, translations, ids })
	return spaces
}

/** Real hashes for the five who can sign in; the others share one of a passphrase that nobody knows. */
async function hashesFor(signIns: { handle: string; passphrase: string }[]) {
	const locked = await hashPassphrase(randomBytes(32).toString('hex'))
	const own = await Promise.all(
		signIns.map(async ({ handle, passphrase }) => [handle, await hashPassphrase(passphrase)] as const),
	)
	return { locked, own: new Map(own) }
}

async function emptyExample() {
	await db.transaction(async (tx: Tx) => {
		await tx.execute(sql`truncate members, organisations, spaces, rooms, cases, need_words cascade`)
		await tx.execute(sql`delete from installation where key like 'figures.%'`)
	})
}
