import { ACTOR_NAMES, type ActorName } from './actors'

/** What a cell says; see docs/decisions/017. */
export type Cell = '+' | '~' | '=' | '.' | 'x' | 's'

export interface Row {
	/** As in app/routes.ts; for an event of a socket its name. */
	of: string
	/** The address asked for, with `{thing}` for the id of a thing of the world. */
	address: string
	form: boolean
	/** What its form does: its `intent`; with `=` something that `fields` says in another way; `-` nothing. */
	act: string
	/** What the form sends. */
	fields: string
	cells: Record<ActorName, Cell>
}

/** The columns, as they stand above every table: G PX MW JTK FEUV CLD A B. */
export const HEAD = 'G PX MW JTK FEUV CLD A B'

const ORDER = [...HEAD.replaceAll(' ', '')] as ActorName[]
const GROUPS = HEAD.split(' ').length

/** The words of a line before its cells, and the cells. */
function partsOf(line: string) {
	const words = line.split(/\s+/)
	const cells = [...words.splice(-GROUPS).join('')]
	if (cells.length !== ACTOR_NAMES.length || !/^[+~=.xs]+$/.test(cells.join(''))) {
		throw new Error(`a row has one cell for each of ${HEAD}: ${line}`)
	}
	return { words, cells: Object.fromEntries(ORDER.map((name, at) => [name, cells[at]])) as Row['cells'] }
}

/** Cells as a row writes them. */
export const written = (cells: Record<string, string>) =>
	HEAD.split(' ')
		.map((group) => [...group].map((name) => cells[name]).join(''))
		.join(' ')

const linesOf = (text: string) =>
	text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('#'))

/** Pages: route, address, cells. Lines that begin with # are for readers. */
export const pages = (text: string): Row[] =>
	linesOf(text).map((line) => {
		const { words, cells } = partsOf(line)
		const [of = '', address = ''] = words
		return { of, address, act: '', form: false, fields: '', cells }
	})

/** Forms: route, address, what it does, what it sends (`-` for nothing more), cells. */
export const acts = (text: string): Row[] =>
	linesOf(text).map((line) => {
		const { words, cells } = partsOf(line)
		const [of = '', address = '', act = '', fields = ''] = words
		return { of, address, act, form: true, fields: fields === '-' ? '' : fields, cells }
	})

const THING = /\{([\w.-]+)\}/g

const inThreeDays = () => new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)

/** Puts the ids of things where a template names them; `{new}` is one that nobody has yet, as forms make them. */
export function filled(template: string, things: Record<string, string>): string {
	return template.replace(THING, (_all, name: string) => {
		if (name === 'new') return crypto.randomUUID()
		if (name === 'day') return inThreeDays()
		const id = things[name]
		if (id === undefined) throw new Error(`the world has no "${name}"`)
		return id
	})
}
