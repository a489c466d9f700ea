import { and, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members, sessions } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { parse } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { take } from '~/platform/limits.server'
import { PassphraseAgain } from './members.schema'
import { isPassphrase } from './passphrase.server'

/** How long after typing her passphrase she is not asked again. */
const FRESH_MINUTES = 10

/** Whether she typed her passphrase in this session a short while ago. */
export async function isFresh(actor: Actor): Promise<boolean> {
	const recent = sql`${sessions.freshAt} > now() - make_interval(mins => ${FRESH_MINUTES})`
	return (await db.$count(sessions, and(eq(sessions.id, actor.sessionId), recent))) > 0
}

/**
 * Checks her passphrase, whatever was typed before. Throws `invalid` at `passphrase`. Tries are counted by session:
 * whoever holds her phone cannot use up the tries she has elsewhere.
 */
export async function provePassphrase(actor: Actor, passphrase: string): Promise<void> {
	await take('passphrase', actor.sessionId)
	const [member] = await db
		.select({ passphraseHash: members.passphraseHash })
		.from(members)
		.where(eq(members.id, actor.id))
	if (!(await isPassphrase(member?.passphraseHash, passphrase))) {
		throw new AppError('invalid', { fields: { passphrase: 'errors:passphraseWrong' } })
	}
	await db.update(sessions).set({ freshAt: sql`now()` }).where(eq(sessions.id, actor.sessionId))
}

/** Goes on only when she is fresh or the form carries her passphrase. Throws `invalid` at `passphrase`. */
export async function requireFresh(actor: Actor, raw: unknown): Promise<void> {
	if (await isFresh(actor)) return
	await provePassphrase(actor, parse(PassphraseAgain, raw).passphrase)
}
