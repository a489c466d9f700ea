import { asc, eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { spaces, type Translated } from '~/db/schema/forum'
import { type Worded, type WordedItem, withText } from '~/features/members/wording/worded'
import { along } from '~/platform/i18n/chain'
import { isUuid } from '~/platform/text'
import { SPACE_LIMITS } from './forum.limits'
import { Line } from './forum.schema'

type Row = Pick<typeof spaces.$inferSelect, 'id' | 'names' | 'descriptions'>

const shown = { id: spaces.id, names: spaces.names, descriptions: spaces.descriptions }

/** A space with its texts, named along the reader's languages. */
export const wordedSpace = ({ id, names, descriptions }: Row, chain: readonly string[] = []): WordedItem => ({
	id,
	title: along(chain, names),
	texts: {
		name: { source: names.en, texts: names },
		description: { source: descriptions.en, texts: descriptions },
	},
})

/** The names and descriptions of the spaces; nothing of what is said in them. */
export const spacesWorded: Worded = {
	kind: 'space',
	title: 'coordination:parts.spaces',
	fields: [
		{ name: 'name', label: 'spaces:form.name', schema: Line(SPACE_LIMITS.name) },
		{
			name: 'description',
			label: 'spaces:form.description',
			schema: Line(SPACE_LIMITS.description),
			long: true,
		},
	],
	async items(chain) {
		const rows = await db.select(shown).from(spaces).orderBy(asc(spaces.position), asc(spaces.id))
		return rows.map((row) => wordedSpace(row, chain))
	},
	async lock(tx, id) {
		if (!isUuid(id)) return undefined
		const [row] = await tx.select(shown).from(spaces).where(eq(spaces.id, id)).for('update')
		return row && wordedSpace(row)
	},
	async write(tx, id, locale, { name = '', description = '' }) {
		const [row] = await tx.select(shown).from(spaces).where(eq(spaces.id, id))
		await tx
			.update(spaces)
			.set({
				names: withText(row!.names, locale, name) as Translated,
				descriptions: withText(row!.descriptions, locale, description) as Translated,
			})
			.where(eq(spaces.id, id))
	},
}
