import type { ActorName } from './actors'
import { type Answered, type Asked, knock } from './door'
import { type Cell, filled, type Row } from './table'
import type { World } from './world'

const MOMENT = /\d{4}-\d\d-\d\dT[\d:.]+Z/
const MOMENTS = new RegExp(MOMENT, 'g')
const LONG_AGO = new Date(0).toISOString()

const nobodys = new Map<string, string>()

/** A world of the same names where nothing is: each id (or moment it is known by) is one that nobody has, and stays the same. */
function nothings(things: Record<string, string>) {
	for (const [name, thing] of Object.entries(things))
		nobodys.set(name, nobodys.get(name) ?? (MOMENT.test(thing) ? LONG_AGO : crypto.randomUUID()))
	return Object.fromEntries(nobodys)
}

/** An id, or the mark of words that her form carries. */
const NAMED = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b/gi

/** Our own name of what answers; everybody may know which addresses there are. */
const ROUTE = /routes\/[\w/-]+/g

/** Without what has to differ: the address she asked for, with its query, the ids in it, and the moment. */
function compared({ bytes }: Answered, address: string) {
	const [path = ''] = address.split('?')
	const named = bytes.replaceAll(ROUTE, 'ROUTE')
	const asked =
		path === '/' ? named : named.replaceAll(encodeURIComponent(path), 'PATH').replaceAll(path, 'PATH')
	return asked
		.replaceAll(/PATH\?[\w=&%.~-]*/g, 'PATH')
		.replaceAll(NAMED, 'ID')
		.replaceAll(MOMENTS, 'NOW')
}

const toSignIn = ({ status, to }: Answered) => to?.startsWith('/sign-in?next=') || status === 401

/** The word for what was answered; that `.` is the same as missing is still to be seen. */
function wordFor(answered: Answered): Cell | `${number}` {
	const { status } = answered
	if (toSignIn(answered)) return 's'
	if (status < 400) return '+'
	if (status === 409 || status === 422) return '~'
	if (status === 403) return 'x'
	if (status === 404) return '.'
	return `${status}`
}

/** What the form sends: `act=publish` is a button of that name and value, `thank=` one that `fields` has anyway. */
function fieldsOf({ act, fields }: Row, things: Record<string, string>) {
	const said = new URLSearchParams(filled(fields, things))
	const [name = '', value] = act.split('=')
	if (value) said.set(name, value)
	else if (value === undefined && act !== '-') said.set('intent', act)
	return Object.fromEntries(said)
}

export interface Knocked {
	word: string
	/** What gives away that something is there, if anything does. */
	leak: string | undefined
}

/** The two answers, from a little before where they part. */
function differing(here: string, none: string) {
	let at = 0
	while (here[at] === none[at]) at += 1
	const part = (text: string) => text.slice(Math.max(0, at - 100), at + 300)
	return `${part(here)}\n-- and for nothing --\n${part(none)}`
}

/**
 * The answers for things that nobody has, each asked for once: of a page one for each woman and door, of a form one for
 * each thing it does, for what is wrong with it may be said before anything is looked up.
 */
const missing = new Map<string, string>()

const nameless = (template: string) => template.replaceAll(/\{[\w.-]+\}/g, '{}')

/** Whether it asks for a thing. A form that names none is compared with one sent to an address that is not there. */
const isOfThings = ({ form, address, fields }: Row) => !form || /\{(?!new\}|day\})/.test(address + fields)

function keyOf(row: Row, name: ActorName, data: boolean) {
	const { of, address, form, act, fields } = row
	if (!isOfThings(row)) return [name, data].join(' ')
	const asked = form ? [nameless(address), act, nameless(fields)] : []
	return [name, data, of, ...asked].join(' ')
}

/** Asks one cell by one door; where it is hidden, or nothing is to be told, once more for a thing that nobody has. */
export async function askCell(world: World, row: Row, name: ActorName, data: boolean): Promise<Knocked> {
	const expected = row.cells[name]
	const ask = (inAddress: Record<string, string>, inFields: Record<string, string>) =>
		askAt(filled(row.address, inAddress), inFields)
	async function askAt(address: string, inFields: Record<string, string>) {
		const asked: Asked = { token: world.tokenOf(name), data }
		if (row.form) asked.fields = fieldsOf(row, inFields)
		const answered = await knock(address, asked)
		return { answered, bytes: compared(answered, address) }
	}
	async function forNothing() {
		const nothing = nothings(world.things)
		if (!isOfThings(row)) return (await askAt('/nowhere', nothing)).bytes
		// What has no say in a thing that is named by a form alone is asked of the same page.
		const ofForm = expected === '=' && row.fields.includes('{')
		return (await ask(ofForm ? world.things : nothing, nothing)).bytes
	}
	const { answered, bytes } = await ask(world.things, world.things)
	const word = wordFor(answered)
	if (expected === '=' && (word === '+' || word === '~')) {
		const none = await forNothing()
		return { word: '=', leak: none === bytes ? undefined : differing(bytes, none) }
	}
	const hidden = word === '.' || (word === 's' && expected === 's' && isOfThings(row))
	if (!hidden) return { word, leak: undefined }
	const key = keyOf(row, name, data)
	const none = missing.get(key) ?? (await forNothing())
	missing.set(key, none)
	return { word, leak: none === bytes ? undefined : differing(bytes, none) }
}
