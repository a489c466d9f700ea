import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { organisationMembers } from '~/db/schema/ties'
import { command, parse } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { forgive, take } from '~/platform/limits.server'
import { databaseFault } from '~/platform/log.server'
import { type Arrival, type Entered, triesOf } from './arrival.server'
import { deviceKind } from './device-kind'
import { rulesInForce } from './editions/in-force.server'
import { skeleton } from './handle'
import { heldAmong } from './held-names.server'
import { type Invitation, takeInvitation } from './invitations.server'
import { Join, LanguageTag, SignIn } from './members.schema'
import { hashPassphrase, isPassphrase, refuseWeak } from './passphrase.server'
import { renewCodes } from './recovery-codes.server'
import { endSessions, giveGrant, openSession } from './session.server'
import { setting } from './settings/settings.server'
import { beginVouched } from './vouching/vouching.server'

/** A double click sends the form twice; the second one is the same woman for this long. */
const SAME_JOINING_MINUTES = 10

type NewMember = z.output<typeof Join> & { passphraseHash: string; locale: string; userAgent: string | null }

/**
 * Where registration asks for approval, an invitation does not replace it: a link can be forwarded (SAFETY 2C 44). A name
 * that was held back when its woman left waits everywhere. Only the one-time link for the first coordinator goes straight
 * in, since nobody could approve her.
 */
async function firstStatus(tx: Tx, name: string, invitation: Invitation | null) {
	if (invitation?.role === 'coordinator') return 'active'
	const isHeld = (await heldAmong(tx, [name])).has(name)
	return isHeld || setting('registration') === 'approval' ? 'waiting' : 'active'
}

async function createMember(tx: Tx, input: NewMember, invitation: Invitation | null): Promise<string> {
	const name = skeleton(input.handle)
	const [member] = await tx
		.insert(members)
		.values({
			handle: input.handle,
			skeleton: name,
			passphraseHash: input.passphraseHash,
			rulesVersion: rulesInForce(),
			locale: input.locale,
			status: await firstStatus(tx, name, invitation),
		})
		.returning({ id: members.id })
	const memberId = member!.id
	await renewCodes(tx, memberId)
	if (invitation?.role === 'coordinator')
		await giveGrant(tx, { memberId, role: 'coordinator', givenBy: null })
	if (invitation?.organisationId)
		await tx.insert(organisationMembers).values({ organisationId: invitation.organisationId, memberId })
	await beginVouched(tx, memberId, invitation)
	return memberId
}

/** Whether this very form has just made this account: she clicked twice. Takes the same time when it has not. */
async function joinedJustNow(handle: string, passphrase: string): Promise<string | undefined> {
	const [member] = await db
		.select({ id: members.id, passphraseHash: members.passphraseHash })
		.from(members)
		.where(
			sql`${members.skeleton} = ${skeleton(handle)} and ${members.handle} = ${handle}
				and ${members.joinedAt} > now() - make_interval(mins => ${SAME_JOINING_MINUTES})`,
		)
	return (await isPassphrase(member?.passphraseHash, passphrase)) ? member?.id : undefined
}

async function checkNew(arrival: Arrival, raw: unknown) {
	const input = parse(Join, raw)
	refuseWeak('passphrase', input.passphrase, input.handle)
	await take('join.address', arrival.visitor.address)
	if (arrival.visitor.device) await take('join.device', arrival.visitor.device)
	return input
}

/**
 * Makes an account and opens its first session. Throws `invalid` with the fields, among them `handle` when it is taken
 * or looks like one that is, and `code` where an invitation is needed and this is none.
 */
export async function join(arrival: Arrival, raw: unknown): Promise<Entered> {
	const input = await checkNew(arrival, raw)
	// Hashed before the transaction: 50 ms of work must not hold a connection.
	const passphraseHash = await hashPassphrase(input.passphrase)
	const { locale, userAgent } = arrival
	try {
		const token = await db.transaction(async (tx) => {
			const invitation = await takeInvitation(tx, input.code)
			const memberId = await createMember(tx, { ...input, passphraseHash, locale, userAgent }, invitation)
			return openSession(tx, { memberId, device: input.device, kind: deviceKind(userAgent) })
		})
		return { token, device: input.device, mark: skeleton(input.handle) }
	} catch (error) {
		if (!isTaken(error) && !(error instanceof AppError)) throw error
		const again = await joinedJustNow(input.handle, input.passphrase)
		if (again) return enter(again, input, userAgent)
		if (isTaken(error)) throw new AppError('invalid', { fields: { handle: 'errors:handleTaken' } })
		throw error
	}
}

const isTaken = (error: unknown) => databaseFault(error)?.constraint === 'members_skeleton'

type Entering = { handle: string; device: 'own' | 'shared' }

async function enter(
	memberId: string,
	{ handle, device }: Entering,
	userAgent: string | null,
): Promise<Entered> {
	const token = await openSession(db, { memberId, device, kind: deviceKind(userAgent) })
	return { token, device, mark: skeleton(handle) }
}

/**
 * Opens a session for a handle and passphrase. An unknown handle and a wrong passphrase give the same answer after the
 * same work. Tries are counted by account and address, apart from those of a browser she came in with before
 * (`triesOf`): nobody can lock a woman out.
 */
export async function signIn(arrival: Arrival, raw: unknown): Promise<Entered> {
	const input = parse(SignIn, raw)
	const mark = skeleton(input.handle)
	const tries = triesOf('sign-in', mark, arrival)
	if (!tries.known) await take('sign-in.address', arrival.visitor.address)
	await take('sign-in.handle', tries.key)
	const [member] = await db
		.select({ id: members.id, passphraseHash: members.passphraseHash })
		.from(members)
		.where(eq(members.skeleton, mark))
	if (!(await isPassphrase(member?.passphraseHash, input.passphrase))) {
		throw new AppError('invalid', { fields: { passphrase: 'errors:signInWrong' } })
	}
	await forgive('sign-in.handle', tries.key)
	return enter(member!.id, input, arrival.userAgent)
}

/** Ends this session. */
export const signOut = command({
	input: z.object({}),
	async run({ actor, tx, publish }) {
		publish(await endSessions(tx, actor.id, { only: actor.sessionId }))
	},
})

/** The language of the interface, kept with her account. */
export const chooseLanguage = command({
	input: z.object({ language: LanguageTag }),
	async run({ actor, input, tx }) {
		await tx.update(members).set({ locale: input.language }).where(eq(members.id, actor.id))
	},
})
