import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { spaceMembers, spaces } from '~/db/schema/forum'
import { untell } from '~/features/members/notices.server'
import { inAllLanguages } from '~/features/moderation/all-languages'
import type { Subject } from '~/features/moderation/subject'
import type { Actor } from '~/platform/actor'
import { isUuid } from '~/platform/text'

/** Not answered yet. Once she came in it is no invitation any more. */
const isInvitation = (id: string) => and(eq(spaceMembers.id, id), isNull(spaceMembers.acceptedAt))

async function find(tx: Tx, id: string) {
	if (!isUuid(id)) return undefined
	const [invitation] = await tx
		.select({
			authorId: spaceMembers.invitedBy,
			spaceId: spaces.id,
			names: spaces.names,
			descriptions: spaces.descriptions,
		})
		.from(spaceMembers)
		.innerJoin(spaces, eq(spaces.id, spaceMembers.spaceId))
		.where(isInvitation(id))
	if (!invitation) return undefined
	const { authorId, spaceId, names, descriptions } = invitation
	return {
		...{ id, authorId, spaceId, private: false, path: '/forum', around: [] },
		...inAllLanguages(names, descriptions),
	}
}

/** She whom it invites, as long as she sees it. */
async function mayReport(tx: Tx, actor: Actor, id: string) {
	if (!isUuid(id)) return false
	const hers = and(isInvitation(id), eq(spaceMembers.memberId, actor.id), isNull(spaceMembers.hiddenAt))
	const toInvited = sql`exists (select 1 from spaces s where s.id = ${spaceMembers.spaceId} and s.access = 'invited')`
	return (await tx.$count(spaceMembers, and(hers, toInvited))) > 0
}

/** Takes it off her pages, with what told her of it. */
async function hide(tx: Tx, id: string) {
	const [hidden] = await tx
		.update(spaceMembers)
		.set({ hiddenAt: sql`now()` })
		.where(isInvitation(id))
		.returning({ memberId: spaceMembers.memberId, subjectId: spaceMembers.spaceId })
	if (hidden) await untell(tx, { ...hidden, kind: 'space.invited' })
}

async function restore(tx: Tx, id: string) {
	await tx.update(spaceMembers).set({ hiddenAt: null }).where(isInvitation(id))
}

/** An invitation into a space, as moderation sees it: who invites, and what is said of the space. */
export const invitationSubject: Subject = { kind: 'space-invitation', find, mayReport, hide, restore }
