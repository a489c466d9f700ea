import { sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { canBeFound } from '../offers/findable.server'
import { mentorsIn, type Scope, womenIn } from '../rounds/rounds-scope.server'
import { FEEDBACK_AT_LEAST, WAITING_STEPS } from './figures'

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

const MOODS = ['good', 'middling', 'bad'] as const

/** How it was, as counts of many; null while so few have answered that one of them could be told apart. */
export async function countFeedback(scope: Scope) {
	const rows = await db.execute<{ mood: (typeof MOODS)[number]; count: number }>(sql`
		select f.mood, count(*)::int as count from mentoring_feedback f join matches on matches.id = f.match_id
		join members on members.id = matches.mentee_id join mentor_offers on mentor_offers.member_id = matches.mentor_id
		where ${ofWomen(scope)} and ${ofMentors(scope)} group by f.mood`)
	const counts = new Map(rows.map(({ mood, count }) => [mood, count]))
	const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
	if (all < FEEDBACK_AT_LEAST) return null
	return MOODS.map((key) => ({ key, count: counts.get(key) ?? 0 }))
}
