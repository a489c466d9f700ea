import { and, asc, eq, or, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mentoringNotes } from '~/db/schema/together'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { NOTES_AT_MOST } from '../mentoring.limits'
import { AddNote, EditNote, OneNote } from './match.schema'
import { accessMatch, accessRunning, type Match } from './match-access.server'

/** What she can read of a match's notes: those for both, and her own. The other one's own are in no answer to her. */
export const readNotes = (matchId: string, actor: Pick<Actor, 'id'>) =>
	db
		.select({
			id: mentoringNotes.id,
			words: mentoringNotes.body,
			lang: mentoringNotes.lang,
			dir: mentoringNotes.dir,
			shared: mentoringNotes.shared,
			byHer: sql<boolean>`${mentoringNotes.authorId} is not distinct from ${actor.id}::uuid`,
			author: members.handle,
			at: mentoringNotes.createdAt,
			edited: sql<boolean>`${mentoringNotes.editedAt} is not null`,
		})
		.from(mentoringNotes)
		.leftJoin(members, eq(members.id, mentoringNotes.authorId))
		.where(
			and(
				eq(mentoringNotes.matchId, matchId),
				or(eq(mentoringNotes.shared, true), eq(mentoringNotes.authorId, actor.id)),
			),
		)
		.orderBy(asc(mentoringNotes.createdAt), asc(mentoringNotes.id))
		.limit(2 * NOTES_AT_MOST)

const written = (words: string, language: string) => ({
	body: words,
	lang: language,
	dir: directionOf(words, dirOf(language)),
})

/** Her match, if a note of this sort can be written now: one for herself also during a break, which tells nobody. */
const accessToWrite = async (tx: Tx, actor: Actor, id: string, shared: boolean): Promise<Match> => {
	if (shared) return accessRunning(tx, actor, id)
	const match = await accessMatch(tx, actor, id, { lock: 'match' })
	if (match.status !== 'accepted') throw new AppError('conflict', { details: { reason: match.status } })
	return match
}

/**
 * Writes a note for both or for herself alone. The same form again is the same note. Throws `not-found`, `conflict`
 * (`details.reason`: the match's state, `break`, `many`).
 */
export const addNote = command({
	input: AddNote,
	limit: 'mentoring.page',
	async run({ actor, input, tx }) {
		const shared = input.shared === 'yes'
		const match = await accessToWrite(tx, actor, input.match, shared)
		const hers = and(eq(mentoringNotes.matchId, match.id), eq(mentoringNotes.authorId, actor.id))
		// Hers alone: how many the other one has written for herself is nothing to her.
		if ((await tx.$count(mentoringNotes, and(hers, eq(mentoringNotes.key, input.key)))) > 0) return
		if ((await tx.$count(mentoringNotes, hers)) >= NOTES_AT_MOST) {
			throw new AppError('conflict', { details: { reason: 'many' } })
		}
		await tx
			.insert(mentoringNotes)
			.values({
				matchId: match.id,
				key: input.key,
				authorId: actor.id,
				shared,
				...written(input.words, input.language),
			})
			// A key of the other one's: of a note she may not read, not even that it is there.
			.onConflictDoNothing()
	},
})

/** A note she wrote in this match. Throws `not-found` for the other one's, whether or not she can read it. */
async function accessOwn(tx: Tx, actor: Actor, match: Match, id: string) {
	const [note] = await tx
		.select({ id: mentoringNotes.id, shared: mentoringNotes.shared })
		.from(mentoringNotes)
		.where(
			and(
				eq(mentoringNotes.id, id),
				eq(mentoringNotes.matchId, match.id),
				eq(mentoringNotes.authorId, actor.id),
			),
		)
	if (!note) throw new AppError('not-found')
	return note
}

/** Changes the words of a note of hers. Throws `not-found`, `conflict` once it is over or during a break. */
export const editNote = command({
	input: EditNote,
	limit: 'mentoring.page',
	async run({ actor, input, tx }) {
		const match = await accessMatch(tx, actor, input.match)
		const note = await accessOwn(tx, actor, match, input.note)
		await accessToWrite(tx, actor, input.match, note.shared)
		await tx
			.update(mentoringNotes)
			.set({ ...written(input.words, input.language), editedAt: sql`now()` })
			.where(eq(mentoringNotes.id, note.id))
	},
})

/** Takes a note of hers away, also when the mentoring is over. Throws `not-found`. */
export const removeNote = command({
	input: OneNote,
	limit: 'mentoring.page',
	async run({ actor, input, tx }) {
		const match = await accessMatch(tx, actor, input.match)
		const note = await accessOwn(tx, actor, match, input.note)
		await tx.delete(mentoringNotes).where(eq(mentoringNotes.id, note.id))
	},
})
