import { and, asc, eq, inArray, notInArray, type SQL, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { referrals } from '~/db/schema/measures'
import { members, organisations } from '~/db/schema/members'
import { tell } from '~/features/members/notices.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { recordOf } from './referral-record'
import { OneReferral } from './referrals.schema'

const SHOWN_AT_MOST = 100

/** The organisations whose practitioner or lead she is. */
const worksFor = (actor: Actor) =>
	actor.grants.flatMap(({ role, organisationId }) =>
		(role === 'practitioner' || role === 'lead') && organisationId ? [organisationId] : [],
	)

/** Throws `not-found` for everyone to whom nothing is passed on. */
function asStaff(actor: Actor) {
	const hers = worksFor(actor)
	if (hers.length === 0) throw new AppError('not-found')
	return hers
}

/**
 * What she sees of what was passed on to hers: with the woman's yes, and never her own, that of a woman with whom she has
 * a block, or one of whose report she herself is what it is about.
 */
const seenBy = (actor: Actor): SQL =>
	and(
		inArray(referrals.organisationId, asStaff(actor)),
		inArray(referrals.state, ['agreed', 'taken']),
		notInArray(referrals.memberId, [actor.id, ...actor.blocked]),
		sql`not exists (select 1 from cases c where c.id = ${referrals.caseId} and c.author_id = ${actor.id}::uuid)`,
	)!

/** What was passed on to her organisations and is not closed, the longest waiting first: only what the woman wrote for them. */
export const listReceived = (actor: Actor) =>
	db
		.select({
			id: referrals.id,
			handle: members.handle,
			organisation: organisations.name,
			words: referrals.herWords,
			state: referrals.state,
			answeredAt: referrals.answeredAt,
		})
		.from(referrals)
		.innerJoin(members, eq(members.id, referrals.memberId))
		.innerJoin(organisations, eq(organisations.id, referrals.organisationId))
		.where(seenBy(actor))
		.orderBy(asc(referrals.answeredAt), asc(referrals.id))
		.limit(SHOWN_AT_MOST)

export type Received = Awaited<ReturnType<typeof listReceived>>[number]

/** How many wait for somebody of hers; null where nothing is passed on to her. */
export const countReceived = (actor: Actor) =>
	worksFor(actor).length === 0
		? Promise.resolve(null)
		: db.$count(referrals, and(seenBy(actor), eq(referrals.state, 'agreed')))

async function lockReceived(tx: Tx, actor: Actor, id: string) {
	const [found] = await tx
		.select({ id: referrals.id, memberId: referrals.memberId, state: referrals.state })
		.from(referrals)
		.where(and(eq(referrals.id, id), seenBy(actor)))
		.for('update')
	if (!found) throw new AppError('not-found')
	return found
}

/** Says that they look after her now; she is told. Of two at once one does. Throws `not-found`, `conflict` when it is taken. */
export const takeReferral = command({
	input: OneReferral,
	limit: 'coordination',
	async run({ actor, input, tx, audit }) {
		const found = await lockReceived(tx, actor, input.referral)
		const [taken] = await tx
			.update(referrals)
			.set({ state: 'taken', takenBy: actor.id, takenAt: sql`now()` })
			.where(and(eq(referrals.id, found.id), eq(referrals.state, 'agreed')))
			.returning({ id: referrals.id })
		if (!taken) throw new AppError('conflict')
		await tell(tx, { memberIds: [found.memberId], kind: 'referral.taken', subjectId: found.id })
		await audit(recordOf('referral.taken', found))
	},
})

/** Says that there is nothing more to do here; it is gone from their list. Throws `not-found`, also when it is closed. */
export const closeReferral = command({
	input: OneReferral,
	limit: 'coordination',
	async run({ actor, input, tx, audit }) {
		const found = await lockReceived(tx, actor, input.referral)
		await tx
			.update(referrals)
			.set({ state: 'closed', closedAt: sql`now()` })
			.where(eq(referrals.id, found.id))
		await audit(recordOf('referral.closed', found))
	},
})
