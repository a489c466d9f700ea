import { pluralForm } from './format'
import { intoSentence } from './isolate'

/**
 * The texts of a page that lives, in the browser: what the pages take from react-i18next, in a fraction of its size and
 * time (vite.config.ts puts it in its place). The server renders with i18next itself; a test holds that both say the same.
 */
export type Texts = { [key: string]: string | Texts }
type Values = Record<string, unknown>

let texts: Texts = {}
const found = new Map<string, string | undefined>()
const i18n = { language: '' }

/** What stands at "namespace:word.word". */
function find(key: string): string | undefined {
	if (found.has(key)) return found.get(key)
	let at: string | Texts | undefined = texts
	for (const word of key.split(/[:.]/)) at = typeof at === 'object' ? at[word] : undefined
	const text = typeof at === 'string' ? at : undefined
	found.set(key, text)
	return text
}

/** A text that counts has a form for each number its language tells apart, and may have one of its own for none. */
function counted(key: string, count: number) {
	const none = count === 0 ? find(`${key}_zero`) : undefined
	return none ?? find(`${key}_${pluralForm(i18n.language, count)}`)
}

const filled = (text: string, values: Values) =>
	text.replace(/\{\{\s*(\w+)\s*\}\}/g, (all, name: string) =>
		name in values ? String(intoSentence(i18n.language, values[name]) ?? '') : all,
	)

function t(key: string, values?: Values): string {
	const count = values?.count
	const text = (typeof count === 'number' ? counted(key, count) : undefined) ?? find(key)
	if (text === undefined) return key.slice(key.indexOf(':') + 1)
	return values ? filled(text, values) : text
}

const spoken = { t, i18n }

/** Before anything is drawn. */
export function speak(tag: string, said: Texts) {
	i18n.language = tag
	texts = said
	found.clear()
}

/** The page speaks one language for as long as it lives. */
export const useTranslation = () => spoken
