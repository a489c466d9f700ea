import { eq } from 'drizzle-orm'
import type { Db, Tx } from '~/db/client.server'
import { mentoringNoMatch } from '~/db/schema/mentoring'
import { AppError } from '~/platform/errors'
import { LIMITS } from '../mentoring.limits'
import { nameHash } from './keyed-names.server'

/** How many people she never wants to meet: all that is ever said of them. */
export const countNoMatch = (tx: Db, memberId: string) =>
	tx.$count(mentoringNoMatch, eq(mentoringNoMatch.memberId, memberId))

/** Adds names to those she never wants to meet, after forgetting all if she says so. Throws `invalid` for too many. */
export async function changeNoMatch(
	tx: Tx,
	memberId: string,
	{ lines, forget }: { lines: readonly string[]; forget: boolean },
) {
	if (forget) await tx.delete(mentoringNoMatch).where(eq(mentoringNoMatch.memberId, memberId))
	if (lines.length === 0) return
	await tx
		.insert(mentoringNoMatch)
		.values(lines.map((name) => ({ memberId, hash: nameHash(name) })))
		.onConflictDoNothing()
	if ((await countNoMatch(tx, memberId)) > LIMITS.noMatch)
		throw new AppError('invalid', { fields: { names: 'errors:tooMany' } })
}
