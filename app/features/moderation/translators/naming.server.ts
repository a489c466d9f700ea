import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { boundTranslators } from '~/db/schema/casework'
import { members } from '~/db/schema/members'
import { skeleton } from '~/features/members/handle'
import { asCoordinator } from '~/features/members/people.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { EndTranslator, NameTranslator } from './translators.schema'

const record = (action: string, memberId: string) => ({
	action,
	subjectKind: 'member',
	subjectId: memberId,
	memberId,
})

/** Everyone who was named and not ended, by name. Throws `not-found` for everyone but coordinators. */
export async function listTranslators(actor: Actor) {
	asCoordinator(actor)
	return db
		.select({
			id: members.id,
			handle: members.handle,
			languages: boundTranslators.languages,
			namedAt: boundTranslators.namedAt,
			promisedAt: boundTranslators.promisedAt,
		})
		.from(boundTranslators)
		.innerJoin(members, eq(members.id, boundTranslators.memberId))
		.where(isNull(boundTranslators.endedAt))
		.orderBy(asc(members.handle))
}

/**
 * Names a member who translates for moderators, or changes her languages. Named anew after it ended, she promises anew.
 * Throws `not-found` for everyone but coordinators, `invalid` where nobody has the handle or she is not let in.
 */
export const nameTranslator = command({
	input: NameTranslator,
	limit: 'coordination',
	async run({ actor, input: { handle, languages }, tx, audit }) {
		asCoordinator(actor)
		const [member] = await tx
			.select({ id: members.id })
			.from(members)
			.where(and(eq(members.skeleton, skeleton(handle)), eq(members.status, 'active')))
		if (!member) throw new AppError('invalid', { fields: { handle: 'errors:noSuchHandle' } })
		await tx
			.insert(boundTranslators)
			.values({ memberId: member.id, languages, namedBy: actor.id })
			.onConflictDoUpdate({
				target: boundTranslators.memberId,
				set: {
					languages,
					namedBy: actor.id,
					namedAt: sql`now()`,
					promisedAt: sql`case when bound_translators.ended_at is null then bound_translators.promised_at end`,
					endedAt: null,
				},
			})
		await audit(record('translator.named', member.id))
	},
})

/** She is asked no more, and what she took waits for the others. Twice is once. */
export const endTranslator = command({
	input: EndTranslator,
	limit: 'coordination',
	async run({ actor, input, tx, audit }) {
		asCoordinator(actor)
		const [ended] = await tx
			.update(boundTranslators)
			.set({ endedAt: sql`now()` })
			.where(and(eq(boundTranslators.memberId, input.member), isNull(boundTranslators.endedAt)))
			.returning({ id: boundTranslators.memberId })
		if (ended) await audit(record('translator.ended', ended.id))
	},
})
