const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

const EXCERPT_GRAPHEMES = 140

/** The beginning of a text on one line, cut between letters (never inside one), with "…" where something is left out. */
export function excerptOf(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim()
	let cut = 0
	let count = 0
	for (const { index } of segmenter.segment(line)) {
		if (count === EXCERPT_GRAPHEMES) {
			cut = index
			break
		}
		count += 1
	}
	return cut > 0 ? `${line.slice(0, cut).trimEnd()}…` : line
}
