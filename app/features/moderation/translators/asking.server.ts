import { and, eq, sql } from 'drizzle-orm'
import { caseTranslations } from '~/db/schema/casework'
import { evidence } from '~/db/schema/moderation'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { accessCase } from '../cases.server'
import { whyNotHers } from '../moderation.policy'
import { AskTranslation } from './translators.schema'

/**
 * A moderator asks for what was reported in a language she reads. Asked twice is asked once. Throws `not-found` outside
 * her scope and for evidence of another case, `forbidden` where another moderator has to look, `conflict` once it is
 * decided, `invalid` for the language it is in.
 */
export const askTranslation = command({
	input: AskTranslation,
	limit: 'moderation.decide',
	async run({ actor, input, tx }) {
		const found = await accessCase(tx, actor, input.case)
		if (whyNotHers(actor, found)) throw new AppError('forbidden')
		if (found.status !== 'open') throw new AppError('conflict')
		const [kept] = await tx
			.select({ id: evidence.id, lang: evidence.lang })
			.from(evidence)
			.where(
				and(
					eq(evidence.id, input.evidence),
					// For an appeal: what was kept under the reports of the case it goes back to.
					sql`evidence.case_id = coalesce((select s.case_id from statements s where s.id = ${found.statementId}::uuid), ${found.id}::uuid)`,
				),
			)
		if (!kept) throw new AppError('not-found')
		if (kept.lang === input.language) throw new AppError('invalid', { fields: { language: 'errors:choose' } })
		await tx
			.insert(caseTranslations)
			.values({ evidenceId: kept.id, language: input.language, askedBy: actor.id })
			.onConflictDoNothing()
	},
})
