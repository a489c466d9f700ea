/** What comes in the place of a placeholder, as far as its name says it: the word for it is `sentences:part.<kind>`. */
const KINDS = {
	number: [
		'bits',
		'count',
		'days',
		'hours',
		'limit',
		'minutes',
		'months',
		'most',
		'n',
		'number',
		'posts',
		'seconds',
	],
	name: ['handle', 'mentor', 'name', 'organisation', 'space', 'woman'],
	date: ['at', 'date', 'when'],
} as const

type Kind = keyof typeof KINDS | 'other'

const kinds = new Map<string, Kind>(
	Object.entries(KINDS).flatMap(([kind, names]) => names.map((name) => [name, kind as Kind] as const)),
)

/** The kind of `{{name}}`. */
export const kindOf = (placeholder: string): Kind => kinds.get(placeholder.replace(/\W/g, '')) ?? 'other'

interface Piece {
	text: string
	isPlaceholder: boolean
}

const PLACEHOLDER = /(\{\{\s*\w+\s*\}\})/

/** A sentence in pieces: what it says, and what is filled in. */
export const piecesOf = (text: string): Piece[] =>
	text
		.split(PLACEHOLDER)
		.filter(Boolean)
		.map((piece) => ({ text: piece, isPlaceholder: PLACEHOLDER.test(piece) }))
