import type { Tx } from '~/db/client.server'
import type { Actor } from '~/platform/actor'
import { command, parse } from '~/platform/command.server'
import { AppError, type FieldErrors } from '~/platform/errors'
import { asCoordinator } from '../people.server'
import { followTexts, markOf, setStates } from './states.server'
import { type FieldName, isSource, textIn, type Worded, type WordedField, type WordedItem } from './worded'
import { Which, Wording } from './wording.schema'

type Sources = readonly Worded[]

/** The mark of all that a form shows of a thing: its sources, and its texts in this language. */
export const seenOf = ({ fields }: Worded, { texts }: WordedItem, locale: string) =>
	markOf(
		JSON.stringify(
			fields.map(({ name }) => {
				const worded = texts[name]
				return worded && [worded.source, textIn(worded, locale)]
			}),
		),
	)

function sourceOf(sources: Sources, kind: string): Worded {
	const source = sources.find((one) => one.kind === kind)
	if (!source) throw new AppError('not-found')
	return source
}

interface Asked {
	item: string
	locale: string
	seen: string
}

/** The thing as her page showed it, locked. Throws `not-found`, and `conflict` where a text or its source has changed. */
async function lockAsSeen(tx: Tx, source: Worded, { item, locale, seen }: Asked) {
	const found = await source.lock(tx, item)
	if (!found) throw new AppError('not-found')
	if (seenOf(source, found, locale) !== seen) throw new AppError('conflict')
	return found
}

const lines = (text: string) => text.split('\n').length

/** Why this text cannot be written, as a catalogue key. */
function wrongWith(field: WordedField, text: string, source: string): string | undefined {
	const result = field.schema.safeParse(text)
	if (!result.success) return result.error.issues[0]!.message
	// Everybody agrees to the same points.
	return field.points && lines(result.data) !== lines(source) ? 'editions:otherNumber' : undefined
}

/** What she wrote, field by field. Throws `invalid` with the fields. */
function readTexts(source: Worded, item: WordedItem, locale: string, written: Record<FieldName, string>) {
	const wrong: FieldErrors = {}
	const texts: Partial<Record<FieldName, string>> = {}
	for (const field of source.fields) {
		const text = written[field.name]
		const original = item.texts[field.name]?.source ?? ''
		const mayLack = field.optional || (!original && !isSource(field, locale))
		const why = text ? wrongWith(field, text, original) : mayLack ? undefined : 'errors:empty'
		if (why) wrong[field.name] = why
		else texts[field.name] = text ? field.schema.parse(text) : ''
	}
	if (Object.keys(wrong).length > 0) throw new AppError('invalid', { fields: wrong })
	return texts
}

/** Every text it has in this language, as far as it has now been said to be. */
const statesOf = (source: Worded, item: WordedItem, locale: string, state: 'drafted' | 'done') =>
	source.fields.flatMap((field) => {
		const worded = item.texts[field.name]
		if (!worded || isSource(field, locale) || !textIn(worded, locale)) return []
		return [{ item: item.id, field: field.name, locale, state, source: worded.source }]
	})

const writeTexts = (sources: Sources) =>
	command({
		input: Wording,
		limit: 'coordination',
		async run({ actor, input, tx, audit }) {
			const { kind, item, locale, state, seen, ...written } = input
			const source = sourceOf(sources, kind)
			const before = await lockAsSeen(tx, source, { item, locale, seen })
			if (before.closed?.includes(locale)) throw new AppError('forbidden')
			await source.write(tx, item, locale, readTexts(source, before, locale, written))
			const after = (await source.lock(tx, item))!
			await followTexts(tx, source, actor.id, before, after)
			await setStates(tx, kind, actor.id, statesOf(source, after, locale, state))
			await audit({ action: 'wording.written', subjectKind: kind, subjectId: item })
		},
	})

const markDone = (sources: Sources) =>
	command({
		input: Which,
		limit: 'coordination',
		async run({ actor, input: { kind, ...asked }, tx, audit }) {
			const source = sourceOf(sources, kind)
			const found = await lockAsSeen(tx, source, asked)
			const states = statesOf(source, found, asked.locale, 'done')
			if (states.length === 0) throw new AppError('conflict')
			await setStates(tx, kind, actor.id, states)
			await audit({ action: 'wording.done', subjectKind: kind, subjectId: asked.item })
		},
	})

/**
 * Writes the texts of a thing in one language, drafted or done, on record; those in other languages are outdated where
 * it was the source. Throws `invalid` with the fields, `conflict` where a text or its source is no more what she saw,
 * `forbidden` where it may not be changed, `not-found` for all but coordinators.
 */
export async function writeWording(sources: Sources, actor: Actor, raw: unknown) {
	asCoordinator(actor)
	await writeTexts(sources)(actor, raw)
	await sourceOf(sources, parse(Which, raw).kind).written?.()
}

/** Says of texts that they are right as they are, on record. Throws as `writeWording`, and `conflict` where there are none. */
export async function doneWording(sources: Sources, actor: Actor, raw: unknown) {
	asCoordinator(actor)
	await markDone(sources)(actor, raw)
}
