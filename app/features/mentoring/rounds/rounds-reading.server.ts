import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { TRAINING_MONTHS } from '../mentoring.limits'
import { mentorsIn, type Scope, womenIn } from './rounds-scope.server'

/**
 * Who takes part in a round, as the database wrote it down: three texts of JSON. Ten thousand rows made into objects
 * here would hold up every page; the thread that draws reads them (round-work.server.ts).
 */
export interface RoundTexts {
	/** `WomanRow`s and `MentorRow`s (person-rows.server.ts) in the order of their ids, dates as texts. */
	women: string
	mentors: string
	/** For each language and need (none: '') the mentors who know it and help with it: `[tag, need, ids]`. */
	index: string
}

const noMatch = sql`(select member_id, array_agg(hash order by hash) as hashes
	from mentoring_no_match group by member_id)`

/**
 * The women a round can do something for: they wait, want to be looked for, and nobody is asked, proposed or with them.
 * The same rows and columns as `readRoundWomen`, joined as whole tables: ten thousand look-ups take five times as long.
 */
const womenRows = (scope: Scope): SQL => sql`
	select members.id, members.skeleton,
		case when cardinality(w.languages) > 0 then w.languages
			when cardinality(members.speaks) > 0 then members.speaks else members.reads end as languages,
		w.level, w.needs, w.how, w.hours, w.zone, members.zone as "ownZone", members.host_country as "hostCountry",
		w.town_hash as town, w.community_hash as community, w.organisations, w.waiting_since as "waitingSince",
		coalesce(names.hashes, '{}') as "noMatch", coalesce(kept.ids, '{}') as blocked,
		coalesce(met.choices, '{}') as choices, coalesce(met.former, '{}') as former
	from mentoring_wishes w
	join members on members.id = w.member_id
	left join ${noMatch} names on names.member_id = w.member_id
	left join (
		select member_id, array_agg(distinct other order by other) as ids
		from (select blocker_id as member_id, blocked_id as other from blocks
			union all select blocked_id, blocker_id from blocks) sides
		group by member_id) kept on kept.member_id = w.member_id
	left join (
		select mentee_id, bool_or(status in ('asked', 'proposed', 'accepted')) as busy,
			array_agg(mentor_id order by place, id) filter (where status = 'chosen' and mentor_id is not null) as choices,
			array_agg(distinct mentor_id order by mentor_id)
				filter (where status in ('declined', 'withdrawn', 'ended') and mentor_id is not null) as former
		from matches group by mentee_id) met on met.mentee_id = w.member_id
	where members.status = 'active' and w.waiting_since is not null and w.in_rounds and met.busy is not true
		and ${womenIn(scope) ?? sql`true`}
	order by members.id`

const MENTORS = sql`mentor_offers join members on members.id = mentor_offers.member_id`
const canTakePart = (scope: Scope) =>
	sql`mentor_offers.status = 'vetted' and members.status = 'active' and ${mentorsIn(scope) ?? sql`true`}`

/** The mentors of a round: the same rows and columns as `readRoundMentors`. */
const mentorRows = (scope: Scope): SQL => sql`
	select members.id, members.skeleton, languages, needs, helped, how, hours, mentor_offers.zone,
		members.zone as "ownZone", members.host_country as "hostCountry", capacity, load, town_hash as town,
		community_hash as community, organisation_id as organisation, valid_until as "vettedUntil",
		trained_at + make_interval(months => ${TRAINING_MONTHS}) as "trainingUntil",
		coalesce(waiting.count, 0) as proposed, coalesce(names.hashes, '{}') as "noMatch"
	from ${MENTORS}
	left join ${noMatch} names on names.member_id = members.id
	left join (select mentor_id, count(*)::int as count from matches where status = 'proposed' group by mentor_id) waiting
		on waiting.mentor_id = members.id
	where ${canTakePart(scope)}
	order by members.id`

const indexRows = (scope: Scope): SQL => sql`
	select json_build_array(tag, need, array_agg(members.id order by members.id)) as entry
	from ${MENTORS} cross join unnest(language_tags) tag cross join unnest(needs || ''::text) need
	where ${canTakePart(scope)}
	group by tag, need`

async function textOf(tx: Db, aggregate: SQL): Promise<string> {
	const [row] = await tx.execute<{ text: string }>(sql`select coalesce(${aggregate}::text, '[]') as text`)
	return row!.text
}

/** Reads who takes part in a round, in three queries however many there are. */
export const readRoundTexts = async (tx: Db, scope: Scope): Promise<RoundTexts> => ({
	women: await textOf(tx, sql`(select json_agg(row) from (${womenRows(scope)}) row)`),
	mentors: await textOf(tx, sql`(select json_agg(row) from (${mentorRows(scope)}) row)`),
	index: await textOf(tx, sql`(select json_agg(entry) from (${indexRows(scope)}) entries)`),
})
