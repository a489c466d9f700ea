import { and, eq } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { messageReactions, messageWishes } from '~/db/schema/chat-marks'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { changeMessage } from './changing.server'
import { canWrite } from './chat.policy'
import { ReactToMessage, WishForMessage } from './chat.schema'
import { findMessage, isHeard, isShown, presentTo, readerIn } from './messages.server'
import { accessRoomToChange } from './rooms.server'

/** A message that is there for her, in a room that is not closed. */
async function accessMessage(
	tx: Tx,
	actor: Actor,
	{ room: id, id: messageId }: { room: string; id: string },
) {
	const room = await accessRoomToChange(tx, actor, id)
	const row = await findMessage(tx, { id: messageId })
	const reader = readerIn(actor, room)
	if (row?.roomId !== room.id || !isShown(row) || !isHeard(reader, row)) throw new AppError('not-found')
	if (!canWrite(actor, room)) throw new AppError('forbidden')
	return { row, reader }
}

/** Puts a small sign under a message, or takes it away; without `on` whichever it is not. Answers with the message. */
export const reactToMessage = command({
	input: ReactToMessage,
	limit: 'chat.mark',
	async run({ actor, input, tx, publish }) {
		const { row, reader } = await accessMessage(tx, actor, input)
		const sign = { messageId: row.id, memberId: actor.id, kind: input.kind }
		const hers = and(
			eq(messageReactions.messageId, row.id),
			eq(messageReactions.memberId, actor.id),
			eq(messageReactions.kind, input.kind),
		)
		const on = input.on ?? (await tx.$count(messageReactions, hers)) === 0
		const changed = on
			? await tx.insert(messageReactions).values(sign).onConflictDoNothing().returning()
			: await tx.delete(messageReactions).where(hers).returning()
		const now = changed.length > 0 ? await changeMessage(tx, row, {}, publish, actor.id) : row
		return (await presentTo(tx, reader, [now]))[0]!
	},
})

/** Whether it can be read in this language already, in what it says now. */
async function isSaidIn(tx: Tx, row: { id: string; lang: string | null }, language: string) {
	if (row.lang === language) return true
	const pairs = await tx
		.select({ id: messages.id })
		.from(messages)
		.where(and(eq(messages.translationOf, row.id), eq(messages.lang, language)))
	for (const { id } of pairs) {
		const pair = await findMessage(tx, { id })
		if (pair && isShown(pair) && !pair.outdated) return true
	}
	return false
}

/**
 * "Please translate", or no longer. Asking for what is there already changes nothing. Throws `forbidden` for her own
 * words and for what is a translation itself.
 */
export const wishForMessage = command({
	input: WishForMessage,
	limit: 'chat.mark',
	async run({ actor, input, tx, publish }) {
		const { row, reader } = await accessMessage(tx, actor, input)
		if (row.authorId === actor.id || row.translationOf) throw new AppError('forbidden')
		const wish = { messageId: row.id, memberId: actor.id, lang: input.language }
		const changed = !input.on
			? await tx.delete(messageWishes).where(isHers(wish)).returning()
			: (await isSaidIn(tx, row, input.language))
				? []
				: await tx.insert(messageWishes).values(wish).onConflictDoNothing().returning()
		const now = changed.length > 0 ? await changeMessage(tx, row, {}, publish, actor.id) : row
		return (await presentTo(tx, reader, [now]))[0]!
	},
})

const isHers = (wish: { messageId: string; memberId: string; lang: string }) =>
	and(
		eq(messageWishes.messageId, wish.messageId),
		eq(messageWishes.memberId, wish.memberId),
		eq(messageWishes.lang, wish.lang),
	)
