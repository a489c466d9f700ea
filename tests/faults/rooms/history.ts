/** What was seen of a room while things broke, from the outside. Times are milliseconds of the one who looked on. */
export interface History {
	/** Everything a writer meant to say, whatever became of it. Bodies are told apart by their text alone. */
	intents: Intent[]
	acknowledgements: Acknowledgement[]
	screens: Screen[]
	/** The table afterwards, in any order. */
	rows: Row[]
	removals: Removal[]
	/** Numbers of the room that went to something other than a message. */
	otherNumbers?: readonly number[]
}

export interface Intent {
	writer: string
	/** Her own count, from 0. Null for one who sends several at once, to whom no order was promised. */
	number: number | null
	body: string
	begunAt: number
}

/** A message as a screen or an answer names it. */
export interface Said {
	id: string
	seq: number
	key: string
	body: string
}

export interface Acknowledgement extends Said {
	at: number
}

export interface Row extends Said {
	authorId: string | null
	/** The clock of the database when it was written. */
	at: number
}

export interface Screen {
	name: string
	/** Every message in the order in which it came up. */
	shown: Said[]
	/** What it showed at the end; undefined for a page that was closed before. */
	end?: Said[]
	/** What was wrong within one picture of it, seen on the spot. */
	wrong: string[]
	/** Whose words it must not show, by author; the rest is compared. */
	unseen?: ReadonlySet<string>
}

/** Someone taken out: of a room, of a session, out of another's sight. */
export interface Removal {
	name: string
	/** When the one who took her out was told that it is done. */
	at: number
	/** How long after that it may take to reach her connection; 0 where one process holds both. */
	within: number
	/** What arrived of the room. `body` is the text that must not reach her. */
	heard: { at: number; body: string }[]
	/** Bytes that still arrived on a connection that should have ended; 0 where it may stay. */
	bytesAfter: number
}

/** How long after the answer the youngest words were begun that still reached her; 0 when none did. */
export const reachedAfter = ({ at, heard }: Removal, intents: readonly Intent[]) => {
	const begunAt = new Map(intents.map((intent) => [intent.body, intent.begunAt]))
	return Math.max(0, ...heard.map(({ body }) => (begunAt.get(body) ?? 0) - at))
}

export interface Verdict {
	said: number
	acknowledged: number
	/** Acknowledged or written, and missing in the table or on a screen. */
	lost: string[]
	/** Said once, and there twice. */
	doubled: string[]
	outOfOrder: string[]
	toRemoved: string[]
	/** Never confirmed to its writer, though everything worked again. */
	unsent: string[]
}

/** Every promise a room makes, compared with what was seen. Lists name the first word of what broke it. */
export function check(history: History): Verdict {
	const rows = [...history.rows].sort((a, b) => a.seq - b.seq)
	return {
		said: history.intents.length,
		acknowledged: new Set(history.acknowledgements.map(({ key }) => key)).size,
		lost: [...lostAcknowledgements(history, rows), ...lostOnScreens(history, rows)],
		doubled: [...doubledRows(history, rows), ...doubledOnScreens(history)],
		outOfOrder: [
			...numbersOutOfOrder(history, rows),
			...writersOutOfOrder(history, rows),
			...timesOutOfOrder(history),
			...screensOutOfOrder(history, rows),
		],
		toRemoved: history.removals.flatMap((removal) => heardTooLate(removal, history.intents)),
		unsent: unsent(history),
	}
}

export const isGood = ({ lost, doubled, outOfOrder, toRemoved, unsent: never }: Verdict) =>
	[lost, doubled, outOfOrder, toRemoved, never].every((list) => list.length === 0)

const same = (a: Said, b: Said) => a.id === b.id && a.seq === b.seq && a.key === b.key && a.body === b.body

function lostAcknowledgements({ acknowledgements }: History, rows: Row[]) {
	const byId = new Map(rows.map((row) => [row.id, row]))
	return acknowledgements.flatMap((told) => {
		const row = byId.get(told.id)
		if (!row) return [`${told.body} was acknowledged and is not in the table`]
		return same(row, told) ? [] : [`${told.body} was acknowledged as another than it was written`]
	})
}

function lostOnScreens({ screens }: History, rows: Row[]) {
	return screens.flatMap(({ name, shown, end, unseen }) => {
		const seen = new Set(shown.map(({ id }) => id))
		// A page that was closed owes everything up to where it was.
		const upTo = end ? Number.POSITIVE_INFINITY : Math.max(0, ...shown.map(({ seq }) => seq))
		return rows
			.filter(({ id, seq, authorId }) => seq <= upTo && !seen.has(id) && !unseen?.has(authorId ?? ''))
			.map(({ body }) => `${body} never came up on the screen of ${name}`)
	})
}

function twice<T>(list: readonly T[], name: (one: T) => string) {
	const seen = new Set<string>()
	return list.filter((one) => seen.size === seen.add(name(one)).size)
}

function doubledRows({ acknowledgements }: History, rows: Row[]) {
	const idOfKey = new Map<string, string>()
	const answers = acknowledgements.flatMap(({ key, id, body }) => {
		const known = idOfKey.get(key) ?? id
		idOfKey.set(key, known)
		return known === id ? [] : [`${body} was acknowledged as two messages`]
	})
	return [
		...twice(rows, ({ body }) => body).map(({ body }) => `${body} is in the table twice`),
		...twice(rows, ({ authorId, key }) => `${authorId} ${key}`).map(
			({ body }) => `the key of ${body} is taken twice`,
		),
		...answers,
	]
}

const doubledOnScreens = ({ screens }: History) =>
	screens.flatMap(({ name, shown, end = [], wrong }) => [
		...wrong.map((what) => `${name}: ${what}`),
		...twice(shown, ({ id }) => id).map(({ body }) => `${body} came up twice on the screen of ${name}`),
		...twice(end, ({ body }) => body).map(({ body }) => `${body} stands twice on the screen of ${name}`),
	])

/** The numbers of a room are 1, 2, 3 without a gap and without a double. */
function numbersOutOfOrder({ otherNumbers = [] }: History, rows: Row[]) {
	const given = [...rows.map(({ seq }) => seq), ...otherNumbers].sort((a, b) => a - b)
	const at = given.findIndex((seq, index) => seq !== index + 1)
	return at < 0 ? [] : [`number ${at + 1} of the room is ${given[at]}`]
}

/** Hers stand in the order in which she wrote them. */
function writersOutOfOrder({ intents }: History, rows: Row[]) {
	const numberOf = new Map(intents.map(({ body, writer, number }) => [body, { writer, number }]))
	const last = new Map<string, number>()
	return rows.flatMap(({ body }) => {
		const intent = numberOf.get(body)
		if (!intent) return [`${body} was never written by anyone`]
		const { writer, number } = intent
		if (number === null) return []
		const before = last.get(writer) ?? -1
		last.set(writer, Math.max(before, number))
		return number > before ? [] : [`${body} stands after number ${before} of ${writer}`]
	})
}

/** What was begun after another was acknowledged stands after it, whoever wrote the two. */
function timesOutOfOrder({ intents, acknowledgements }: History) {
	const seqOf = new Map(acknowledgements.map(({ body, seq }) => [body, seq]))
	const events = [
		...acknowledgements.map(({ at, seq, body }) => ({ at, seq, body, begun: false })),
		...intents.flatMap(({ begunAt, body }) => {
			const seq = seqOf.get(body)
			return seq === undefined ? [] : [{ at: begunAt, seq, body, begun: true }]
		}),
	].sort((a, b) => a.at - b.at || Number(b.begun) - Number(a.begun))
	let highest = 0
	return events.flatMap(({ seq, body, begun }) => {
		if (!begun) highest = Math.max(highest, seq)
		return begun && seq < highest ? [`${body} was begun after number ${highest} and stands before it`] : []
	})
}

function screensOutOfOrder({ screens }: History, rows: Row[]) {
	const byId = new Map(rows.map((row) => [row.id, row]))
	return screens.flatMap(({ name, shown, end = [] }) => {
		const climbs = (list: Said[]) => list.findIndex((one, at) => at > 0 && one.seq <= list[at - 1]!.seq)
		const [rose, stood] = [climbs(shown), climbs(end)]
		return [
			...(rose < 0 ? [] : [`${shown[rose]!.body} came up above what ${name} had read`]),
			...(stood < 0 ? [] : [`${end[stood]!.body} stands at a wrong place on the screen of ${name}`]),
			...shown.flatMap((one) => {
				const row = byId.get(one.id)
				if (!row) return [`${name} was shown ${one.body}, which is not in the table`]
				return same(row, one) ? [] : [`${name} was shown another ${one.body} than was written`]
			}),
		]
	})
}

function heardTooLate({ name, at, within, heard, bytesAfter }: Removal, intents: Intent[]) {
	const begunAt = new Map(intents.map((intent) => [intent.body, intent.begunAt]))
	const late = heard.filter(({ body }) => (begunAt.get(body) ?? Number.POSITIVE_INFINITY) > at + within)
	return [
		...late.map(({ body }) => `${name} was told ${body}, begun after she was taken out`),
		...(bytesAfter > 0 ? [`${name} was sent ${bytesAfter} bytes after she was taken out`] : []),
	]
}

function unsent({ intents, acknowledgements, rows }: History) {
	const arrived = new Set([...acknowledgements, ...rows].map(({ body }) => body))
	return intents.filter(({ body }) => !arrived.has(body)).map(({ body }) => `${body} was never sent`)
}
