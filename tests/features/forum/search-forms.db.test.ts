import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { judgeOf } from '~/features/forum/search/forms'
import { UNSPACED } from '~/features/forum/search/normal'
import { wordReader } from '~/features/forum/search/written'
import { PAIRS } from './search-pairs'

const tagOf = (lang: string) => (lang === 'zh' ? 'zh-Hans' : lang)

/** What a typed word may be found by, and whether a written one is among that: as the database judges. */
const judgedByDatabase = (lang: string, typed: string, written: string) =>
	db.execute<{ forms: string[]; found: boolean }>(sql`
		select a.forms, search_lexemes(array[${written}::text], ${tagOf(lang)}) && a.forms as found
		from (select search_alternatives(${typed}) as forms) a`)

const readWord = (word: string) => wordReader()(word)[0]!

test.each(Object.entries(PAIRS))(
	'no form of a word is left out before the database is asked: %s',
	async (lang, { pairs }) => {
		let found = 0
		for (const pair of pairs) {
			for (const [typed, written] of [pair, pair.toReversed()].map((words) => words.map(readWord)) as [
				string,
				string,
			][]) {
				if (typed.match(UNSPACED)) continue
				const [row] = await judgedByDatabase(lang, typed, written)
				const judged = judgeOf(row!.forms)
				expect(judged(typed)).toBe('surely')
				if (!row!.found) continue
				found += 1
				expect(judged(written), `${typed} → ${written}`).not.toBe('no')
			}
		}
		if (lang !== 'zh') expect(found).toBeGreaterThan(20)
	},
)

test('words that share only letters with a form are not asked for', () => {
	const judged = judgeOf(['lavoro', 'lavor~', 'lavo*'])
	expect(['lavoro', 'lavori', 'lavorare', 'lava', 'a', 'favola lavora'].map(judged)).toEqual([
		'surely',
		'maybe',
		'maybe',
		'no',
		'no',
		'no',
	])
})
