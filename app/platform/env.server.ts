import { StartError } from './errors'

type Registration = 'open' | 'code' | 'approval'
type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** The installation's settings, read once. Every one is optional; a wrong one stops the start. */
export interface Env {
	databaseUrl: string
	/** The role that owns the tables, for migrations; the same as `databaseUrl` where only one role is set up. */
	databaseOwnerUrl: string
	host: string
	port: number
	/** Origins a form or a socket may come from; the first one is used to build links. */
	origins: [string, ...string[]]
	https: boolean
	/** Proxies in front whose `X-Forwarded-For` is believed. */
	trustProxy: number
	sessionSecret: string
	/** The invented community is loaded and every page says so. */
	example: boolean
	registration: Registration
	exitUrl: string
	metricsToken: string | null
	logLevel: LogLevel
	/** A machine that drafts translations (LibreTranslate's protocol); null: none, and nothing is ever sent. */
	translate: { url: string; key: string | null } | null
	/** Carries signals between machines; null: this machine serves alone. */
	redisUrl: string | null
	/** Which of the processes of this machine it is, and the folder of the doors they reach each other by; null: the only one. */
	worker: { slot: number; doors: string } | null
	/** Other processes serve the same community, be it while they replace this one: what they do must be heard of here. */
	several: boolean
	/** Off only for the load rig, and only on loopback. */
	limits: boolean
	production: boolean
}

type Source = Record<string, string | undefined>
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]'])

function oneOf<T extends string>(source: Source, name: string, values: readonly T[], fallback: T): T {
	const value = source[name]
	if (value === undefined || value === '') return fallback
	if ((values as readonly string[]).includes(value)) return value as T
	throw new StartError(`${name} is "${value}", but it must be one of: ${values.join(', ')}.`)
}

function wholeNumber(source: Source, name: string, [low, high]: [number, number], fallback: number) {
	const value = source[name]
	if (value === undefined || value === '') return fallback
	const number = Number(value)
	if (/^\d+$/.test(value) && number >= low && number <= high) return number
	throw new StartError(`${name} is "${value}", but it must be a whole number from ${low} to ${high}.`)
}

function url(name: string, value: string, protocols: string[]) {
	let parsed: URL
	try {
		parsed = new URL(value)
	} catch {
		throw new StartError(`${name} is not an address. It should begin with ${protocols.join('// or ')}//.`)
	}
	if (protocols.includes(parsed.protocol)) return parsed
	throw new StartError(`${name} must begin with ${protocols.join('// or ')}//.`)
}

function readOrigins(source: Source, host: string, port: number): [string, ...string[]] {
	const given = source.ORIGIN
	if (!given) {
		if (LOOPBACK.has(host))
			return [`http://localhost:${port}`, `http://127.0.0.1:${port}`, `http://[::1]:${port}`]
		throw new StartError(
			`HOST is "${host}", so ORIGIN must say the address people type, such as https://example.org.`,
		)
	}
	const origin = url('ORIGIN', given, ['https:', 'http:'])
	if (origin.pathname !== '/' || origin.search || origin.hash) {
		throw new StartError(
			'ORIGIN must be only the scheme, the host and the port, such as https://example.org.',
		)
	}
	if (origin.protocol === 'http:' && !LOOPBACK.has(origin.hostname) && source.INSECURE_LAN !== '1') {
		throw new StartError(
			'ORIGIN is plain http. Use https, or set INSECURE_LAN=1 for a trial on a network you trust.',
		)
	}
	return [origin.origin]
}

function readSecret(source: Source) {
	const secret = source.SESSION_SECRET
	if (!secret)
		throw new StartError('SESSION_SECRET is not set. Give it 32 random characters or more, and keep them.')
	if (secret.length < 32 || new Set(secret).size < 10) {
		throw new StartError('SESSION_SECRET is too easy to guess. Give it 32 random characters or more.')
	}
	return secret
}

function readDatabase(source: Source, name: string) {
	const value = source[name]
	if (!value) throw new StartError(`${name} is not set. Run "npm start", which brings its own database.`)
	url(name, value, ['postgres:', 'postgresql:'])
	return value
}

/** Posts leave this machine only over https, or to a neighbour that a plain host name reaches. */
function readTranslate(source: Source) {
	const [value, key] = [source.TRANSLATE_URL, source.TRANSLATE_KEY || null]
	if (!value && key) throw new StartError('TRANSLATE_KEY is set, but TRANSLATE_URL is not.')
	if (!value) return null
	const parsed = url('TRANSLATE_URL', value, ['https:', 'http:'])
	if (parsed.username || parsed.password || parsed.search || parsed.hash) {
		throw new StartError('TRANSLATE_URL must be only an address; a key goes into TRANSLATE_KEY.')
	}
	const near = LOOPBACK.has(parsed.hostname) || /^[a-z][a-z0-9-]*$/i.test(parsed.hostname)
	if (parsed.protocol === 'http:' && !near) {
		throw new StartError('TRANSLATE_URL is plain http to another machine. Use https.')
	}
	return { url: parsed.href.replace(/\/+$/, ''), key }
}

/** As many as scripts/worker-count.mjs allows, and one that is about to take the place of another. */
const SLOTS = 65

function readRedis({ REDIS_URL: value }: Source) {
	if (!value) return null
	const { pathname, href } = url('REDIS_URL', value, ['rediss:', 'redis:'])
	if (/^\/?\d*$/.test(pathname)) return href
	throw new StartError('REDIS_URL may have only the number of a database after the host and the port.')
}

function readProcesses(source: Source) {
	const redisUrl = readRedis(source)
	// Set by scripts/workers.mjs for each process it starts; how many those are is its business.
	const slot = wholeNumber(source, 'WORKER_SLOT', [1, SLOTS], 0)
	const worker = slot > 0 && source.WORKER_DOORS ? { slot, doors: source.WORKER_DOORS } : null
	return { redisUrl, worker, several: worker !== null || redisUrl !== null }
}

function readToken({ METRICS_TOKEN: token }: Source) {
	if (!token) return null
	if (token.length >= 16) return token
	throw new StartError('METRICS_TOKEN must have 16 characters or more.')
}

function readLimits(source: Source, host: string) {
	const limits = oneOf(source, 'LIMITS', ['on', 'off'], 'on') === 'on'
	if (limits || LOOPBACK.has(host)) return limits
	throw new StartError('LIMITS=off is only for measuring on this machine.')
}

/** Has each reader go on where another one found a fault, for whoever sets a server up mends all of them at once. */
function collectFaults() {
	const faults = new Set<string>()
	/** Gives nothing where it collects a fault: so what is built of it must not be used before `faults` was looked at. */
	const from = <T>(read: () => T): T => {
		try {
			return read()
		} catch (error) {
			if (!(error instanceof StartError)) throw error
			faults.add(error.message)
			return undefined as T
		}
	}
	return { from, faults }
}

/** Reads and checks the environment. Throws `StartError` with one line for each fault. */
export function readEnv(source: Source = process.env): Env {
	const { from, faults } = collectFaults()
	const host = source.HOST || '127.0.0.1'
	const port = from(() => wholeNumber(source, 'PORT', [1, 65535], 3000))
	const origins = from(() => readOrigins(source, host, port))
	const example = from(() => oneOf(source, 'EXAMPLE', ['0', '1'], '0')) === '1'
	const databaseUrl = from(() => readDatabase(source, 'DATABASE_URL'))
	const owner = source.DATABASE_OWNER_URL && from(() => readDatabase(source, 'DATABASE_OWNER_URL'))
	from(() => oneOf(source, 'INSECURE_LAN', ['0', '1'], '0'))
	const read: Env = {
		databaseUrl,
		databaseOwnerUrl: owner || databaseUrl,
		host,
		port,
		origins,
		https: origins?.[0].startsWith('https:'),
		trustProxy: from(() => wholeNumber(source, 'TRUST_PROXY', [0, 5], 0)),
		sessionSecret: from(() => readSecret(source)),
		example,
		registration: from(() =>
			oneOf(source, 'REGISTRATION', ['open', 'code', 'approval'], example ? 'open' : 'code'),
		),
		exitUrl: from(() => url('EXIT_URL', source.EXIT_URL || 'https://www.wikipedia.org/', ['https:']).href),
		metricsToken: from(() => readToken(source)),
		translate: from(() => readTranslate(source)),
		...from(() => readProcesses(source)),
		logLevel: from(() => oneOf(source, 'LOG_LEVEL', ['silent', 'error', 'warn', 'info', 'debug'], 'info')),
		limits: from(() => readLimits(source, host)),
		production: source.NODE_ENV !== 'development' && source.NODE_ENV !== 'test',
	}
	if (faults.size > 0) throw new StartError([...faults].join('\n'))
	return read
}

/** Whether the languages nobody speaks are served (`app/platform/i18n/pseudo.ts`): for looking at the example only. */
export function usesPseudoLocales(source: Source = process.env): boolean {
	const asked = oneOf(source, 'PSEUDO_LOCALES', ['0', '1'], '0') === '1'
	if (asked && source.EXAMPLE !== '1') throw new StartError('PSEUDO_LOCALES=1 is only for EXAMPLE=1.')
	return asked
}

let current: Env | undefined

/** The settings in force. */
export function env(): Env {
	current ??= readEnv()
	return current
}
