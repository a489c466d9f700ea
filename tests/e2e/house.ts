import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import * as OTPAuth from 'otpauth'
import postgres from 'postgres'
import { urlOfRunning } from '../../scripts/postgres.mjs'
import { removeDatabase } from '../../scripts/postgres-place.mjs'

export const E2E_PORT = 34_567
const DATA_DIR = path.resolve('.data/e2e')
const UP_WITHIN_MS = 120_000

/** A woman of the example community who can sign in, as the terminal named her. */
export interface SignIn {
	handle: string
	passphrase: string
	/** Key of the second step, for staff. */
	key?: string
}

/** Reads the lines that `npm start` prints for the example. */
function readSignIns(output: string): Record<string, SignIn> {
	const lines = output.matchAll(
		/Sign in as a (\w+): \u2068(.+?)\u2069 · ([^·\n]+?)(?: · .*example:code (\w+))?\s*$/gm,
	)
	return Object.fromEntries(
		[...lines].map(([, role, handle, passphrase, key]) => [
			role!,
			{ handle: handle!, passphrase: passphrase!, key },
		]),
	)
}

export interface House {
	signIns: Record<string, SignIn>
	stop(signal?: NodeJS.Signals): Promise<number | null>
	output(): string
}

/** Starts the product the way a newcomer does, on its own data. Rejects with what it printed when it does not come up. */
export function startHouse(env: Record<string, string>): Promise<House> {
	const child: ChildProcess = spawn(process.execPath, ['scripts/start.mjs'], {
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	let output = ''
	const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
	const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
		child.kill(signal)
		return ended
	}
	return new Promise((resolve, reject) => {
		const late = setTimeout(() => {
			child.kill('SIGTERM')
			reject(new Error(`it did not come up:\n${output}`))
		}, UP_WITHIN_MS)
		const hear = (chunk: Buffer) => {
			output += chunk
			if (!output.includes('Ctrl-C stops it.')) return
			clearTimeout(late)
			resolve({ signIns: readSignIns(output), stop, output: () => output })
		}
		child.stdout?.on('data', hear)
		child.stderr?.on('data', hear)
		void ended.then((code) => {
			clearTimeout(late)
			reject(new Error(`it ended with ${code}:\n${output}`))
		})
	})
}

/** Asks the database of the example community that all journeys share: to turn a clock back, which no page can. */
export async function inExample<T>(ask: (sql: postgres.Sql) => Promise<T>): Promise<T> {
	const sql = postgres(await urlOfRunning(DATA_DIR, 'mimosa_example'), { max: 1, onnotice: () => {} })
	try {
		return await ask(sql)
	} finally {
		await sql.end({ timeout: 5 })
	}
}

const ORIGIN = `http://localhost:${E2E_PORT}`

async function post(address: string, fields: Record<string, string>, cookie = '') {
	const headers = { origin: ORIGIN, 'sec-fetch-site': 'same-origin', cookie }
	const body = new URLSearchParams(fields)
	return fetch(ORIGIN + address, { method: 'POST', body, headers, redirect: 'manual' })
}

/** Signs one of them in and gives the cookie of her session; staff with their second step, which works once. */
async function openSession({ handle, passphrase, key }: SignIn): Promise<string> {
	const entered = await post('/sign-in', { handle, passphrase, device: 'own' })
	const cookie = /mimosa=([\w-]+)/.exec(entered.headers.get('set-cookie') ?? '')?.[1]
	if (!cookie) throw new Error(`signing in was answered with ${entered.status}`)
	if (!key) return cookie
	const code = new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(key) }).generate()
	const given = await post('/sign-in/second', { code, intent: 'give' }, `mimosa=${cookie}`)
	if (given.status >= 400) throw new Error(`the second step was answered with ${given.status}`)
	// The step may come with a cookie of its own.
	return /mimosa=([\w-]{43})/.exec(given.headers.get('set-cookie') ?? '')?.[1] ?? cookie
}

/** Playwright's global set-up: one example community for all journeys, made anew. */
export default async function setup() {
	await removeDatabase(DATA_DIR)
	const house = await startHouse({
		DATA_DIR,
		PORT: String(E2E_PORT),
		EXAMPLE: '1',
		PSEUDO_LOCALES: '1',
		LOG_LEVEL: 'warn',
		// Some limits are counted by each process for itself: here as if there were one.
		WORKERS: '1',
		// Browsers say themselves what a balancer would: by which line each woman comes (`aPerson`).
		TRUST_PROXY: '1',
	})
	process.env.MIMOSA_SIGN_INS = JSON.stringify(house.signIns)
	const sessions: Record<string, string> = {}
	for (const [role, who] of Object.entries(house.signIns)) sessions[role] = await openSession(who)
	process.env.MIMOSA_SESSIONS = JSON.stringify(sessions)
	return async () => {
		await house.stop()
	}
}
