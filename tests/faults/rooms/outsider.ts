import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Intent, Removal, Row } from './history'
import type { Parting } from './partings'
import type { Person } from './people'
import { aRoom } from './rooms'
import { aSocket, IN_A_HURRY } from './screen'
import type { Place, Setup, Town } from './town'

const STILL_HERE = 'still here'
const SAYS_EVERY_MS = 25
/** Several are taken out at once, on a machine of two cores. */
const HEARS_WITHIN_MS = 10_000
const AFTER_MS = 1_500
/** How long what was written to a connection before may lie in buffers of this machine. */
const IN_BUFFERS_MS = 100
/** From one process to another (the issue: "cuts sockets on every process within 1 s"). */
const ACROSS_PROCESSES_MS = 1_000

/** Posts a form to one certain server. Resolves with the moment at which the answer began. */
function postTo(
	town: Town,
	place: Place,
	{ path, fields, by }: ReturnType<Parting['form']>,
): Promise<number> {
	const body = new URLSearchParams(fields).toString()
	const headers = {
		host: new URL(town.origin).host,
		origin: town.origin,
		'sec-fetch-site': 'same-origin',
		'content-type': 'application/x-www-form-urlencoded',
		'content-length': Buffer.byteLength(body),
		cookie: by.cookie,
	}
	return new Promise((resolve, reject) => {
		const asked = request({ port: place.port, host: '127.0.0.1', method: 'POST', path, headers })
		asked.on('error', reject)
		asked.on('response', (answer) => {
			answer.resume()
			if (answer.statusCode === 302 || answer.statusCode === 303) resolve(performance.now())
			else reject(new Error(`${path} was answered with ${answer.statusCode}`))
		})
		asked.end(body)
	})
}

/** Says something over and over on every server, until told to stop. */
class Talker {
	readonly intents: Intent[] = []
	readonly #sockets: ReturnType<typeof aSocket>[]
	#timer: NodeJS.Timeout | undefined

	constructor(
		town: Town,
		readonly person: Person,
		readonly room: string,
	) {
		this.#sockets = [0, 1].map((at) =>
			aSocket({ port: town.ways.direct[at]!, origin: town.origin, person, patience: IN_A_HURRY }),
		)
	}

	async begin() {
		for (const socket of this.#sockets) await enter(socket, this.room)
		for (const socket of this.#sockets) socket.on('connect', () => void enter(socket, this.room))
		let number = 0
		this.#timer = setInterval(() => {
			const socket = this.#sockets[number % this.#sockets.length]!
			if (!socket.connected) return
			const body = `${this.person.handle} in ${this.room.slice(0, 4)} ${number++}`
			this.intents.push({ writer: this.person.handle, number: null, body, begunAt: performance.now() })
			socket.emit('message:send', { room: this.room, key: randomUUID(), body }, () => {})
		}, SAYS_EVERY_MS)
	}

	end() {
		clearInterval(this.#timer)
		for (const socket of this.#sockets) socket.removeAllListeners().disconnect()
	}
}

/** Connects if need be and enters; whether she was let in. */
async function enter(socket: ReturnType<typeof aSocket>, room: string): Promise<boolean> {
	if (!socket.connected) {
		const connected = new Promise((resolve) => socket.once('connect', () => resolve(true)))
		socket.connect()
		if (!(await Promise.race([connected, sleep(3_000, false)]))) return false
	}
	const answer = (await socket
		.timeout(2_000)
		.emitWithAck('room:join', { room, after: 0 })
		.catch(() => undefined)) as { ok?: boolean } | undefined
	return answer?.ok === true
}

/** The client of the one who is taken out: it writes down all that comes, and does not take it for an answer. */
class Outsider {
	readonly #told: { at: number; seq: number; body: string | undefined; name: string }[] = []
	readonly #socket: ReturnType<typeof aSocket>
	bytesAfter = 0

	constructor(
		town: Town,
		person: Person,
		readonly room: string,
	) {
		this.#socket = aSocket({
			port: town.ways.direct[0],
			origin: town.origin,
			person,
			patience: IN_A_HURRY,
		})
		this.#socket.onAny(
			(name: string, change: { room?: string; seq?: number; message?: { body: string } }) => {
				if (change?.room !== room) return
				this.#told.push({ at: performance.now(), seq: change.seq ?? 0, body: change.message?.body, name })
			},
		)
	}

	enter = () => enter(this.#socket, this.room)

	/** Waits for the first words; whether they came. */
	async hears() {
		const since = performance.now()
		while (this.#told.length === 0 && performance.now() - since < HEARS_WITHIN_MS) await sleep(50)
		return this.#told.length > 0
	}

	/** Counts what still comes on the connection she has now, from a moment on. */
	countBytesFrom(from: number) {
		this.#socket.io.engine.on('data', (data: string) => {
			if (performance.now() > from) this.bytesAfter += data.length
		})
	}

	/** By a new connection she gets no further, and nothing she writes is kept. */
	async comeBack() {
		const letIn = await this.enter()
		this.#socket.emit('message:send', { room: this.room, key: randomUUID(), body: STILL_HERE }, () => {})
		await sleep(200)
		return letIn ? ['she was let in again'] : []
	}

	/** Whose words came, or how far the room was; the latter only where the room is not hers any more. */
	heard(rows: readonly Row[], ends: Parting['ends']) {
		const bodyOf = new Map(rows.map(({ seq, body }) => [seq, body]))
		return this.#told.flatMap(({ at, seq, body, name }) => {
			if (ends === 'words' && name === 'room:changed') return []
			const said = body ?? bodyOf.get(seq)
			return said ? [{ at, body: said }] : []
		})
	}

	end() {
		this.#socket.removeAllListeners().disconnect()
	}
}

interface Parted {
	intents: Intent[]
	rows: Row[]
	removal: Removal
	/** What was wrong with the parting itself, or with her return. */
	wrong: string[]
}

/** Takes a woman out while another talks, and listens on. */
export async function partAndListen(town: Town, parting: Parting, setup: Setup): Promise<Parted> {
	const suffix = randomUUID().slice(0, 6)
	const names = [`Gone ${suffix}`, `Talker ${suffix}`, `Coordinator ${suffix}`]
	const [gone, talker, coordinator] = (await town.join(names)) as [Person, Person, Person]
	await town.give(talker, 'mentor')
	await town.give(coordinator, 'coordinator')
	const room = await aRoom(town.admin, parting.room, parting.room === 'open' ? [] : [talker, gone])
	const [talking, outsider] = [new Talker(town, talker, room), new Outsider(town, gone, room)]
	try {
		const wrong = (await outsider.enter()) ? [] : ['she could not enter before']
		await talking.begin()
		if (!(await outsider.hears())) wrong.push('she heard nothing before')
		const within = setup === '1 server' ? 0 : ACROSS_PROCESSES_MS
		const at = await postTo(town, town.serving.at(-1)!, parting.form({ room, gone, talker, coordinator }))
		if (parting.ends === 'connection') outsider.countBytesFrom(at + within + IN_BUFFERS_MS)
		await sleep(AFTER_MS + within)
		if (parting.ends !== 'words') wrong.push(...(await outsider.comeBack()))
		const rows = await town.rowsOf(room)
		if (rows.some(({ body }) => body === STILL_HERE)) wrong.push('what she wrote afterwards was kept')
		const { bytesAfter } = outsider
		const heard = outsider.heard(rows, parting.ends)
		const removal = { name: `Gone (${parting.name})`, at, within, heard, bytesAfter }
		return { intents: talking.intents, rows, removal, wrong }
	} finally {
		talking.end()
		outsider.end()
	}
}
