import { desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { type EditionText, ruleEditions } from '~/db/schema/house-rules'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { chainOf } from '~/platform/i18n/chain'
import { dirOf } from '~/platform/i18n/languages'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'
import { asCoordinator } from '../people.server'
import { editionsWorded, wordedEdition } from '../wording/editions-worded.server'
import { followTexts } from '../wording/states.server'
import { Draft, Publish } from './editions.schema'
import { rulesChanged } from './in-force.server'
import { lockEditions } from './locking.server'

/** Editions of a community in its whole life; older ones than these stay in the database. */
const EDITIONS_SHOWN = 30

/** The text in the first of these languages that it is in, else in English: `lang` says which it is. */
function inLanguage(texts: Record<string, EditionText>, chain: readonly string[]) {
	const lang = chain.find((tag) => texts[tag]) ?? FALLBACK_LOCALE
	return { ...texts[lang]!, lang, dir: dirOf(lang) }
}

/** The same in the second language that a page is shown in, where it is there and not what she reads already. */
const besides = (texts: Record<string, EditionText>, lang: string, also: string | undefined) =>
	also && also !== lang && texts[also] ? inLanguage(texts, [also]) : undefined

/**
 * What the community has added to the rules, newest edition first, along the reader's languages (`chainOf`), and beside it
 * in a second one (docs/decisions/024). For everybody.
 */
export async function publishedEditions(chain: readonly string[], also?: string) {
	const rows = await db
		.select({ number: ruleEditions.number, texts: ruleEditions.texts, publishedAt: ruleEditions.publishedAt })
		.from(ruleEditions)
		.where(isNotNull(ruleEditions.number))
		.orderBy(desc(ruleEditions.number))
		.limit(EDITIONS_SHOWN)
	return rows.map(({ number, texts, publishedAt }) => {
		const text = inLanguage(texts, chain)
		const beside = besides(texts, text.lang, also)
		return { number: number!, publishedAt: publishedAt!, ...text, ...(beside && { beside }) }
	})
}

export type ShownEdition = Awaited<ReturnType<typeof publishedEditions>>[number]

const draftIn = (tx: Tx) =>
	tx
		.select({ id: ruleEditions.id, texts: ruleEditions.texts, madeAt: ruleEditions.madeAt })
		.from(ruleEditions)
		.where(isNull(ruleEditions.number))
		.limit(1)

const seenOf = (draft: { madeAt: Date } | undefined) => draft?.madeAt.toISOString() ?? ''

/**
 * What the page of editions starts with: the draft, or the texts of the newest edition to go on from, without their news;
 * and every published one.
 */
export async function seeEditions(actor: Actor, locale: string) {
	asCoordinator(actor)
	const [draft] = await draftIn(db)
	const published = await publishedEditions(chainOf(locale, actor))
	return {
		texts: draft?.texts ?? (await goOnFrom()),
		seen: seenOf(draft),
		isDraft: draft !== undefined,
		published,
	}
}

async function goOnFrom(): Promise<Record<string, EditionText>> {
	const [newest] = await db
		.select({ texts: ruleEditions.texts })
		.from(ruleEditions)
		.where(isNotNull(ruleEditions.number))
		.orderBy(desc(ruleEditions.number))
		.limit(1)
	const texts = Object.entries(newest?.texts ?? {})
	return Object.fromEntries(texts.map(([tag, { points }]) => [tag, { points, news: '' }]))
}

/** The draft as she saw it, locked. Throws `conflict` where another coordinator changed it meanwhile. */
async function lockDraft(tx: Tx, seen: string) {
	await lockEditions(tx)
	const [draft] = await draftIn(tx)
	if (seenOf(draft) !== seen) throw new AppError('conflict')
	return draft
}

/** Saves the draft of the next edition; nobody but coordinators sees it. Throws `invalid` with the fields, `conflict` (`lockDraft`). */
export const saveDraft = command({
	input: Draft,
	limit: 'coordination',
	async run({ actor, input: { seen, texts }, tx, audit }) {
		asCoordinator(actor)
		const draft = await lockDraft(tx, seen)
		const id = draft?.id ?? crypto.randomUUID()
		const fields = { texts, madeBy: actor.id, madeAt: sql`clock_timestamp()` }
		if (draft) await tx.update(ruleEditions).set(fields).where(eq(ruleEditions.id, id))
		else await tx.insert(ruleEditions).values({ id, ...fields })
		const before = draft && wordedEdition({ ...draft, number: null })
		await followTexts(tx, editionsWorded, actor.id, before, wordedEdition({ id, number: null, texts }))
		await audit({ action: 'rules.drafted', subjectKind: 'rules' })
	},
})

const publish = command({
	input: Publish,
	limit: 'coordination',
	async run({ actor, input: { seen }, tx, audit }) {
		asCoordinator(actor)
		const draft = await lockDraft(tx, seen)
		if (!draft) throw new AppError('not-found')
		const [published] = await tx
			.update(ruleEditions)
			.set({
				number: sql`(select coalesce(max(e.number), 0) + 1 from rule_editions e)`,
				publishedAt: sql`now()`,
			})
			.where(eq(ruleEditions.id, draft.id))
			.returning({ number: ruleEditions.number })
		await audit({ action: 'rules.published', subjectKind: 'rules', subjectId: String(published!.number) })
	},
})

/**
 * Publishes the draft as the next edition, on record: it is never changed afterwards, and every member is asked about it
 * at her next page. Throws `conflict` where it is not what she saw, `not-found` where there is none.
 */
export async function publishDraft(actor: Actor, raw: unknown) {
	asCoordinator(actor)
	await publish(actor, raw)
	await rulesChanged()
}
