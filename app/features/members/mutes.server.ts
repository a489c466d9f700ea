import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { type Db, db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mutes } from '~/db/schema/ties'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { type BlockDoors, readBlocked, seen } from './blocks.server'
import { OnePerson } from './members.schema'

/** Far more than anyone needs. */
const LISTED_AT_MOST = 300

/** Whether one member has muted another: her words are folded for her, and nothing of them is told to her. */
export const isMutedBy = (muter: SQL, muted: SQL) =>
	sql<boolean>`exists (select 1 from mutes where mutes.muter_id = ${muter} and mutes.muted_id = ${muted})`

/** Whose words are folded for this member. Hers alone to know. */
export async function mutedBy(tx: Db, memberId: string): Promise<string[]> {
	const rows = await tx.select({ id: mutes.mutedId }).from(mutes).where(eq(mutes.muterId, memberId))
	return rows.map(({ id }) => id)
}

/** Those she has muted, by handle: like the list of those she blocks, without whoever hides from her. */
export async function readMuted(actor: Actor, doors: BlockDoors) {
	const rows = await db
		.select({ id: members.id, handle: members.handle, since: mutes.since })
		.from(mutes)
		.innerJoin(members, eq(members.id, mutes.mutedId))
		.where(eq(mutes.muterId, actor.id))
		.orderBy(asc(members.skeleton))
		.limit(LISTED_AT_MOST)
	const between = rows.map(({ id }) => id)
	const openly = between.filter((id) => !actor.blocked.includes(id))
	const known = await seen(db, actor, { openly, between }, doors)
	return rows.filter(({ id }) => known.has(id))
}

/**
 * Mutes a woman she sees somewhere; nobody else learns of it. Doing it twice changes nothing. Throws `not-found` where the
 * other is missing or nowhere to be seen by her.
 */
export const mutePerson = (doors: BlockDoors) =>
	command({
		input: OnePerson,
		limit: 'block',
		access: (actor, input) => readBlocked(actor, doors, input.member),
		async run({ actor, found: { person }, tx }) {
			// Of whom she blocks she sees nothing already.
			if (!person) return
			await tx.insert(mutes).values({ muterId: actor.id, mutedId: person.id }).onConflictDoNothing()
		},
	})

/** Wants to read her again as she reads everyone. Where there is nothing to end nothing happens, and nothing is said. */
export const unmutePerson = command({
	input: OnePerson,
	limit: 'block',
	async run({ actor, input, tx }) {
		await tx.delete(mutes).where(and(eq(mutes.muterId, actor.id), eq(mutes.mutedId, input.member)))
	},
})
