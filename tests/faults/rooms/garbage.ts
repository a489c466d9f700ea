import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a packet may name that is really there: garbage that is nearly right goes furthest. */
export interface Known {
	rooms: readonly string[]
	messages: readonly string[]
	members: readonly string[]
}

/** The same numbers for the same seed, so that a run that found something can be run again. */
export function seeded(seed: number) {
	let state = seed >>> 0
	return () => {
		state = (state + 0x6d2b79f5) >>> 0
		let mixed = Math.imul(state ^ (state >>> 15), state | 1)
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
	}
}

const files = (folder: string): string[] =>
	readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
	)

const wordsIn = (names: RegExp, words: RegExp) => [
	...new Set(
		files('app/features')
			.filter((name) => names.test(name))
			.flatMap((name) => [...readFileSync(name, 'utf8').matchAll(words)].map(([, word]) => word!)),
	),
]

/** Every event our sockets listen to, as their source names them; other things of that form do no harm here. */
export const eventNames = () => wordsIn(/\.socket\.server\.ts$/, /'((?!chat|errors)[a-z]+:[a-zA-Z-]+)'/g)
/** Every field that the rooms' schemas know. */
const fieldNames = () => wordsIn(/chat.*schema\.ts$/, /^\s*(?:export const .*\{ )?(\w+): /gm)

/** Names that are nobody's events. */
const RESERVED = [
	'error',
	'signed-out',
	'message:new',
	'__proto__',
	'constructor',
	'toString',
	'hasOwnProperty',
	'',
	' ',
	'nothing:like:this',
]
/** Names the protocol keeps for itself: whoever sends one is cut. */
const FORBIDDEN = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']
const KEYS = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'then',
	'toJSON',
	'length',
	'_placeholder',
	'num',
	'actor',
	'authorId',
	'',
]
const STRANGE = [
	'',
	' ',
	'\u0000',
	'a\u0000b',
	'\ud800',
	'\u202e\u2066',
	'👩‍👩‍👧‍👦',
	'مرحبا',
	"'; drop table messages; --",
	'{{7*7}}',
	'../../etc/passwd',
	'NaN',
	'1e999',
	'-0',
	'00000000-0000-0000-0000-000000000000',
	'{"ok":true}',
]
const LONG = ['x'.repeat(2_001), 'é'.repeat(6_001), 'y'.repeat(19_000)]
const NUMBERS = [
	0,
	-0,
	1,
	-1,
	0.5,
	2 ** 31,
	2 ** 53,
	2 ** 63,
	-(2 ** 63),
	1e308,
	Number.NaN,
	Number.POSITIVE_INFINITY,
]

/** How many are not even events: each costs the connection it comes on. */
const LINES = 0.004

export interface Packet {
	/** What is handed to `emit`, without an acknowledgement; or one line of the transport. */
	event?: [name: string, ...payload: unknown[]]
	raw?: string
	/** Whether it asks for an answer. */
	asks: boolean
}

/** Packets that no client of ours sends, from one seed. */
export class Garbage {
	readonly #random: () => number
	readonly #events = eventNames()
	readonly #fields = fieldNames()

	constructor(
		seed: number,
		readonly known: Known,
	) {
		this.#random = seeded(seed)
	}

	#chance = (share: number) => this.#random() < share
	#below = (count: number) => Math.floor(this.#random() * count)
	#one = <T>(list: readonly T[]): T => list[this.#below(list.length)]!

	#uuid() {
		const hex = Array.from({ length: 32 }, () => this.#below(16).toString(16)).join('')
		return hex.replace(/^(.{8})(.{3}).(.{3})..(.{3})(.{12}).*$/, '$1-$2a-4$3-9$4-$5')
	}

	#text() {
		if (this.#chance(0.4)) return this.#one(STRANGE)
		if (this.#chance(0.02)) return this.#one(LONG)
		const length = this.#below(40)
		return Array.from({ length }, () =>
			String.fromCharCode(this.#below(this.#chance(0.5) ? 128 : 65_536)),
		).join('')
	}

	/** Any JSON, the deeper the rarer. */
	#value(depth = 0): unknown {
		const kind = this.#below(depth > 6 ? 6 : 9)
		if (kind === 0) return null
		if (kind === 1) return this.#chance(0.5)
		if (kind === 2) return this.#one(NUMBERS)
		if (kind === 3) return this.#uuid()
		if (kind < 6) return this.#text()
		if (kind === 6) return this.#nest(this.#below(this.#chance(0.02) ? 2_000 : 12))
		if (kind === 7) return Array.from({ length: this.#below(6) }, () => this.#value(depth + 1))
		return this.#object(depth)
	}

	#nest(depth: number) {
		let inner: unknown = this.#text()
		for (let at = 0; at < depth; at += 1) inner = depth % 2 ? [inner] : { a: inner }
		return inner
	}

	#object(depth: number) {
		const count = this.#chance(0.02) ? 300 : this.#below(6)
		const pairs = Array.from({ length: count }, (_, at) => {
			const key = this.#chance(0.4) ? this.#one(KEYS) : this.#chance(0.6) ? this.#one(this.#fields) : `k${at}`
			return `${JSON.stringify(key)}:${JSON.stringify(this.#value(depth + 1)) ?? 'null'}`
		})
		// Parsed, so that "__proto__" is a key like any other.
		return JSON.parse(`{${pairs.join(',')}}`)
	}

	/** What a field of that name is likely to hold. */
	#likely(field: string): unknown {
		const { rooms, messages, members } = this.known
		if (field === 'room') return this.#chance(0.8) ? rooms[0] : this.#one(rooms)
		if (field === 'id' || field === 'replyTo' || field === 'translationOf') return this.#one(messages)
		if (field === 'ids') return [this.#one(messages)]
		if (/member|person|who/i.test(field)) return this.#one(members)
		if (field === 'key') return this.#uuid()
		if (/after|before|seq|step|minutes/.test(field)) return this.#below(1_000)
		if (/lang/.test(field)) return this.#one(['en', 'ar', 'xx'])
		return this.#chance(0.5) ? `words ${this.#below(1_000)}` : this.#value(3)
	}

	/** Nearly what the event asks for: some fields right, some wrong, some missing, some of nobody's. */
	#nearly() {
		const fields = [
			'room',
			'id',
			'key',
			'body',
			'words',
			'after',
			...this.#fields.filter(() => this.#chance(0.2)),
		]
		const pairs = fields
			.filter(() => this.#chance(0.95))
			.map((field) => [field, this.#chance(0.06) ? this.#value(2) : this.#likely(field)])
		return Object.fromEntries(pairs)
	}

	/** A line as the protocol has them, or nearly. */
	#line() {
		const namespace = this.#one(['', '/admin,', '/,', '/?,', '/__proto__,'])
		const id = this.#one(['', '0', '12', '99999999999999999999', '-1'])
		const json = this.#one([
			JSON.stringify([this.#one(this.#events), this.#value()]),
			JSON.stringify([this.#one(FORBIDDEN), this.#value()]),
			'[',
			'{}',
			'[]',
			'[7]',
			'"say"',
			'null',
			this.#text(),
		])
		return `${this.#one([...'0123456789'])}${this.#one(['', '1-', '1000-', '9'.repeat(12)])}${namespace}${id}${json}`.slice(
			0,
			15_000,
		)
	}

	next(): Packet {
		const asks = this.#chance(0.8)
		if (this.#chance(LINES)) return { raw: this.#line(), asks: false }
		const name = this.#chance(0.1) ? this.#one(RESERVED) : this.#one(this.#events)
		const payload = this.#chance(0.4)
			? [this.#nearly()]
			: Array.from({ length: this.#below(4) }, () => this.#value())
		return { event: [name, ...payload], asks }
	}
}
