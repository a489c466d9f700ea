import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { env } from './env.server'
import { once } from './once.server'

const keys = once('secret-keys', () => new Map<string, Buffer>())

/** One key for each purpose, derived from the installation's secret once. */
function keyFor(purpose: string): Buffer {
	const known = keys.get(purpose)
	if (known) return known
	const key = Buffer.from(hkdfSync('sha256', env().sessionSecret, 'mimosa', purpose, 32))
	keys.set(purpose, key)
	return key
}

/** A token nobody can guess: 32 random bytes, base64url (43 characters). */
export const randomToken = () => randomBytes(32).toString('base64url')

/** Keyed hash (HMAC-SHA-256, hex) of a token, code or address, one key for each purpose. Only this is stored. */
export const keyedHash = (purpose: string, value: string) =>
	createHmac('sha256', keyFor(purpose)).update(value).digest('hex')

/** Seals a short secret for the database (AES-256-GCM; base64url of nonce, tag, text). */
export function seal(purpose: string, plain: string): string {
	const nonce = randomBytes(12)
	const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce)
	const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
	return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
}

/** Opens what `seal` made; throws if it was changed or made with another secret. */
export function unseal(purpose: string, sealed: string): string {
	const bytes = Buffer.from(sealed, 'base64url')
	const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), bytes.subarray(0, 12))
	decipher.setAuthTag(bytes.subarray(12, 28))
	return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
