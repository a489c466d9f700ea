import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { type Actor, STAFF_ROLES } from '~/platform/actor'
import { command, parse } from '~/platform/command.server'
import { isFresh, provePassphrase, requireFresh } from './fresh.server'
import { ChangePassphrase } from './members.schema'
import { hashPassphrase, refuseWeak } from './passphrase.server'
import { countCodes, forgetShownCodes, renewCodes } from './recovery-codes.server'
import { endSessions, renewToken } from './session.server'

/** What `/me/safety` shows: never a secret, only whether and how many. */
export async function readSafety(actor: Actor) {
	const [member] = await db
		.select({ totpConfirmedAt: members.totpConfirmedAt })
		.from(members)
		.where(eq(members.id, actor.id))
	const staff = actor.secondFactorDue !== 'no' || actor.grants.some(({ role }) => STAFF_ROLES.includes(role))
	return {
		fresh: await isFresh(actor),
		codes: await countCodes(actor.id),
		secondFactor: staff ? (member?.totpConfirmedAt ? ('on' as const) : ('due' as const)) : ('none' as const),
	}
}

const replacePassphrase = command({
	input: z.object({ passphraseHash: z.string() }),
	async run({ actor, input, tx, publish, audit }) {
		await tx.update(members).set({ passphraseHash: input.passphraseHash }).where(eq(members.id, actor.id))
		publish(await endSessions(tx, actor.id, { except: actor.sessionId }))
		await audit({ action: 'passphrase.changed', memberId: actor.id })
		return renewToken(tx, actor.sessionId)
	},
})

/** Changes her passphrase, given the old one, and ends every other session. Returns this session's new token. */
export async function changePassphrase(actor: Actor, raw: unknown): Promise<string> {
	const input = parse(ChangePassphrase, raw)
	refuseWeak('newPassphrase', input.newPassphrase, actor.handle)
	await provePassphrase(actor, input.passphrase)
	return replacePassphrase(actor, { passphraseHash: await hashPassphrase(input.newPassphrase) })
}

const renew = command({
	input: z.object({}),
	async run({ actor, tx, audit }) {
		await renewCodes(tx, actor.id)
		await audit({ action: 'codes.renewed', memberId: actor.id })
	},
})

/** Makes ten new recovery codes; the old ones stop working. They are read with `readNewCodes`. */
export async function makeNewCodes(actor: Actor, raw: unknown): Promise<void> {
	await requireFresh(actor, raw)
	await renew(actor, {})
}

/** She says that she has kept her codes: from now on nobody can read them here, not even she. */
export const keepCodes = command({
	input: z.object({ kept: z.literal('yes', 'errors:keepCodes') }),
	async run({ actor, tx }) {
		await forgetShownCodes(tx, actor.id)
	},
})
