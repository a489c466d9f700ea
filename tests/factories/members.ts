import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { invitations, members, organisations, sessions } from '~/db/schema/members'
import { join } from '~/features/members/account.server'
import type { Arrival } from '~/features/members/arrival.server'
import { skeleton } from '~/features/members/handle'
import { invitationHash } from '~/features/members/invitations.server'
import { readNewCodes } from '~/features/members/recovery-codes.server'
import { actorOfToken, giveGrant, openSession } from '~/features/members/session.server'
import { visitOf } from '~/features/members/visit.server'
import type { Actor, Role, Visitor } from '~/platform/actor'

let count = 0

type MemberFields = Partial<typeof members.$inferInsert> & {
	roles?: { role: Role; organisationId?: string; spaceId?: string; languages?: string[] }[]
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
		.values({
			handle,
			skeleton: skeleton(handle),
			passphraseHash: 'none',
			rulesVersion: 'test',
			vouchedAt: new Date(),
			...fields,
		})
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

/** Where a visitor's request comes from; another number is another address and another browser. */
export const anArrival = (number = 1, fields: Partial<Arrival> = {}): Arrival => ({
	visitor: aVisitor(number),
	userAgent: 'Mozilla/5.0 (Linux; Android 14) Mobile',
	locale: 'en',
	...fields,
})

export const PASSPHRASE = 'seven quiet rivers run'

/** What the form to join on sends. */
export const joining = (fields: Record<string, unknown> = {}) => ({
	handle: 'Amina',
	passphrase: PASSPHRASE,
	device: 'own',
	rules: 'yes',
	age: 'yes',
	...fields,
})

/** A member who joined through the form, so that her passphrase is `PASSPHRASE` and her codes can be read. */
export async function aJoinedMember(fields: Record<string, unknown> = {}, arrival = anArrival()) {
	const entered = await join(arrival, joining(fields))
	const actor = await actorOfToken(entered.token)
	if (!actor) throw new Error('she joined, but her session is not there')
	return { actor, token: entered.token, arrival, codes: await readNewCodes(actor.id) }
}

/** An arrival from a browser in which this member came in before. */
export const aKnownArrival = (handle: string, number = 1) =>
	anArrival(number, { visit: visitOf(skeleton(handle)) })

/** An invitation with this code, for seven days; returns the code. */
export async function anInvitation(code: string, fields: Partial<typeof invitations.$inferInsert> = {}) {
	const expiresAt = new Date(Date.now() + 7 * 86_400_000)
	await db.insert(invitations).values({ codeHash: invitationHash(code), expiresAt, ...fields })
	return code
}
