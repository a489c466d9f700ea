import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { grants, members, organisations } from '~/db/schema/members'
import { recoveries } from '~/db/schema/recovering'
import { organisationMembers } from '~/db/schema/ties'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { env } from '~/platform/env.server'
import { AppError } from '~/platform/errors'
import { requireFresh } from './fresh.server'
import { skeleton } from './handle'
import { FindPerson, OneRecovery } from './members.schema'
import { tell } from './notices.server'
import { type QrShape, qrShape } from './qr.server'
import { handedCode, isRunning, recoveryState } from './running-recovery.server'

const SHOWN = 50

const STAFF = ['practitioner', 'lead', 'coordinator'] as const
type Scope = 'all' | string[]

/** For whose women she may do it. Throws `not-found` for everyone who is not staff of an organisation. */
function scopeOf(actor: Actor): Scope {
	const works = actor.grants.filter(({ role }) => STAFF.some((one) => one === role))
	if (works.some(({ role, organisationId }) => role === 'coordinator' && !organisationId)) return 'all'
	const own = works.flatMap(({ organisationId }) => organisationId ?? [])
	if (own.length === 0) throw new AppError('not-found')
	return own
}

/** Whether she coordinates the whole network, and so comes here from the coordination's first page. */
export const coordinates = (actor: Actor) => scopeOf(actor) === 'all'

const within = (actor: Actor) => {
	const scope = scopeOf(actor)
	return scope === 'all' ? undefined : inArray(recoveries.organisationId, scope)
}

/** Accounts with power are not opened this way, and a woman who left the organisation is not its to help. */
const canBeHelped = and(
	eq(organisationMembers.memberId, members.id),
	sql`not exists (select 1 from ${grants} where ${grants.memberId} = ${members.id}
		and ${grants.endedAt} is null and ${grants.role} <> 'mentor')`,
)

/** What staff of an organisation began in the last month, the latest first. Never anything she wrote or did. */
export async function listRecoveries(actor: Actor) {
	const rows = await db
		.select({
			id: recoveries.id,
			handle: members.handle,
			organisation: organisations.name,
			state: recoveryState,
			startedAt: recoveries.startedAt,
			confirmedAt: recoveries.confirmedAt,
			/** When the day of waiting ends, and when the code does. */
			readyAt: sql<Date | null>`${recoveries.confirmedAt} + interval '24 hours'`.mapWith(recoveries.handedAt),
			untilAt: sql<Date | null>`${recoveries.handedAt} + interval '24 hours'`.mapWith(recoveries.handedAt),
			part: partOf(actor),
		})
		.from(recoveries)
		.innerJoin(members, eq(members.id, recoveries.memberId))
		.innerJoin(organisations, eq(organisations.id, recoveries.organisationId))
		.where(
			and(
				within(actor),
				sql`${recoveries.startedAt} > now() - interval '30 days'`,
				sql`${recoveries.memberId} <> ${actor.id}`,
			),
		)
		.orderBy(desc(recoveries.startedAt), asc(recoveries.id))
		.limit(SHOWN)
	return rows
}

/** Which of the two she is, if she is one of them. */
const partOf = (actor: Actor) => sql<'first' | 'second' | null>`case ${actor.id}::uuid
	when ${recoveries.startedBy} then 'first' when ${recoveries.confirmedBy} then 'second' end`

export type RecoveryRow = Awaited<ReturnType<typeof listRecoveries>>[number]

/** Unknown, of another organisation, herself, staff: one answer for all of them. */
const nobody = () => new AppError('invalid', { fields: { handle: 'errors:recoveryNobody' } })

/** The woman with this handle and the organisation she has with the asker; her row stays locked. */
async function findHer(tx: Tx, actor: Actor, handle: string) {
	const scope = scopeOf(actor)
	const [found] = await tx
		.select({ memberId: members.id, organisationId: organisationMembers.organisationId })
		.from(members)
		.innerJoin(organisationMembers, canBeHelped)
		.innerJoin(organisations, eq(organisations.id, organisationMembers.organisationId))
		.where(
			and(
				eq(members.skeleton, skeleton(handle)),
				sql`${members.id} <> ${actor.id}`,
				scope === 'all' ? undefined : inArray(organisationMembers.organisationId, scope),
			),
		)
		.orderBy(asc(organisations.name), asc(organisations.id))
		.limit(1)
		.for('no key update', { of: members })
	if (!found) throw nobody()
	return found
}

/** The one that runs for her, if one does. Throws as if she were unknown when it is of an organisation out of scope. */
async function findRunning(tx: Tx, actor: Actor, memberId: string): Promise<string | undefined> {
	const scope = scopeOf(actor)
	const [running] = await tx
		.select({ id: recoveries.id, organisationId: recoveries.organisationId })
		.from(recoveries)
		.where(and(eq(recoveries.memberId, memberId), isRunning))
	if (running && scope !== 'all' && !scope.includes(running.organisationId)) throw nobody()
	return running?.id
}

const start = command({
	input: FindPerson,
	limit: 'recovery.start',
	async run({ actor, input, tx, audit }) {
		const { memberId, organisationId } = await findHer(tx, actor, input.handle)
		if (await findRunning(tx, actor, memberId)) return
		// What was forgotten makes room: one is open at a time.
		await tx
			.update(recoveries)
			.set({ stoppedAt: sql`now()` })
			.where(and(eq(recoveries.memberId, memberId), isNull(recoveries.stoppedAt)))
		await tx.insert(recoveries).values({ memberId, organisationId, startedBy: actor.id })
		await audit({
			action: 'recovery.started',
			subjectKind: 'organisation',
			subjectId: organisationId,
			memberId,
		})
	},
})

/**
 * The first person of staff begins to open an account whose passphrase and codes are lost. One that runs already stays.
 * Throws `not-found` for who is no staff, `invalid` at `passphrase` or `handle`.
 */
export async function startRecovery(actor: Actor, raw: unknown): Promise<void> {
	scopeOf(actor)
	await requireFresh(actor, raw)
	await start(actor, raw)
}

/** Whether the one who began it is still there and still staff of that organisation. */
const firstIsStaff = sql<boolean>`exists (select 1 from grants g join members m on m.id = g.member_id
	where g.member_id = recoveries.started_by and g.ended_at is null and m.status = 'active'
	and (g.organisation_id = recoveries.organisation_id and g.role in ('practitioner', 'lead', 'coordinator')
		or g.organisation_id is null and g.role = 'coordinator'))`

const firstWorksThere = sql<boolean>`exists (select 1 from grants g where g.member_id = recoveries.started_by
	and g.ended_at is null and g.organisation_id = recoveries.organisation_id)`

const worksAt = (actor: Actor, organisation: string) =>
	actor.grants.some(
		({ role, organisationId }) => STAFF.some((one) => one === role) && organisationId === organisation,
	)

/** One recovery of her scope, locked, if the woman can still be helped. Throws `not-found`. */
async function accessRecovery(tx: Tx, actor: Actor, id: string) {
	const [found] = await tx
		.select({
			id: recoveries.id,
			memberId: recoveries.memberId,
			organisationId: recoveries.organisationId,
			state: recoveryState,
			part: partOf(actor),
			firstIsStaff,
			firstWorksThere,
			justHanded: sql<boolean>`coalesce(${recoveries.handedAt} > now() - interval '10 minutes', false)`,
			handedAt: sql<Date>`coalesce(${recoveries.handedAt}, now())`.mapWith(recoveries.startedAt),
		})
		.from(recoveries)
		.innerJoin(members, eq(members.id, recoveries.memberId))
		.innerJoin(
			organisationMembers,
			and(canBeHelped, eq(organisationMembers.organisationId, recoveries.organisationId)),
		)
		.where(and(eq(recoveries.id, id), within(actor), sql`${recoveries.memberId} <> ${actor.id}`))
		.for('update', { of: recoveries })
	if (!found) throw new AppError('not-found')
	return found
}

type Found = Awaited<ReturnType<typeof accessRecovery>>

const onRecord = (action: string, { memberId, organisationId }: Found) => ({
	action,
	subjectKind: 'organisation',
	subjectId: organisationId,
	memberId,
})

const confirm = command({
	input: OneRecovery,
	limit: 'coordination',
	async run({ actor, input, tx, audit }) {
		const found = await accessRecovery(tx, actor, input.recovery)
		if (found.part === 'first') throw new AppError('forbidden')
		if (found.part === 'second') return
		if (found.state !== 'started' || !found.firstIsStaff) throw new AppError('conflict')
		// Two who look after the whole network could otherwise open any account: one of the two is of her own centre.
		if (!found.firstWorksThere && !worksAt(actor, found.organisationId)) throw new AppError('forbidden')
		await tx
			.update(recoveries)
			.set({ confirmedBy: actor.id, confirmedAt: sql`now()` })
			.where(eq(recoveries.id, found.id))
		await tell(tx, { memberIds: [found.memberId], kind: 'account.recovery', subjectId: found.id })
		await audit(onRecord('recovery.confirmed', found))
	},
})

/**
 * The second person of staff says that she, too, saw the woman herself; the day of waiting begins. Throws `forbidden`
 * to the one who began it and where neither of the two works at the woman's own centre, `conflict` when it is past that, `not-found` out of her scope.
 */
export async function confirmRecovery(actor: Actor, raw: unknown): Promise<void> {
	scopeOf(actor)
	await requireFresh(actor, raw)
	await confirm(actor, raw)
}

/** What is printed: the only time the code is seen. Her name is not on it: whoever finds the paper knows half. */
export interface RecoveryCard {
	code: string
	/** The address without "https://", for those who type it. */
	address: string
	handedAt: Date
	qr: QrShape
}

function cardOf({ id, handedAt }: Found): RecoveryCard {
	const link = `${env().origins[0]}/recover`
	return { code: handedCode(id), address: link.replace(/^https?:\/\//, ''), handedAt, qr: qrShape(link) }
}

const handOut = command({
	input: OneRecovery,
	limit: 'coordination',
	async run({ actor, input, tx, audit }) {
		const found = await accessRecovery(tx, actor, input.recovery)
		if (!found.part) throw new AppError('forbidden')
		// The answer was lost, or the printer jammed: the same form shows the same card for some minutes.
		if (found.state === 'handed' && found.justHanded) return cardOf(found)
		if (found.state !== 'ready') throw new AppError('conflict')
		await tx.update(recoveries).set({ handedAt: sql`now()` }).where(eq(recoveries.id, found.id))
		await audit(onRecord('recovery.handedOut', found))
		return cardOf(found)
	},
})

/**
 * One of the two takes the code to give to the woman. Throws `forbidden` to others, `conflict` before the day is over
 * and after it was stopped.
 */
export async function handOutCode(actor: Actor, raw: unknown): Promise<RecoveryCard> {
	scopeOf(actor)
	await requireFresh(actor, raw)
	return handOut(actor, raw)
}

/** Takes it back, as long as the code was not used; any person of staff may. Doing it twice changes nothing. */
export const takeBackRecovery = command({
	input: OneRecovery,
	limit: 'coordination',
	async run({ actor, input, tx, audit }) {
		const found = await accessRecovery(tx, actor, input.recovery)
		const taken = await tx
			.update(recoveries)
			.set({ stoppedAt: sql`now()` })
			.where(and(eq(recoveries.id, found.id), isNull(recoveries.stoppedAt)))
			.returning({ id: recoveries.id })
		if (taken.length > 0) await audit(onRecord('recovery.takenBack', found))
	},
})
