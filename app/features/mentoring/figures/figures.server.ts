import { sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { canBeFound } from '../offers/findable.server'
import { mentorsIn, type Scope, womenIn } from '../rounds/rounds-scope.server'
import { bandOf, FEEDBACK_AT_LEAST, FEEDBACK_QUARTERS, MOODS, type Mood, WAITING_STEPS } from './figures'

const LANGUAGES_AT_MOST = 200

const everyone = sql`true`
const ofWomen = (scope: Scope) => womenIn(scope) ?? everyone
const ofMentors = (scope: Scope) => mentorsIn(scope) ?? everyone

/** How many women have waited how long. */
export async function countWaiting(scope: Scope) {
	const starts = WAITING_STEPS.slice(1).map(({ from }) => from)
	const rows = await db.execute<{ step: number; count: number }>(sql`
		select width_bucket(extract(epoch from now() - mentoring_wishes.waiting_since) / 86400,
			array[${sql.join(
				starts.map((days) => sql`${days}::numeric`),
				sql`, `,
			)}])::int as step, count(*)::int as count
		from mentoring_wishes join members on members.id = mentoring_wishes.member_id
		where mentoring_wishes.waiting_since is not null and members.status = 'active' and ${ofWomen(scope)}
		group by 1`)
	const counts = new Map(rows.map(({ step, count }) => [step, count]))
	return WAITING_STEPS.map(({ key }, step) => ({ key, count: counts.get(step) ?? 0 }))
}

/** How many mentors can be found who have no free place, one, two, … */
export async function countFreePlaces(scope: Scope) {
	const rows = await db.execute<{ free: number; count: number }>(sql`
		select greatest(mentor_offers.capacity - mentor_offers.load, 0) as free, count(*)::int as count
		from mentor_offers join members on members.id = mentor_offers.member_id
		where ${canBeFound} and members.status = 'active' and ${ofMentors(scope)}
		group by 1 order by 1`)
	return rows.map(({ free, count }) => ({ free, count }))
}

/**
 * For each language the women who wait and talk it beside the free places of mentors who know it, the shortest of
 * mentors first. A woman of two languages and a mentor of three count in each.
 */
export async function listLanguages(scope: Scope) {
	const rows = await db.execute<{ tag: string; waiting: number; free: number }>(sql`
		with women as (
			select tag, count(*)::int as waiting from mentoring_wishes join members on members.id = mentoring_wishes.member_id
			cross join unnest(case when cardinality(mentoring_wishes.languages) > 0
				then mentoring_wishes.languages else members.speaks end) tag
			where mentoring_wishes.waiting_since is not null and members.status = 'active' and ${ofWomen(scope)}
			group by tag),
		places as (
			select tag, sum(greatest(mentor_offers.capacity - mentor_offers.load, 0))::int as free
			from mentor_offers join members on members.id = mentor_offers.member_id
			cross join unnest(mentor_offers.language_tags) tag
			where ${canBeFound} and members.status = 'active' and ${ofMentors(scope)}
			group by tag)
		select tag, coalesce(waiting, 0) as waiting, coalesce(free, 0) as free
		from women full join places using (tag)
		order by coalesce(waiting, 0) - coalesce(free, 0) desc, coalesce(waiting, 0) desc, tag limit ${LANGUAGES_AT_MOST}`)
	return rows.map(({ tag, waiting, free }) => ({ tag, waiting, free }))
}

/**
 * How it was, in bands, for each of the last quarters that are over and had enough answers, the latest first. Read day
 * by day a count would tell who has just answered and how; a quarter stands still, and a band hides the single one.
 */
export async function listFeedback(scope: Scope) {
	const rows = await db.execute<Record<Mood, number> & { quarter: string }>(sql`
		select to_char(q.quarter, 'YYYY-MM-DD') as quarter, ${sql.join(
			MOODS.map((mood) => sql`count(*) filter (where f.mood = ${mood})::int as ${sql.identifier(mood)}`),
			sql`, `,
		)}
		from mentoring_feedback f
		cross join lateral (select date_trunc('quarter', f.at at time zone 'UTC') as quarter) q
		cross join (select date_trunc('quarter', now() at time zone 'UTC') as quarter) this
		join matches on matches.id = f.match_id
		join members on members.id = matches.mentee_id
		left join mentor_offers on mentor_offers.member_id = matches.mentor_id
		where q.quarter < this.quarter
			and q.quarter >= this.quarter - make_interval(months => ${3 * FEEDBACK_QUARTERS})
			and ${ofWomen(scope)} and ${ofMentors(scope)}
		group by q.quarter having count(*) >= ${FEEDBACK_AT_LEAST} order by q.quarter desc`)
	return rows.map(({ quarter, ...counts }) => ({
		quarter: new Date(quarter),
		bands: MOODS.map((mood) => bandOf(counts[mood])),
	}))
}
