import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import type { Visitor } from '~/platform/actor'
import { command, parse } from '~/platform/command.server'
import { env } from '~/platform/env.server'
import { AppError } from '~/platform/errors'
import { forgive, take } from '~/platform/limits.server'
import { databaseFault } from '~/platform/log.server'
import { keyedHash } from '~/platform/secret.server'
import { skeleton } from './handle'
import { type Invitation, takeInvitation } from './invitations.server'
import { Join, LanguageTag, RULES_VERSION, SignIn } from './members.schema'
import { hashPassphrase, isCommonPassphrase, isPassphrase } from './passphrase.server'
import { renewCodes } from './recovery-codes.server'
import { deviceKind, endSessions, giveGrant, openSession } from './session.server'

export interface Entered {
	/** For the session cookie. */
	token: string
	device: 'own' | 'shared'
}

/** Where the request of a visitor came from: her limits, her browser's kind and the language she reads now. */
export interface Arrival {
	visitor: Visitor
	userAgent: string | null
	locale: string
}

/** A double click sends the form twice; the second one is the same woman for this long. */
const SAME_JOINING_MINUTES = 10

type NewMember = z.output<typeof Join> & { passphraseHash: string; locale: string; userAgent: string | null }

async function createMember(tx: Tx, input: NewMember, invitation: Invitation | null): Promise<string> {
	const [member] = await tx
		.insert(members)
		.values({
			handle: input.handle,
			skeleton: skeleton(input.handle),
			passphraseHash: input.passphraseHash,
			rulesVersion: RULES_VERSION,
			locale: input.locale,
			status: env().registration === 'approval' && !invitation ? 'waiting' : 'active',
		})
		.returning({ id: members.id })
	const memberId = member!.id
	await renewCodes(tx, memberId)
	if (invitation?.role === 'coordinator') await giveGrant(tx, { memberId, role: 'coordinator', givenBy: null })
	return memberId
}

/** Whether this very form has just made this account: she clicked twice. */
async function joinedJustNow(handle: string, passphrase: string): Promise<string | undefined> {
	const [member] = await db
		.select({ id: members.id, passphraseHash: members.passphraseHash })
		.from(members)
		.where(
			sql`${members.skeleton} = ${skeleton(handle)} and ${members.handle} = ${handle}
				and ${members.joinedAt} > now() - make_interval(mins => ${SAME_JOINING_MINUTES})`,
		)
	return member && (await isPassphrase(member.passphraseHash, passphrase)) ? member.id : undefined
}

async function checkNew(arrival: Arrival, raw: unknown) {
	const input = parse(Join, raw)
	if (isCommonPassphrase(input.passphrase)) throw new AppError('invalid', { fields: { passphrase: 'errors:passphraseCommon' } })
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
		return { token, device: input.device }
	} catch (error) {
		const again = await joinedJustNow(input.handle, input.passphrase)
		if (again && (isTaken(error) || error instanceof AppError)) return enter(again, input.device, userAgent)
		if (isTaken(error)) throw new AppError('invalid', { fields: { handle: 'errors:handleTaken' } })
		throw error
	}
}

const isTaken = (error: unknown) => databaseFault(error)?.constraint === 'members_skeleton'

async function enter(memberId: string, device: 'own' | 'shared', userAgent: string | null): Promise<Entered> {
	const token = await openSession(db, { memberId, device, kind: deviceKind(userAgent) })
	return { token, device }
}

/**
 * Opens a session for a handle and passphrase. An unknown handle and a wrong passphrase give the same answer after the
 * same work. Tries are counted per handle and, much wider, per address: nobody can lock a woman out from elsewhere for
 * longer than the quarter of an hour.
 */
export async function signIn(arrival: Arrival, raw: unknown): Promise<Entered> {
	const input = parse(SignIn, raw)
	const mark = skeleton(input.handle)
	const tries = keyedHash('sign-in', `${mark} ${arrival.visitor.device || arrival.visitor.address}`)
	await take('sign-in.address', arrival.visitor.address)
	await take('sign-in.handle', tries)
	const [member] = await db
		.select({ id: members.id, passphraseHash: members.passphraseHash })
		.from(members)
		.where(eq(members.skeleton, mark))
	if (!(await isPassphrase(member?.passphraseHash, input.passphrase))) {
		throw new AppError('invalid', { fields: { passphrase: 'errors:signInWrong' } })
	}
	await forgive('sign-in.handle', tries)
	return enter(member!.id, input.device, arrival.userAgent)
}

/** Ends this session. */
export const signOut = command({
	input: z.object({}),
	async run({ actor, tx, publish }) {
		publish(await endSessions(tx, actor.id, { only: actor.sessionId }))
	},
})

/** Quick exit: the same as signing out, by its own name so that no one adds a question to it. */
export const leaveNow = signOut

/** The language of the interface, kept with her account. */
export const chooseLanguage = command({
	input: z.object({ language: LanguageTag }),
	async run({ actor, input, tx }) {
		await tx.update(members).set({ locale: input.language }).where(eq(members.id, actor.id))
	},
})
