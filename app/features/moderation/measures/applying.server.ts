import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { restrictions } from '~/db/schema/measures'
import { grants } from '~/db/schema/members'
import { reports, statements } from '~/db/schema/moderation'
import { lockMembers } from '~/features/members/locking.server'
import { keepACoordinator } from '~/features/members/people.server'
import { letBackIn, shutOut } from '~/features/members/standing.server'
import type { DomainEvent } from '~/platform/bus.server'
import { AppError } from '~/platform/errors'
import { keepApart, letTogether } from './apart.server'
import { DAYS_AT_MOST, type Measures } from './measures.words'

type Publish = (event: DomainEvent) => void

interface Order {
	/** The statement of reasons it rests on; with it, it ends. */
	statementId: string
	memberId: string
	/** Whose reporters she is kept apart from. */
	caseId: string
	/** Where she does not write, of `muted`; null, as `everywhere`, means nowhere in the open. */
	spaceId: string | null
	measures: Measures
}

type Own = NonNullable<Measures['own']>

const invalid = (field: string) => new AppError('invalid', { fields: { [field]: 'errors:choose' } })

/** A form that was made by hand may ask for anything. */
function check({ kind, days }: Own) {
	const known = days === null || (Number.isInteger(days) && days >= 1 && days <= DAYS_AT_MOST)
	if (!known || (kind === 'suspended' && days === null)) throw invalid('days')
}

const isCoordinator = (tx: Tx, memberId: string) =>
	tx.$count(
		grants,
		and(eq(grants.memberId, memberId), eq(grants.role, 'coordinator'), isNull(grants.endedAt)),
	)

/** Nobody is let in by the end of a suspension who was not in before it. */
async function shut(tx: Tx, member: { id: string; status: string }, publish: Publish) {
	if (member.status === 'suspended') return
	if (member.status !== 'active') throw new AppError('conflict')
	if (await isCoordinator(tx, member.id)) await keepACoordinator(tx, member.id)
	await shutOut(tx, member.id, publish)
}

async function applyOwn(
	tx: Tx,
	member: { id: string; status: string },
	{ own, statementId, spaceId }: { own: Own; statementId: string; spaceId: string | null },
	publish: Publish,
) {
	const { kind, everywhere } = own
	const days = kind === 'closed' ? null : own.days
	await tx.insert(restrictions).values({
		statementId,
		memberId: member.id,
		kind,
		spaceId: kind === 'muted' && !everywhere ? spaceId : null,
		until: days === null ? null : sql`now() + make_interval(days => ${days})`,
	})
	if (kind === 'suspended' || kind === 'closed') await shut(tx, member, publish)
	else publish({ name: 'member:changed', memberId: member.id })
}

/** Who reported a case, by their ids, without her of whom it is; who has left is nobody to be kept apart from. */
async function reportersOf(tx: Tx, caseId: string, memberId: string) {
	const rows = await tx
		.selectDistinct({ id: reports.reporterId })
		.from(reports)
		.where(
			and(
				eq(reports.caseId, caseId),
				sql`${reports.reporterId} is not null and ${reports.reporterId} <> ${memberId}`,
			),
		)
		.orderBy(asc(reports.reporterId))
	return rows.flatMap(({ id }) => id ?? [])
}

/**
 * Puts in force what a decision holds a woman herself to, in the decision's transaction: at once and everywhere. For a
 * woman who has left nothing happens. Throws `invalid` for days that are none, where nobody is to be kept apart from, and
 * for the last coordinator; `conflict` for a woman who only waits to be let in.
 */
export async function applyMeasures(
	tx: Tx,
	{ statementId, memberId, caseId, spaceId, measures: { own, apart } }: Order,
	publish: Publish,
) {
	if (own) check(own)
	const others = apart ? await reportersOf(tx, caseId, memberId) : []
	const member = (await lockMembers(tx, [memberId, ...others])).find(({ id }) => id === memberId)
	if (!member) return
	if (own) await applyOwn(tx, member, { own, statementId, spaceId }, publish)
	if (apart && others.length === 0) throw invalid('apart')
	for (const otherId of others) await keepApart(tx, { statementId, memberId, otherId }, publish)
}

type Restriction = typeof restrictions.$inferSelect

/** What follows for her when one that held no longer does. */
async function release(tx: Tx, { id, kind, memberId, otherId }: Restriction, publish: Publish) {
	if (kind === 'apart') await letTogether(tx, { id, memberId, otherId: otherId! }, publish)
	else if (kind === 'suspended' || kind === 'closed') await letBackIn(tx, memberId, publish)
	else publish({ name: 'member:changed', memberId })
}

/** Ends one of them that holds, whatever its time; the women of its case are locked. Says whether it held. */
export async function endRestriction(tx: Tx, id: string, publish: Publish): Promise<boolean> {
	const [ended] = await tx
		.update(restrictions)
		.set({ endedAt: sql`now()` })
		.where(and(eq(restrictions.id, id), isNull(restrictions.endedAt)))
		.returning()
	if (ended) await release(tx, ended, publish)
	return ended !== undefined
}

/** Ends whatever shuts a woman out whose row is locked, before a coordinator lets her in again; she is told of it. */
export async function endShuttingOut(tx: Tx, memberId: string) {
	const shutting = and(
		eq(restrictions.memberId, memberId),
		inArray(restrictions.kind, ['suspended', 'closed']),
		isNull(restrictions.endedAt),
	)
	const resting = tx.select({ id: restrictions.statementId }).from(restrictions).where(shutting)
	await tx.update(statements).set({ seenAt: null }).where(inArray(statements.id, resting))
	await tx.update(restrictions).set({ endedAt: sql`now()` }).where(shutting)
}

/**
 * Ends everything that rests on a statement: it was undone, or an appeal was granted. The women of its case are locked.
 * Doing it twice changes nothing.
 */
export async function liftMeasures(tx: Tx, statementId: string, publish: Publish) {
	const ended = await tx
		.update(restrictions)
		.set({ endedAt: sql`now()` })
		.where(and(eq(restrictions.statementId, statementId), isNull(restrictions.endedAt)))
		.returning()
	for (const one of ended) await release(tx, one, publish)
}
