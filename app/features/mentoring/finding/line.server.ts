import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentoringWishes } from '~/db/schema/mentoring'
import { tell, untell } from '~/features/members/notices.server'
import { command } from '~/platform/command.server'
import { mentorIdOf } from '../mentoring.policy'
import { moved } from './line.policy'
import { reachableMentors } from './reachable.server'
import { MoveForm } from './wishes.schema'

/**
 * A woman's line: whom she asks now, and whom after her. Whatever changes it goes through this lock first, before the
 * lock of any match, so that two changes of one line never meet and never wait for each other in a circle.
 */
export const lockLine = async (tx: Tx, menteeId: string) =>
	void (await tx
		.select({ id: members.id })
		.from(members)
		.where(eq(members.id, menteeId))
		.for('no key update'))

const chosenBy = (menteeId: string) => and(eq(matches.menteeId, menteeId), eq(matches.status, 'chosen'))

async function readLine(tx: Tx, menteeId: string) {
	const line = await tx
		.select({ id: matches.id, mentorId: matches.mentorId })
		.from(matches)
		.where(chosenBy(menteeId))
		.orderBy(asc(matches.place), asc(matches.id))
	return line.map((match) => ({ ...match, mentorId: mentorIdOf(match) }))
}

async function hasOne(tx: Tx, menteeId: string, status: 'asked' | 'accepted') {
	const found = await tx.$count(matches, and(eq(matches.menteeId, menteeId), eq(matches.status, status)))
	return found > 0
}

/** Her request reaches a mentor now: the mentor is told, and her three days begin. */
async function askNow(tx: Tx, match: { id: string; mentorId: string }) {
	await tx
		.update(matches)
		.set({ status: 'asked', place: null, askedAt: sql`now()` })
		.where(eq(matches.id, match.id))
	await tell(tx, { memberIds: [match.mentorId], kind: 'mentoring.asked', subjectId: match.id })
}

/**
 * Asks the next in her line whom she may still ask (reachable.server.ts) and tells both. Whoever can no longer be asked
 * leaves the line, without having known that she stood in it. With nobody left she is told that, too, unless a mentor is
 * with her already. `herself`: it is she who took her request back, so there is nothing to tell her.
 */
export async function passOn(tx: Tx, menteeId: string, { herself = false } = {}) {
	await lockLine(tx, menteeId)
	if (await hasOne(tx, menteeId, 'asked')) return
	const line = await readLine(tx, menteeId)
	const reachable = await reachableMentors(
		tx,
		menteeId,
		line.map(({ mentorId }) => mentorId),
	)
	const at = line.findIndex(({ mentorId }) => reachable.get(mentorId)?.whyNot === null)
	const next = line[at]
	await dropFromLine(
		tx,
		line.slice(0, next ? at : line.length).map(({ id }) => id),
	)
	if (next) await askNow(tx, next)
	if (herself || (!next && (await hasOne(tx, menteeId, 'accepted')))) return
	await tell(tx, {
		memberIds: [menteeId],
		kind: next ? 'mentoring.passedOn' : 'mentoring.lineEnded',
		subjectId: next?.id ?? menteeId,
	})
}

/** What either was told of a request or a proposal that is no more. */
export async function forgetNotices(
	tx: Tx,
	{ id, menteeId, mentorId }: Pick<typeof matches.$inferSelect, 'id' | 'menteeId' | 'mentorId'>,
) {
	for (const memberId of [menteeId, mentorId].filter((one) => one !== null)) {
		await untell(tx, { memberId, kind: 'mentoring.asked', subjectId: id })
		await untell(tx, { memberId, kind: 'mentoring.proposed', subjectId: id })
	}
}

/** They were never asked: nothing of it stays. */
async function dropFromLine(tx: Tx, ids: string[]) {
	if (ids.length > 0)
		await tx.delete(matches).where(and(inArray(matches.id, ids), eq(matches.status, 'chosen')))
}

/** Drops whom she has chosen and not asked yet: a mentor has said yes, or she no longer looks. */
export async function leaveLine(tx: Tx, menteeId: string) {
	await lockLine(tx, menteeId)
	await tx.delete(matches).where(chosenBy(menteeId))
}

/** She has a mentor, or looks for none: coordinators look for nobody on her behalf. */
export const stopWaiting = async (tx: Tx, menteeId: string) =>
	void (await tx
		.update(mentoringWishes)
		.set({ waitingSince: null })
		.where(eq(mentoringWishes.memberId, menteeId)))

const hasNobody = sql`not exists (select 1 from matches x
	where x.mentee_id = mentoring_wishes.member_id and x.status = 'accepted')`

/**
 * She waits (again) for a mentor from now on, if she has said what she would like and none is with her; who waits
 * already goes on waiting.
 */
export const waitAgain = async (tx: Tx, menteeId: string) =>
	void (await tx
		.update(mentoringWishes)
		.set({ waitingSince: sql`coalesce(${mentoringWishes.waitingSince}, now())` })
		.where(and(eq(mentoringWishes.memberId, menteeId), hasNobody)))

/**
 * Moves one of those in her line up or down, or takes her out of it. Where that one does not stand in it (any more)
 * nothing happens.
 */
export const moveInLine = command({
	input: MoveForm,
	limit: 'mentoring.answer',
	async run({ actor, input, tx }) {
		await lockLine(tx, actor.id)
		const line = (await readLine(tx, actor.id)).map(({ id }) => id)
		const after = moved(line, input.match, input.move)
		await dropFromLine(
			tx,
			line.filter((id) => !after.includes(id)),
		)
		for (const [at, id] of after.entries())
			await tx
				.update(matches)
				.set({ place: at + 1 })
				.where(eq(matches.id, id))
	},
})
