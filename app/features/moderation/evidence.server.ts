import { createHash } from 'node:crypto'
import { asc, sql } from 'drizzle-orm'
import type { Db, Tx } from '~/db/client.server'
import { evidence } from '~/db/schema/moderation'
import type { Reported } from './subject'

/** SHA-256 of words in hex. */
export const markOf = (body: string) => createHash('sha256').update(body).digest('hex')

/**
 * Keeps what was reported and what stood around it as it stands at this moment, in the transaction of the report: it may
 * be gone a second later. Reports of the same words share it; after an edit there is another one.
 */
export async function keepEvidence(tx: Tx, caseId: string, reported: KeptPart): Promise<string> {
	const { body, lang, dir } = reported
	const around = reported.around.map(({ id: _id, ...said }) => said)
	const [kept] = await tx
		.insert(evidence)
		.values({ caseId, body, lang, dir, around, mark: markOf(body) })
		// Changes nothing, so that the row that is there already is the one returned.
		.onConflictDoUpdate({ target: [evidence.caseId, evidence.mark], set: { mark: sql`excluded.mark` } })
		.returning({ id: evidence.id })
	return kept!.id
}
type KeptPart = Pick<Reported, 'body' | 'lang' | 'dir' | 'around'>

/**
 * What was kept under the reports of a case, the first first; for an appeal, of the case it goes back to. It asks nobody
 * who she is: what is private is read only inside `openPrivate`, which puts that reading on record.
 */
export const readEvidence = (tx: Db, caseId: string) =>
	tx
		.select({
			id: evidence.id,
			body: evidence.body,
			lang: evidence.lang,
			dir: evidence.dir,
			around: evidence.around,
			takenAt: evidence.takenAt,
		})
		.from(evidence)
		.where(
			sql`${evidence.caseId} = coalesce((select s.case_id from statements s
				join cases appeal on appeal.statement_id = s.id where appeal.id = ${caseId}::uuid), ${caseId}::uuid)`,
		)
		.orderBy(asc(evidence.takenAt), asc(evidence.id))
