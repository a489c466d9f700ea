import { asc, eq, inArray, sql } from 'drizzle-orm'
import { type Db, db } from '~/db/client.server'
import { caseTranslations } from '~/db/schema/casework'
import { members } from '~/db/schema/members'

/**
 * What translators made of evidence, or were asked for. It asks nobody who she is: the caller was let into the case, and
 * gives it the evidence she may read.
 */
export const readTranslations = async (from: Db, evidenceIds: readonly string[]) =>
	evidenceIds.length === 0
		? []
		: from
				.select({
					id: caseTranslations.id,
					evidenceId: caseTranslations.evidenceId,
					language: caseTranslations.language,
					askedAt: caseTranslations.askedAt,
					body: caseTranslations.body,
					dir: caseTranslations.dir,
					doneAt: caseTranslations.doneAt,
					by: members.handle,
				})
				.from(caseTranslations)
				.leftJoin(members, eq(members.id, caseTranslations.takenBy))
				.where(inArray(caseTranslations.evidenceId, [...evidenceIds]))
				.orderBy(asc(caseTranslations.askedAt), asc(caseTranslations.id))

/** The languages of those who translate for moderators now: in others nobody could be asked. */
export async function translatorLanguages(): Promise<string[]> {
	const rows = await db.execute<{ tag: string }>(sql`
		select distinct unnest(b.languages) as tag from bound_translators b join members m on m.id = b.member_id
		where b.promised_at is not null and b.ended_at is null and m.status = 'active' order by tag`)
	return rows.map(({ tag }) => tag)
}
