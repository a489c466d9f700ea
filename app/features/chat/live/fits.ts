import { MESSAGE } from '../chat.limits'

/** Length as she sees it; browsers without a segmenter count characters, and the server has the last word. */
function graphemes(text: string): number {
	if (!('Segmenter' in Intl)) return [...text].length
	let count = 0
	for (const _ of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) count += 1
	return count
}

/** Whether a message may be this long, so that she is told before anything is sent. */
export const fits = (text: string) =>
	new TextEncoder().encode(text).length <= MESSAGE.bytes && graphemes(text) <= MESSAGE.graphemes
