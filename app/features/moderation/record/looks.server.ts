import { sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import type { Actor } from '~/platform/actor'
import { cursorOf, placeAt, readCursor, timeOf } from '~/platform/cursor'

const REPORTS_A_PAGE = 20
/** Of one report; more than this nobody reads. */
const LOOKS_A_REPORT = 50

/** Readings of private content that are on record: by a moderator, and by who translates for them. */
const READ = 'moderation.read-private'
const READ_TO_TRANSLATE = 'moderation.read-to-translate'

/** A case, and the one in which a decision on it was looked at again. */
const casesOf = sql`(select r.case_id::text as id union all
	select k.id::text from statements s join cases k on k.statement_id = s.id where s.case_id = r.case_id) k`

/**
 * When something was opened that she gave as evidence. Only since she reported it: an earlier reading belongs to someone
 * else who reported it, of whom she is told nothing. A report's moment is kept in whole milliseconds, rounded up as well as down.
 */
const looksOf = sql`from ${casesOf}
	join audit_log a on a.subject_kind = 'case' and a.subject_id = k.id and a.at >= r.created_at - interval '1 millisecond'
		and a.action in (${READ}, ${READ_TO_TRANSLATE})`

/** A reading of what she reported. */
interface Look {
	at: Date
	/** A translator's name stays between her and the moderators. */
	role: 'moderator' | 'translator'
	/** Null where she has left since. */
	handle: string | null
}

/** A report of hers that was opened, the first reading first. */
export interface LookedAt {
	id: string
	createdAt: Date
	looks: Look[]
}

type Row = {
	id: string
	created: number
	looks: { at: number; action: string; handle: string | null }[]
}

/** A page of her own reports whose private content somebody opened, the latest report first. */
export async function listWhoLooked(actor: Pick<Actor, 'id'>, cursor: string | null) {
	const from = readCursor(cursor)
	const before = from
		? sql`(r.created_at, r.id) < (${timeOf(from)}::timestamptz, ${from.id}::uuid)`
		: sql`true`
	const rows = await db.execute<Row>(sql`
		select r.id, (extract(epoch from r.created_at) * 1000)::float8 as created, looks.looks
		from (select r.* from reports r join cases c on c.id = r.case_id
			where r.reporter_id = ${actor.id}::uuid and c.author_id is distinct from r.reporter_id and ${before}
				and exists (select 1 ${looksOf})
			order by r.created_at desc, r.id desc limit ${REPORTS_A_PAGE + 1}) r
		cross join lateral (select json_agg(l order by l.seq) as looks from (
			select a.seq, floor(extract(epoch from a.at) * 1000)::float8 as at, a.action,
				case when a.action = ${READ} then (select m.handle from members m where m.id = a.actor_id) end as handle
			${looksOf} order by a.seq desc limit ${LOOKS_A_REPORT}) l) looks
		order by r.created_at desc, r.id desc`)
	const shown = rows.slice(0, REPORTS_A_PAGE).map(
		({ id, created, looks }): LookedAt => ({
			id,
			createdAt: new Date(created),
			looks: looks.map(({ at, action, handle }) => ({
				at: new Date(at),
				role: action === READ_TO_TRANSLATE ? 'translator' : 'moderator',
				handle,
			})),
		}),
	)
	const last = shown.at(-1)
	return {
		reports: shown,
		first: from === undefined,
		older: rows.length > REPORTS_A_PAGE && last ? cursorOf(placeAt(last.createdAt, last.id)) : null,
	}
}
