import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { roomDoors, roomMembers, roomSessions, rooms } from '~/db/schema/chat'
import type { Actor } from '~/platform/actor'
import { type CommandContext, command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { AnyRoom } from '../chat.schema'
import { findMessage, isShown } from '../messages.server'
import {
	accessLed,
	accessSession,
	findSeat,
	findSession,
	ofMember,
	refused,
	type Session,
	tellChange,
} from './access.server'
import { goOutOfSession } from './doors.server'
import { closeSession } from './planning.server'
import { canTakeOut, leads } from './session.policy'
import {
	CallNext,
	MuteMember,
	OneInIt,
	PinMessage,
	SetSlow,
	SetStep,
	SetTurns,
	WriteNote,
} from './session.schema'

interface Leading<Input> extends CommandContext<Actor, Input> {
	session: Session
}

/**
 * One tool of the hosts: the session is held, her right to lead it looked at again, and what she changed counted and
 * told. `act` returns false where there is nothing to do any more, because the other host was quicker.
 */
const tool = <Schema extends z.ZodType<{ room: string }>>(
	input: Schema,
	act: (leading: Leading<z.output<Schema>>) => Promise<boolean>,
) =>
	command({
		input,
		limit: 'chat.lead',
		async run(context) {
			const session = await accessLed(context.tx, context.actor, context.input.room)
			if (await act({ ...context, session })) await tellChange(context.tx, session.id, context.publish)
		},
	})

const set = (tx: Tx, session: Session, change: PgUpdateSetSource<typeof roomSessions>) =>
	tx.update(roomSessions).set(change).where(eq(roomSessions.roomId, session.id))

/** Whoever is in it, with her place. Throws `conflict` when she is not there any more. */
async function seatOf(tx: Tx, session: Session, memberId: string) {
	const seat = await findSeat(tx, session.id, memberId)
	if (!seat) throw refused('gone')
	return seat
}

/** The session begins. */
export const openSession = tool(AnyRoom, async ({ tx, session }) => {
	if (session.state === 'open') return false
	if (session.state === 'paused') throw refused('paused')
	await set(tx, session, { state: 'open', openedAt: sql`now()` })
	return true
})

/** Only hosts write until it goes on. */
export const pauseSession = tool(AnyRoom, async ({ tx, session }) => {
	if (session.state === 'planned') throw refused('notBegun')
	if (session.state === 'paused') return false
	await set(tx, session, { state: 'paused', pausedBy: 'host' })
	return true
})

/** It goes on, whoever or whatever had paused it. */
export const goOn = tool(AnyRoom, async ({ tx, session }) => {
	if (session.state === 'planned') throw refused('notBegun')
	if (session.state === 'open') return false
	await set(tx, session, { state: 'open', pausedBy: null })
	return true
})

/** Ends it for good. Ending what the other host has ended is the same end. */
export const endSession = command({
	input: AnyRoom,
	limit: 'chat.lead',
	async run({ actor, input, tx, publish, audit }) {
		const session = await accessSession(tx, actor, input.room)
		if (!leads(session.seat)) throw new AppError('forbidden')
		if (session.state === 'ended') return
		if (session.state === 'planned') throw refused('notBegun')
		await closeSession(tx, session.id, publish)
		await audit({ action: 'session.ended', subjectKind: 'room', subjectId: session.id })
	},
})

/** How long each has to wait between two messages. */
export const setSlow = tool(SetSlow, async ({ tx, session, input }) => {
	if (session.slowSeconds === input.seconds) return false
	await tx.update(rooms).set({ slowSeconds: input.seconds }).where(eq(rooms.id, session.id))
	return true
})

/** Only the one whose turn it is writes; or everyone again. */
export const setTurns = tool(SetTurns, async ({ tx, session, input }) => {
	const oneAtATime = input.on === 'yes'
	if (session.oneAtATime === oneAtATime) return false
	await set(tx, session, oneAtATime ? { oneAtATime } : { oneAtATime, speakerId: null })
	return true
})

const lowerHand = (tx: Tx, roomId: string, memberId: string) =>
	tx
		.update(roomMembers)
		.set({ handAt: null })
		.where(and(ofMember(roomId, memberId), isNotNull(roomMembers.handAt)))
		.returning()

/** The first raised hand has the word now; nobody, where no hand is up. */
export const callNext = tool(CallNext, async ({ tx, session, input }) => {
	if ((session.speakerId ?? '') !== input.after) throw refused('changed')
	const [first] = await tx
		.select({ memberId: roomMembers.memberId })
		.from(roomMembers)
		.where(and(eq(roomMembers.roomId, session.id), isNull(roomMembers.leftAt), isNotNull(roomMembers.handAt)))
		.orderBy(asc(roomMembers.handAt), asc(roomMembers.memberId))
		.limit(1)
	if (!first && session.speakerId === null) return false
	if (first) await lowerHand(tx, session.id, first.memberId)
	await set(tx, session, { speakerId: first?.memberId ?? null })
	return true
})

/** Gives the word to one of them. */
export const giveWord = tool(OneInIt, async ({ tx, session, input }) => {
	await seatOf(tx, session, input.member)
	if (session.speakerId === input.member) return false
	await lowerHand(tx, session.id, input.member)
	await set(tx, session, { speakerId: input.member })
	return true
})

/** Nobody has the word. */
export const takeWord = tool(AnyRoom, async ({ tx, session }) => {
	if (session.speakerId === null) return false
	await set(tx, session, { speakerId: null })
	return true
})

/** Takes a hand down. */
export const lowerTheirHand = tool(
	OneInIt,
	async ({ tx, session, input }) => (await lowerHand(tx, session.id, input.member)).length > 0,
)

/** The step of the agenda they are at. */
export const setStep = tool(SetStep, async ({ tx, session, input }) => {
	if (input.step >= session.agenda.length) throw refused('changed')
	if (session.step === input.step) return false
	await set(tx, session, { step: input.step })
	return true
})

/** A message of this session stays in sight. */
export const pinMessage = tool(PinMessage, async ({ tx, session, input }) => {
	const message = await findMessage(tx, { id: input.id })
	if (!message || message.roomId !== session.id || !isShown(message)) throw new AppError('not-found')
	if (session.pinnedId === message.id) return false
	await tx.update(rooms).set({ pinnedId: message.id }).where(eq(rooms.id, session.id))
	return true
})

export const unpinMessage = tool(AnyRoom, async ({ tx, session }) => {
	if (session.pinnedId === null) return false
	await tx.update(rooms).set({ pinnedId: null }).where(eq(rooms.id, session.id))
	return true
})

/** She reads and does not write for some minutes. Hosts are not muted. */
export const muteMember = tool(MuteMember, async ({ tx, session, input, audit }) => {
	if ((await seatOf(tx, session, input.member)).role !== 'member') throw new AppError('forbidden')
	await tx
		.update(roomMembers)
		.set({ mutedUntil: sql`now() + make_interval(mins => ${input.minutes})`, handAt: null })
		.where(ofMember(session.id, input.member))
	if (session.speakerId === input.member) await set(tx, session, { speakerId: null })
	await audit({
		action: 'session.muted',
		subjectKind: 'room',
		subjectId: session.id,
		memberId: input.member,
	})
	return true
})

export const unmuteMember = tool(OneInIt, async ({ tx, session, input }) => {
	const unmuted = await tx
		.update(roomMembers)
		.set({ mutedUntil: null })
		.where(and(ofMember(session.id, input.member), isNotNull(roomMembers.mutedUntil)))
		.returning()
	return unmuted.length > 0
})

/** Takes her out for good, also from the lobby: the session is not there for her any more. Twice is once. */
export const removeMember = command({
	input: OneInIt,
	limit: 'chat.lead',
	async run({ actor, input: { room, member: memberId }, tx, publish, audit }) {
		const session = await accessLed(tx, actor, room)
		const seat = await findSeat(tx, session.id, memberId)
		const [door] = await tx
			.select({ state: roomDoors.state })
			.from(roomDoors)
			.where(and(eq(roomDoors.roomId, session.id), eq(roomDoors.memberId, memberId)))
		if (door?.state === 'removed') return
		if (!seat && !door) throw refused('gone')
		if (seat && (memberId === actor.id || !canTakeOut(session.seat, seat))) throw new AppError('forbidden')
		await tx
			.insert(roomDoors)
			.values({ roomId: session.id, memberId, state: 'removed', byId: actor.id })
			.onConflictDoUpdate({
				target: [roomDoors.roomId, roomDoors.memberId],
				set: { state: 'removed', byId: actor.id, at: sql`now()` },
			})
		await audit({ action: 'session.removed', subjectKind: 'room', subjectId: session.id, memberId })
		if (seat) await goOutOfSession(tx, { roomId: session.id, memberId }, publish)
		else await tellChange(tx, session.id, publish)
	},
})

/** What hosts keep of it, without names; also after the end. */
export const writeNote = command({
	input: WriteNote,
	limit: 'chat.lead',
	async run({ actor, input, tx }) {
		const session = await findSession(tx, actor, input.room)
		if (!leads(session.seat)) throw new AppError('forbidden')
		await set(tx, session, { note: input.note })
	},
})
