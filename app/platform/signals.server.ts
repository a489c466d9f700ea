import { randomUUID, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { aside } from './aside.server'
import { type Carrier, carryBetweenWorkers, carryByRedis, type OpenCarrier } from './carriers.server'
import { env } from './env.server'
import { logFault } from './log.server'
import { once } from './once.server'
import { keyedHash } from './secret.server'

type Listener = { schema: z.ZodType; hear(payload: unknown): void | Promise<void> }
type Said = [name: string, payload: unknown]

const SIGNALS_A_PACKET = 200
const MAC_LENGTH = 64
const Packet = z.tuple([z.string(), z.array(z.tuple([z.string(), z.unknown()])).max(SIGNALS_A_PACKET)])

const state = once('signals', () => ({
	me: randomUUID(),
	carrier: undefined as Carrier | undefined,
	listeners: new Map<string, Listener>(),
	outgoing: new Map<string, Said>(),
	deaf: false,
}))

const macOf = (text: string) => keyedHash('signals', text)

/** Whoever reaches Redis could say anything there: what our secret did not sign is nobody's. */
function isOurs(packet: string) {
	const [mac, text] = [packet.slice(0, MAC_LENGTH), packet.slice(MAC_LENGTH)]
	const [given, wanted] = [Buffer.from(mac), Buffer.from(macOf(text))]
	return given.length === wanted.length && timingSafeEqual(given, wanted)
}

async function hearOne([name, payload]: Said) {
	const listener = state.listeners.get(name)
	const heard = listener?.schema.safeParse(payload)
	if (heard?.success) await listener?.hear(heard.data)
}

function hear(packet: string) {
	if (state.deaf) return
	try {
		if (!isOurs(packet)) return
		const [from, signals] = Packet.parse(JSON.parse(packet.slice(MAC_LENGTH)))
		if (from === state.me) return
		for (const said of signals) aside('signals', () => hearOne(said))
	} catch (error) {
		logFault('signals', error)
	}
}

function flush() {
	const signals = [...state.outgoing.values()]
	state.outgoing.clear()
	for (let at = 0; at < signals.length; at += SIGNALS_A_PACKET) {
		const text = JSON.stringify([state.me, signals.slice(at, at + SIGNALS_A_PACKET)])
		state.carrier?.send(macOf(text) + text)
	}
}

/**
 * A kind of signal: ids and numbers, never anyone's words. `hear` is called for those of other processes only. Returns
 * what sends one, after COMMIT. `of`: what it is about, where the newest of one moment says all; the others stay unsent.
 */
export function signal<Schema extends z.ZodType>(
	name: string,
	schema: Schema,
	hear: (payload: z.output<Schema>) => void | Promise<void>,
	of?: (payload: z.input<Schema>) => string,
) {
	state.listeners.set(name, { schema, hear: hear as Listener['hear'] })
	return (payload: z.input<Schema>) => {
		if (!state.carrier) return
		if (state.outgoing.size === 0) setImmediate(flush)
		const key = of?.(payload) ?? String(state.outgoing.size)
		state.outgoing.set(`${name} ${key}`, [name, payload])
	}
}

function carrierFor({ redisUrl, worker }: ReturnType<typeof env>): OpenCarrier | undefined {
	if (redisUrl) return carryByRedis(redisUrl, `mimosa:${macOf('channel').slice(0, 16)}`)
	return worker ? carryBetweenWorkers : undefined
}

/** Begins to hear and to be heard. Nothing waits for it: without a carrier the process serves all the same. */
export function openSignals() {
	state.deaf = false
	state.carrier ??= carrierFor(env())?.(hear)
}

/** It leaves: what it heard now it would do for nobody, and meet a database that is closed. It goes on speaking. */
export function stopHearing() {
	state.deaf = true
}

/** Last of all: what is done while the server leaves must still be heard. */
export async function closeSignals() {
	flush()
	const { carrier } = state
	state.carrier = undefined
	await carrier?.close()
}

/** Whether signals get through just now; undefined where there is nobody to hear them. */
export const signalsGetThrough = () => state.carrier?.isUp()
