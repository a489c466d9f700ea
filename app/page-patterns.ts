/**
 * Tells whether a path is one of these pages. As the router reads them: `:name` is any one part, large and small letters
 * are the same. Put together once: the router would do it for every pattern of every request.
 * @param patterns `/report/:kind/:id`, of letters, `/`, `-` and names
 */
export function pagesLike(patterns: readonly string[]): (path: string) => boolean {
	const one = new RegExp(
		`^(?:${patterns.map((pattern) => pattern.replace(/:[a-z]+/g, '[^/]+')).join('|')})/*$`,
		'i',
	)
	return (path) => one.test(path)
}
