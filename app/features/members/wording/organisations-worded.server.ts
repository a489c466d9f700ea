import { asc, eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { organisations } from '~/db/schema/members'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'
import { isUuid } from '~/platform/text'
import { OrganisationName } from '../organisation.schema'
import { OneLine } from './one-line.schema'
import { organisationWordsChanged } from './organisation-words.server'
import { type Worded, type WordedItem, withText } from './worded'

/** Two sentences. */
const ABOUT = { graphemes: 300, bytes: 4_000 }

type Row = Pick<typeof organisations.$inferSelect, 'id' | 'name' | 'names' | 'abouts'>

/** An organisation with its texts: the name on its door is the source of the others. */
export const wordedOrganisation = ({ id, name, names, abouts }: Row): WordedItem => ({
	id,
	title: { name },
	texts: {
		name: { source: name, texts: names },
		about: { source: abouts[FALLBACK_LOCALE] ?? '', texts: abouts },
	},
})

/** The names and descriptions of organisations. */
export const organisationsWorded: Worded = {
	kind: 'organisation',
	title: 'coordination:parts.organisations',
	fields: [
		{
			name: 'name',
			label: 'coordination:organisations.name',
			schema: OrganisationName,
			optional: true,
			door: true,
		},
		{ name: 'about', label: 'wording:about', schema: OneLine(ABOUT), long: true },
	],
	async items() {
		const rows = await db.select().from(organisations).orderBy(asc(organisations.name), asc(organisations.id))
		return rows.map(wordedOrganisation)
	},
	async lock(tx, id) {
		if (!isUuid(id)) return undefined
		const [row] = await tx.select().from(organisations).where(eq(organisations.id, id)).for('update')
		return row && wordedOrganisation(row)
	},
	async write(tx, id, locale, { name = '', about = '' }) {
		const [row] = await tx.select().from(organisations).where(eq(organisations.id, id))
		await tx
			.update(organisations)
			.set({ names: withText(row!.names, locale, name), abouts: withText(row!.abouts, locale, about) })
			.where(eq(organisations.id, id))
	},
	written: organisationWordsChanged,
}
