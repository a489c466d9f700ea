import { type SQL, sql } from 'drizzle-orm'

/**
 * Builds a statement once for each shape it can have and keeps it: putting its text together takes the server longer than
 * the database takes to answer. A shape is what decides the text; what is asked for comes as parameters, so there are
 * few shapes.
 */
export function byShape<Shape extends Record<string, string | number | boolean>, Statement>(
	build: (shape: Shape) => Statement,
): (shape: Shape) => Statement {
	const built = new Map<string, Statement>()
	return (shape) => {
		const key = JSON.stringify(shape)
		const known = built.get(key)
		if (known !== undefined) return known
		const statement = build(shape)
		built.set(key, statement)
		return statement
	}
}

/**
 * A limit that is part of the text. As a parameter it is unknown when Postgres plans a kept statement, which then plans
 * for a tenth of the table.
 */
export const written = (limit: number) => sql`${limit}`.inlineParams() as unknown as number

/**
 * A condition that holds for nearly every row, in words of which Postgres thinks so too. Of `<> all` of some authors, or of
 * the spaces someone may enter, it thinks, where it does not know them, that they leave little or nothing; it then reads and
 * sorts everything instead of walking along an index until a page is full.
 */
export const seldomFalse = (condition: SQL): SQL => sql`(nullif(${condition}, false) is not null)`
