import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/once.server'
import { skeleton } from './handle'

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const ARGON2ID = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const
const AT_ONCE = 4
/** About ten seconds of hashing; whoever comes later is asked to try again rather than kept waiting for ever. */
const WAITING_AT_MOST = 300

/** Hashing fills a core for 50 ms: only so many run together, the others wait their turn and the server stays up. */
const queue = once('hashing', () => ({ running: 0, waiting: [] as (() => void)[] }))

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (queue.waiting.length >= WAITING_AT_MOST) throw new AppError('unavailable')
	if (queue.running >= AT_ONCE) await new Promise<void>((resolve) => queue.waiting.push(resolve))
	else queue.running += 1
	try {
		return await work()
	} finally {
		const next = queue.waiting.shift()
		if (next) next()
		else queue.running -= 1
	}
}

/** NFC and NFD of the same words open the same door; nothing else is changed. */
const normal = (passphrase: string) => passphrase.normalize('NFC')

export const hashPassphrase = (passphrase: string) => inTurn(() => hash(normal(passphrase), ARGON2ID))

/** A hash nobody's passphrase has, so that an unknown handle costs the same time as a known one. */
const nobody = once('nobody-hash', () => hash(randomBytes(32), ARGON2ID))

/** Whether the passphrase is hers. `stored` undefined (no such member) takes the same time and is false. */
export async function isPassphrase(stored: string | undefined, passphrase: string): Promise<boolean> {
	const against = stored ?? (await nobody)
	const right = await inTurn(() => verify(against, normal(passphrase)))
	return right && stored !== undefined
}

const lists = import.meta.glob<string>('./words/*.txt', { query: '?raw', eager: true, import: 'default' })
const wordsOf = (locale: string) =>
	lists[`./words/${locale}.txt`]?.split('\n').filter((word) => word && !word.startsWith('#'))
const OFFERED_WORDS = 4

/**
 * Four words drawn from 2,048 of a language by the first eight of these bytes: 44 bits, easy to say and to write down.
 * English where we have no list: for Chinese, Tigrinya and Bengali on purpose, whose letters many devices put together in a
 * way that a field for secrets does not offer.
 */
export function passphraseFromBytes(locale: string, bytes: Uint8Array): string {
	const words = wordsOf(locale) ?? wordsOf('en') ?? []
	const view = new DataView(bytes.buffer, bytes.byteOffset, OFFERED_WORDS * 2)
	// 2,048 divides 65,536: every word is equally likely.
	return Array.from({ length: OFFERED_WORDS }, (_, at) => words[view.getUint16(at * 2) % words.length]).join(
		' ',
	)
}

/** A fresh passphrase to offer to her. */
const offerPassphrase = (locale: string) => passphraseFromBytes(locale, randomBytes(OFFERED_WORDS * 2))

const weak = once('weak-passphrases', () => new Set(wordsOf('common') ?? []))

/** What a page offers to a woman who reads this language: four words, and how hard they are to guess in bits. */
export function offerFor(locale: string): { words: string; bits: number } {
	const { length } = wordsOf(locale) ?? wordsOf('en') ?? []
	return { words: offerPassphrase(locale), bits: Math.floor(OFFERED_WORDS * Math.log2(length)) }
}

/** Whether it is one of those that are tried first: a known one, or one thing over and over. */
function isCommonPassphrase(passphrase: string): boolean {
	const plain = passphrase.normalize('NFKC').toLowerCase()
	return weak.has(plain) || weak.has(plain.replace(/[\s\p{P}]+/gu, '')) || /^(.{1,6})\1+.{0,5}$/su.test(plain)
}

/** Throws `invalid` at `field` for a passphrase that is tried first: a common one, or nothing but her own handle. */
export function refuseWeak(field: string, passphrase: string, handle?: string) {
	const isHandle = handle !== undefined && skeleton(passphrase) === skeleton(handle)
	if (isHandle || isCommonPassphrase(passphrase)) {
		throw new AppError('invalid', { fields: { [field]: 'errors:passphraseCommon' } })
	}
}
