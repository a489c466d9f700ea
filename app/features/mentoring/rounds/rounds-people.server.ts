import { and, inArray, sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'
import { readMentorRows, readWomanRows } from '../finding/people.server'
import { mentorsIn, type Scope, womenIn } from './rounds-scope.server'

/** She waits, wants to be looked for, and nobody is asked, proposed or with her: a round could do something for her. */
const canBeMatched = sql`(mentoring_wishes.waiting_since is not null and mentoring_wishes.in_rounds and not exists (
	select 1 from matches x where x.mentee_id = members.id and x.status in ('asked', 'proposed', 'accepted')))`

/** The women a round can do something for; with `ids` those of them, in the order of their ids. */
export const readRoundWomen = (tx: Db, scope: Scope, ids?: readonly string[]) =>
	readWomanRows(tx, and(canBeMatched, womenIn(scope), ids && inArray(members.id, [...ids])))

export const readRoundMentors = (tx: Db, scope: Scope, ids?: readonly string[]) =>
	readMentorRows(tx, and(mentorsIn(scope), ids && inArray(mentorOffers.memberId, [...ids])))
