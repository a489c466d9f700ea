import { createHash } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { wordingStates } from '~/db/schema/wording'
import {
	type FieldName,
	isSource,
	textIn,
	WORDING_STATES,
	type Worded,
	type WordedField,
	type WordedItem,
	type WordedKind,
	type WordingState,
} from './worded'

/** The mark of a source text: a translation written from another one is outdated. */
export const markOf = (source: string) => createHash('sha256').update(source).digest('hex')

export type StateRow = Pick<
	typeof wordingStates.$inferSelect,
	'item' | 'field' | 'locale' | 'state' | 'sourceMark'
>

export const rowKey = (item: string, field: string, locale: string) => `${item} ${field} ${locale}`

type Rows = ReadonlyMap<string, StateRow>

/** What is written down of the texts of these kinds. */
export async function readStates(kinds: readonly WordedKind[]): Promise<ReadonlyMap<WordedKind, Rows>> {
	const rows = await db
		.select()
		.from(wordingStates)
		.where(inArray(wordingStates.kind, [...kinds]))
	const byKind = new Map<WordedKind, Map<string, StateRow>>(kinds.map((kind) => [kind, new Map()]))
	for (const row of rows) byKind.get(row.kind)!.set(rowKey(row.item, row.field, row.locale), row)
	return byKind
}

/** How far one text is in one language; null where nobody misses it. */
function stateOfField(item: WordedItem, field: WordedField, locale: string, rows: Rows): WordingState | null {
	const worded = item.texts[field.name]
	if (!worded) return null
	const { source, texts, shipped } = worded
	if (isSource(field, locale)) return source ? 'done' : 'missing'
	if (!textIn(worded, locale)) return field.optional || !source ? null : 'missing'
	// The catalogue's own words for the catalogue's own source.
	if (!texts[locale] && shipped?.source === source) return 'done'
	const row = rows.get(rowKey(item.id, field.name, locale))
	if (row) return row.sourceMark === markOf(source) ? row.state : 'outdated'
	return texts[locale] ? 'drafted' : 'outdated'
}

/** How far a thing is in one language: as far as that of its texts which lacks most. */
export function stateIn(
	fields: readonly WordedField[],
	item: WordedItem,
	locale: string,
	rows: Rows,
): WordingState | null {
	const states = fields.map((field) => stateOfField(item, field, locale, rows))
	return WORDING_STATES.find((state) => states.includes(state)) ?? null
}

type Kept = Pick<Worded, 'kind' | 'fields'>

interface Written {
	item: string
	field: FieldName
	locale: string
	state: 'drafted' | 'done'
	source: string
}

const rowOf = (kind: WordedKind, writtenBy: string, { source, ...written }: Written) => ({
	...written,
	kind,
	writtenBy,
	sourceMark: markOf(source),
	writtenAt: new Date(),
})

/** Writes down how far texts are. */
export async function setStates(tx: Tx, kind: WordedKind, by: string, written: readonly Written[]) {
	if (written.length === 0) return
	await tx
		.insert(wordingStates)
		.values(written.map((one) => rowOf(kind, by, one)))
		.onConflictDoUpdate({
			target: [wordingStates.kind, wordingStates.item, wordingStates.field, wordingStates.locale],
			set: {
				state: sql`excluded.state`,
				sourceMark: sql`excluded.source_mark`,
				writtenBy: by,
				writtenAt: sql`excluded.written_at`,
			},
		})
}

/**
 * Called in the transaction that changes a thing's texts, with how they were and how they are: what was written anew is
 * drafted from the source of now, what stays keeps the mark of the source it was written from.
 */
export async function followTexts(
	tx: Tx,
	{ kind, fields }: Kept,
	by: string,
	before: WordedItem | undefined,
	after: WordedItem,
) {
	for (const field of fields) {
		const [was, is] = [before?.texts[field.name], after.texts[field.name]]
		const tags = Object.keys({ ...was?.texts, ...is?.texts }).filter((tag) => !isSource(field, tag))
		const changed = tags.filter((tag) => was?.texts[tag] !== is?.texts[tag])
		const said = (tag: string, source: string): Written => ({
			item: after.id,
			field: field.name,
			locale: tag,
			state: 'drafted',
			source,
		})
		const gone = changed.filter((tag) => !is?.texts[tag])
		if (gone.length > 0) await forget(tx, kind, after.id, field.name, gone)
		await setStates(
			tx,
			kind,
			by,
			changed.filter((tag) => is?.texts[tag]).map((tag) => said(tag, is!.source)),
		)
		const stayed = tags.filter((tag) => !changed.includes(tag))
		if (!was || was.source === is?.source || stayed.length === 0) continue
		await tx
			.insert(wordingStates)
			.values(stayed.map((tag) => rowOf(kind, by, said(tag, was.source))))
			.onConflictDoNothing()
	}
}

const forget = (tx: Tx, kind: WordedKind, item: string, field: FieldName, locales: string[]) =>
	tx
		.delete(wordingStates)
		.where(
			and(
				eq(wordingStates.kind, kind),
				eq(wordingStates.item, item),
				eq(wordingStates.field, field),
				inArray(wordingStates.locale, locales),
			),
		)
