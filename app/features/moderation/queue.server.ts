import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { auditLog, members } from '~/db/schema/members'
import { cases, reports } from '~/db/schema/moderation'
import { type Actor, moderates } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { pgArray } from '~/platform/text'
import { cursorOf, type Place, readCursor } from './cursor'
import { organisationsOf, seesQueue } from './moderation.policy'
import type { Reason } from './moderation.words'

const CASES_A_PAGE = 20
const RECORDS_A_PAGE = 30

/** Without what is kept from one of her organisations. */
const notKeptFrom = (actor: Actor) =>
	sql`not (${cases.notOrganisations} && ${pgArray(organisationsOf(actor))}::uuid[])`

/** Her scope as a condition on cases: the spaces given to her, or everything. What she wrote herself is never in it. */
export function inScope(actor: Actor): SQL | undefined {
	if (!seesQueue(actor)) throw new AppError('not-found')
	const notHers = and(sql`${cases.authorId} is distinct from ${actor.id}`, notKeptFrom(actor))
	if (moderates(actor, null)) return notHers
	const spaces = actor.grants.flatMap(({ role, spaceId }) =>
		role === 'moderator' && spaceId ? [spaceId] : [],
	)
	return and(notHers, eq(cases.private, false), inArray(cases.spaceId, spaces))
}

/** Why it was reported, each reason once. */
const reasons = sql<Reason[]>`(
	select coalesce(array_agg(distinct ${reports.reason}), '{}') from ${reports} where ${reports.caseId} = ${cases.id})`

const selectRows = () =>
	db
		.select({
			id: cases.id,
			kind: cases.subjectKind,
			appeal: sql<boolean>`${cases.statementId} is not null`,
			private: cases.private,
			danger: cases.danger,
			excerpt: cases.excerpt,
			lang: cases.lang,
			dir: cases.dir,
			openedAt: cases.openedAt,
			decidedAt: cases.decidedAt,
			decision: cases.decision,
			decidedBy: members.handle,
			reasons,
		})
		.from(cases)
		.leftJoin(members, eq(members.id, cases.decidedBy))
		.$dynamic()

const after = ({ at, id }: Place) => sql`(${at.toISOString()}::timestamptz, ${id}::uuid)`

/** What waits: danger first, then the oldest first, so that nobody waits longer because others shout louder. */
async function openCases(actor: Actor, cursor: string | null) {
	const danger = cursor?.startsWith('d_')
	const from = readCursor(cursor?.replace(/^[dn]_/, '') ?? null)
	const later = from && sql`(${cases.openedAt}, ${cases.id}) > ${after(from)}`
	const rest = danger ? sql`(not ${cases.danger} or ${later})` : later && and(eq(cases.danger, false), later)
	const rows = await selectRows()
		.where(and(eq(cases.status, 'open'), inScope(actor), from && rest))
		.orderBy(desc(cases.danger), cases.openedAt, cases.id)
		.limit(CASES_A_PAGE + 1)
	const last = rows[CASES_A_PAGE - 1]
	const place = last && `${last.danger ? 'd' : 'n'}_${cursorOf({ at: last.openedAt, id: last.id })}`
	return { cases: rows.slice(0, CASES_A_PAGE), next: rows.length > CASES_A_PAGE ? place! : null }
}

/** What was decided, the latest first. */
async function decidedCases(actor: Actor, cursor: string | null) {
	const from = readCursor(cursor)
	const earlier = from && sql`(${cases.decidedAt}, ${cases.id}) < ${after(from)}`
	const rows = await selectRows()
		.where(and(eq(cases.status, 'decided'), inScope(actor), earlier))
		.orderBy(desc(cases.decidedAt), desc(cases.id))
		.limit(CASES_A_PAGE + 1)
	const last = rows[CASES_A_PAGE - 1]
	const place = last && cursorOf({ at: last.decidedAt!, id: last.id })
	return { cases: rows.slice(0, CASES_A_PAGE), next: rows.length > CASES_A_PAGE ? place! : null }
}

/** One page of the queue in her scope, in one query. Throws `not-found` for everyone who does not moderate. */
export async function listCases(actor: Actor, show: 'open' | 'decided', cursor: string | null) {
	const page = show === 'open' ? await openCases(actor, cursor) : await decidedCases(actor, cursor)
	return { show, first: cursor === null, ...page }
}

/** Other kinds of records keep other kinds of ids: only these are a case's. */
const caseOfRecord = sql`(case when ${auditLog.subjectKind} = 'case' then ${auditLog.subjectId}::uuid end)`

/** What moderators did with cases, as the audit log has it, the latest first; no content, no reporter. */
export async function listRecords(actor: Actor, cursor: string | null) {
	const [micros = '', id] = (cursor ?? '').split('_')
	const from = /^\d{1,17}$/.test(micros) ? readCursor(`0_${id}`) : undefined
	const earlier =
		from &&
		sql`(${auditLog.at}, ${auditLog.subjectId}) <
			(timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${from.id})`
	const rows = await db
		.select({
			at: auditLog.at,
			// The log keeps microseconds, which a Date does not.
			micros: sql<string>`(extract(epoch from ${auditLog.at}) * 1000000)::bigint::text`,
			caseId: cases.id,
			action: auditLog.action,
			kind: cases.subjectKind,
			by: members.handle,
		})
		.from(auditLog)
		.innerJoin(cases, sql`${cases.id} = ${caseOfRecord}`)
		.leftJoin(members, eq(members.id, auditLog.actorId))
		.where(and(eq(auditLog.subjectKind, sql`'case'`), inScope(actor), earlier))
		.orderBy(desc(auditLog.at), desc(auditLog.subjectId))
		.limit(RECORDS_A_PAGE + 1)
	const last = rows[RECORDS_A_PAGE - 1]
	return {
		records: rows.slice(0, RECORDS_A_PAGE).map(({ micros: _micros, by, ...record }) => ({
			...record,
			// Of those on the other side of a case no name is shown here: it may have been said in private.
			by: record.action === 'moderation.appealed' ? null : by,
		})),
		first: from === undefined,
		older: rows.length > RECORDS_A_PAGE ? `${last!.micros}_${last!.caseId}` : null,
	}
}
