/** How much of a text is written in which script, for what the letters alone can tell. */
const SCRIPTS = {
	Latin: /\p{Script=Latin}/gu,
	Cyrillic: /\p{Script=Cyrillic}/gu,
	Greek: /\p{Script=Greek}/gu,
	Arabic: /\p{Script=Arabic}/gu,
	Ethiopic: /\p{Script=Ethiopic}/gu,
	Han: /\p{Script=Han}/gu,
	Kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
	Bengali: /\p{Script=Bengali}/gu,
	Georgian: /\p{Script=Georgian}/gu,
	Gurmukhi: /\p{Script=Gurmukhi}/gu,
	Devanagari: /\p{Script=Devanagari}/gu,
	Sinhala: /\p{Script=Sinhala}/gu,
	Tamil: /\p{Script=Tamil}/gu,
	Thai: /\p{Script=Thai}/gu,
} as const

export type Script = keyof typeof SCRIPTS

/** The share of its letters that a script must have to be the script of the text. */
const MOST = 0.7

/** The script a text is written in; undefined for a mixture and for scripts none of our languages uses. */
export function scriptOf(text: string): Script | undefined {
	const letters = text.match(/\p{L}/gu)?.length ?? 0
	const names = Object.keys(SCRIPTS) as Script[]
	return names.find((name) => (text.match(SCRIPTS[name])?.length ?? 0) > letters * MOST)
}
