/** What a form (of search_lexemes, drizzle/0005) stands for by its mark, and its letters. */
function readForm(form: string) {
	const mark = /[*~^]$/.exec(form)?.[0] ?? ''
	const letters = mark ? form.slice(0, -1) : form
	// A stemmer may put another letter at the end.
	const kept = mark === '~' && letters.length > 3 ? letters.slice(0, -1) : letters
	return { mark, letters, kept }
}

type Form = ReturnType<typeof readForm>

/** Whether letters come in a word in this order. */
function holdsInOrder(word: string, letters: string): boolean {
	let at = 0
	for (const letter of letters) {
		at = word.indexOf(letter, at) + 1
		if (at === 0) return false
	}
	return true
}

/** Stemmers of Latin, Greek and Cyrillic letters change the end of a word only. */
const BEGINS_ALIKE_BELOW = 0x530

function mayBe(word: string, { mark, letters, kept }: Form): boolean {
	if (mark === '*') return word.startsWith(letters)
	if (mark === '') return word.slice(1) === letters
	if (mark === '~' && letters.charCodeAt(0) < BEGINS_ALIKE_BELOW && word[0] !== letters[0]) return false
	return holdsInOrder(word, kept)
}

/**
 * Judges words by the letters of the forms something may be found by: `surely` one of them as it stands, `maybe` (only
 * the stemmers know), or `no`.
 */
export function judgeOf(forms: readonly string[]) {
	const read = forms.map(readForm)
	const words = new Set(read.flatMap(({ mark, letters }) => (mark === '' ? [letters] : [])))
	return (word: string): 'surely' | 'maybe' | 'no' => {
		if (words.has(word)) return 'surely'
		return read.some((form) => mayBe(word, form)) ? 'maybe' : 'no'
	}
}
