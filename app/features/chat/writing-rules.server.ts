import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { messages, roomMembers, roomSessions, rooms } from '~/db/schema/chat'
import { heldMessages } from '~/db/schema/chat-held'
import { mustAgreeFirst } from '~/features/members/editions/in-force.server'
import { beginsSlowly, countFirstMessage } from '~/features/members/vouching/beginning.server'
import { slowMessage } from '~/features/moderation/measures/slowing.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { type RoomFacts, silentIn } from './chat.policy'
import { ofMember } from './led/access.server'
import { whyNotNow } from './led/session.policy'
import type { Seat, WhyNot } from './led/session.wire'

/** What decides it, by the database's clock. */
async function factsOf(tx: Tx, roomId: string, memberId: string) {
	const [facts] = await tx
		.select({
			state: roomSessions.state,
			role: sql<Seat>`${roomMembers.role}`,
			mutedMinutes: sql<number>`greatest(0, ceil(extract(epoch from ${roomMembers.mutedUntil} - clock_timestamp()) / 60))::int`,
			slow: rooms.slowSeconds,
			slowSeconds: sql<number>`greatest(0, ceil(${rooms.slowSeconds}
				- extract(epoch from clock_timestamp() - ${roomMembers.saidAt})))::int`,
			oneAtATime: roomSessions.oneAtATime,
			speaks: sql<boolean>`${roomSessions.speakerId} is not distinct from ${memberId}::uuid`,
		})
		.from(roomSessions)
		.innerJoin(rooms, eq(rooms.id, roomSessions.roomId))
		.innerJoin(roomMembers, ofMember(roomId, memberId))
		.where(eq(roomSessions.roomId, roomId))
	return facts
}

const saidBefore = async (tx: Tx, actor: Actor, key: string) =>
	(await tx.$count(messages, and(eq(messages.authorId, actor.id), eq(messages.key, key)))) > 0 ||
	(await tx.$count(heldMessages, and(eq(heldMessages.authorId, actor.id), eq(heldMessages.key, key)))) > 0

/** A slow room is a matter of waiting; everything else is said, and her words stay with her. */
function refusal({ why, count }: { why: WhyNot; count: number }) {
	const details = { why: `sessions:why.${why}`, count, seconds: count }
	if (why !== 'slow') return new AppError('forbidden', { details })
	return new AppError('too-many', { details: { ...details, count: Math.ceil(count / 60) } })
}

/** What a decision holds her to where others than those she chose read along: not to write there, or slowly. */
async function checkMeasures(
	tx: Tx,
	actor: Actor,
	room: Pick<RoomFacts, 'kind' | 'spaceId'>,
	key: string | undefined,
) {
	if (actor.restraints.length === 0) return
	if (key && (await saidBefore(tx, actor, key))) return
	if (silentIn(actor, room)) {
		throw new AppError('forbidden', { fields: { body: 'measures:refused.muted' } })
	}
	if (key && room.kind !== 'private') await slowMessage(tx, actor)
}

/** New rules that have stood for two weeks come first; not in a room of two, where she may be asking for help. */
async function checkAgreed(tx: Tx, actor: Actor, room: Pick<RoomFacts, 'kind'>, key: string | undefined) {
	if (!key || room.kind === 'private' || !mustAgreeFirst(actor)) return
	if (!(await saidBefore(tx, actor, key)))
		throw new AppError('forbidden', { fields: { body: 'editions:first' } })
}

/** Somebody new says one thing a minute where everyone reads along. The same message sent again counts once. */
async function checkBeginning(tx: Tx, actor: Actor, room: Pick<RoomFacts, 'kind'>, key: string | undefined) {
	if (!key || room.kind !== 'open' || !beginsSlowly(actor)) return
	if (!(await saidBefore(tx, actor, key))) await countFirstMessage(tx, actor)
}

/**
 * Whether she may write in a room she sees, at this moment; the transaction holds the room. Throws `forbidden`, in a led
 * session with `details.why`, the key of the sentence that says it, and `too-many` where she only has to wait. `key` of a new message: where the room is slow she waits
 * from it, and one that is there already is let through, since the same key gives the same message whatever came after.
 */
export async function mayWriteNow(
	tx: Tx,
	actor: Actor,
	room: { id: string } & Pick<RoomFacts, 'kind' | 'spaceId' | 'closed'>,
	key?: string,
) {
	await checkMeasures(tx, actor, room, key)
	await checkAgreed(tx, actor, room, key)
	await checkBeginning(tx, actor, room, key)
	if (room.kind !== 'session') {
		if (actor.status !== 'active' || room.closed) throw new AppError('forbidden')
		return
	}
	const facts = await factsOf(tx, room.id, actor.id)
	if (!facts) throw new AppError('not-found')
	const not = whyNotNow({ ...facts, slowSeconds: key ? facts.slowSeconds : 0 })
	if (!not && facts.slow === 0) return
	if (key && (await saidBefore(tx, actor, key))) return
	if (not) throw refusal(not)
	if (key)
		await tx.update(roomMembers).set({ saidAt: sql`clock_timestamp()` }).where(ofMember(room.id, actor.id))
}
