import type { MetaFunction } from '@remix-run/node'

type Section = { title?: string } | null

/**
 * A neutral title: "Mimosa · Forum". The loader returns `title` (a word of the catalogue in her language, never content);
 * without one it is just the name.
 */
export const titled: MetaFunction<() => Section> = ({ data }) => [
	{ title: typeof data?.title === 'string' && data.title ? `Mimosa · ${data.title}` : 'Mimosa' },
]
