import { eq, type SQL, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { grants, members, sessions } from '~/db/schema/members'
import { blocks, notices, organisationMembers } from '~/db/schema/ties'
import type { Grant, Restraint } from '~/platform/actor'
import { inBatches } from '~/platform/batches.server'
import { pgArray } from '~/platform/text'
import { runningRecovery } from './running-recovery.server'

const LOOKED_UP_TOGETHER = 100

const activeGrants = sql<Grant[]>`coalesce((
	select json_agg(json_build_object('role', ${grants.role}, 'organisationId', ${grants.organisationId}, 'spaceId', ${grants.spaceId},
		'languages', ${grants.languages}))
	from ${grants} where ${grants.memberId} = ${members.id} and ${grants.endedAt} is null), '[]'::json)`

const herRestraints = sql<
	{ kind: Restraint['kind']; spaceId: string | null; until: string | null }[]
>`coalesce((
	select json_agg(json_build_object('kind', r.kind, 'spaceId', r.space_id, 'until', r.until))
	from restrictions r where r.member_id = ${members.id} and r.ended_at is null and r.kind in ('slowed', 'muted')
		and (r.until is null or r.until > now())), '[]'::json)`

const herOrganisations = sql<string[]>`array(
	select ${organisationMembers.organisationId} from ${organisationMembers} where ${organisationMembers.memberId} = ${members.id})`

const herBlocks = sql<string[]>`array(
	select ${blocks.blockedId} from ${blocks} where ${blocks.blockerId} = ${members.id} union
	select ${blocks.blockerId} from ${blocks} where ${blocks.blockedId} = ${members.id})`

/** More than this is "many" on any page, and need not be counted. */
const UNREAD_AT_MOST = 100
const unreadNotices = sql<number>`(select count(*)::int from (
	select 1 from ${notices} where ${notices.memberId} = ${members.id} and ${notices.readAt} is null limit ${UNREAD_AT_MOST}) u)`

const sessionsBy = (which: SQL | undefined) =>
	db
		.select({
			tokenHash: sessions.tokenHash,
			sessionId: sessions.id,
			device: sessions.device,
			createdAt: sessions.createdAt,
			lastSeenAt: sessions.lastSeenAt,
			freshAt: sessions.freshAt,
			secondFactorAt: sessions.secondFactorAt,
			now: sql<string>`now()`,
			id: members.id,
			handle: members.handle,
			status: members.status,
			locale: members.locale,
			secondLocale: members.secondLocale,
			calendar: members.calendar,
			nastaliq: members.nastaliq,
			hostCountry: members.hostCountry,
			reads: members.reads,
			speaks: members.speaks,
			totpConfirmedAt: members.totpConfirmedAt,
			grants: activeGrants,
			organisations: herOrganisations,
			vouched: sql<boolean>`${members.vouchedAt} is not null`,
			restraints: herRestraints,
			rulesVersion: members.rulesVersion,
			blocked: herBlocks,
			unread: unreadNotices,
			recovery: runningRecovery(members.id),
		})
		.from(sessions)
		.innerJoin(members, eq(members.id, sessions.memberId))
		.where(which)

const findSession = sessionsBy(eq(sessions.tokenHash, sql.placeholder('hash'))).prepare('find_session')
const findSessions = sessionsBy(
	sql`${sessions.tokenHash} = any(${sql.placeholder('hashes')}::text[])`,
).prepare('find_sessions')

/** A session with everything a page asks about whose it is. */
export type FoundSession = Awaited<ReturnType<typeof findSession.execute>>[number]

/** A full room, or everyone who comes back after a restart, is looked up with a few statements, not one for each. */
export const findByHash = inBatches<string, FoundSession | undefined>({
	async work(hashes) {
		const rows =
			hashes.length === 1
				? await findSession.execute({ hash: hashes[0] })
				: await findSessions.execute({ hashes: pgArray(hashes) })
		const byHash = new Map(rows.map((row) => [row.tokenHash, row]))
		return hashes.map((hash) => byHash.get(hash))
	},
	size: LOOKED_UP_TOGETHER,
	atOnce: 2,
})
