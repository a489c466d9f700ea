import { resolve } from 'node:path'
import { tsImport } from 'tsx/esm/api'

/** @typedef {import('../tests/e2e/house').House} House */

const PORT = 45690
const SETTINGS = {
	DATA_DIR: resolve('.data/gate'),
	PORT: String(PORT),
	EXAMPLE: '1',
	LOG_LEVEL: 'error',
	// Twenty women behind one address are one address to the limits, and it is the hashing that is measured.
	LIMITS: 'off',
}
const START_WITHIN_MS = 3_000
const AT_ONCE = 20
const ROUNDS = 10
const SIGN_IN_WITHIN_MS = 2_000

/** The product as `npm start` brings it up, and the milliseconds that took. @returns {Promise<{ house: House, took: number }>} */
async function open() {
	const { startHouse } = await tsImport('../tests/e2e/house.ts', import.meta.url)
	const began = performance.now()
	const house = await startHouse(SETTINGS)
	return { house, took: performance.now() - began }
}

const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(2)} s`

/** How long a start takes when all is there: packages, build, database and example. */
export async function measureSecondStart() {
	const first = await open()
	await first.house.stop()
	const { house, took } = await open()
	await house.stop()
	return { ok: took <= START_WITHIN_MS, said: `${seconds(took)}, at most ${seconds(START_WITHIN_MS)}` }
}

/** @param {{ handle: string, passphrase: string }} who @returns {Promise<number>} milliseconds until she is in */
async function signIn({ handle, passphrase }) {
	const origin = `http://localhost:${PORT}`
	const began = performance.now()
	const answer = await fetch(`${origin}/sign-in`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin, 'sec-fetch-site': 'same-origin' },
		body: new URLSearchParams({ handle, passphrase, device: 'own' }),
	})
	await answer.arrayBuffer()
	if (answer.status !== 303) throw new Error(`signing in was answered with ${answer.status}`)
	return performance.now() - began
}

/** SAFETY X1: twenty women who sign in at the same moment, ten times over. */
export async function measureSignIns() {
	const { house } = await open()
	try {
		const { member } = house.signIns
		if (!member) throw new Error('the example names no member')
		await signIn(member)
		const took = []
		for (let round = 0; round < ROUNDS; round += 1)
			took.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => signIn(member)))))
		took.sort((a, b) => a - b)
		const p99 = took[Math.ceil(took.length * 0.99) - 1] ?? Number.POSITIVE_INFINITY
		const said = `${AT_ONCE} at once: half within ${seconds(took[took.length / 2] ?? 0)}, p99 ${seconds(p99)}, at most ${seconds(SIGN_IN_WITHIN_MS)}`
		return { ok: p99 <= SIGN_IN_WITHIN_MS, said }
	} finally {
		await house.stop()
	}
}

const SOAK_MINUTES = 30

/** A community under half an hour of mixed load: nothing wrong, nothing lost, and memory that does not grow. */
export async function measureSoak() {
	const { measureMemory } = await import('../tests/bench/parts/memory.mjs')
	const { linesOfMemory } = await import('../tests/bench/lines.mjs')
	const lines = linesOfMemory({ soak: await measureMemory({ minutes: SOAK_MINUTES }) })
	return {
		ok: lines.every(({ met }) => met),
		said: lines.map(({ what, goal, measured }) => `${what}: ${measured} (${goal})`).join('; '),
	}
}
