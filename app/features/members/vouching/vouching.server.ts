import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, db, type Tx } from '~/db/client.server'
import { vouches } from '~/db/schema/house-rules'
import { members, organisations } from '~/db/schema/members'
import { type Actor, holds } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { skeleton } from '../handle'
import { setting } from '../settings/settings.server'
import { areEnough, MEMBERS_NEEDED, VOUCHED_DAYS } from './vouching.policy'

/** By what she may vouch: as a mentor, or as a member who is known here herself; null where not yet. */
async function voiceOf(tx: Db, actor: Actor): Promise<'mentor' | 'member' | null> {
	if (actor.status !== 'active') return null
	if (holds(actor, 'mentor')) return 'mentor'
	const known = and(
		eq(members.id, actor.id),
		sql`${members.vouchedAt} <= now() - make_interval(days => ${VOUCHED_DAYS})`,
	)
	return (await tx.$count(members, known)) > 0 ? 'member' : null
}

const inForce = isNull(vouches.endedAt)

const vouchesOf = (tx: Db, memberId: string) =>
	tx
		.select({ kind: vouches.kind })
		.from(vouches)
		.where(and(eq(vouches.memberId, memberId), inForce))

/** Brings what holds for her in line with the vouches there are; her open pages hear of it. */
async function settle(tx: Tx, memberId: string, publish: (event: DomainEvent) => void) {
	const enough = areEnough(await vouchesOf(tx, memberId))
	await tx
		.update(members)
		.set({ vouchedAt: sql`case when ${enough}::boolean then coalesce(${members.vouchedAt}, now()) end` })
		.where(eq(members.id, memberId))
	publish({ name: 'member:changed', memberId })
}

/**
 * The member with this handle, held so that two who vouch for her take turns; undefined where there is none or it is
 * herself. Her own row is held as well: where there is nobody, the transaction has as much to write.
 */
async function findNamed(tx: Tx, actor: Actor, handle: string) {
	const held = await tx
		.select({ id: members.id, vouchedAt: members.vouchedAt })
		.from(members)
		.where(or(eq(members.id, actor.id), eq(members.skeleton, skeleton(handle))))
		.orderBy(asc(members.id))
		.for('no key update')
	return held.find(({ id }) => id !== actor.id)
}

/** Nobody: all that is done with it is done in vain, and takes as long. */
const nobody = () => crypto.randomUUID()

/** On record as long as the other: that she tried, and nothing of whom. */
const IN_VAIN = { action: 'vouch.tried' }

const HANDLE_AT_MOST = 400

const Named = z.object({
	handle: z
		.string('errors:empty')
		.refine((text) => text.trim() !== '', 'errors:empty')
		.refine((text) => text.length <= HANDLE_AT_MOST, 'errors:noSuchHandle'),
})

/**
 * Says of somebody new that she knows her. Whoever has the handle, also nobody, the answer and the work are the same:
 * whether a woman is here is for nobody to find out. Throws `forbidden` where she herself cannot vouch yet.
 */
export const vouch = command({
	input: Named,
	limit: 'vouch',
	async run({ actor, input, tx, publish, audit }) {
		const kind = await voiceOf(tx, actor)
		if (!kind)
			throw new AppError('forbidden', {
				fields: { '': 'vouch:refused.notYet' },
				details: { days: VOUCHED_DAYS },
			})
		const named = await findNamed(tx, actor, input.handle)
		// Who is known already needs nobody; what would be written then could only be taken back.
		const memberId = named && !named.vouchedAt && !actor.blocked.includes(named.id) ? named.id : nobody()
		const given = await tx.execute(sql`
			insert into vouches (member_id, by_id, kind)
			select m.id, ${actor.id}::uuid, ${kind} from members m where m.id = ${memberId}::uuid
			on conflict do nothing returning id`)
		const done = given.length > 0
		await audit(
			done ? { action: 'vouch.given', subjectKind: 'member', subjectId: memberId, memberId } : IN_VAIN,
		)
		await settle(tx, done ? memberId : nobody(), publish)
	},
})

/**
 * Takes it back; where it was needed, she is new again. Also from a woman whom she blocks by now: then all the more. The
 * answer and the work are the same for every handle.
 */
export const takeVouchBack = command({
	input: Named,
	limit: 'vouch',
	async run({ actor, input, tx, publish, audit }) {
		const memberId = (await findNamed(tx, actor, input.handle))?.id ?? nobody()
		const taken = await tx
			.update(vouches)
			.set({ endedAt: sql`now()` })
			.where(and(eq(vouches.memberId, memberId), eq(vouches.byId, actor.id), inForce))
			.returning({ id: vouches.id })
		const done = taken.length > 0
		await audit(
			done ? { action: 'vouch.ended', subjectKind: 'member', subjectId: memberId, memberId } : IN_VAIN,
		)
		await settle(tx, done ? memberId : nobody(), publish)
	},
})

/**
 * How she begins: a centre vouches for whoever comes with its code, and where the installation asks for nothing everyone
 * is known from the start. In the transaction that makes her account.
 */
export async function beginVouched(
	tx: Tx,
	memberId: string,
	invitation: { role: string; organisationId: string | null } | null,
) {
	const organisationId = invitation?.organisationId ?? null
	const isKnown =
		organisationId !== null || invitation?.role === 'coordinator' || setting('firstPosts') === 'open'
	if (organisationId) await tx.insert(vouches).values({ memberId, kind: 'centre', organisationId })
	if (isKnown) await tx.update(members).set({ vouchedAt: sql`now()` }).where(eq(members.id, memberId))
}

/** How things stand for her: whether she is known, what is missing, and whether she can vouch for others. */
export async function readStanding(actor: Actor) {
	const [given, voice] = [await vouchesOf(db, actor.id), await voiceOf(db, actor)]
	return {
		known: actor.vouched,
		firstPosts: setting('firstPosts'),
		members: given.filter(({ kind }) => kind === 'member').length,
		needed: MEMBERS_NEEDED,
		mayVouch: voice !== null,
	}
}

export type Standing = Awaited<ReturnType<typeof readStanding>>

/** Who vouched for a member, also what was taken back, the first first: for coordinators. */
export const vouchesFor = (memberId: string) =>
	db
		.select({
			id: vouches.id,
			kind: vouches.kind,
			by: members.handle,
			organisation: organisations.name,
			at: vouches.at,
			endedAt: vouches.endedAt,
		})
		.from(vouches)
		.leftJoin(members, eq(members.id, vouches.byId))
		.leftJoin(organisations, eq(organisations.id, vouches.organisationId))
		.where(eq(vouches.memberId, memberId))
		.orderBy(asc(vouches.at), asc(vouches.id))
