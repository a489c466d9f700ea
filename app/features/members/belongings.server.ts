import { and, asc, eq, notLike, or, sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { vouches } from '~/db/schema/house-rules'
import { auditLog, grants, invitations, members, organisations, sessions } from '~/db/schema/members'
import { recoveries, recoveryCodes } from '~/db/schema/recovering'
import { blocks, mutes, notices, organisationMembers } from '~/db/schema/ties'
import type { Belongings, Part } from './belongings'

async function profile(db: Db, memberId: string): Promise<Part> {
	const [member] = await db
		.select({
			handle: members.handle,
			status: members.status,
			locale: members.locale,
			hostCountry: members.hostCountry,
			reads: members.reads,
			speaks: members.speaks,
			helpWanted: members.helpWanted,
			about: members.about,
			rulesVersion: members.rulesVersion,
			ageConfirmedAt: members.ageConfirmedAt,
			joinedAt: members.joinedAt,
			secondFactorSince: members.totpConfirmedAt,
		})
		.from(members)
		.where(eq(members.id, memberId))
	const { about, ...facts } = member!
	const texts = about ? [{ at: null, text: about, lang: member!.locale }] : []
	return { name: 'profile', texts, facts: [facts] }
}

const devices = (db: Db, memberId: string) =>
	db
		.select({
			device: sessions.device,
			kind: sessions.kind,
			createdAt: sessions.createdAt,
			lastSeenAt: sessions.lastSeenAt,
			freshAt: sessions.freshAt,
			secondFactorAt: sessions.secondFactorAt,
		})
		.from(sessions)
		.where(eq(sessions.memberId, memberId))

const codes = (db: Db, memberId: string) =>
	db
		.select({ recoveryCodeMadeAt: recoveryCodes.createdAt, usedAt: recoveryCodes.usedAt })
		.from(recoveryCodes)
		.where(eq(recoveryCodes.memberId, memberId))

/** That staff began to open her account again, and how far it went; not who. */
const openedAgain = (db: Db, memberId: string) =>
	db
		.select({
			openedAgainBy: organisations.name,
			startedAt: recoveries.startedAt,
			confirmedAt: recoveries.confirmedAt,
			handedAt: recoveries.handedAt,
			stoppedAt: recoveries.stoppedAt,
		})
		.from(recoveries)
		.innerJoin(organisations, eq(organisations.id, recoveries.organisationId))
		.where(eq(recoveries.memberId, memberId))

const roles = (db: Db, memberId: string) =>
	db
		.select({
			role: grants.role,
			organisation: organisations.name,
			givenAt: grants.givenAt,
			endedAt: grants.endedAt,
		})
		.from(grants)
		.leftJoin(organisations, eq(organisations.id, grants.organisationId))
		.where(eq(grants.memberId, memberId))

const herOrganisations = (db: Db, memberId: string) =>
	db
		.select({ organisation: organisations.name, since: organisationMembers.since })
		.from(organisationMembers)
		.innerJoin(organisations, eq(organisations.id, organisationMembers.organisationId))
		.where(eq(organisationMembers.memberId, memberId))

/** Whom she blocks. Who blocks her is theirs, and she is never told. */
const blocked = (db: Db, memberId: string) =>
	db
		.select({ blocked: members.handle, at: blocks.at })
		.from(blocks)
		.innerJoin(members, eq(members.id, blocks.blockedId))
		.where(and(eq(blocks.blockerId, memberId), eq(blocks.own, true)))

/** Whose words are folded for her. For whom hers are is theirs, and she is never told. */
const muted = (db: Db, memberId: string) =>
	db
		.select({ muted: members.handle, since: mutes.since })
		.from(mutes)
		.innerJoin(members, eq(members.id, mutes.mutedId))
		.where(eq(mutes.muterId, memberId))

/** Who vouched for her is theirs to say; what she said of others is hers, but not who is here. */
const vouched = (db: Db, memberId: string) =>
	db
		.select({
			vouch: sql<string>`case when ${vouches.memberId} = ${memberId} then 'received' else 'given' end`,
			kind: vouches.kind,
			at: vouches.at,
			endedAt: vouches.endedAt,
		})
		.from(vouches)
		.where(or(eq(vouches.memberId, memberId), eq(vouches.byId, memberId)))
		.orderBy(asc(vouches.at))

const told = (db: Db, memberId: string) =>
	db
		.select({ notice: notices.kind, times: notices.times, at: notices.at, readAt: notices.readAt })
		.from(notices)
		.where(eq(notices.memberId, memberId))

const invited = (db: Db, memberId: string) =>
	db
		.select({
			invitationMadeAt: invitations.createdAt,
			expiresAt: invitations.expiresAt,
			usedAt: invitations.usedAt,
		})
		.from(invitations)
		.where(eq(invitations.createdBy, memberId))

/** What is on record about her account. What moderators did stays out: it would tell her that someone reported her. */
const onRecord = (db: Db, memberId: string) =>
	db
		.select({ action: auditLog.action, at: auditLog.at })
		.from(auditLog)
		.where(and(eq(auditLog.memberId, memberId), notLike(auditLog.action, 'moderation.%')))
		.orderBy(asc(auditLog.seq))

/** Her account itself, in her copy. */
export const accountBelongings: Belongings = {
	tables: [
		'members',
		'sessions',
		'recovery_codes',
		'recoveries',
		'grants',
		'invitations',
		'organisation_members',
		'blocks',
		'mutes',
		'vouches',
		'notices',
	],
	async collect(db, memberId) {
		return [
			await profile(db, memberId),
			{
				name: 'account',
				facts: [
					...(await devices(db, memberId)),
					...(await codes(db, memberId)),
					...(await openedAgain(db, memberId)),
					...(await roles(db, memberId)),
					...(await herOrganisations(db, memberId)),
					...(await blocked(db, memberId)),
					...(await muted(db, memberId)),
					...(await vouched(db, memberId)),
					...(await told(db, memberId)),
					...(await invited(db, memberId)),
					...(await onRecord(db, memberId)),
				],
			},
		]
	},
}
