import { expect, test } from 'vitest'
import { ChangePassphrase, Join } from '~/features/members/members.schema'
import { hashPassphrase, isPassphrase, offerFor, refuseWeak } from '~/features/members/passphrase.server'
import { parse } from '~/platform/command.server'
import { formFields } from '~/platform/http.server'
import { joining } from '../../factories/members'
import { faultsOf } from '../../factories/outcomes'

const passphraseFault = async (passphrase: unknown) =>
	(await faultsOf(async () => parse(Join, joining({ passphrase })))).fields?.passphrase

test.each([
	['twelve letters', 'abcdefghijkl'],
	['512 letters', 'a1'.repeat(256)],
	['512 emoji', '🌙'.repeat(512)],
	['Arabic', 'أحب البحر في الصباح'],
	['Tigrinya', 'ሰላም ንኹልኹም ኣሓት'],
	['Chinese', '春眠不觉晓处处闻啼鸟夜来'],
	['spaces inside and at the ends', ' a b c d e f g '],
	['emoji with words', 'moon 🌙 and sea 🌊'],
])('a passphrase of %s is taken', async (_what, passphrase) => {
	expect(await passphraseFault(passphrase)).toBeUndefined()
})

test.each([
	['nothing', '', 'errors:passphraseNeeded'],
	['no field', undefined, 'errors:passphraseNeeded'],
	['the field twice', ['abcdefghijkl', 'abcdefghijkl'], 'errors:passphraseNeeded'],
	['eleven letters', 'abcdefghijk', 'errors:passphraseShort'],
	['six accented letters in two parts each', 'e\u0301'.repeat(6), 'errors:passphraseShort'],
	['513 letters', 'a'.repeat(513), 'errors:passphraseLong'],
])('a passphrase of %s is refused at the field', async (_what, passphrase, fault) => {
	expect(await passphraseFault(passphrase)).toBe(fault)
})

test.each([
	['one letter over and over', 'aaaaaaaaaaaa'],
	['one word over and over', 'mimosamimosa'],
	['a row of numbers over and over', '123412341234'],
	['her own name', 'Amina from Tangier'],
	['her own name, spelt otherwise', 'AMINA FROM TANGIER!'],
])('%s is too easy to guess', async (_what, passphrase) => {
	const { fields } = await faultsOf(async () => refuseWeak('passphrase', passphrase, 'Amina from Tangier'))
	expect(fields).toEqual({ passphrase: 'errors:passphraseCommon' })
})

// SAFETY 2C 42, 2F 87. (Half a character cannot come in a form: decoding UTF-8 has put U+FFFD in its place.)
test('a form with NUL in a field is told so at the field, with status 400', async () => {
	const request = new Request('http://localhost:3000/join', {
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: 'passphrase=abcdefghijkl%00',
	})
	expect(await faultsOf(() => formFields(request))).toMatchObject({
		status: 400,
		fields: { passphrase: 'errors:strange' },
	})
})

test('both ways to write the same letters open the same door; other letters do not', async () => {
	const composed = 'crème brûlée façon été'
	const stored = await hashPassphrase(composed.normalize('NFC'))
	expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
	expect(await isPassphrase(stored, composed.normalize('NFD'))).toBe(true)
	expect(await isPassphrase(stored, composed.toUpperCase())).toBe(false)
	expect(await isPassphrase(stored, `${composed} `)).toBe(false)
	expect(await isPassphrase(undefined, composed)).toBe(false)
})

test('the offered words are four, new each time, and counted in bits', () => {
	const { words, bits } = offerFor('en')
	expect(words.split(' ')).toHaveLength(4)
	expect(words).not.toBe(offerFor('en').words)
	expect(bits).toBe(44)
	expect(offerFor('no-such-language').words.split(' ')).toHaveLength(4)
})

test('the offered words count when she chose them, her own in every other case', () => {
	const offered = 'river lamp bread window'
	const own = 'a sentence of my own'
	expect(parse(Join, joining({ words: 'offered', offered, passphrase: '' })).passphrase).toBe(offered)
	expect(parse(Join, joining({ words: 'own', offered, passphrase: own })).passphrase).toBe(own)
	expect(parse(Join, joining({ offered, passphrase: own })).passphrase).toBe(own)
	expect(parse(ChangePassphrase, { words: 'offered', offered, passphrase: own }).newPassphrase).toBe(offered)
})

test('twenty people who sign in at once all get an answer, four at a time', async () => {
	const stored = await hashPassphrase('seven quiet rivers run')
	const answers = await Promise.all(
		Array.from({ length: 20 }, () => isPassphrase(stored, 'seven quiet rivers run')),
	)
	expect(answers.every(Boolean)).toBe(true)
})
