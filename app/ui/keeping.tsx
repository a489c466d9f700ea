import { createContext, type FormEvent, useContext } from 'react'

/** The form of the language menu itself, and what its buttons belong to on a page where she writes nothing. */
export const MENU_FORM = 'languages'
const NAMED = 'showIn '

/** What a language button is named: by the form that it sends (platform/switching.server.ts). */
export const buttonName = (form: string) => NAMED + form

/** What a page knows of its forms while it is rendered: how the language buttons above can send what she typed. */
export interface Keeping {
	/** What she had typed before she asked for another language, and in which form. */
	kept?: { form: string; values: Record<string, string | string[]> }
	/** Rendered without it all the same, to see whether it makes a difference. */
	withheld?: boolean
	/** The form that the buttons send, and how much it asks to be that one. */
	main?: { form: string; weight: number }
}

export const KeepingContext = createContext<Keeping | undefined>(undefined)

/** How much a form asks to be the one whose words are kept: by what is written in it, or because its page says so. */
export const WEIGHT = { field: 1, text: 2, chosen: 3 } as const

/** Says of a form that she writes in it. Of several that ask as much the first one on the page is taken. */
export function useAsMain(form: string | undefined, weight: number) {
	const keeping = useContext(KeepingContext)
	if (keeping && form && weight > (keeping.main?.weight ?? 0)) keeping.main = { form, weight }
}

/** What she had typed in this form when she asked for another language: as the answer to a form, with nothing wrong. */
export function useKept(form: string) {
	const { kept, withheld } = useContext(KeepingContext) ?? {}
	return kept?.form === form && !withheld ? { ok: true, values: kept.values } : undefined
}

/** Whether a form is only on its way to its page in another language. */
export const isSwitching = ({ nativeEvent }: FormEvent) =>
	((nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null)?.name.startsWith(NAMED) === true

/** The folds around a form are open: what was kept for her is in sight. */
function openFolds(html: string, form: string) {
	const [before = '', after] = html.split(`id="${form}"`, 2)
	const around: number[] = []
	if (after === undefined) return html
	for (const { 0: tag, index } of before.matchAll(/<details\b[^>]*>|<\/details>/g)) {
		if (tag === '</details>') around.pop()
		else around.push(tag.includes(' open=') ? -1 : index)
	}
	const opened = around
		.filter((at) => at >= 0)
		.reduceRight(
			(text, at) => `${text.slice(0, at)}<details open=""${text.slice(at + '<details'.length)}`,
			before,
		)
	return opened + html.slice(before.length)
}

const MENU = '<details class="menu" data-menu="">'
const SUBMITS = /<button\b[^>]*\btype="submit"[^>]*>/
const SAID_BY_BUTTON = / (?:name|value|formaction|formmethod|formenctype|formnovalidate|disabled)="[^"]*"/gi

/**
 * What Enter in a field of the form presses: browsers take the first button of a form in the order of the page, and that
 * would be a language. So the form's own first button stands before them once more, for nobody to see or to reach.
 */
function enterButton(html: string, form: string) {
	const from = html.indexOf(` id="${form}"`)
	const within = SUBMITS.exec(html.slice(from, html.indexOf('</form>', from)))?.[0]
	const own = within ?? new RegExp(`<button\\b[^>]* form="${form}"[^>]*>`).exec(html)?.[0]
	if (!own) return ''
	const said = own.match(SAID_BY_BUTTON)?.join('') ?? ''
	return `<input id="on-enter" type="submit" form="${form}" class="sr-only" tabindex="-1" aria-hidden="true"${said}/>`
}

/**
 * Gives the language buttons of a rendered page to the form that she writes in. They stand above it, and are rendered
 * before it is known.
 */
export function joinButtons(html: string, { kept, main }: Keeping) {
	const shown = kept ? openFolds(html, kept.form) : html
	if (!main) return shown
	return shown
		.replace(MENU, () => enterButton(shown, main.form) + MENU)
		.replaceAll(`form="${MENU_FORM}"`, `form="${main.form}"`)
		.replaceAll(`name="${buttonName(MENU_FORM)}"`, `name="${buttonName(main.form)}"`)
}
