import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { type Db, db, type Tx } from '~/db/client.server'
import { referrals } from '~/db/schema/measures'
import { members, organisations } from '~/db/schema/members'
import { reports } from '~/db/schema/moderation'
import { tell } from '~/features/members/notices.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { accessCase } from '../cases.server'
import { mayDecideNow } from '../claiming.server'
import { lockOpenCase } from '../locking.server'
import { whyNotHers } from '../moderation.policy'
import { Offer } from './referrals.schema'
import { REFERRED_REASONS } from './referrals.words'

/** Whether this woman has said yes to be passed on from this case, for the state of her report: SQL for both ids. */
export const hasAgreedReferral = (caseId: SQL, memberId: SQL) => sql<boolean>`exists (
	select 1 from referrals agreed where agreed.case_id = ${caseId} and agreed.member_id = ${memberId}
		and agreed.state in ('agreed', 'taken', 'closed'))`

/** Somebody there reads what is passed on. */
const isStaffed = sql`exists (select 1 from grants g join members m on m.id = g.member_id
	where g.organisation_id = organisations.id and g.role in ('practitioner', 'lead') and g.ended_at is null and m.status = 'active')`

/** Nothing of a case goes where it is kept from, nor where she whom it is about belongs or works. */
const isApartFrom = (caseId: string) => sql`not exists (
	select 1 from cases c where c.id = ${caseId}::uuid and (
		organisations.id = any(c.not_organisations)
		or exists (select 1 from organisation_members om where om.organisation_id = organisations.id and om.member_id = c.author_id)
		or exists (select 1 from grants g
			where g.organisation_id = organisations.id and g.member_id = c.author_id and g.ended_at is null)))`

const listChoices = (tx: Db, caseId: string) =>
	tx
		.select({
			id: organisations.id,
			name: organisations.name,
			country: organisations.country,
			kind: organisations.kind,
		})
		.from(organisations)
		.where(and(isStaffed, isApartFrom(caseId)))
		.orderBy(asc(organisations.country), asc(organisations.name), asc(organisations.id))

/** Those who reported it because somebody is in danger or afraid, as long as they are here. */
const reportersOf = (tx: Db, caseId: string) =>
	tx
		.selectDistinct({ id: members.id })
		.from(reports)
		.innerJoin(members, eq(members.id, reports.reporterId))
		.where(and(eq(reports.caseId, caseId), inArray(reports.reason, [...REFERRED_REASONS])))

const countsOf = async (caseId: string) => {
	const rows = await db
		.select({ state: referrals.state, count: sql<number>`count(*)::int` })
		.from(referrals)
		.where(eq(referrals.caseId, caseId))
		.groupBy(referrals.state)
	const of = (...states: string[]) =>
		rows.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0)
	return {
		offered: of('offered'),
		agreed: of('agreed', 'taken', 'closed'),
		declined: of('declined', 'withdrawn'),
	}
}

/**
 * What a case page says of passing on: the organisations of every country, since in which one a reporter lives would tell
 * who she is, and how often it was offered and answered. Null where nobody reported danger or fear. Throws `not-found`.
 */
export async function readOffering(actor: Actor, caseId: string) {
	const found = await accessCase(db, actor, caseId)
	if (found.statementId !== null || (await reportersOf(db, found.id)).length === 0) return null
	const [choices, counts] = await Promise.all([listChoices(db, found.id), countsOf(found.id)])
	return { choices, counts, mayOffer: found.status === 'open' && !whyNotHers(actor, found) }
}

export type Offering = NonNullable<Awaited<ReturnType<typeof readOffering>>>

async function offerTo(tx: Tx, actor: Actor, memberIds: string[], offer: { case: string } & Offered) {
	if (memberIds.length === 0) throw new AppError('conflict')
	const made = await tx
		.insert(referrals)
		.values(
			memberIds.map((memberId) => ({
				caseId: offer.case,
				memberId,
				organisationId: offer.organisation,
				offeredBy: actor.id,
				offerWords: offer.words,
			})),
		)
		.onConflictDoNothing()
		.returning({ id: referrals.id, memberId: referrals.memberId })
	for (const { id, memberId } of made)
		await tell(tx, { memberIds: [memberId], kind: 'referral.offered', subjectId: id })
	return made.length
}
type Offered = { organisation: string; words: string }

/**
 * Offers those who reported danger or fear to be passed on to an organisation here, each of them for herself; the case
 * waits as before. The same again changes nothing. Throws `not-found` outside her scope, `forbidden` where another
 * moderator has to look, `conflict` once it is decided or held by another, `invalid` for an organisation that is not offered.
 */
export const offerReferral = command({
	input: Offer,
	limit: 'moderation.decide',
	async run({ actor, input, tx, audit }) {
		const found = await accessCase(tx, actor, input.case)
		if (whyNotHers(actor, found)) throw new AppError('forbidden')
		if (found.statementId || !(await lockOpenCase(tx, found.id))) throw new AppError('conflict')
		await mayDecideNow(tx, actor, found.id)
		const isChoice = (await listChoices(tx, found.id)).some(({ id }) => id === input.organisation)
		if (!isChoice) throw new AppError('invalid', { fields: { organisation: 'errors:choose' } })
		const reporters = await reportersOf(tx, found.id)
		const made = await offerTo(
			tx,
			actor,
			reporters.map(({ id }) => id),
			input,
		)
		// Not under her name who was offered something: the record is read by more than one.
		if (made > 0)
			await audit({ action: 'moderation.referral-offered', subjectKind: 'case', subjectId: found.id })
	},
})
