import { createHash } from 'node:crypto'
import type { Tx } from '~/db/client.server'
import { caseLooks, caseNotes, caseTranslations } from '~/db/schema/casework'
import { posts, topics } from '~/db/schema/forum'
import { cases, evidence, reports, statements } from '~/db/schema/moderation'
import { topicReaders } from '~/db/schema/reading'
import { renderBody } from '~/features/forum/markdown.server'
import { excerptOf } from '~/features/moderation/excerpt'
import { APPEAL_DAYS, CLOCKS } from '~/features/moderation/moderation.policy'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { daysBefore } from './clock'
import type { ExampleCase } from './texts.server'
import type { ExampleIds } from './write-people.server'
import type { WrittenSpace } from './write-spaces.server'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

interface Queue {
	spaces: Map<string, WrittenSpace>
	ids: ExampleIds
}

/** Writes what was reported, and what moderators have made of it so far: cases in several languages, told by hand. */
export async function writeQueue(tx: Tx, texts: readonly ExampleCase[], queue: Queue) {
	for (const text of texts) await writeCase(tx, text, queue)
}

const hoursBefore = ({ now }: ExampleIds, hours: number) => daysBefore(now, hours / 24)

async function writeCase(tx: Tx, text: ExampleCase, { spaces, ids }: Queue) {
	const post = await writeReported(tx, text, spaces.get(text.space)!.id, ids)
	const caseId = await insertCase(tx, text, post, ids)
	const evidenceId = await writeReports(tx, text, { caseId, body: post.body, dir: post.dir }, ids)
	if (text.wished) {
		const { by, language } = text.wished
		await tx.insert(caseTranslations).values({ evidenceId, language, askedBy: ids.member(by) })
	}
	if (text.claimed) {
		const [authorId, at] = [ids.member(text.claimed.by), hoursBefore(ids, 0.1)]
		await tx.insert(caseNotes).values({ caseId, authorId, words: text.claimed.note, at })
		await tx.insert(caseLooks).values({ caseId, memberId: authorId, firstAt: at, lastAt: at })
	}
	if (text.decision && text.decision.decision !== 'dismissed')
		await writeStatement(tx, text, { caseId, post }, ids)
}

/** What was reported: a question nobody has answered. */
async function writeReported(tx: Tx, text: ExampleCase, spaceId: string, ids: ExampleIds) {
	const { lang, title, body, decision } = text
	const createdAt = hoursBefore(ids, text.hoursAgo)
	const decidedAt = decision && hoursBefore(ids, decision.hoursAgo)
	const hiddenAt = decision?.decision === 'hidden' || decision?.decision === 'removed' ? decidedAt : null
	const authorId = ids.member(text.by)
	const [topic] = await tx
		.insert(topics)
		.values({
			...{ spaceId, authorId, key: crypto.randomUUID(), title, lang, langs: [lang], createdAt, hiddenAt },
			...{ dir: directionOf(title, dirOf(lang)), lastPostAt: createdAt, postSeq: 1 },
			visiblePosts: 1,
		})
		.returning({ id: topics.id })
	const dir = directionOf(body, dirOf(lang))
	const [post] = await tx
		.insert(posts)
		.values({
			...{
				topicId: topic!.id,
				seq: 1,
				authorId,
				key: crypto.randomUUID(),
				body,
				lang,
				dir,
				createdAt,
				hiddenAt,
			},
			...{ html: renderBody(body), langSource: 'declared' as const },
			foldedAt: decision?.decision === 'folded' ? decidedAt : null,
		})
		.returning({ id: posts.id })
	await tx
		.insert(topicReaders)
		.values({ memberId: authorId, topicId: topic!.id, readSeq: 1, readAt: createdAt, follows: true })
	return { id: post!.id, spaceId, authorId, body: `${title}\n\n${body}`, lang, dir }
}

type Reported = Awaited<ReturnType<typeof writeReported>>

async function insertCase(tx: Tx, text: ExampleCase, { id, body, ...post }: Reported, ids: ExampleIds) {
	const { claimed, decision } = text
	const opened = text.reports.map(({ hoursAgo }) => hoursBefore(ids, hoursAgo))
	const due = text.reports.map(({ reason }, at) => opened[at]!.getTime() + CLOCKS[reason] * MINUTE_MS)
	const [made] = await tx
		.insert(cases)
		.values({
			...post,
			subjectKind: 'post',
			subjectId: id,
			excerpt: excerptOf(body),
			danger: text.reports.some(({ reason }) => reason === 'danger'),
			openedAt: opened[0],
			dueAt: new Date(Math.min(...due)),
			...(claimed ? { claimedBy: ids.member(claimed.by), claimedAt: hoursBefore(ids, 0.1) } : {}),
			...(decision
				? {
						status: 'decided' as const,
						decision: decision.decision,
						decidedBy: ids.member(decision.by),
						decidedAt: hoursBefore(ids, decision.hoursAgo),
					}
				: {}),
		})
		.returning({ id: cases.id })
	return made!.id
}

async function writeReports(
	tx: Tx,
	text: ExampleCase,
	{ caseId, body, dir }: { caseId: string; body: string; dir: 'ltr' | 'rtl' },
	ids: ExampleIds,
) {
	const [kept] = await tx
		.insert(evidence)
		.values({
			...{ caseId, body, dir, lang: text.lang, around: [] },
			mark: createHash('sha256').update(body).digest('hex'),
			takenAt: hoursBefore(ids, text.reports[0]!.hoursAgo),
		})
		.returning({ id: evidence.id })
	await tx.insert(reports).values(
		text.reports.map(({ by, reason, words, hoursAgo }) => ({
			...{ caseId, reporterId: ids.member(by), reason, words, evidenceId: kept!.id },
			createdAt: hoursBefore(ids, hoursAgo),
		})),
	)
	return kept!.id
}

/** The statement a decision rests on, and the other moderator's case where its author asked for another look. */
async function writeStatement(
	tx: Tx,
	{ decision, appeal, lang }: ExampleCase,
	{ caseId, post }: { caseId: string; post: Reported },
	ids: ExampleIds,
) {
	const {
		by,
		decision: action,
		rule,
		words,
		hoursAgo,
	} = decision as Extract<ExampleCase['decision'], { rule: string }>
	const createdAt = hoursBefore(ids, hoursAgo)
	const said = { excerpt: excerptOf(post.body), lang, dir: post.dir }
	const [statement] = await tx
		.insert(statements)
		.values({
			...{
				caseId,
				memberId: post.authorId,
				decidedBy: ids.member(by),
				action,
				rule,
				words,
				createdAt,
				...said,
			},
			subjectKind: 'post',
			wipeAt: action === 'removed' ? new Date(createdAt.getTime() + APPEAL_DAYS * DAY_MS) : null,
			...(appeal ? { appealedAt: hoursBefore(ids, appeal.hoursAgo), appealWords: appeal.words } : {}),
		})
		.returning({ id: statements.id })
	if (!appeal) return
	const openedAt = hoursBefore(ids, appeal.hoursAgo)
	await tx.insert(cases).values({
		...{ subjectKind: 'post', subjectId: post.id, authorId: post.authorId, spaceId: post.spaceId, ...said },
		...{ statementId: statement!.id, notBy: ids.member(by), openedAt },
		dueAt: new Date(openedAt.getTime() + CLOCKS.rude * MINUTE_MS),
	})
}
