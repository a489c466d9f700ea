import { eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import { heldMessages } from '~/db/schema/chat-held'
import { keepBack } from '~/features/moderation/decisions.server'
import { readDuty } from '~/features/moderation/duty.server'
import { seesQueue } from '~/features/moderation/moderation.policy'
import { KeepBack } from '~/features/moderation/moderation.schema'
import { letModeratorsLook, screenedByRules, UNTOUCHED } from '~/features/moderation/screening.server'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { type CommandContext, command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { pgArray } from '~/platform/text'
import { withBlockIn } from '../changing.server'
import { fulfilWishes, insertMessage } from '../inserting.server'
import { findMessage, type MessageRow, presentEntry, voicesOf } from '../messages.server'
import { messageSubject } from '../subject.server'
import { forHer, sayableIn } from './access.server'
import { HELD_A_PAGE } from './holding.limits'

type Publish = (event: DomainEvent) => void

/** Makes what waited a message, with its id and its key. The room is held. Nobody is told yet. */
async function makeMessage(tx: Tx, id: string, folded = false): Promise<MessageRow | undefined> {
	const [held] = await tx.delete(heldMessages).where(eq(heldMessages.id, id)).returning()
	const row = held && (await insertMessage(tx, held.authorId, held.roomId, held))
	if (row && folded) await tx.update(messages).set({ foldedAt: sql`now()` }).where(eq(messages.id, row.id))
	// Her key has given a message already, in another room: that one is it.
	return row && findMessage(tx, { id: row.id })
}

/** Says to a room that the transaction holds what has waited, like any new message. */
async function say(tx: Tx, id: string, publish: Publish, folded = false): Promise<MessageRow | undefined> {
	const row = await makeMessage(tx, id, folded)
	if (!row) return undefined
	const { roomId, seq } = row
	const unseenBy = await withBlockIn(tx, roomId, voicesOf(row))
	publish({ name: 'chat:message', roomId, seq, entry: presentEntry(row), fresh: true, unseenBy, apart: [] })
	const original = row.translationOf ? await findMessage(tx, { id: row.translationOf }) : undefined
	if (original && row.lang) await fulfilWishes(tx, original, row.lang, publish)
	return row
}

/** Holds the rooms in which these wait, in one order for everyone; gives what is still there for her. */
async function accessHeld(tx: Tx, actor: Actor, ids: readonly string[]) {
	if (!seesQueue(actor)) throw new AppError('not-found')
	if ((await readDuty(tx, actor)) === null) throw new AppError('forbidden', { details: { why: 'duty' } })
	const waiting = tx
		.select({ id: heldMessages.roomId })
		.from(heldMessages)
		.where(inArray(heldMessages.id, [...ids]))
	await tx
		.select({ id: rooms.id })
		.from(rooms)
		.where(inArray(rooms.id, waiting))
		.orderBy(rooms.id)
		.for('no key update')
	return tx.execute<{ id: string; author_id: string }>(sql`
		select held.id, held.author_id from held_messages held join rooms on rooms.id = held.room_id
		where held.id = any(${pgArray(ids)}::uuid[]) and ${forHer(actor)}
		order by held.created_at, held.id`)
}

/** One, or all that her page showed: what came in since then she has not read. */
const LetThrough = z.object({
	held: z.preprocess(
		(value) => [value ?? []].flat(),
		z.array(z.uuid('errors:notUnderstood')).min(1, 'errors:notUnderstood').max(HELD_A_PAGE, 'errors:tooMany'),
	),
})

/**
 * Lets through what waits, in the order it was said. What another moderator let through, kept back or its author took
 * back meanwhile is passed over. Throws `forbidden` for a moderator who is not on duty.
 */
export const letThrough = command({
	input: LetThrough,
	limit: 'moderation.decide',
	async run({ actor, input, tx, publish, audit }) {
		for (const { id, author_id } of await accessHeld(tx, actor, input.held)) {
			if (!(await say(tx, id, publish))) continue
			await audit({
				action: 'moderation.let-through',
				subjectKind: 'message',
				subjectId: id,
				memberId: author_id,
			})
		}
	},
})

/** What the watch rules find in words that wait, whatever their room does. */
async function foundIn(tx: Tx, id: string) {
	const [held] = await tx
		.select({ text: heldMessages.body, lang: heldMessages.lang })
		.from(heldMessages)
		.where(eq(heldMessages.id, id))
	return held ? screenedByRules(held) : UNTOUCHED
}

type KeepingBack = CommandContext<Actor, z.output<typeof KeepBack>>

/**
 * Does not let it through: it becomes a message that was never shown, hidden by a decision with its reasons, so that it
 * can be undone and appealed against. Throws `conflict` where it no longer waits, `forbidden` off duty.
 */
export const keepHeldBack = command({
	input: KeepBack,
	limit: 'moderation.decide',
	async run({ actor, input: { id, rule, words }, tx, publish, audit }: KeepingBack) {
		const [held] = await accessHeld(tx, actor, [id])
		const { hold } = await foundIn(tx, id)
		if (!held || !(await makeMessage(tx, id))) throw new AppError('conflict')
		const kept = { subject: messageSubject, id, watchRuleId: hold?.id, rule, words }
		await keepBack({ actor, tx, publish, audit }, kept)
	},
})

/**
 * Lets through whatever waits in a room that the transaction holds and that holds nothing any more; what a watch rule
 * holds waits on, and what one folds or flags is folded and told of, as nobody has read it.
 */
export async function letAllThrough(tx: Tx, roomId: string, publish: Publish) {
	for (const { id } of await tx.execute<{ id: string }>(sayableIn([roomId]))) {
		const screened = await foundIn(tx, id)
		if (screened.hold || !(await say(tx, id, publish, screened.fold !== null))) continue
		await letModeratorsLook(tx, { subject: messageSubject, id, screened, first: false })
	}
}
