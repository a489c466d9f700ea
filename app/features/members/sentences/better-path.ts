export const BETTER_PATH = '/language/better'

/** The page on which she says a sentence of the interface better. */
export const betterPath = (asked: Record<string, string>) => `${BETTER_PATH}?${new URLSearchParams(asked)}`

/** The way there from a page, and back; none from itself. */
export const betterFrom = (path: string) =>
	path.startsWith(BETTER_PATH) ? undefined : betterPath({ from: path })
