import { letters } from '~/platform/text'

const EXCERPT_GRAPHEMES = 140

/** The beginning of a text on one line, cut between letters (never inside one), with "…" where something is left out. */
export function excerptOf(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim()
	let beginning = ''
	let count = 0
	for (const letter of letters(line)) {
		if (count === EXCERPT_GRAPHEMES) return `${beginning.trimEnd()}…`
		beginning += letter
		count += 1
	}
	return line
}
