import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { betterSentences } from '~/db/schema/wording'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { asCoordinator } from '../people.server'
import { presentSentence, sentencesOf } from './catalogue.server'
import { faultOf } from './sentence-rules'
import { Decide } from './sentences.schema'

/** Decided on in one sitting; the next ones come when these are. */
const WAITING_SHOWN = 50
/** The last ones, for who wants to decide otherwise. */
const DECIDED_SHOWN = 30

type Suggestion = typeof betterSentences.$inferSelect

/**
 * How a suggestion stands to the catalogue of today: it can be taken, the page says it already, or the catalogue has changed
 * so that it cannot stand there (any more). `old`: she saw another sentence than there is now.
 */
function standingOf({
	locale,
	key,
	before,
	better,
}: Pick<Suggestion, 'locale' | 'key' | 'before' | 'better'>) {
	const now = sentencesOf(locale).get(key)
	const fault = now ? faultOf(locale, now, better) : 'parts'
	const isInPlace = fault === 'same'
	return { now, fits: fault === undefined, isInPlace, old: !isInPlace && now?.text !== before }
}

/** Whether it changes the catalogue of today and can stand in it. */
export const fitsNow = (suggestion: Parameters<typeof standingOf>[0]) => standingOf(suggestion).fits

interface Row {
	suggestion: Suggestion
	by: string | null
}

function presentSuggestion({ suggestion, by }: Row) {
	const { now, ...standing } = standingOf(suggestion)
	const { id, locale, key, before, better, why, madeAt, outcome } = suggestion
	const sentence = presentSentence(locale, now ?? { key, text: before, english: '' }, true)
	return { id, locale, better, why, madeAt, outcome, by, sentence, ...standing }
}

export type ShownSuggestion = ReturnType<typeof presentSuggestion>

const rows = () =>
	db
		.select({ suggestion: betterSentences, by: members.handle })
		.from(betterSentences)
		.leftJoin(members, eq(members.id, betterSentences.madeBy))

const countLanguages = () =>
	db
		.select({
			locale: betterSentences.locale,
			waiting: sql<number>`count(*) filter (where ${betterSentences.outcome} is null)::int`,
			taken: sql<number>`count(*) filter (where ${betterSentences.outcome} = 'taken')::int`,
			declined: sql<number>`count(*) filter (where ${betterSentences.outcome} = 'declined')::int`,
		})
		.from(betterSentences)
		.groupBy(betterSentences.locale)
		.orderBy(asc(betterSentences.locale))

/**
 * What readers would say better, in one language or in all: what waits, by language and the oldest first; what was decided,
 * the last first; and how much there is. Throws `not-found` for everyone but coordinators.
 */
export async function listSuggestions(actor: Actor, language: string | null) {
	asCoordinator(actor)
	const ofLanguage = language ? eq(betterSentences.locale, language) : undefined
	const waiting = await rows()
		.where(and(isNull(betterSentences.outcome), ofLanguage))
		.orderBy(asc(betterSentences.locale), asc(betterSentences.madeAt), asc(betterSentences.id))
		.limit(WAITING_SHOWN)
	const decided = await rows()
		.where(and(isNotNull(betterSentences.outcome), ofLanguage))
		.orderBy(desc(betterSentences.decidedAt), asc(betterSentences.id))
		.limit(DECIDED_SHOWN)
	return {
		language,
		languages: await countLanguages(),
		waiting: waiting.map(presentSuggestion),
		decided: decided.map(presentSuggestion),
	}
}

export type Suggestions = Awaited<ReturnType<typeof listSuggestions>>

/**
 * Takes a suggestion or declines it; decided again, the last word holds. On record. Throws `not-found` for everyone but
 * coordinators and where it is gone, `conflict` where it cannot stand in the catalogue of today.
 */
export const decideSentence = command({
	input: Decide,
	limit: 'coordination',
	async run({ actor, input: { sentence, outcome }, tx, audit }) {
		asCoordinator(actor)
		const [suggestion] = await tx
			.select()
			.from(betterSentences)
			.where(eq(betterSentences.id, sentence))
			.for('update')
		if (!suggestion) throw new AppError('not-found')
		if (suggestion.outcome === outcome) return
		if (outcome === 'taken' && !fitsNow(suggestion)) throw new AppError('conflict')
		await tx
			.update(betterSentences)
			.set({ outcome, decidedBy: actor.id, decidedAt: sql`now()` })
			.where(eq(betterSentences.id, sentence))
		await audit({ action: `sentence.${outcome}`, subjectKind: 'sentence', subjectId: sentence })
	},
})
