import { randomBytes } from 'node:crypto'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { recoveryCodes } from '~/db/schema/recovering'
import { keyedHash, seal, unseal } from '~/platform/secret.server'

const CODES = 10
const LETTERS = 10
/** Crockford's base 32: nothing in it is mistaken for something else when read aloud or copied from paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code made of the first ten of these bytes: 50 bits, written in two groups of five. */
export function codeFromBytes(bytes: Uint8Array): string {
	const letters = [...bytes.subarray(0, LETTERS)].map((byte) => ALPHABET[byte % 32]).join('')
	return `${letters.slice(0, 5)}-${letters.slice(5)}`
}

const makeCode = () => codeFromBytes(randomBytes(LETTERS))

/** A code as typed from paper: spaces, dashes, small letters and other digits are all the same. */
export function normalCode(typed: string): string {
	return typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
		.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1')
		.replace(/[^0-9A-Z]/g, '')
}

const hashOf = (memberId: string, code: string) =>
	keyedHash('recovery-code', `${memberId} ${normalCode(code)}`)

/** Replaces her codes by ten new ones; they can be read (`readNewCodes`) until she has kept them. */
export async function renewCodes(tx: Tx, memberId: string): Promise<void> {
	await tx.delete(recoveryCodes).where(eq(recoveryCodes.memberId, memberId))
	const rows = Array.from({ length: CODES }, makeCode).map((code) => ({
		memberId,
		codeHash: hashOf(memberId, code),
		sealed: seal('recovery-code', code),
	}))
	await tx.insert(recoveryCodes).values(rows)
}

/** Her codes while they can still be shown: within an hour and until she said that she has kept them. */
export async function readNewCodes(memberId: string): Promise<string[]> {
	const rows = await db
		.select({ sealed: recoveryCodes.sealed })
		.from(recoveryCodes)
		.where(
			and(
				eq(recoveryCodes.memberId, memberId),
				isNotNull(recoveryCodes.sealed),
				sql`${recoveryCodes.createdAt} > now() - interval '1 hour'`,
			),
		)
	return rows.map(({ sealed }) => unseal('recovery-code', sealed!)).sort()
}

/** From now on only the hashes are left. */
export async function forgetShownCodes(tx: Tx, memberId: string): Promise<void> {
	await tx.update(recoveryCodes).set({ sealed: null }).where(eq(recoveryCodes.memberId, memberId))
}

/** Uses a code up. False when it is not one of hers or was used before. */
export async function takeCode(tx: Tx, memberId: string, code: string): Promise<boolean> {
	const used = await tx
		.update(recoveryCodes)
		.set({ usedAt: sql`now()`, sealed: null })
		.where(
			and(
				eq(recoveryCodes.memberId, memberId),
				eq(recoveryCodes.codeHash, hashOf(memberId, code)),
				isNull(recoveryCodes.usedAt),
			),
		)
		.returning({ id: recoveryCodes.id })
	return used.length > 0
}

/** How many of her codes are left. */
export async function countCodes(memberId: string): Promise<number> {
	return db.$count(recoveryCodes, and(eq(recoveryCodes.memberId, memberId), isNull(recoveryCodes.usedAt)))
}
