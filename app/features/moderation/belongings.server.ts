import { asc, eq } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import {
	boundTranslators,
	caseLooks,
	caseNotes,
	caseTranslations,
	moderatorDuties,
} from '~/db/schema/casework'
import { cases, reports, statements } from '~/db/schema/moderation'
import type { Belongings, Part } from '~/features/members/belongings'
import { forgetName } from './forgetting.server'
import { lockCases } from './locking.server'

/** When she looked into cases and left notes: what was said in them is of other women, and stays here. */
async function asModerator(db: Db, memberId: string): Promise<Part> {
	const looked = await db
		.select({ lookedFirst: caseLooks.firstAt, lookedLast: caseLooks.lastAt })
		.from(caseLooks)
		.where(eq(caseLooks.memberId, memberId))
		.orderBy(asc(caseLooks.firstAt))
	const noted = await db
		.select({ noteLeft: caseNotes.at })
		.from(caseNotes)
		.where(eq(caseNotes.authorId, memberId))
		.orderBy(asc(caseNotes.at))
	return { name: 'looks', facts: [...looked, ...noted] }
}

/** Her promise as a translator, and when she translated; not the words, which she promised to keep to herself. */
async function asTranslator(db: Db, memberId: string): Promise<Part> {
	const bound = await db
		.select({
			languages: boundTranslators.languages,
			namedAt: boundTranslators.namedAt,
			promisedAt: boundTranslators.promisedAt,
			endedAt: boundTranslators.endedAt,
		})
		.from(boundTranslators)
		.where(eq(boundTranslators.memberId, memberId))
	const translated = await db
		.select({
			language: caseTranslations.language,
			takenAt: caseTranslations.takenAt,
			doneAt: caseTranslations.doneAt,
		})
		.from(caseTranslations)
		.where(eq(caseTranslations.takenBy, memberId))
		.orderBy(asc(caseTranslations.takenAt))
	return { name: 'secretTranslations', facts: [...bound, ...translated] }
}

/** What she reported, and what was decided about her words. Nothing of a report about her: neither that there is one. */
export const moderationBelongings: Belongings = {
	tables: [
		'reports',
		// Nothing of it is copied: the words under her reports, and those kept under reports about her, stay here.
		'evidence',
		'statements',
		'moderator_duties',
		'case_notes',
		'case_looks',
		'bound_translators',
		'case_translations',
	],
	// With her account go her statements and what holds for her: whoever decides about her has the case by then.
	lock: (tx, memberId) => lockCases(tx, eq(cases.authorId, memberId)),
	leave: (tx, memberId) => forgetName(tx, memberId),
	async collect(db, memberId) {
		const reported = await db
			.select({ at: reports.createdAt, text: reports.words, reason: reports.reason, readAt: reports.readAt })
			.from(reports)
			.where(eq(reports.reporterId, memberId))
			.orderBy(asc(reports.createdAt))
		const decided = await db
			.select({
				at: statements.createdAt,
				action: statements.action,
				byRule: statements.automated,
				about: statements.subjectKind,
				rule: statements.rule,
				excerpt: statements.excerpt,
				words: statements.words,
				undoneAt: statements.undoneAt,
				appealedAt: statements.appealedAt,
				appealWords: statements.appealWords,
				reviewWords: statements.reviewWords,
			})
			.from(statements)
			.where(eq(statements.memberId, memberId))
			.orderBy(asc(statements.createdAt))
		const duties = await db
			.select({ since: moderatorDuties.since, until: moderatorDuties.until })
			.from(moderatorDuties)
			.where(eq(moderatorDuties.memberId, memberId))
		const texts = reported.flatMap(({ at, text }) => (text ? [{ at, text, lang: null }] : []))
		return [
			{ name: 'reports', texts, facts: reported.map(({ text: _text, ...report }) => report) },
			{ name: 'decisions', facts: decided },
			{ name: 'duties', facts: duties },
			await asModerator(db, memberId),
			await asTranslator(db, memberId),
		]
	},
}
