import { randomBytes } from 'node:crypto'
import { dirOf } from './languages'

/** A text in a language. */
export interface Spoken {
	lang: string
	text: string
}

/** What React leaves between two texts, to find them again in the browser; our pages are not looked through there. */
const SEAM = '<!-- -->'
/** Elements that hold letters alone: a span in them would be shown as such, or break what they are. */
const LETTERS_ONLY = new Set(['option', 'script', 'style', 'svg', 'textarea', 'title'])

/**
 * Texts that carry the same words in one language or two, as one string, from where the catalogue is asked to where the
 * page is written. What holds them together is three letters nobody writes, with a secret of this request: whatever a
 * member writes stays letters.
 */
export class Marks {
	readonly #begins: string
	readonly #parts: string
	readonly #all: RegExp

	constructor(secret = randomBytes(9).toString('hex')) {
		const ends = `\ue002${secret}`
		this.#begins = `\ue000${secret}`
		this.#parts = `\ue001${secret}`
		this.#all = new RegExp(`${this.#begins}(.*?)${ends}`, 'gs')
		this.mark = (...said) =>
			this.#begins + said.flatMap(({ lang, text }) => [lang, text]).join(this.#parts) + ends
	}

	/** One string of what is said: first in the page's language, then in the other. */
	readonly mark: (...said: Spoken[]) => string

	/** A text as the first or the second language says it; a value that is no marked text as it is. */
	half<T>(value: T, which: 0 | 1): T | string {
		if (typeof value !== 'string' || !value.includes(this.#begins)) return value
		return this.#replace(value, (said) => (said[which] ?? said[0]!).text)
	}

	#replace(text: string, say: (said: Spoken[]) => string): string {
		return text.replace(this.#all, (_mark, inside: string) => {
			const parts = inside.split(this.#parts)
			return say(parts.flatMap((lang, at) => (at % 2 === 0 ? { lang, text: parts[at + 1] ?? '' } : [])))
		})
	}

	/**
	 * A whole page with its marks written out, in one pass: in a text as spans with their own `lang` and `dir`, in an
	 * attribute as the page's language alone.
	 */
	writtenOut(html: string, locale: string, also?: string): string {
		if (!html.includes(this.#begins)) return html
		const out: string[] = []
		let texts = ''
		let around: string | undefined
		const writeTexts = () => {
			if (texts) out.push(this.#texts(texts, around, locale, also))
			texts = ''
		}
		for (const [at, piece] of html.split('<').entries()) {
			const end = piece.indexOf('>') + 1
			if (at === 0 || end === 0) texts += at === 0 ? piece : `<${piece}`
			else if (piece.startsWith('!-- -->')) texts += `<${piece}`
			else {
				writeTexts()
				const tag = piece.slice(0, end)
				const name = /^\/?[a-z]+/i.exec(tag)?.[0] ?? ''
				if (around && name === `/${around}`) around = undefined
				else if (!around && LETTERS_ONLY.has(name)) around = name
				out.push('<', String(this.half(tag, 0)))
				texts = piece.slice(end)
			}
		}
		writeTexts()
		return out.join('')
	}

	/** The texts between two tags: a sentence that stands there in pieces is still said in one language, then the other. */
	#texts(texts: string, around: string | undefined, locale: string, also?: string): string {
		if (!texts.includes(this.#begins)) return texts
		const whole = texts.replaceAll(SEAM, '')
		const words = whole.trim()
		const [before, after] = whole.split(words) as [string, string]
		if (around) return before + this.#inLetters(words, around) + after
		const first = this.#replace(words, ([said]) => inSpan(said!, locale))
		const second = also && this.#replace(words, ([said, other]) => inSpan(other ?? said!, also))
		if (!also || first === second) return before + first + after
		const other = `<span class="with" lang="${also}" dir="${dirOf(also)}">${second}</span>`
		return `${before}<span class="both">${first} ${other}</span>${after}`
	}

	#inLetters(words: string, around: string): string {
		const [first, second] = [this.half(words, 0), this.half(words, 1)]
		return around === 'option' && first !== second ? `${first} · \u2068${second}\u2069` : first
	}
}

/** A text in another language than what stands around it says so, for voices and for its direction. */
const inSpan = ({ lang, text }: Spoken, around: string) =>
	lang === around ? text : `<span lang="${lang}" dir="${dirOf(lang)}">${text}</span>`
