import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members, organisations, sessions } from '~/db/schema/members'
import { skeleton } from '~/features/members/handle'
import { actorOfToken, giveGrant, openSession } from '~/features/members/session.server'
import type { Actor, Role, Visitor } from '~/platform/actor'

let count = 0

type MemberFields = Partial<typeof members.$inferInsert> & {
	roles?: { role: Role; organisationId?: string; spaceId?: string }[]
	device?: 'own' | 'shared'
}

/**
 * A member with a session, as the rest of the application sees her. Staff come with their second factor given. Her
 * passphrase is not a real hash: tests of signing in join through the command.
 */
export async function aMember({ roles = [], device = 'own', ...fields }: MemberFields = {}): Promise<Actor> {
	return (await aMemberWithToken({ roles, device, ...fields })).actor
}

/** Like `aMember`, with the token of her session cookie. */
export async function aMemberWithToken({ roles = [], device = 'own', ...fields }: MemberFields = {}) {
	count += 1
	const handle = fields.handle ?? `Member ${count}`
	const [member] = await db
		.insert(members)
		.values({ handle, skeleton: skeleton(handle), passphraseHash: 'none', rulesVersion: 'test', ...fields })
		.returning({ id: members.id })
	for (const grant of roles) await giveGrant(db, { memberId: member!.id, givenBy: null, ...grant })
	const token = await openSession(db, { memberId: member!.id, device, kind: 'phone' })
	await giveSecondFactor(member!.id)
	const actor = await actorOfToken(token)
	if (!actor) throw new Error('the session just opened is not there')
	return { actor, token }
}

async function giveSecondFactor(memberId: string) {
	await db.update(sessions).set({ secondFactorAt: new Date() }).where(eq(sessions.memberId, memberId))
}

/** An organisation of the network. */
export async function anOrganisation(name = 'A centre') {
	const [row] = await db.insert(organisations).values({ name, country: 'IT', kind: 'centre' }).returning()
	return row!
}

/** Someone who is not signed in; another number is another address and another browser. */
export const aVisitor = (number = 1): Visitor => ({
	id: null,
	address: `address-${number}`,
	device: `device-${number}`,
})
