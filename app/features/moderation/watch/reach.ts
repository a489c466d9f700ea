import { Rulebook, type Said, type WatchRule } from './rulebook'

/** Of what was said lately. Only the words of a public post may be shown again. */
export interface SaidLately extends Said {
	public: boolean
}

/** How much of what was said lately a rule may find. */
const SHARE_AT_MOST = 0.01
/** In a young community one hundredth is nothing: so many are no sign of a rule that finds everything. */
const ALWAYS_ALLOWED = 2

/** Ordinary sentences: a rule that finds two of them finds everything. */
const ORDINARY: readonly Said[] = [
	{ lang: null, text: 'Good morning, how are you today? I have 2 questions.' },
	{ lang: null, text: 'Buongiorno, grazie della risposta: domani alle 10 va bene.' },
	{ lang: null, text: 'Hola, ¿alguien sabe dónde se pide la cita?' },
	{ lang: null, text: 'Καλημέρα σε όλες, πού μπορώ να μάθω τη γλώσσα;' },
	{ lang: null, text: 'Здравейте, благодаря ви за помощта!' },
	{ lang: null, text: 'مرحبا، شكرا لكن على المساعدة' },
	{ lang: null, text: 'আপনারা কেমন আছেন?' },
	{ lang: null, text: '你好,谢谢大家。' },
]

/** Whether a rule finds far too much; with the beginning of something it would have found, as far as it may be shown. */
export function findsTooMuch(rule: WatchRule, said: readonly SaidLately[]): { example: string } | undefined {
	const book = new Rulebook([rule])
	const finds = (one: Said) => book.find(one).length > 0
	const ordinary = ORDINARY.filter(finds)
	const found = said.filter(finds)
	const concerned = said.filter(
		({ lang }) => rule.language === null || lang === null || lang === rule.language,
	)
	const tooMany = found.length > Math.max(ALWAYS_ALLOWED, concerned.length * SHARE_AT_MOST)
	if (ordinary.length < 2 && !tooMany) return undefined
	const shown = found.find((one) => one.public) ?? (ordinary.length > 0 ? ordinary[0] : undefined)
	return { example: shown?.text ?? '' }
}
