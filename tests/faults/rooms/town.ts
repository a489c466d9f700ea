import { randomBytes } from 'node:crypto'
import path from 'node:path'
import postgres, { type Sql } from 'postgres'
import { openDatabase } from '../../../scripts/postgres.mjs'
import { findCluster, removeDatabase, removeLeftovers } from '../../../scripts/postgres-place.mjs'
import { startPostmaster, stopPostmaster } from '../../../scripts/postgres-postmaster.mjs'
import type { Ways } from './crowd'
import type { Row } from './history'
import { type Person, somePeople } from './people'
import { freePort, hasRedis, Redis } from './redis'
import { type RoomServer, startServer } from './servers'
import { aWire, keepCutting, type Wire } from './wire'

const DATABASE = 'rooms'
const WRITERS = 8
const READERS = 12

/** One process; two on one database with a Redis between them; two workers behind one port. */
export type Setup = '1 server' | '2 servers' | '2 workers'

/** One server of the town, with wires of its own to what it needs. */
export interface Place {
	port: number
	env: Record<string, string>
	server: RoomServer | undefined
	toDatabase: Wire
	toRedis: Wire
	/** From clients who speak to this server and no other. */
	direct: Wire
}

/** How far the clocks of the two servers are off, in milliseconds. */
const CLOCKS = [3_600_000, -3_600_000]

/**
 * Real processes on one database of their own: servers behind a balancer, Postgres, Redis, and wires between all of
 * them that can be made bad. Everything in it can be killed and started again.
 */
export class Town {
	/** Those that should be up just now. */
	serving: Place[] = []
	readonly wires = {} as Record<'good' | 'flaky' | 'slow', Wire>
	redis: Redis | undefined
	people: { writers: Person[]; readers: Person[] } = { writers: [], readers: [] }
	origin = ''
	admin!: Sql
	#database!: Awaited<ReturnType<typeof openDatabase>>
	#stopCutting = () => {}
	readonly #fallen: string[] = []
	#expected = new Set<RoomServer>()
	readonly #dataDir = path.resolve(`.data/faults-${process.pid}`)
	#places!: Record<Setup, Place[]>

	async open() {
		await removeLeftovers('.data')
		this.#database = await openDatabase({ dataDir: this.#dataDir, databases: [DATABASE] })
		this.admin = postgres(this.#database.adminUrl(DATABASE), {
			max: 2,
			onnotice: () => {},
			backoff: () => 0.2,
		})
		if (hasRedis()) {
			this.redis = new Redis(await freePort())
			await this.redis.start()
		}
		for (const way of ['good', 'flaky', 'slow'] as const) this.wires[way] = await aWire(() => this.#anyPort())
		this.origin = `http://127.0.0.1:${this.wires.good.port}`
		const secret = randomBytes(32).toString('base64url')
		const aPlace = (env: Record<string, string>) => this.#aPlace({ SESSION_SECRET: secret, ...env })
		const two = await Promise.all(CLOCKS.map((clock) => aPlace({ CLOCK_SKEW_MS: String(clock) })))
		for (const place of two) place.env.REDIS_URL = `redis://127.0.0.1:${place.toRedis.port}`
		this.#places = {
			'1 server': [await aPlace({})],
			'2 servers': two,
			'2 workers': [await aPlace({ WORKERS: '2' })],
		}
		await this.settle('1 server')
		await this.#invite()
		this.wires.slow.delay(40, 120)
	}

	/** Whether the bad networks are bad just now. */
	set rough(rough: boolean) {
		this.#stopCutting()
		if (rough) this.#stopCutting = keepCutting(this.wires.flaky, { least: 1_000, most: 4_000 })
	}

	async #aPlace(own: Record<string, string>): Promise<Place> {
		const databasePort = Number(new URL(this.#database.url(DATABASE)).port)
		const toDatabase = await aWire(() => databasePort)
		const url = new URL(this.#database.url(DATABASE))
		url.port = String(toDatabase.port)
		// Without a Redis the servers are given one that is always down: rooms must do without it.
		const redisPort = this.redis?.port ?? (await freePort())
		const toRedis = await aWire(() => redisPort)
		const port = await freePort()
		const env = {
			DATABASE_URL: url.href,
			ORIGIN: this.origin,
			LIMITS: 'off',
			EXAMPLE: '0',
			REGISTRATION: 'open',
			LOG_LEVEL: 'error',
			...own,
		}
		return { port, env, server: undefined, toDatabase, toRedis, direct: await aWire(() => port) }
	}

	async start(place: Place) {
		const server = await startServer(place.port, place.env)
		place.server = server
		void server.ended.then((how) => {
			if (!this.#expected.has(server)) this.#fallen.push(`${how}: ${server.lines.slice(-20).join('\n')}`)
			if (place.server === server) place.server = undefined
		})
	}

	/** Has this setup serve, and nothing else. */
	async settle(setup: Setup) {
		const places = this.#places[setup]
		const others = this.#everyPlace().filter((place) => !places.includes(place))
		await Promise.all(others.map((place) => this.end(place, 'SIGKILL')))
		this.serving = places
		await Promise.all(places.map((place) => place.server ?? this.start(place)))
	}

	#everyPlace = () => Object.values(this.#places ?? {}).flat()

	/** Ends a server; resolves with how it ended. */
	async end(place: Place, signal: NodeJS.Signals) {
		const { server } = place
		if (!server) return undefined
		this.#expected.add(server)
		server.kill(signal)
		return server.ended
	}

	/** Whom the balancer would send a new connection to. */
	#anyPort() {
		const up = this.serving.filter(({ server }) => server)
		return (up[Math.floor(Math.random() * up.length)] ?? this.serving[0]!).port
	}

	get ways(): Ways {
		const [one, other = one] = this.serving.map(({ direct }) => direct.port)
		return {
			good: this.wires.good.port,
			flaky: this.wires.flaky.port,
			slow: this.wires.slow.port,
			direct: [one!, other!],
		}
	}

	async #invite() {
		const names = (kind: string, count: number) =>
			Array.from({ length: count }, (_, at) => `${kind} ${at + 1}`)
		const writers = await this.join(names('Writer', WRITERS))
		this.people = { writers, readers: await this.join(names('Reader', READERS)) }
	}

	/** New members, by the form. */
	async join(names: readonly string[]): Promise<Person[]> {
		const people = await somePeople(this.origin, names)
		const rows = await this.admin<{ id: string; handle: string }[]>`
			select id, handle from members where handle in ${this.admin(names as string[])}`
		return people.map((person) => ({
			...person,
			id: rows.find(({ handle }) => handle === person.handle)!.id,
		}))
	}

	/** A role as if it had been given, and proved with a second factor in her browser. */
	async give({ id }: Person, role: 'mentor' | 'moderator' | 'coordinator') {
		await this.admin`insert into grants (member_id, role) values (${id}, ${role})`
		await this.admin`update sessions set second_factor_at = now() where member_id = ${id}`
	}

	rowsOf = async (room: string): Promise<Row[]> =>
		(
			await this.admin<(Omit<Row, 'seq' | 'at'> & { seq: string; at: Date })[]>`
				select id, seq, key, body, author_id as "authorId", created_at as at from messages where room_id = ${room}
				order by seq`
		).map((row) => ({ ...row, seq: Number(row.seq), at: row.at.getTime() }))

	async stopPostgres(mode: 'fast' | 'immediate') {
		await stopPostmaster(this.#cluster(), mode)
	}

	async startPostgres() {
		await startPostmaster(this.#cluster(), Number(new URL(this.#database.url(DATABASE)).port))
	}

	#cluster = () => findCluster(this.#dataDir, false, () => {})

	/** Ends every connection of the servers to the database, from its side. */
	async killBackends(): Promise<number> {
		const rows = await this.admin`
			select pg_terminate_backend(pid) from pg_stat_activity
			where application_name = 'mimosa' and datname = current_database()`
		return rows.length
	}

	/** Processes that ended though nobody ended them; also a worker that another one was started for. */
	get fallen() {
		return [
			...this.#fallen,
			...this.lines().filter((line) => /^ *process \d+ ended \((?!SIGKILL)/.test(line)),
		]
	}

	/** What the servers wrote: with their log level every line is a fault of ours. */
	lines = () => this.serving.flatMap(({ server }) => server?.lines ?? [])

	async close() {
		this.#stopCutting()
		await Promise.all(this.#everyPlace().map((place) => this.end(place, 'SIGKILL')))
		await this.admin?.end({ timeout: 5 })
		await this.redis?.stop()
		const wires = [
			...Object.values(this.wires),
			...this.#everyPlace().flatMap((place) => [place.direct, place.toDatabase, place.toRedis]),
		]
		await Promise.all(wires.map((wire) => wire?.close()))
		await this.#database?.stop()
		await removeDatabase(this.#dataDir)
	}
}
