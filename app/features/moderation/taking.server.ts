import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { accessCase } from './cases.server'
import { letGo, recordLook, refuseIfHeld, take } from './claiming.server'
import { whyNotHers } from './moderation.policy'
import { Note, OneCase } from './moderation.schema'
import { writeNote } from './notes.server'

/**
 * "I take it": for half an hour nobody else decides it; again, and the time begins anew. Throws `not-found` outside her
 * scope, `forbidden` where another has to look, `conflict` when it is decided or somebody else was first.
 */
export const claim = command({
	input: OneCase,
	limit: 'moderation.decide',
	async run({ actor, input, tx }) {
		const found = await accessCase(tx, actor, input.case)
		if (whyNotHers(actor, found)) throw new AppError('forbidden')
		if (!(await take(tx, actor, found.id))) {
			await refuseIfHeld(tx, actor, found.id)
			throw new AppError('conflict')
		}
		await recordLook(tx, found.id, actor.id)
	},
})

/** Gives it back to the queue; nobody asks why. Twice is once. Throws `not-found` outside her scope. */
export const giveBack = command({
	input: OneCase,
	async run({ actor, input, tx }) {
		const found = await accessCase(tx, actor, input.case)
		await letGo(tx, actor, found.id)
	},
})

/**
 * Leaves a note for the next moderator; whoever holds the case goes on holding it. Throws `not-found` outside her scope,
 * `forbidden` where another has to look: who reported a case does not speak along in it.
 */
export const leaveNote = command({
	input: Note,
	limit: 'moderation.decide',
	async run({ actor, input, tx }) {
		const found = await accessCase(tx, actor, input.case)
		if (whyNotHers(actor, found)) throw new AppError('forbidden')
		await writeNote(tx, actor, found.id, input.note)
	},
})

/**
 * Hands a case over: the note stays, and it waits for the others again. Throws `not-found` outside her scope, `forbidden`
 * where another has to look.
 */
export const handOver = command({
	input: Note,
	limit: 'moderation.decide',
	async run({ actor, input, tx }) {
		const found = await accessCase(tx, actor, input.case)
		if (whyNotHers(actor, found)) throw new AppError('forbidden')
		await writeNote(tx, actor, found.id, input.note)
		await letGo(tx, actor, found.id)
	},
})
