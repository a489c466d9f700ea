import { and, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { type Db, db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { tell } from '~/features/members/notices.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { mentorsIn, type Scope, scopeOf, womenIn } from '../rounds/rounds-scope.server'
import type { Listed, Part } from './coordinator-lists.server'
import { QUIET_DAYS, REMIND_EVERY_DAYS } from './figures'

const DAY_MS = 24 * 60 * 60 * 1000

/** When somebody last wrote in these rooms: the chat's answer, handed in by the route. Never what, and never who. */
export type LastWordIn = (roomIds: readonly string[]) => Promise<Map<string, Date | null>>

const mentor = alias(members, 'mentor')

const remindedLately = sql<boolean>`exists (select 1 from notices n
	where n.member_id = ${matches.menteeId} and n.kind = 'mentoring.quiet' and n.subject_id = ${matches.id}
	and n.at > now() - make_interval(days => ${REMIND_EVERY_DAYS}))`

/** Mentoring that goes on without a break for so long that it could be quiet, of a woman and a mentor in her care. */
const readRunning = (tx: Db, scope: Scope, id?: string) =>
	tx
		.select({
			id: matches.id,
			menteeId: matches.menteeId,
			mentorId: mentor.id,
			woman: members.handle,
			mentor: mentor.handle,
			roomId: matches.roomId,
			since: sql<Date>`coalesce(${matches.answeredAt}, ${matches.askedAt})`.mapWith(matches.askedAt),
			reminded: remindedLately,
		})
		.from(matches)
		.innerJoin(members, eq(members.id, matches.menteeId))
		.innerJoin(mentor, eq(mentor.id, matches.mentorId))
		.innerJoin(mentorOffers, eq(mentorOffers.memberId, matches.mentorId))
		.where(
			and(
				id === undefined ? undefined : eq(matches.id, id),
				eq(matches.status, 'accepted'),
				sql`${matches.pausedAt} is null`,
				sql`coalesce(${matches.answeredAt}, ${matches.askedAt}) < now() - make_interval(days => ${QUIET_DAYS})`,
				womenIn(scope),
				mentorsIn(scope),
			),
		)

/** Those of them in which nobody has written for too long, with the moment of the last word or of the beginning. */
async function quietOf(running: Awaited<ReturnType<typeof readRunning>>, lastWordIn: LastWordIn) {
	const words = await lastWordIn(running.flatMap(({ roomId }) => roomId ?? []))
	const before = Date.now() - QUIET_DAYS * DAY_MS
	return running
		.map((match) => ({ ...match, quietSince: (match.roomId && words.get(match.roomId)) || match.since }))
		.filter(({ quietSince }) => quietSince.getTime() < before)
}

const placeOf = ({ quietSince, id }: { quietSince: Date; id: string }) => `${quietSince.getTime()}_${id}`

function readPlace(after: string | null) {
	const [time = '', id] = (after ?? '').split('_')
	return /^\d{1,14}$/.test(time) && isUuid(id) ? { time: Number(time), id: id! } : undefined
}

export interface QuietMatch {
	id: string
	woman: string
	mentor: string
	quietSince: Date
	/** The two were reminded a short while ago. */
	reminded: boolean
}

/**
 * The mentoring in which nobody has written for two weeks, the quietest first. The chat answers for all that goes on at
 * once, since only it knows; what it does not tell is asked by nobody.
 */
export async function listQuiet(
	scope: Scope,
	part: Part,
	lastWordIn: LastWordIn,
): Promise<Listed<QuietMatch>> {
	const quiet = await quietOf(await readRunning(db, scope), lastWordIn)
	const from = readPlace(part.after)
	const rest = quiet
		.sort((a, b) => a.quietSince.getTime() - b.quietSince.getTime() || (a.id < b.id ? -1 : 1))
		.filter(
			({ quietSince, id }) =>
				!from || quietSince.getTime() > from.time || (quietSince.getTime() === from.time && id > from.id),
		)
	const shown = rest.slice(0, part.limit)
	return {
		rows: shown.map(({ id, woman, mentor: other, quietSince, reminded }) => ({
			id,
			woman,
			mentor: other,
			quietSince,
			reminded,
		})),
		next: rest.length > part.limit ? placeOf(shown.at(-1)!) : null,
	}
}

const RemindForm = z.object({ match: z.uuid('errors:notUnderstood') })

/**
 * Tells both kindly that their mentoring is there, once a week at most; who is asked to write is nobody's business but
 * theirs. Throws `not-found` for all but coordinators in whose care the two are, and where it is not quiet; `conflict`
 * (`details.reason`: reminded) within a week of the last time.
 */
export const remindBoth = (lastWordIn: LastWordIn) =>
	command({
		input: RemindForm,
		limit: 'coordination',
		async access(actor: Actor, { match }) {
			const [quiet] = await quietOf(await readRunning(db, scopeOf(actor), match), lastWordIn)
			if (!quiet) throw new AppError('not-found')
			return quiet
		},
		async run({ found, tx, audit }) {
			// Two coordinators at once: the second one sees what the first has told.
			await tx.select({ id: matches.id }).from(matches).where(eq(matches.id, found.id)).for('no key update')
			const [match] = await readRunning(tx, null, found.id)
			if (!match) throw new AppError('not-found')
			if (match.reminded) throw new AppError('conflict', { details: { reason: 'reminded' } })
			const memberIds = [match.menteeId, match.mentorId]
			await tell(tx, { memberIds, kind: 'mentoring.quiet', subjectId: match.id })
			await audit({ action: 'mentoring.remindQuiet', subjectKind: 'match', subjectId: match.id })
		},
	})
