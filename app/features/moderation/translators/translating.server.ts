import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { type Db, db, type Tx } from '~/db/client.server'
import { boundTranslators, caseTranslations } from '~/db/schema/casework'
import { cases, evidence } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { directionOf, pgArray } from '~/platform/text'
import { markRead } from '../cases.server'
import { recordLook } from '../claiming.server'
import { KeepSecret, OneTranslation, WriteTranslation } from './translators.schema'
import { TAKEN_HOURS } from './translators.words'

const WISHES_SHOWN = 30

/** Her place among the translators. Throws `not-found` for everyone who is none: for them there is no such page. */
async function accessTranslator(from: Db, actor: Actor) {
	const [hers] = await from
		.select({ languages: boundTranslators.languages, promisedAt: boundTranslators.promisedAt })
		.from(boundTranslators)
		.where(and(eq(boundTranslators.memberId, actor.id), isNull(boundTranslators.endedAt)))
	if (!hers || actor.status !== 'active') throw new AppError('not-found')
	return hers
}

/** Whether a coordinator named her, promised or not: then the way to her page is shown to her. */
export const translates = async (actor: Actor) =>
	actor.status === 'active' &&
	(await db.$count(
		boundTranslators,
		and(eq(boundTranslators.memberId, actor.id), isNull(boundTranslators.endedAt)),
	)) > 0

/** Like `accessTranslator`, once she has promised: before, nothing of it is there for her. */
async function accessBound(from: Db, actor: Actor) {
	const { languages, promisedAt } = await accessTranslator(from, actor)
	if (!promisedAt) throw new AppError('not-found')
	return languages
}

/** Taken, and the time to write it is not over; whoever is no translator any more holds nothing. */
const held = sql`(case_translations.taken_at > now() - make_interval(hours => ${TAKEN_HOURS}::int) and exists (
	select 1 from bound_translators b join members m on m.id = b.member_id
	where b.member_id = case_translations.taken_by and b.ended_at is null and m.status = 'active'))`

/** The case still waits: the one it was reported in, or the one in which somebody looks again. */
const caseWaits = sql`exists (select 1 from cases waiting where waiting.status = 'open' and (waiting.id = evidence.case_id
	or waiting.statement_id in (select s.id from statements s where s.case_id = evidence.case_id)))`

/**
 * What she is never asked for: what she wrote or reported, what is kept from one of her organisations, and what was written
 * by somebody she has nothing to do with.
 */
function notNearHer(actor: Actor): SQL {
	return sql`(cases.author_id is distinct from ${actor.id}::uuid
		and not exists (select 1 from reports r where r.case_id = cases.id and r.reporter_id = ${actor.id}::uuid)
		and not exists (select 1 from organisation_members om
			where om.member_id = ${actor.id}::uuid and om.organisation_id = any(cases.not_organisations))
		and not exists (select 1 from grants g where g.member_id = ${actor.id}::uuid and g.ended_at is null
			and g.organisation_id = any(cases.not_organisations))
		and not exists (select 1 from blocks b where (b.blocker_id = ${actor.id}::uuid and b.blocked_id = cases.author_id)
			or (b.blocked_id = ${actor.id}::uuid and b.blocker_id = cases.author_id)))`
}

const isFor = (actor: Actor, languages: readonly string[]) =>
	sql`(case_translations.done_at is null and ${caseWaits} and ${notNearHer(actor)}
		and case_translations.language = any(${pgArray(languages)}::text[])
		and (evidence.lang is null or evidence.lang = any(${pgArray(languages)}::text[])))`

const isHers = (actor: Actor) => sql`(case_translations.taken_by = ${actor.id}::uuid and ${held})`

/** What can be taken: of the words only in which language they are and whether they are private; nobody's name. */
const listWishes = (actor: Actor, languages: readonly string[]) =>
	db
		.select({
			id: caseTranslations.id,
			from: evidence.lang,
			language: caseTranslations.language,
			askedAt: caseTranslations.askedAt,
			private: cases.private,
			danger: cases.danger,
		})
		.from(caseTranslations)
		.innerJoin(evidence, eq(evidence.id, caseTranslations.evidenceId))
		.innerJoin(cases, eq(cases.id, evidence.caseId))
		.where(and(isFor(actor, languages), sql`not coalesce(${held}, false)`))
		.orderBy(sql`cases.danger desc`, asc(caseTranslations.askedAt), asc(caseTranslations.id))
		.limit(WISHES_SHOWN)

/** What she took and is still writing, with the words. */
const listTaken = (actor: Actor, languages: readonly string[]) =>
	db
		.select({
			id: caseTranslations.id,
			language: caseTranslations.language,
			takenAt: caseTranslations.takenAt,
			private: cases.private,
			body: evidence.body,
			lang: evidence.lang,
			dir: evidence.dir,
		})
		.from(caseTranslations)
		.innerJoin(evidence, eq(evidence.id, caseTranslations.evidenceId))
		.innerJoin(cases, eq(cases.id, evidence.caseId))
		.where(and(isFor(actor, languages), isHers(actor)))
		.orderBy(asc(caseTranslations.takenAt), asc(caseTranslations.id))

/** Her page: the promise first, and nothing else before she gave it. Throws `not-found` for everyone who is not named. */
export async function readTranslationWork(actor: Actor) {
	const { languages, promisedAt } = await accessTranslator(db, actor)
	if (!promisedAt) return { promised: false, languages, wishes: [], taken: [] }
	const [wishes, taken] = await Promise.all([listWishes(actor, languages), listTaken(actor, languages)])
	return { promised: true, languages, wishes, taken }
}

/** She promises to keep what she reads to herself, on record. Twice is once. */
export const promise = command({
	input: KeepSecret,
	limit: 'moderation.decide',
	async run({ actor, tx, audit }) {
		if ((await accessTranslator(tx, actor)).promisedAt) return
		await tx
			.update(boundTranslators)
			.set({ promisedAt: sql`now()` })
			.where(eq(boundTranslators.memberId, actor.id))
		await audit({
			action: 'translator.promised',
			subjectKind: 'member',
			subjectId: actor.id,
			memberId: actor.id,
		})
	},
})

/** A wish she may be asked for, as it stands now. Throws `not-found` where there is none for her. */
async function accessWish(tx: Tx, actor: Actor, id: string) {
	const languages = await accessBound(tx, actor)
	const [wish] = await tx
		.select({
			id: caseTranslations.id,
			language: caseTranslations.language,
			caseId: cases.id,
			private: cases.private,
			authorId: cases.authorId,
		})
		.from(caseTranslations)
		.innerJoin(evidence, eq(evidence.id, caseTranslations.evidenceId))
		.innerJoin(cases, eq(cases.id, evidence.caseId))
		.where(and(eq(caseTranslations.id, id), isFor(actor, languages)))
	if (!wish) throw new AppError('not-found')
	return wish
}

/**
 * Takes a wish for a day, which opens its words to her: kept as a look, and for private words on record like every reading
 * of them. Of two at once one takes it, and the other gets `conflict`. Throws `not-found` for what is not offered to her.
 */
export const takeWish = command({
	input: OneTranslation,
	limit: 'moderation.decide',
	async run({ actor, input, tx, audit }) {
		const wish = await accessWish(tx, actor, input.translation)
		const [taken] = await tx
			.update(caseTranslations)
			.set({ takenBy: actor.id, takenAt: sql`now()` })
			.where(
				and(
					eq(caseTranslations.id, wish.id),
					isNull(caseTranslations.doneAt),
					sql`not coalesce(${held}, false)`,
				),
			)
			.returning({ id: caseTranslations.id })
		if (!taken) throw new AppError('conflict', { fields: { '': 'queue:translations.taken' } })
		await recordLook(tx, wish.caseId, actor.id)
		if (!wish.private) return
		await markRead(tx, { id: wish.caseId, statementId: null })
		await audit({
			action: 'moderation.read-to-translate',
			subjectKind: 'case',
			subjectId: wish.caseId,
			memberId: wish.authorId ?? undefined,
		})
	},
})

/** Gives a wish back without a reason. What she does not hold stays as it is. */
export const giveWishBack = command({
	input: OneTranslation,
	limit: 'moderation.decide',
	async run({ actor, input, tx }) {
		await accessBound(tx, actor)
		await tx
			.update(caseTranslations)
			.set({ takenBy: null, takenAt: null })
			.where(
				and(
					eq(caseTranslations.id, input.translation),
					eq(caseTranslations.takenBy, actor.id),
					isNull(caseTranslations.doneAt),
				),
			)
	},
})

/** Sends what she wrote to the moderators. Throws `conflict` when her day is over and somebody else may have it. */
export const sendTranslation = command({
	input: WriteTranslation,
	limit: 'moderation.decide',
	async run({ actor, input, tx }) {
		const wish = await accessWish(tx, actor, input.translation)
		const [done] = await tx
			.update(caseTranslations)
			.set({ body: input.body, dir: directionOf(input.body), doneAt: sql`now()` })
			.where(and(eq(caseTranslations.id, wish.id), isNull(caseTranslations.doneAt), isHers(actor)))
			.returning({ id: caseTranslations.id })
		if (!done) {
			throw new AppError('conflict', {
				fields: { '': 'queue:translations.over' },
				details: { hours: TAKEN_HOURS },
			})
		}
	},
})
