import { sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { organisations } from '~/db/schema/members'
import { along, chainOf, type Reader, type Said } from '~/platform/i18n/chain'
import { hostLocale } from '~/platform/i18n/match'
import { keptInMemory } from '~/platform/kept.server'

type Words = Pick<typeof organisations.$inferSelect, 'country' | 'names' | 'abouts'>

const { id, country, names, abouts } = organisations

async function readWords(): Promise<ReadonlyMap<string, Words>> {
	const rows = await db
		.select({ id, country, names, abouts })
		.from(organisations)
		.where(sql`${names} <> '{}' or ${abouts} <> '{}'`)
	return new Map(rows.map((row) => [row.id, row]))
}

const kept = keptInMemory<ReadonlyMap<string, Words>>('organisations', new Map(), readWords)

/** Reads what organisations are called and do in the languages somebody wrote it in, at the start. */
export const loadOrganisationWords = kept.refresh
/** Says, here and in the other processes, that some of it was written anew. */
export const organisationWordsChanged = kept.changed

/**
 * The name in a language of her own; else the one on the door, which is also the one she finds in the street: it comes
 * before English, and before her second language where the door speaks hers.
 */
function nameFor(reader: Reader, locale: string, door: string, words: Words): Said | string {
	const onDoor = hostLocale(words.country)
	const names = { ...(onDoor && { [onDoor]: door }), ...words.names }
	const tag = [locale, reader.secondLocale].find((one) => one && names[one])
	if (!tag) return door
	const said = along([tag], names, reader.also)
	return words.names[tag] || said.beside ? said : door
}

interface InHerWords {
	id: string
	/** In her language, or as it stands on the door. */
	name: Said | string
	/** What it does, where somebody wrote it down. */
	about: Said | null
}

/** An organisation as a member reads it. Asks nobody. */
export function inHerWords(
	reader: Reader,
	locale: string,
	{ id: which, name }: { id: string; name: string },
): InHerWords {
	const words = kept.now().get(which)
	if (!words) return { id: which, name, about: null }
	const about = along(chainOf(locale, reader), words.abouts, reader.also)
	return { id: which, name: nameFor(reader, locale, name, words), about: about.text ? about : null }
}
