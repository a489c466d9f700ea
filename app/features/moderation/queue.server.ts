import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { caseLooks } from '~/db/schema/casework'
import { auditLog, members } from '~/db/schema/members'
import { cases } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { cursorOf, type Place, placeAt, readCursor, timeOf } from '~/platform/cursor'
import { isLanguage } from '~/platform/i18n/languages'
import { CLAIM_MINUTES } from './moderation.policy'
import type { Reason } from './moderation.words'
import { claimHolds, inScope } from './scope.server'

const CASES_A_PAGE = 20
const RECORDS_A_PAGE = 30

/** The reports of a case; none of one she reported herself: who else did, and why, is not for her. */
const reportsFor = (actor: Actor) => sql`reports r where r.case_id = cases.id and not exists (
	select 1 from reports hers where hers.case_id = cases.id and hers.reporter_id = ${actor.id}::uuid)`

/** Why it was reported, each reason once. */
const reasonsFor = (actor: Actor) =>
	sql<Reason[]>`(select coalesce(array_agg(distinct r.reason), '{}') from ${reportsFor(actor)})`

/** How many reported it: similar reports are gathered in one case. */
const gatheredFor = (actor: Actor) => sql<number>`(select count(*)::int from ${reportsFor(actor)})`

const held = sql<boolean>`(cases.status = 'open' and ${claimHolds(CLAIM_MINUTES)})`

/** Handles are looked up for the rows of the page alone: joined, Postgres would leave the order of the index for them. */
const handleOf = (column: typeof cases.claimedBy | typeof cases.decidedBy) =>
	sql<string | null>`(select m.handle from members m where m.id = cases.${sql.identifier(column.name)})`

const selectRows = (actor: Actor) =>
	db
		.select({
			id: cases.id,
			kind: cases.subjectKind,
			origin: cases.origin,
			appeal: sql<boolean>`${cases.statementId} is not null`,
			private: cases.private,
			danger: cases.danger,
			excerpt: cases.excerpt,
			lang: cases.lang,
			dir: cases.dir,
			openedAt: cases.openedAt,
			dueAt: cases.dueAt,
			decidedAt: cases.decidedAt,
			decision: cases.decision,
			decidedBy: handleOf(cases.decidedBy),
			held,
			mine: sql<boolean>`(${held} and cases.claimed_by = ${actor.id}::uuid)`,
			holder: sql<string | null>`case when ${held} then ${handleOf(cases.claimedBy)} end`,
			reasons: reasonsFor(actor),
			gathered: gatheredFor(actor),
		})
		.from(cases)
		.$dynamic()

const after = (place: Place) => sql`(${timeOf(place)}::timestamptz, ${place.id}::uuid)`

/** Which of the cases that wait she asks for, besides those of a language. */
const CONDITIONS: Record<string, (actor: Actor) => SQL> = {
	mine: (actor) => sql`cases.claimed_by = ${actor.id}::uuid and ${claimHolds(CLAIM_MINUTES)}`,
	unclaimed: () => sql`(cases.claimed_by is null or not ${claimHolds(CLAIM_MINUTES)})`,
	danger: () => sql`cases.danger`,
}

/** What an address asks for; everything, where it makes no sense. */
const onlyOf = (asked: string | null) =>
	asked && (Object.hasOwn(CONDITIONS, asked) || isLanguage(asked)) ? asked : 'all'

function narrowed(actor: Actor, only: string): SQL | undefined {
	if (only === 'all') return undefined
	return CONDITIONS[only]?.(actor) ?? eq(cases.lang, only)
}

/** The languages of what waits in her scope, for the filter. */
async function languagesWaiting(actor: Actor): Promise<string[]> {
	const rows = await db
		.selectDistinct({ lang: cases.lang })
		.from(cases)
		.where(and(eq(cases.status, 'open'), inScope(actor)))
		.orderBy(cases.lang)
	return rows.flatMap(({ lang }) => lang ?? [])
}

/** What waits: danger first, then whose clock runs out first, so that nobody waits longer because others shout louder. */
async function openCases(actor: Actor, only: string, cursor: string | null) {
	const danger = cursor?.startsWith('d_')
	const from = readCursor(cursor?.replace(/^[dn]_/, '') ?? null)
	const later = from && sql`(${cases.dueAt}, ${cases.id}) > ${after(from)}`
	const rest = danger ? sql`(not ${cases.danger} or ${later})` : later && and(eq(cases.danger, false), later)
	const rows = await selectRows(actor)
		.where(and(eq(cases.status, 'open'), inScope(actor), narrowed(actor, only), from && rest))
		.orderBy(desc(cases.danger), cases.dueAt, cases.id)
		.limit(CASES_A_PAGE + 1)
	const last = rows[CASES_A_PAGE - 1]
	const place = last && `${last.danger ? 'd' : 'n'}_${cursorOf(placeAt(last.dueAt, last.id))}`
	return { cases: rows.slice(0, CASES_A_PAGE), next: rows.length > CASES_A_PAGE ? place! : null }
}

/** What was decided, the latest first. */
async function decidedCases(actor: Actor, cursor: string | null) {
	const from = readCursor(cursor)
	const earlier = from && sql`(${cases.decidedAt}, ${cases.id}) < ${after(from)}`
	const rows = await selectRows(actor)
		.where(and(eq(cases.status, 'decided'), inScope(actor), earlier))
		.orderBy(desc(cases.decidedAt), desc(cases.id))
		.limit(CASES_A_PAGE + 1)
	const last = rows[CASES_A_PAGE - 1]
	const place = last && cursorOf(placeAt(last.decidedAt!, last.id))
	return { cases: rows.slice(0, CASES_A_PAGE), next: rows.length > CASES_A_PAGE ? place! : null }
}

/**
 * One page of the queue in her scope: with what waits, the languages it is in. `only` narrows what waits. Throws
 * `not-found` for everyone who does not moderate.
 */
export async function listCases(
	actor: Actor,
	show: 'open' | 'decided',
	cursor: string | null,
	asked: string | null = null,
) {
	const only = onlyOf(asked)
	const [page, languages] = await Promise.all([
		show === 'open' ? openCases(actor, only, cursor) : decidedCases(actor, cursor),
		show === 'open' ? languagesWaiting(actor) : [],
	])
	return { show, only, languages, now: new Date(), first: cursor === null, ...page }
}

/** How many cases she looked into in the last seven days: hers to know, and nobody's to judge. */
export const countLooks = (actor: Actor) =>
	db.$count(
		caseLooks,
		and(eq(caseLooks.memberId, actor.id), sql`case_looks.last_at > now() - interval '7 days'`),
	)

/** Other kinds of records keep other kinds of ids: only these are a case's. */
const caseOfRecord = sql`(case when ${auditLog.subjectKind} = 'case' then ${auditLog.subjectId}::uuid end)`

/** What moderators did with cases, as the audit log has it, the latest first; no content, no reporter. */
export async function listRecords(actor: Actor, cursor: string | null) {
	const from = readCursor(cursor)
	const [, , action = ''] = (cursor ?? '').split('_')
	// One decision leaves several lines of the same moment about the same case.
	const earlier =
		from &&
		sql`(${auditLog.at}, ${auditLog.subjectId}, ${auditLog.action}) <
			(${timeOf(from)}::timestamptz, ${from.id}, ${action})`
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
		.orderBy(desc(auditLog.at), desc(auditLog.subjectId), desc(auditLog.action))
		.limit(RECORDS_A_PAGE + 1)
	const last = rows[RECORDS_A_PAGE - 1]
	return {
		records: rows.slice(0, RECORDS_A_PAGE).map(({ micros: _micros, by, ...record }) => ({
			...record,
			// Of those on the other side of a case no name is shown here: it may have been said in private.
			by: record.action === 'moderation.appealed' ? null : by,
		})),
		first: from === undefined,
		older: rows.length > RECORDS_A_PAGE ? `${last!.micros}_${last!.caseId}_${last!.action}` : null,
	}
}
