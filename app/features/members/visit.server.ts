import { randomBytes, timingSafeEqual } from 'node:crypto'
import { cookieIn, setCookie } from '~/platform/cookies.server'
import { VISIT_COOKIE, VISIT_SHAPE } from '~/platform/gate.server'
import { keyedHash } from '~/platform/secret.server'

const HALF_BYTES = 8
const OWN_DEVICE_DAYS = 60

/** The raw value of the visit cookie, if the browser sent one of our shape. */
export const readVisit = (request: Request): string | undefined =>
	cookieIn(request.headers.get('cookie'), VISIT_COOKIE, VISIT_SHAPE)

/** A browser that has not signed in here: 16 random bytes, base64url (22 characters). */
export const newVisit = () => randomBytes(HALF_BYTES * 2).toString('base64url')

const proofOf = (half: Buffer, mark: string) =>
	Buffer.from(keyedHash('known-device', `${half.toString('hex')} ${mark}`), 'hex').subarray(0, HALF_BYTES)

/**
 * A browser in which the woman with this handle (`mark` = its skeleton) came in: half random, half a proof of that, so
 * that nothing has to be kept about devices. To anyone else it looks like every other visit.
 */
export function visitOf(mark: string): string {
	const half = randomBytes(HALF_BYTES)
	return Buffer.concat([half, proofOf(half, mark)]).toString('base64url')
}

/** Whether she came in with this browser before. A stranger cannot make such a cookie, only guess 64 bits online. */
export function isKnownDevice(visit: string | undefined, mark: string): visit is string {
	if (!visit) return false
	const bytes = Buffer.from(visit, 'base64url')
	if (bytes.length !== HALF_BYTES * 2) return false
	return timingSafeEqual(bytes.subarray(HALF_BYTES), proofOf(bytes.subarray(0, HALF_BYTES), mark))
}

/** Set-Cookie for a visit. It ends with the browser, except on a device that is her own. */
export const visitCookie = (visit: string, device: 'own' | 'shared' = 'shared'): string =>
	setCookie(VISIT_COOKIE, visit, device === 'own' ? { maxAge: OWN_DEVICE_DAYS * 86_400 } : {})
