import { and, asc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { members, organisations } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'
import { tell } from '~/features/members/notices.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { cursorOf, readCursor, timeOf } from '~/platform/cursor'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { VETTING_MONTHS } from '../mentoring.limits'
import { OFFER_STATES } from '../mentoring.policy'
import { inOrder } from '../needs'
import { liesIn, type Scope, scopeOf } from '../rounds/rounds-scope.server'
import { trainingUntil } from './findable.server'
import { keepMentorRole } from './mentor-role.server'
import { DecideOffer } from './offer.schema'
import {
	type Decision,
	decisionsFor,
	isDone,
	mayDecide,
	saysYes,
	statusAfter,
	whyNotDecide,
} from './vetting.policy'
import { organisationsToChoose, vettingOrganisation } from './vetting-organisation.server'

const OFFERS_A_PAGE = 20

/** The offers a coordinator looks after: those that wait for anyone, and those of her organisations. */
const offersIn = (scope: Scope): SQL | undefined =>
	scope === null
		? undefined
		: or(eq(mentorOffers.status, 'waiting'), inArray(mentorOffers.organisationId, [...scope]))

/**
 * Who speaks for her, as far as it was told to those who look now: an offer that is written anew comes before
 * coordinators of other organisations, too, and those ask for themselves.
 */
const referenceFor = (
	scope: Scope,
	{ organisationId, reference }: { organisationId: string | null; reference: string },
) => (liesIn(scope, organisationId) ? reference : '')

/** How many offers wait for a coordinator. Throws `not-found` for everyone else. */
export async function countWaitingOffers(actor: Actor): Promise<number> {
	scopeOf(actor)
	return db.$count(mentorOffers, eq(mentorOffers.status, 'waiting'))
}

const facts = {
	status: mentorOffers.status,
	pausedBy: mentorOffers.pausedBy,
	trained: sql<boolean>`coalesce(${trainingUntil} > now(), false)`,
	agreed: sql<boolean>`${mentorOffers.codeVersion} is not null`,
}

const columns = {
	...facts,
	memberId: mentorOffers.memberId,
	handle: members.handle,
	languages: mentorOffers.languages,
	needs: mentorOffers.needs,
	how: mentorOffers.how,
	words: mentorOffers.words,
	wordsLang: mentorOffers.wordsLang,
	wordsDir: mentorOffers.wordsDir,
	capacity: mentorOffers.capacity,
	offeredAt: mentorOffers.offeredAt,
	trainingUntil,
	reference: mentorOffers.reference,
	organisation: organisations.name,
	organisationId: mentorOffers.organisationId,
	validUntil: mentorOffers.validUntil,
	expired: sql<boolean>`coalesce(${mentorOffers.validUntil} <= now(), false)`,
	micros: sql<string>`(extract(epoch from ${mentorOffers.offeredAt}) * 1000000)::bigint::text`,
}

/**
 * One page of the offers in a state, the oldest first: nobody waits longer because others came later. What they do
 * not hold: how many women are with a mentor, and who. Throws `not-found` for everyone but coordinators.
 */
export async function listOffers(actor: Actor, state: string | null, after: string | null) {
	const scope = scopeOf(actor)
	const status = OFFER_STATES.find((known) => known === state) ?? 'waiting'
	const from = readCursor(after)
	const rows = await db
		.select(columns)
		.from(mentorOffers)
		.innerJoin(members, eq(members.id, mentorOffers.memberId))
		.leftJoin(organisations, eq(organisations.id, mentorOffers.organisationId))
		.where(
			and(
				eq(mentorOffers.status, status),
				offersIn(scope),
				from &&
					sql`(${mentorOffers.offeredAt}, ${mentorOffers.memberId}) > (${timeOf(from)}::timestamptz, ${from.id}::uuid)`,
			),
		)
		.orderBy(asc(mentorOffers.offeredAt), asc(mentorOffers.memberId))
		.limit(OFFERS_A_PAGE + 1)
	const shown = rows.slice(0, OFFERS_A_PAGE)
	const last = shown.at(-1)
	return {
		status,
		organisations: await organisationsToChoose(db, scope),
		offers: shown.map(({ micros: _micros, ...offer }) => ({
			...offer,
			reference: referenceFor(scope, offer),
			needs: inOrder(offer.needs),
			decisions: mayDecide(actor, offer) ? decisionsFor(offer) : [],
		})),
		next: last && rows.length > OFFERS_A_PAGE ? cursorOf({ micros: last.micros, id: last.memberId }) : null,
		first: from === undefined,
	}
}

/** An offer she may decide on, locked. Throws `not-found`: missing and outside of her scope look the same. */
async function accessOffer(tx: Tx, actor: Actor, member: string) {
	const scope = scopeOf(actor)
	if (!isUuid(member)) throw new AppError('not-found')
	const [offer] = await tx
		.select({
			...facts,
			memberId: mentorOffers.memberId,
			organisationId: mentorOffers.organisationId,
			reference: mentorOffers.reference,
		})
		.from(mentorOffers)
		.where(and(eq(mentorOffers.memberId, member), offersIn(scope)))
		.for('update')
	if (!offer) throw new AppError('not-found')
	if (!mayDecide(actor, offer)) throw new AppError('forbidden')
	return { ...offer, scope, reference: referenceFor(scope, offer) }
}

/** A yes to be written: who speaks for her, and the organisation that stands behind her. Throws `invalid`. */
async function behindHer(
	tx: Tx,
	{ scope, reference: before }: { scope: Scope; reference: string },
	input: { reference: string; organisation: string },
) {
	const reference = input.reference || before
	if (reference === '') throw new AppError('invalid', { fields: { reference: 'errors:reference' } })
	return { reference, organisationId: await vettingOrganisation(tx, scope, input.organisation) }
}

const validUntil = sql`now() + make_interval(months => ${VETTING_MONTHS})`

/** What a decision writes beside the state. */
function written(decision: Decision, actor: Actor) {
	const pause = { pausedBy: decision === 'pause' ? ('coordinator' as const) : null }
	if (!saysYes(decision)) return pause
	return { ...pause, vettedAt: sql`now()`, vettedBy: actor.id, validUntil, remindedAt: null, lapses: 0 }
}

/** Whose it is to decide on it again: an offer somebody said no to belongs to her organisation from then on. */
const lookedAfterBy = (scope: Scope, { organisationId }: { organisationId: string | null }) =>
	scope === null || liesIn(scope, organisationId) ? organisationId : scope[0]!

/**
 * Approves, renews, declines or pauses an offer. With an approval she is a mentor, on record, until the vetting ends
 * and nobody is with her any more. The same decision again changes nothing. Throws `not-found` for all but the
 * coordinators who look after it, `forbidden` for her own offer, `conflict` (`details.reason`: the state it is in, or
 * what the mentor still has to do) for what cannot be decided now, `invalid` without a word on who speaks for her or
 * which organisation stands behind her.
 */
export const decideOffer = command({
	input: DecideOffer,
	limit: 'coordination',
	async run({ actor, input, tx, publish, audit }) {
		const { intent } = input
		const offer = await accessOffer(tx, actor, input.member)
		const to = statusAfter(intent)
		if (isDone(intent, offer)) return { status: to }
		const reason = whyNotDecide(intent, offer)
		if (reason) throw new AppError('conflict', { details: { reason } })
		const behind = saysYes(intent)
			? await behindHer(tx, offer, input)
			: { reference: offer.reference, organisationId: lookedAfterBy(offer.scope, offer) }
		const ofMember = eq(mentorOffers.memberId, offer.memberId)
		await tx
			.update(mentorOffers)
			.set({ status: to, ...behind, ...written(intent, actor) })
			.where(ofMember)
		await keepMentorRole(tx, offer.memberId, actor.id)
		await tell(tx, { memberIds: [offer.memberId], kind: 'mentoring.vetted', subjectId: offer.memberId })
		const action = `mentoring.${intent}`
		await audit({ action, subjectKind: 'offer', subjectId: offer.memberId, memberId: offer.memberId })
		publish({ name: 'member:changed', memberId: offer.memberId })
		return { status: to }
	},
})
