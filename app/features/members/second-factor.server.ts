import { and, eq, isNull, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { z } from 'zod'
import { db, type Tx } from '~/db/client.server'
import { members, sessions } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { command, parse } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { forgive, take } from '~/platform/limits.server'
import { keyedHash, seal, unseal } from '~/platform/secret.server'
import { type Arrival, triesOf } from './arrival.server'
import { requireFresh } from './fresh.server'
import { skeleton } from './handle'
import { SecondFactor } from './members.schema'
import { qrShape } from './qr.server'
import { normalCode, takeCode } from './recovery-codes.server'
import { endSessions, renewToken } from './session.server'

const PERIOD_S = 30
const SECRET_BYTES = 20
/** A phone's clock may be this many steps off, either way. */
const STEPS_OFF = 1

const totpOf = (secret: Secret, handle = '') =>
	new TOTP({
		issuer: 'Mimosa',
		label: handle || 'Mimosa',
		secret,
		digits: 6,
		period: PERIOD_S,
		algorithm: 'SHA1',
	})

/**
 * The secret she is offered while she has none: the same on every reload of this session, so that nothing has to be
 * written before she has confirmed it.
 */
function offeredSecret(actor: Actor): Secret {
	const bytes = Buffer.from(keyedHash('totp-offer', `${actor.id} ${actor.sessionId}`), 'hex').subarray(
		0,
		SECRET_BYTES,
	)
	return new Secret({ buffer: new Uint8Array(bytes).buffer })
}

/** What the page of the second factor shows. Throws `not-found` when none is due. */
export function readSecondFactor(actor: Actor) {
	if (actor.secondFactorDue === 'no') throw new AppError('not-found')
	if (actor.secondFactorDue === 'give') return { due: 'give' as const }
	const secret = offeredSecret(actor)
	const groups = secret.base32.match(/.{1,4}/g) ?? []
	return { due: 'set-up' as const, groups, qr: qrShape(totpOf(secret, actor.handle).toString()) }
}

/** The 30-second step a code belongs to, by the database's clock, or null when it is none of the three of now. */
async function stepOf(tx: Tx, secret: Secret, code: string): Promise<number | null> {
	const [clock] = await tx.execute<{ ms: number }>(
		sql`select (extract(epoch from now()) * 1000)::float8 as ms`,
	)
	const timestamp = Number(clock!.ms)
	const off = totpOf(secret).validate({ token: normalCode(code), timestamp, window: STEPS_OFF })
	return off === null ? null : Math.floor(timestamp / 1000 / PERIOD_S) + off
}

const wrong = () => new AppError('invalid', { fields: { code: 'errors:secondWrong' } })

/** This session has proved both: its new token, and word to whatever holds it open. */
async function markGiven(tx: Tx, actor: Actor): Promise<string> {
	await tx.update(sessions).set({ secondFactorAt: sql`now()` }).where(eq(sessions.id, actor.sessionId))
	return renewToken(tx, actor.sessionId)
}

const confirm = command({
	input: SecondFactor,
	async run({ actor, input, tx, publish, audit }) {
		const secret = offeredSecret(actor)
		const step = await stepOf(tx, secret, input.code ?? '')
		if (step === null) throw wrong()
		const set = await tx
			.update(members)
			.set({ totpSecret: seal('totp', secret.base32), totpConfirmedAt: sql`now()`, totpLastStep: step })
			.where(and(eq(members.id, actor.id), isNull(members.totpConfirmedAt)))
			.returning({ id: members.id })
		// Another session of hers was quicker: this page now asks for that one's code.
		if (set.length === 0) throw new AppError('conflict')
		await audit({ action: 'second-factor.set', memberId: actor.id })
		publish({ name: 'member:changed', memberId: actor.id })
		return markGiven(tx, actor)
	},
})

/** Whether the code is hers and was not used before; a code that was seen over her shoulder is worth nothing. */
async function takeTotp(tx: Tx, memberId: string, code: string): Promise<boolean> {
	const [member] = await tx
		.select({ sealed: members.totpSecret })
		.from(members)
		.where(eq(members.id, memberId))
	if (!member?.sealed) return false
	const step = await stepOf(tx, Secret.fromBase32(unseal('totp', member.sealed)), code)
	if (step === null) return false
	const used = await tx
		.update(members)
		.set({ totpLastStep: step })
		.where(and(eq(members.id, memberId), sql`coalesce(${members.totpLastStep}, 0) < ${step}`))
		.returning({ id: members.id })
	return used.length > 0
}

const give = command({
	input: SecondFactor,
	async run({ actor, input, tx, publish }) {
		const given = input.recoveryCode?.trim()
			? await takeCode(tx, actor.id, input.recoveryCode)
			: await takeTotp(tx, actor.id, input.code ?? '')
		if (!given) throw wrong()
		publish({ name: 'member:changed', memberId: actor.id })
		return markGiven(tx, actor)
	},
})

/**
 * Sets the second factor up or gives it, whichever is due; returns this session's new token. Tries are counted by
 * account for all browsers together, and apart from them for those she came in with before.
 */
export async function passSecondFactor(actor: Actor, arrival: Arrival, raw: unknown): Promise<string> {
	if (actor.secondFactorDue === 'no') throw new AppError('not-found')
	parse(SecondFactor, raw)
	const mark = skeleton(actor.handle)
	const known = triesOf('second-factor', mark, arrival)
	const key = known.known ? known.key : actor.id
	await take('second-factor', key)
	if (actor.secondFactorDue === 'set-up') await requireFresh(actor, raw)
	const token = await (actor.secondFactorDue === 'set-up' ? confirm : give)(actor, raw)
	await forgive('second-factor', key)
	return token
}

const forget = command({
	input: z.object({}),
	async run({ actor, tx, publish, audit }) {
		await tx
			.update(members)
			.set({ totpSecret: null, totpConfirmedAt: null, totpLastStep: null })
			.where(eq(members.id, actor.id))
		publish(await endSessions(tx, actor.id))
		await audit({ action: 'second-factor.reset', memberId: actor.id })
	},
})

/**
 * Begins anew with another phone. Ends all her sessions, this one too: the next one offers another secret. Throws
 * `not-found` unless the second factor was given in this session.
 */
export async function resetSecondFactor(actor: Actor, raw: unknown): Promise<void> {
	const [session] = await db
		.select({ given: sessions.secondFactorAt })
		.from(sessions)
		.where(eq(sessions.id, actor.sessionId))
	if (!session?.given) throw new AppError('not-found')
	await requireFresh(actor, raw)
	await forget(actor, {})
}
