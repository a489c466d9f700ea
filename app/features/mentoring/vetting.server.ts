import { and, asc, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'
import { giveGrant, takeGrant } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { DECISION_RULES, decisionsFor, looksAfterMentors, mayDecide, OFFER_STATES } from './mentoring.policy'
import { DecideOffer } from './mentoring.schema'
import { inOrder } from './needs'

const OFFERS_A_PAGE = 20

/** To the millisecond: what fits an address must also be what the database compares. */
const offered = sql`date_trunc('milliseconds', ${mentorOffers.offeredAt})`

function readCursor(text: string | null) {
	const [time = '', id] = (text ?? '').split('_')
	const at = new Date(Number(time))
	return /^\d{1,14}$/.test(time) && isUuid(id) ? { at, id } : undefined
}

function requireCoordinator(actor: Actor) {
	if (!looksAfterMentors(actor)) throw new AppError('not-found')
}

/** How many offers wait for a coordinator. Throws `not-found` for everyone else. */
export async function countWaitingOffers(actor: Actor): Promise<number> {
	requireCoordinator(actor)
	return db.$count(mentorOffers, eq(mentorOffers.status, 'waiting'))
}

/**
 * One page of the offers in a state, the oldest first: nobody waits longer because others came later. What they do
 * not hold: how many women are with a mentor, and who. Throws `not-found` for everyone but coordinators.
 */
export async function listOffers(actor: Actor, state: string | null, after: string | null) {
	requireCoordinator(actor)
	const status = OFFER_STATES.find((known) => known === state) ?? 'waiting'
	const from = readCursor(after)
	const rows = await db
		.select({
			memberId: mentorOffers.memberId,
			handle: members.handle,
			status: mentorOffers.status,
			languages: mentorOffers.languages,
			needs: mentorOffers.needs,
			words: mentorOffers.words,
			wordsLang: mentorOffers.wordsLang,
			wordsDir: mentorOffers.wordsDir,
			capacity: mentorOffers.capacity,
			offeredAt: mentorOffers.offeredAt,
		})
		.from(mentorOffers)
		.innerJoin(members, eq(members.id, mentorOffers.memberId))
		.where(
			and(
				eq(mentorOffers.status, status),
				from
					? sql`(${offered}, ${mentorOffers.memberId}) > (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`
					: undefined,
			),
		)
		.orderBy(asc(offered), asc(mentorOffers.memberId))
		.limit(OFFERS_A_PAGE + 1)
	const shown = rows.slice(0, OFFERS_A_PAGE)
	const last = shown.at(-1)
	return {
		status,
		offers: shown.map((offer) => ({
			...offer,
			needs: inOrder(offer.needs),
			decisions: mayDecide(actor, offer) ? decisionsFor(offer.status) : [],
		})),
		next: last && rows.length > OFFERS_A_PAGE ? `${last.offeredAt.getTime()}_${last.memberId}` : null,
		first: from === undefined,
	}
}

/** The organisation in whose name she coordinates; null where it is none in particular. */
const organisationOf = (actor: Actor) =>
	actor.grants.find(({ role }) => role === 'coordinator')?.organisationId ?? null

/**
 * Approves, declines or pauses an offer; with it the role `mentor` comes and goes, on record. The same decision again
 * changes nothing. Throws `not-found` for all but coordinators, `forbidden` for her own offer, `conflict`
 * (`details.reason`: the state it is in) for what cannot be decided from there.
 */
export const decideOffer = command({
	input: DecideOffer,
	async run({ actor, input, tx, publish, audit }) {
		requireCoordinator(actor)
		if (!isUuid(input.member)) throw new AppError('not-found')
		const ofMember = eq(mentorOffers.memberId, input.member)
		const [offer] = await tx.select().from(mentorOffers).where(ofMember).for('update')
		if (!offer) throw new AppError('not-found')
		if (!mayDecide(actor, offer)) throw new AppError('forbidden')
		const { from, to } = DECISION_RULES[input.intent]
		if (offer.status === to) return { status: to }
		if (!from.includes(offer.status)) throw new AppError('conflict', { details: { reason: offer.status } })
		const organisationId = organisationOf(actor)
		const vetted = to === 'vetted' ? { vettedAt: sql`now()`, vettedBy: actor.id, organisationId } : {}
		await tx
			.update(mentorOffers)
			.set({ status: to, ...vetted })
			.where(ofMember)
		// First taken in any case: an approval leaves her with one grant, however she came by another.
		await takeGrant(tx, offer.memberId, 'mentor', actor.id)
		if (to === 'vetted') {
			await giveGrant(tx, { memberId: offer.memberId, role: 'mentor', givenBy: actor.id, organisationId })
		}
		const action = `mentoring.${input.intent}`
		await audit({ action, subjectKind: 'offer', subjectId: offer.memberId, memberId: offer.memberId })
		publish({ name: 'member:changed', memberId: offer.memberId })
		return { status: to }
	},
})
