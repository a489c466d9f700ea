import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Tx } from '~/db/client.server'
import { grants, members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { command, parse } from '~/platform/command.server'
import { take } from '~/platform/limits.server'
import type { Belongings, Part } from './belongings'
import { provePassphrase, requireFresh } from './fresh.server'
import { holdName } from './held-names.server'
import { lockMembers } from './locking.server'
import { keepACoordinator } from './people.server'
import { endSessions } from './session.server'

/** Everything that is kept of her, in the order of the features. Her passphrase is asked unless she just typed it. */
export async function takeCopy(
	belongings: readonly Belongings[],
	actor: Actor,
	raw: unknown,
): Promise<Part[]> {
	await take('copy', actor.id)
	await requireFresh(actor, raw)
	const parts: Part[] = []
	for (const one of belongings) parts.push(...(await one.collect(db, actor.id)))
	return parts
}

const Leave = z.object({
	words: z.enum(['keep', 'remove'], 'errors:choose'),
	sure: z.literal('yes', 'errors:sure'),
	passphrase: z
		.string('errors:passphraseGiven')
		.min(1, 'errors:passphraseGiven')
		.max(2048, 'errors:notRight'),
})

/** Asked of the table: her session holds the grant back until the second factor was given. */
const isCoordinator = async (tx: Tx, memberId: string) =>
	(await tx.$count(
		grants,
		and(eq(grants.memberId, memberId), eq(grants.role, 'coordinator'), isNull(grants.endedAt)),
	)) > 0

const goAway = (belongings: readonly Belongings[]) =>
	command({
		input: Leave.pick({ words: true }),
		async run({ actor, input, tx, publish, audit }) {
			for (const one of belongings) await one.lock?.(tx, actor.id)
			await lockMembers(tx, [actor.id])
			if (await isCoordinator(tx, actor.id)) await keepACoordinator(tx, actor.id)
			for (const one of belongings) await one.leave?.(tx, actor.id, input.words, publish)
			await holdName(tx, actor.id)
			publish(await endSessions(tx, actor.id))
			await tx.delete(members).where(eq(members.id, actor.id))
			// No `memberId`: nobody is left to be shown it, and the id leads to nothing any more.
			await audit({ action: 'member.left' })
		},
	})

/**
 * Ends her account for good, given her passphrase. Her words go with her or stay as those of a former member; which of
 * both she says. Throws `invalid` for the last coordinator.
 */
export async function leave(belongings: readonly Belongings[], actor: Actor, raw: unknown): Promise<void> {
	const { words, passphrase } = parse(Leave, raw)
	await provePassphrase(actor, passphrase)
	await goAway(belongings)(actor, { words })
}
