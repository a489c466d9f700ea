import { eq } from 'drizzle-orm'
import { members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { chainOf } from '~/platform/i18n/chain'
import { RULES_VERSION } from '../members.schema'
import { Answer } from './editions.schema'
import { publishedEditions } from './editions.server'
import { agreeUntil, mustAgreeFirst, rulesInForce } from './in-force.server'
import { readKept, writeVersion } from './rules-version'

/** What is new since she agreed, for the page that asks her, in one language or two; null where there is nothing to ask. */
export async function newRulesFor(actor: Actor, locale: string, also?: string) {
	const until = agreeUntil(actor)
	if (!until) return null
	const { agreed } = readKept(actor.rulesVersion)
	const editions = await publishedEditions(chainOf(locale, actor), also)
	return {
		version: rulesInForce(),
		until,
		first: mustAgreeFirst(actor),
		product: agreed.product < RULES_VERSION,
		editions: editions.filter(({ number }) => number > agreed.edition),
	}
}

export type NewRules = NonNullable<Awaited<ReturnType<typeof newRulesFor>>>

/**
 * Her answer to new rules: that she agrees, on record, or that she will look at them later, and is not asked again until
 * there are newer ones. Throws `conflict` where newer ones have come since her page was made. Twice is once.
 */
export const answerRules = command({
	input: Answer,
	limit: 'profile',
	async run({ actor, input: { answer, version }, tx, audit }) {
		if (!agreeUntil(actor)) return
		if (version !== rulesInForce()) throw new AppError('conflict')
		const agreed = writeVersion(readKept(actor.rulesVersion).agreed)
		const rulesVersion = answer === 'agree' ? version : `${agreed} ${version}`
		await tx.update(members).set({ rulesVersion }).where(eq(members.id, actor.id))
		if (answer === 'agree')
			await audit({ action: 'rules.agreed', subjectKind: 'rules', subjectId: version, memberId: actor.id })
	},
})
