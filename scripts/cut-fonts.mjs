/**
 * Writes app/ui/fonts: of three Noto fonts only the letters that their one language writes with (docs/decisions/027).
 * Run it after a new version of one of them: node scripts/cut-fonts.mjs
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import subsetFont from 'subset-font'

const FONTS = [
	// The basic block: all of Tigrinya and Amharic.
	{ name: 'ethiopic', from: 'noto-sans-ethiopic', slice: 'ethiopic', letters: [[0x1200, 0x137f]] },
	// Letters of today, and the sign of the lari.
	{
		name: 'georgian',
		from: 'noto-sans-georgian',
		slice: 'georgian',
		letters: [[0x10d0, 0x10ff], [0x20be]],
	},
	// Urdu alone, not all that is written with Arabic letters.
	{
		name: 'nastaliq',
		from: 'noto-nastaliq-urdu',
		slice: 'arabic',
		letters: [
			[0x060c],
			[0x061b],
			[0x061f],
			[0x0621, 0x063a],
			[0x0640, 0x0656],
			[0x0660, 0x066c],
			[0x0670],
			[0x0679],
			[0x067e],
			[0x0686],
			[0x0688],
			[0x0691],
			[0x0698],
			[0x06a9],
			[0x06af],
			[0x06ba],
			[0x06be],
			[0x06c1, 0x06c3],
			[0x06cc],
			[0x06d2, 0x06d4],
			[0x06f0, 0x06f9],
			[0x200c, 0x200d],
		],
	},
]

const each = ([first, last = first]) =>
	String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, at) => first + at))

for (const { name, from, slice, letters } of FONTS) {
	const folder = `node_modules/@fontsource/${from}`
	const whole = readFileSync(`${folder}/files/${from}-${slice}-400-normal.woff2`)
	const cut = await subsetFont(whole, letters.map(each).join(''), { targetFormat: 'woff2' })
	writeFileSync(`app/ui/fonts/${name}.woff2`, cut)
	copyFileSync(`${folder}/LICENSE`, `app/ui/fonts/${name}.OFL.txt`)
	console.log(`${name}: ${whole.length} → ${cut.length} bytes`)
}
