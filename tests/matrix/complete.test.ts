import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { chatSocket } from '~/features/chat/chat.socket.server'
import routes from '~/routes'
import { DECIDED_ALREADY, DOORS } from './doors'
import { dispatches, intentsIn, sourcesIn } from './intents'
import { ACTS } from './rows/all'
import { PAGES } from './rows/pages'
import { SOCKETS } from './rows/sockets'
import type { Row } from './table'

const addresses = routes.map(({ path: address, file }) => ({ address: address ?? 'index', file }))
const source = (file: string) => readFileSync(path.resolve('app', file), 'utf8')

/** What stands beside a route and decides by what its forms want: imported by it, and no route itself. */
const besides = sourcesIn('app/routes').filter(
	(file) => file.endsWith('-acts.server.ts') || (/\.server\.ts$/.test(file) && dispatches(source(file))),
)
const besidesOf = (file: string) =>
	besides.filter((beside) => {
		const from = path.posix.relative(path.posix.dirname(file), beside).replace(/\.ts$/, '')
		return source(file).includes(`from '${from.startsWith('.') ? from : `./${from}`}'`)
	})

/** All that the forms of a route can ask for, here and beside it. */
const askedOf = (file: string) => [file, ...besidesOf(file)].flatMap((one) => intentsIn(source(one)))
const takesForms = (text: string) =>
	/export (const|async function|function) action\b|export \{[^}]*\baction\b/.test(text)

test.each(addresses)('/$address has a row for its page', ({ address }) => {
	expect(PAGES.map(({ of }) => of)).toContain(address)
})

/** What the rows of these routes do: an intent, the name of a button, or nothing that is named. */
const doneBy = (of: readonly string[]) =>
	ACTS.filter((row) => of.includes(row.of)).map(({ act }) => act.replace(/^act=/, '').replace(/=$/, ''))

test.each(addresses.filter(({ file }) => takesForms(source(file))))(
	'/$address has a row for each thing its forms do',
	({ address, file }) => {
		const rows = doneBy([address])
		expect(rows, 'no row at all').not.toEqual([])
		expect(askedOf(file).filter((intent) => !rows.includes(intent))).toEqual([])
	},
)

test('what stands beside a route is read, and says what it does', () => {
	const read = addresses.flatMap(({ file }) => besidesOf(file))
	expect(besides.filter((file) => !read.includes(file))).toEqual([])
	expect(besides.filter((file) => intentsIn(source(file)).length === 0)).toEqual([])
	expect(besides.length).toBeGreaterThan(1)
})

/** Where nobody may, whoever she is. */
const FOR_NOBODY: Record<string, string> = {
	'metrics ': 'told to who has its word alone',
	'design ': 'there while developing alone',
	'* ': 'no page',
	'* -': 'no page',
	'sign-in/second -': 'nobody here waits with a second factor',
	'coordination/mentoring -': 'nothing here has been quiet for so long',
	'forum/translate/:post/:language act=machine': 'no machine is set up here',
}

/** A row where all are refused says something only if what it asks for is good enough for somebody. */
test('whatever is asked for, somebody may', () => {
	const allowed = (rows: readonly Row[]) =>
		new Set(
			rows
				.filter(({ cells }) => Object.values(cells).some((cell) => '+~='.includes(cell)))
				.map(({ of, act }) => `${of} ${act}`),
		)
	const all = [...PAGES, ...ACTS]
	const some = allowed(all)
	const none = new Set(all.map(({ of, act }) => `${of} ${act}`).filter((asked) => !some.has(asked)))
	expect([...none].sort()).toEqual(Object.keys(FOR_NOBODY).sort())
})

test.each(Object.entries(DOORS))('whatever %s decides has a row', (file, of) => {
	const rows = doneBy(of)
	expect(intentsIn(source(file)).filter((intent) => !rows.includes(intent))).toEqual([])
})

test('rows are only of routes there are', () => {
	const known = addresses.map(({ address }) => address)
	expect([...PAGES, ...ACTS].map(({ of }) => of).filter((of) => !known.includes(of))).toEqual([])
})

test('whatever decides by an intent is read', () => {
	const all = sourcesIn('app/features')
	const deciding = all.filter((file) => dispatches(source(file)))
	const known = [...Object.keys(DOORS), ...DECIDED_ALREADY]
	expect(deciding.filter((file) => !known.includes(file))).toEqual([])
	expect(known.filter((file) => !all.includes(file))).toEqual([])
})

test('every event of the sockets has a row', () => {
	const names = new Set<string>()
	const connection = {
		on: (name: string) => void names.add(name),
		enter: async () => {},
		leave() {},
		isIn: () => false,
	}
	chatSocket({ report: async () => ({}) })(connection)
	expect(names.size).toBeGreaterThan(10)
	expect([...names].sort()).toEqual([...new Set(SOCKETS.map(({ act }) => act))].sort())
	// Nobody else answers there.
	const [, features = ''] =
		/openSocketServer\(http[^[]*\[([\s\S]*?)\n\t\]\)/.exec(source('house.server.ts')) ?? []
	expect(features.match(/^\t\t\w+\(/gm)).toEqual(['\t\tchatSocket('])
})
