type Say = (locale: string) => string
type InBoth = (locale: string, say: Say) => string

let inBoth: InBoth | undefined

/**
 * A format whose words change with the language: on a page in two languages it says both. To be set for one rendering,
 * which nothing can come between, and for nothing else (docs/decisions/024).
 */
export const spoken =
	<A extends unknown[]>(say: (locale: string, ...what: A) => string) =>
	(locale: string, ...what: A): string =>
		inBoth ? inBoth(locale, (tag) => say(tag, ...what)) : say(locale, ...what)

/** Renders with formats that say both. */
export function speakingBoth<T>(how: InBoth, render: () => T): T {
	inBoth = how
	try {
		return render()
	} finally {
		inBoth = undefined
	}
}
