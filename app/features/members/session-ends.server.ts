import { inArray } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { sessions } from '~/db/schema/members'
import { keepDoing } from '~/platform/aside.server'
import { deliver } from '~/platform/bus.server'
import { logFault } from '~/platform/log.server'
import { once } from '~/platform/once.server'
import { within } from '~/platform/patience'
import { keyedHash } from '~/platform/secret.server'

/** Whoever leaves does not wait longer for the database. */
const WAITS_AT_MOST_MS = 1_000
/** Who leaves while so many are being signed out goes at once, and her session with the next ones. */
const AT_ONCE = 32
const AGAIN_EVERY_MS = 2_000
const GIVES_UP_AFTER_MS = 10_000
/** Anybody can send what looks like a token: so much memory for them and no more. */
const KEPT_AT_MOST = 20_000

const state = once('session-ends', () => ({
	/** By the hash of their token: she has left, and the database may not know it yet. */
	left: new Set<string>(),
	ending: 0,
	again: false,
}))

export const tokenHash = (token: string) => keyedHash('session', token)

/** Whether she has left by this token: nothing is shown by it any more, whatever the database still says. */
export const hasLeft = (hash: string) => state.left.has(hash)

async function end(hashes: string[]) {
	const gone = await db
		.delete(sessions)
		.where(inArray(sessions.tokenHash, hashes))
		.returning({ id: sessions.id, memberId: sessions.memberId })
	for (const hash of hashes) state.left.delete(hash)
	deliver(gone.map(({ id, memberId }) => ({ name: 'session:ended', memberId, sessionIds: [id] })))
}

/**
 * Ends the session of this token for somebody who must be gone now: resolves within a second and never rejects, also
 * where the database is slow or away. Then the token is dead in this process from here on, and the session ends as soon
 * as the database answers; a process that stops before that forgets it.
 */
export async function leaveNow(token: string | undefined): Promise<void> {
	if (!token) return
	const hash = tokenHash(token)
	if (state.left.size < KEPT_AT_MOST) state.left.add(hash)
	if (state.ending >= AT_ONCE) return
	state.ending += 1
	await within(WAITS_AT_MOST_MS, end([hash])).catch((fault) => logFault('exit', fault))
	state.ending -= 1
}

/** Ends the sessions of those who left while the database did not answer. */
export async function endLeft(): Promise<void> {
	if (state.again || state.left.size === 0) return
	state.again = true
	try {
		await within(GIVES_UP_AFTER_MS, end([...state.left]))
	} finally {
		state.again = false
	}
}

/** Tries every two seconds for as long as the process runs. */
export const keepEndingLeft = () => keepDoing('members.left', AGAIN_EVERY_MS, endLeft)
