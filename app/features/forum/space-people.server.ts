import { and, asc, eq, isNotNull, isNull, notInArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, db } from '~/db/client.server'
import { spaceMembers, spaces } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { skeleton } from '~/features/members/handle'
import { FindPerson } from '~/features/members/members.schema'
import { tell, untell } from '~/features/members/notices.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { mayInvite } from './forum.policy'
import { saidTo } from './spaces.server'

const PEOPLE_A_PAGE = 50

const Id = z.uuid('errors:notUnderstood')
const OneSpace = z.object({ space: Id })

/** A space whose invitations she looks after. Throws `not-found` for everyone else, and where there is none. */
async function accessDoor(tx: Db, actor: Actor, id: string) {
	const [space] = isUuid(id)
		? await tx
				.select({ id: spaces.id, names: spaces.names, access: spaces.access })
				.from(spaces)
				.where(eq(spaces.id, id))
		: []
	if (!space || !mayInvite(actor, space.id)) throw new AppError('not-found')
	return space
}

/**
 * Who was invited to a space, and who of them came in, by handle, a page at a time; null where it is not open to
 * invited members. Not those with whom she has a block. Throws `not-found`.
 */
export async function readSpacePeople(actor: Actor, locale: string, id: string, after: string | null) {
	const space = await accessDoor(db, actor, id)
	const head = { id: space.id, name: saidTo(actor, locale, space.names) }
	if (space.access !== 'invited') return { space: head, people: null, next: null }
	const beyond = isUuid(after ?? undefined)
		? sql`${members.skeleton} > (select m.skeleton from members m where m.id = ${after})`
		: undefined
	const rows = await db
		.select({
			id: members.id,
			handle: members.handle,
			invitedAt: spaceMembers.invitedAt,
			cameIn: sql<boolean>`${spaceMembers.acceptedAt} is not null`,
		})
		.from(spaceMembers)
		.innerJoin(members, eq(members.id, spaceMembers.memberId))
		.where(and(eq(spaceMembers.spaceId, space.id), notInArray(members.id, actor.blocked), beyond))
		.orderBy(asc(members.skeleton))
		.limit(PEOPLE_A_PAGE + 1)
	const people = rows.slice(0, PEOPLE_A_PAGE)
	return { space: head, people, next: rows.length > PEOPLE_A_PAGE ? people.at(-1)!.id : null }
}

/** An active member with this handle. Throws `invalid`, the same for nobody and for someone with a block. */
async function findInvitee(tx: Db, actor: Actor, handle: string) {
	const mark = skeleton(handle)
	// She would open to herself what is said there (docs/decisions/008).
	if (mark === skeleton(actor.handle))
		throw new AppError('invalid', { fields: { handle: 'spaces:notYourself' } })
	const [member] = await tx
		.select({ id: members.id })
		.from(members)
		.where(
			and(eq(members.skeleton, mark), eq(members.status, 'active'), notInArray(members.id, actor.blocked)),
		)
	if (!member) throw new AppError('invalid', { fields: { handle: 'errors:noSuchHandle' } })
	return member
}

/**
 * Invites a member by her handle, and tells her. Doing it twice is once. Throws `not-found`, `conflict` where the space
 * is not open to invited members, `invalid` for a handle that nobody has.
 */
export const inviteToSpace = command({
	input: z.object({ space: Id, handle: FindPerson.shape.handle }),
	limit: 'space.invite',
	async run({ actor, input, tx, audit }) {
		const space = await accessDoor(tx, actor, input.space)
		if (space.access !== 'invited') throw new AppError('conflict')
		const member = await findInvitee(tx, actor, input.handle)
		const [invited] = await tx
			.insert(spaceMembers)
			.values({ spaceId: space.id, memberId: member.id, invitedBy: actor.id })
			.onConflictDoNothing()
			.returning({ memberId: spaceMembers.memberId })
		if (!invited) return
		await tell(tx, { memberIds: [member.id], kind: 'space.invited', subjectId: space.id })
		await audit({
			action: 'space.invited',
			subjectKind: 'space',
			subjectId: space.id,
			memberId: member.id,
		})
	},
})

/** Takes an invitation or a membership back: the space is gone for her at once. Doing it twice is once. */
export const takeBackFromSpace = command({
	input: z.object({ space: Id, member: Id }),
	limit: 'space.invite',
	async run({ actor, input, tx, publish, audit }) {
		const space = await accessDoor(tx, actor, input.space)
		const [taken] = await tx
			.delete(spaceMembers)
			.where(and(eq(spaceMembers.spaceId, space.id), eq(spaceMembers.memberId, input.member)))
			.returning({ memberId: spaceMembers.memberId })
		if (!taken) return
		await untell(tx, { memberId: taken.memberId, kind: 'space.invited', subjectId: space.id })
		publish({ name: 'space:closed', spaceId: space.id, memberId: taken.memberId })
		await audit({
			action: 'space.taken-back',
			subjectKind: 'space',
			subjectId: space.id,
			memberId: taken.memberId,
		})
	},
})

const hers = (actor: Actor, space: string) =>
	and(eq(spaceMembers.spaceId, space), eq(spaceMembers.memberId, actor.id))

/** Comes in where she was invited. Doing it twice is once. Throws `not-found` where she was not, or is no longer. */
export const acceptInvitation = command({
	input: OneSpace,
	async run({ actor, input, tx }) {
		const [came] = await tx
			.update(spaceMembers)
			.set({ acceptedAt: sql`coalesce(${spaceMembers.acceptedAt}, now())` })
			.where(
				and(
					hers(actor, input.space),
					isNull(spaceMembers.hiddenAt),
					sql`exists (select 1 from spaces s where s.id = ${input.space} and s.access = 'invited')`,
				),
			)
			.returning({ spaceId: spaceMembers.spaceId })
		if (!came) throw new AppError('not-found')
		await untell(tx, { memberId: actor.id, kind: 'space.invited', subjectId: came.spaceId })
		return came
	},
})

/** Says no to an invitation: it is gone. Where there is none nothing happens. */
export const declineInvitation = command({
	input: OneSpace,
	async run({ actor, input, tx }) {
		await tx.delete(spaceMembers).where(and(hers(actor, input.space), isNull(spaceMembers.acceptedAt)))
		await untell(tx, { memberId: actor.id, kind: 'space.invited', subjectId: input.space })
	},
})

/** Leaves a space she was invited to. Where she is not in it nothing happens. */
export const leaveSpace = command({
	input: OneSpace,
	async run({ actor, input, tx, publish }) {
		await tx.delete(spaceMembers).where(and(hers(actor, input.space), isNotNull(spaceMembers.acceptedAt)))
		publish({ name: 'space:closed', spaceId: input.space, memberId: actor.id })
	},
})
