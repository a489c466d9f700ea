import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { evidence, statements } from '~/db/schema/moderation'
import { AppError } from '~/platform/errors'
import { excerptOf } from '../excerpt'
import { APPEAL_DAYS } from '../moderation.policy'
import type { Rule } from '../moderation.words'
import type { Reported } from '../subject'

type Written = Pick<Reported, 'body' | 'lang' | 'dir'>

/** Her own words, as they stand there or, where they are gone, as they were when they were reported. */
async function wordsOf(tx: Tx, caseId: string, reported: Reported | undefined): Promise<Written> {
	if (reported) return reported
	const [kept] = await tx
		.select({ body: evidence.body, lang: evidence.lang, dir: evidence.dir })
		.from(evidence)
		.where(eq(evidence.caseId, caseId))
		.orderBy(asc(evidence.takenAt))
		.limit(1)
	return kept ?? { body: '', lang: null, dir: 'ltr' }
}

interface Stated {
	caseId: string
	subjectKind: string
	/** Of whom it is, and who reads it. */
	memberId: string
	decidedBy: string
	action: Exclude<(typeof statements.$inferSelect)['action'], 'suspended'>
	rule: Rule
	words: string
	reported: Reported | undefined
}

/** Writes the statement of reasons she reads. What is removed is wiped when she can no longer ask for another look. */
export async function stateReasons(tx: Tx, { reported, ...stated }: Stated): Promise<string> {
	const { body, lang, dir } = await wordsOf(tx, stated.caseId, reported)
	const wipeAt = stated.action === 'removed' ? sql`now() + make_interval(days => ${APPEAL_DAYS}::int)` : null
	const [written] = await tx
		.insert(statements)
		.values({ ...stated, excerpt: excerptOf(body), lang, dir, wipeAt })
		.returning({ id: statements.id })
	return written!.id
}

interface FoldedByRule {
	caseId: string
	subjectKind: string
	memberId: string
	reported: Written
}

/**
 * Tells her what a watch rule did by itself, as what it is: no person has decided yet, and she can ask one to look. Of the
 * same case it is told once.
 */
export async function stateAutomatedFold(tx: Tx, { reported, ...found }: FoldedByRule) {
	const { body, lang, dir } = reported
	await tx
		.insert(statements)
		.values({
			...found,
			automated: true,
			action: 'folded',
			rule: 'other-rule',
			excerpt: excerptOf(body),
			lang,
			dir,
		})
		.onConflictDoNothing({ target: statements.caseId, where: sql`undone_at is null` })
}

/** A person decides: what a rule did by itself counts no more. It is news to her where nothing else is said. */
export const endAutomated = (tx: Tx, caseId: string, { told }: { told: boolean }) =>
	tx
		.update(statements)
		.set({ undoneAt: sql`now()`, seenAt: told ? null : sql`now()` })
		.where(and(eq(statements.caseId, caseId), statements.automated, isNull(statements.undoneAt)))

/** What a person decided is taken back: it is as the rule left it. */
export const restoreAutomated = (tx: Tx, caseId: string) =>
	tx
		.update(statements)
		.set({ undoneAt: null, seenAt: null })
		.where(and(eq(statements.caseId, caseId), statements.automated))

/**
 * The statement no longer holds; she is told. Gives its id. Throws `conflict` once she has appealed: then another
 * moderator answers her.
 */
export async function takeBackStatement(tx: Tx, caseId: string): Promise<string> {
	const [taken] = await tx
		.update(statements)
		.set({ undoneAt: sql`now()`, seenAt: null, wipeAt: null })
		.where(and(eq(statements.caseId, caseId), isNull(statements.undoneAt), isNull(statements.appealedAt)))
		.returning({ id: statements.id })
	if (!taken) throw new AppError('conflict')
	return taken.id
}
