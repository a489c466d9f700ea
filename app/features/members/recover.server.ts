import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import type { Visitor } from '~/platform/actor'
import { command, parse } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { forgive, take } from '~/platform/limits.server'
import { type Arrival, type Entered, triesOf } from './arrival.server'
import { deviceKind } from './device-kind'
import { skeleton } from './handle'
import { Device, Recover } from './members.schema'
import { hashPassphrase, refuseWeak } from './passphrase.server'
import { renewCodes, takeCode } from './recovery-codes.server'
import { stopRecoveries, takeHandedCode } from './running-recovery.server'
import { endSessions, openSession } from './session.server'

/** Stands in for an unknown handle, so that it costs the same queries as a known one. */
const NOBODY = '00000000-0000-4000-8000-000000000000'

/** What `recover` has worked out; never what a form sent. */
const TakeOver = z.object({
	memberId: z.string(),
	code: z.string(),
	passphraseHash: z.string(),
	device: Device,
	kind: z.enum(['phone', 'tablet', 'computer', 'other']),
})

const takeOver = command<typeof TakeOver, { token: string; newCodes: boolean }, Visitor>({
	input: TakeOver,
	async run({ input: { memberId, code, passphraseHash, device, kind }, tx, publish, audit }) {
		const byStaff = await takeHandedCode(tx, memberId, code)
		if (!byStaff && !(await takeCode(tx, memberId, code))) {
			throw new AppError('invalid', { fields: { recoveryCode: 'errors:recoverWrong' } })
		}
		// Her codes are lost, and who has them is not known: they end with the passphrase.
		if (byStaff) await renewCodes(tx, memberId)
		// She is back: what staff may have begun for her leads nowhere any more.
		await stopRecoveries(tx, memberId)
		await tx.update(members).set({ passphraseHash }).where(eq(members.id, memberId))
		publish(await endSessions(tx, memberId))
		await audit({ action: 'account.recovered', memberId })
		return { token: await openSession(tx, { memberId, device, kind }), newCodes: byStaff }
	},
})

/** `newCodes`: staff had given her the code, so her own were made anew and wait to be kept. */
type Recovered = Entered & { newCodes: boolean }

/**
 * Uses up one of her codes, or one that staff handed out, sets a new passphrase, ends every session she had and opens
 * one. What was wrong is never told apart. Five tries an hour, counted as in `signIn`.
 */
export async function recover(arrival: Arrival, raw: unknown): Promise<Recovered> {
	const { handle, recoveryCode, passphrase, device } = parse(Recover, raw)
	refuseWeak('passphrase', passphrase, handle)
	const mark = skeleton(handle)
	const tries = triesOf('recover', mark, arrival)
	if (!tries.known) await take('recover.address', arrival.visitor.address)
	await take('recover.handle', tries.key)
	const passphraseHash = await hashPassphrase(passphrase)
	const [member] = await db.select({ id: members.id }).from(members).where(eq(members.skeleton, mark))
	const kind = deviceKind(arrival.userAgent)
	const found = { memberId: member?.id ?? NOBODY, code: recoveryCode, passphraseHash, device, kind }
	const { token, newCodes } = await takeOver(arrival.visitor, found)
	await forgive('recover.handle', tries.key)
	return { token, device, mark, newCodes }
}
