import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { normal, UNSPACED } from '~/features/forum/search/normal'

async function inSql(texts: string[]): Promise<string[]> {
	const rows = await db.execute<{ normal: string }>(sql`
		select search_normal(txt #>> '{}') as normal
		from jsonb_array_elements(${JSON.stringify(texts)}::jsonb) with ordinality as given (txt, place) order by place`)
	return rows.map((row) => row.normal)
}

describe('letters as search compares them', () => {
	test.each([
		['L’Ufficio È APERTO, però…', 'l ufficio e aperto pero'],
		['Ελληνικός Σύλλογος ΆΔΕΙΑΣ', 'ελληνικοσ συλλογοσ αδειασ'],
		['Avocați și țară, avocaţi şi ţară', 'avocati si tara avocati si tara'],
		['İstanbul’da çalışıyorum ISPARTA', 'istanbul da calisiyorum isparta'],
		['Straße Ørsted Łódź cœur æon', 'strasse orsted lodz coeur aeon'],
		['Чай, бой и ЁЛКА; за́мок', 'чай бой и елка замок'],
		['Сім’я п\u02bcять м\u0027яч', 'сімя пять мяч'],
		['مُدَرِّسَةٌ أُمٌّ إلى آخر مستشفى', 'مدرسه ام الي اخر مستشفي'],
		['کتاب‌های فارسی', 'كتاب هاي فارسي'],
		['الكِتــــاب ٠٥١٢ ۳۴', 'الكتاب 0512 34'],
		['ڈاکٹر، بچہ؟', 'ڈاكٹر بچه'],
		['আমি কাজ খুঁজছি।', 'আমি কাজ খুঁজছি'],
		['სამუშაო ᲡᲐᲛᲣᲨᲐᲝ', 'სამუშაო სამუშაო'],
		['ስራ፡ደልዩ።', 'ስራ ደልዩ'],
		['我在IT公司找工作。', '我在 it 公司找工作'],
		['ＦＵＬＬ Ⅳ ﬁn', 'full iv fin'],
		['a\u202eb\u00adc \u2066\u200f', 'abc'],
		['👩‍👩‍👧 !!! --- ""', ''],
		['', ''],
	])('%s', async (text, expected) => {
		expect(normal(text)).toBe(expected)
		expect(await inSql([text])).toEqual([expected])
	})

	/** Scripts our members write in; every letter, mark, digit and sign of their blocks, inside and between words. */
	const BLOCKS: [string, number, number][] = [
		['Latin', 0x20, 0x2af],
		['accents, Greek, Cyrillic, Armenian, Hebrew, Arabic', 0x2b0, 0x8ff],
		['scripts of India, Thai, Lao', 0x900, 0xfff],
		['Burmese, Georgian, Hangul, Ethiopic', 0x1000, 0x139f],
		['Khmer', 0x1780, 0x17ff],
		['more Latin and Greek', 0x1c90, 0x1fff],
		['signs', 0x2000, 0x2bff],
		['Han, Kana', 0x3000, 0x33ff],
		['Han', 0x4e00, 0x52ff],
		['forms of letters', 0xf900, 0xffef],
		['pictures', 0x1f300, 0x1faff],
	]

	test.each(BLOCKS)('%s: the same in TypeScript and in the database', async (_name, from, to) => {
		const letters = Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index))
		const texts = letters
			// What a version of Unicode does not know yet, it cannot make small.
			.filter((letter) => /[^\p{Cn}\p{Cs}]/u.test(letter))
			.flatMap((letter) => [`a${letter}b`, `й${letter}ا${letter}. 字${letter}`])
		expect(await inSql(texts)).toEqual(texts.map(normal))
	})

	test('scripts without spaces are the same ones in TypeScript and in the database', async () => {
		const letters = Array.from({ length: 0x323b0 - 0xe00 }, (_, index) => 0xe00 + index)
			.filter((code) => code < 0xd800 || code > 0xdfff)
			.map((code) => String.fromCodePoint(code))
			.filter((letter) => normal(letter) === letter)
		const rows = await db.execute<{ letter: string }>(sql`
			select letter from jsonb_array_elements_text(${JSON.stringify(letters)}::jsonb) as letter
			where search_is_unspaced(letter)`)
		const unspaced = letters.filter((letter) => letter.match(UNSPACED))
		expect(rows.map(({ letter }) => letter).toSorted()).toEqual(unspaced.toSorted())
	})
})
