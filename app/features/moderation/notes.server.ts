import { asc, eq } from 'drizzle-orm'
import { type Db, db, type Tx } from '~/db/client.server'
import { caseNotes } from '~/db/schema/casework'
import { members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'

/** What moderators left for each other on a case, the first first. Read only after `accessCase` let her in. */
export const readNotes = (caseId: string, from: Db = db) =>
	from
		.select({ id: caseNotes.id, words: caseNotes.words, at: caseNotes.at, author: members.handle })
		.from(caseNotes)
		.leftJoin(members, eq(members.id, caseNotes.authorId))
		.where(eq(caseNotes.caseId, caseId))
		.orderBy(asc(caseNotes.at), asc(caseNotes.id))

/** In a transaction of somebody who was let in. */
export const writeNote = (tx: Tx, actor: Actor, caseId: string, words: string) =>
	tx.insert(caseNotes).values({ caseId, authorId: actor.id, words })
