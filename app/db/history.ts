import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'

/** A migration the database has run, as drizzle keeps it. */
export interface Applied {
	hash: string
	at: number
}

/** A migration of this code. */
export interface Known extends Applied {
	name: string
}

/** The migrations of this code, in order. */
export function knownMigrations(folder: string): Known[] {
	const journal = JSON.parse(readFileSync(path.join(folder, 'meta/_journal.json'), 'utf8')) as {
		entries: { tag: string }[]
	}
	return readMigrationFiles({ migrationsFolder: folder }).map(({ hash, folderMillis }, index) => ({
		hash,
		at: folderMillis,
		name: journal.entries[index]!.tag,
	}))
}

/**
 * Why this code must not touch a database with this history, in one line for the operator; undefined when it may.
 * Drizzle itself only looks at the date of the last migration, and would go on.
 */
export function historyFault(applied: readonly Applied[], known: readonly Known[]): string | undefined {
	const newest = Math.max(...known.map(({ at }) => at))
	const last = Math.max(...applied.map(({ at }) => at))
	if (last > newest)
		return 'The database was migrated by a newer version of Mimosa. Start that one, or restore a backup from before it.'
	if (applied.some(({ at }) => !known.some((one) => one.at === at)))
		return 'The database has run a migration that is not in drizzle/. Put the file back.'
	const hashes = new Map(applied.map(({ at, hash }) => [at, hash]))
	const changed = known.find(({ at, hash }) => hashes.has(at) && hashes.get(at) !== hash)
	if (changed)
		return `Migration ${changed.name} was changed after this database ran it. Put the file back as it was.`
	const skipped = known.find(({ at }) => at < last && !hashes.has(at))
	if (skipped)
		return `Migration ${skipped.name} is older than what this database has run, so it would never run. Generate it anew.`
	return undefined
}
