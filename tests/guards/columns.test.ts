import { getTableColumns, is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import type { TableClasses } from '~/db/classes'
import * as casework from '~/db/schema/casework'
import * as chat from '~/db/schema/chat'
import * as chatHeld from '~/db/schema/chat-held'
import * as chatMarks from '~/db/schema/chat-marks'
import * as forum from '~/db/schema/forum'
import * as houseRules from '~/db/schema/house-rules'
import * as measures from '~/db/schema/measures'
import * as members from '~/db/schema/members'
import * as mentoring from '~/db/schema/mentoring'
import * as moderation from '~/db/schema/moderation'
import * as reading from '~/db/schema/reading'
import * as recovering from '~/db/schema/recovering'
import * as rounds from '~/db/schema/rounds'
import * as search from '~/db/schema/search'
import * as ties from '~/db/schema/ties'
import * as together from '~/db/schema/together'
import * as translation from '~/db/schema/translation'
import * as wording from '~/db/schema/wording'

const CLASSES = ['technical', 'open', 'personal', 'intimate', 'secret']
const domains: Record<string, unknown>[] = [
	casework,
	chat,
	chatHeld,
	chatMarks,
	forum,
	houseRules,
	measures,
	members,
	mentoring,
	moderation,
	reading,
	recovering,
	rounds,
	search,
	ties,
	together,
	translation,
	wording,
]

const tables = domains.flatMap((domain) =>
	Object.entries(domain)
		.filter((entry): entry is [string, PgTable] => is(entry[1], PgTable))
		.map(([name, table]) => ({
			name,
			table,
			classes: (domain.classes as Record<string, TableClasses>)[name],
		})),
)

describe('how sensitive each column is', () => {
	test.each(tables)('$name says it for exactly its columns', ({ table, classes }) => {
		expect(Object.keys(classes ?? {}).sort()).toEqual(Object.keys(getTableColumns(table)).sort())
		for (const value of Object.values(classes ?? {})) expect(CLASSES).toContain(value)
	})

	test('every schema file is looked at', () => {
		const files = Object.keys(import.meta.glob('/app/db/schema/*.ts'))
		expect(files).toHaveLength(domains.length)
	})

	test('hashes, tokens and seals are secrets', () => {
		for (const { name, table, classes } of tables) {
			for (const column of Object.keys(getTableColumns(table))) {
				// Not `tokens`: the words of a text as search keeps them.
				if (/hash|token(?!s$)|sealed|secret/i.test(column))
					expect(`${name}.${column} ${classes?.[column]}`).toMatch(/secret$/)
			}
		}
	})
})

test('times carry their zone, and ids that leave the server are random', () => {
	for (const { name, table } of tables) {
		for (const column of getTableConfig(table).columns) {
			const type = column.getSQLType()
			if (type.startsWith('timestamp')) expect(`${name}.${column.name} ${type}`).toMatch(/with time zone$/)
			if (column.name === 'id') expect(`${name}.id ${type}`).toBe(`${name}.id uuid`)
		}
	}
})
