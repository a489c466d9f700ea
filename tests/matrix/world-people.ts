import { and, eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { heldMessages } from '~/db/schema/chat-held'
import { grants, invitations } from '~/db/schema/members'
import { recoveries } from '~/db/schema/recovering'
import { blocks, notices } from '~/db/schema/ties'
import { anOpenRoom } from '../factories/chat'
import { aHeld } from '../factories/holding'
import { aMember, anInvitation } from '../factories/members'
import { belongTo } from '../factories/rounds'
import type { Made } from './world'

interface Where {
	organisationA: string
	organisationB: string
	block: readonly [string, string]
}

async function aRecovery(memberId: string, organisationId: string, startedBy: string) {
	const [row] = await db.insert(recoveries).values({ memberId, organisationId, startedBy }).returning()
	return row!.id
}

/** People and papers about them: who waits, who is being helped back in, invitations, notices, blocks, held words. */
export async function addPeople({ W, J, A, B, C, U }: Made, { organisationA, organisationB, block }: Where) {
	const [blockerId, blockedId] = block
	await db.insert(blocks).values({ blockerId, blockedId })
	const waiting = await aMember({ handle: 'Waits to be let in', status: 'waiting' })
	const locked = await aMember({ handle: 'Locked out' })
	await belongTo(locked, organisationA)
	const other = await aMember({ handle: 'Any other' })
	await anInvitation('AAAAA-AAAAA', { organisationId: organisationA, createdBy: C.actor.id })
	await anInvitation('BBBBB-BBBBB', { organisationId: organisationB, createdBy: A.actor.id })
	const invitationOf = async (organisationId: string) =>
		(await db.select().from(invitations).where(eq(invitations.organisationId, organisationId)))[0]!.id
	const [notice] = await db
		.insert(notices)
		.values({ memberId: W.actor.id, kind: 'account.recovery', subjectId: W.actor.id })
		.returning()
	const holding = await anOpenRoom({ holds: true, languages: ['en'] })
	const held = await aHeld(J.actor, holding, 'Good day to all of you', { language: 'en' })
	const [heldRow] = await db.select().from(heldMessages)
	const [grantOfU] = await db
		.select()
		.from(grants)
		.where(and(eq(grants.memberId, U.actor.id), eq(grants.role, 'moderator')))
	return {
		waitingMember: waiting.id,
		otherMember: other.id,
		memberW: W.actor.id,
		memberB: B.actor.id,
		memberJ: J.actor.id,
		memberU: U.actor.id,
		grantOfU: grantOfU!.id,
		invitationOfA: await invitationOf(organisationA),
		invitationOfB: await invitationOf(organisationB),
		recovery: await aRecovery(locked.id, organisationA, C.actor.id),
		notice: notice!.id,
		holding,
		held: heldRow?.id ?? held.id,
	}
}
