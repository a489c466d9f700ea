const PAUSE_MS = 400
const NEAR = 0.8
/** Browsers differ a little in what is one letter; the server, which decides, would refuse this much in any case. */
const FAR_OVER = 2

/** Counts as she sees: a letter with its marks, or a family of emoji, is one. */
function length(text: string): number {
	if (!('Segmenter' in Intl)) return [...text].length
	let count = 0
	for (const _ of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) count += 1
	return count
}

/** The first text of a form that is so long that sending it would only bring it back. */
export function tooLongIn(form: HTMLFormElement) {
	if (!('Segmenter' in Intl)) return undefined
	const areas = [...form.querySelectorAll<HTMLTextAreaElement>('textarea[data-limit]')]
	return areas.find(({ value, dataset }) => {
		const most = Number(dataset.limit) * FAR_OVER
		return value.length > most && length(value) > most
	})
}

function show(area: HTMLTextAreaElement, line: HTMLElement) {
	const limit = Number(area.dataset.limit)
	// A text has never more graphemes than code units, so short texts need no counting.
	const used = area.value.length < limit * NEAR ? 0 : length(area.value)
	const over = used > limit
	const words = used < limit * NEAR ? '' : ((over ? line.dataset.over : line.dataset.left) ?? '')
	line.classList.toggle('over', over)
	line.textContent = words.replace('{n}', String(Math.abs(limit - used)))
}

/** Says near the limit how many characters are left; her text is never cut. */
export function countCharacters() {
	for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-limit]')) {
		const line = area.parentElement?.querySelector<HTMLElement>('.count')
		if (!line) continue
		let timer = 0
		area.addEventListener('input', () => {
			clearTimeout(timer)
			timer = window.setTimeout(() => show(area, line), PAUSE_MS)
		})
		show(area, line)
	}
}
