/** What is said in one go: a paragraph or a part of one, in one language, spoken from its words or played from a clip. */
export interface Piece {
	element: HTMLElement
	lang: string
	text: string
	/** Addresses of the same clip in several formats, the best first. */
	clips?: string[]
}

/** Chrome falls silent in the middle of what takes it longer than a quarter of a minute to say. */
const AT_MOST = 180

/** Not the page's words, or not for other ears: fields, bars of buttons, names and passphrases, what is folded away. */
const UNHEARD =
	'input,select,textarea,script,style,svg,[hidden],[aria-hidden=true],.no-print,.back,.handle,.codes,' +
	'button:not([type=submit]),details:not([open])>:not(summary)'

const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

function sentences(text: string, lang: string): string[] {
	if (!('Segmenter' in Intl)) return text.match(/[^.!?؟。।።]+[.!?؟。।።]*\s*/g) ?? [text]
	return [...new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(text)].map((one) => one.segment)
}

/** One sentence in parts that are short enough, cut where one would breathe. */
function parts(sentence: string): string[] {
	if (sentence.length <= AT_MOST) return [sentence]
	const head = sentence.slice(0, AT_MOST)
	const breath = Math.max(
		...[...head.matchAll(/[,;:،؛、፣]\s*|\s/g)].map(({ 0: sign, index }) => index + sign.length),
	)
	const at = breath > 0 ? breath : AT_MOST
	return [sentence.slice(0, at), ...parts(sentence.slice(at))]
}

/** A text as it is said: whole sentences as far as they fit together. */
export function cut(text: string, lang: string): string[] {
	const said: string[] = []
	for (const part of sentences(text, lang).flatMap(parts)) {
		const before = said.at(-1)
		if (before !== undefined && before.length + part.length <= AT_MOST) said[said.length - 1] = before + part
		else said.push(part)
	}
	return said.map((one) => one.trim()).filter((one) => /[\p{L}\p{N}]/u.test(one))
}

function isShown(element: HTMLElement) {
	return 'checkVisibility' in element
		? element.checkVisibility()
		: (element as HTMLElement).offsetParent !== null
}

/** What stands on lines of its own around a word. */
function blockAround(element: HTMLElement): HTMLElement {
	let block = element
	while (block.parentElement && /^(inline|contents)/.test(getComputedStyle(block).display))
		block = block.parentElement
	return block
}

/** The words of the page in their order, as paragraphs; a part with a clip is one piece. */
export function piecesIn(root: HTMLElement): Piece[] {
	const pieces: Piece[] = []
	const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
	while (walker.nextNode()) {
		const parent = walker.currentNode.parentElement!
		const words = (walker.currentNode.nodeValue ?? '').replace(MARKS, '').replace(/\s+/g, ' ')
		if (words === '' || parent.closest(UNHEARD) || !isShown(parent)) continue
		const clip = parent.closest<HTMLElement>('[data-clip]')
		const element = clip ?? blockAround(parent)
		const lang = parent.closest<HTMLElement>('[lang]')!.lang
		const last = pieces.at(-1)
		if (last?.element === element && last.lang === lang) last.text += words
		else pieces.push({ element, lang, text: words, clips: clip?.dataset.clip?.split(' ') })
	}
	return pieces.flatMap((piece) =>
		piece.clips ? piece : cut(piece.text, piece.lang).map((text) => ({ ...piece, text })),
	)
}
