import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { offerFor } from '~/features/members/passphrase.server'

const FOLDER = 'app/features/members/words'
const tags = readdirSync(FOLDER)
	.map((file) => file.replace('.txt', ''))
	.filter((tag) => tag !== 'common')

/** As who leaves out accents and capitals would type it. */
const bare = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

describe.each(tags)('the words of passphrases in %s', (tag) => {
	const words = readFileSync(`${FOLDER}/${tag}.txt`, 'utf8').trimEnd().split('\n')

	test('are 2,048, and none is another one without its accents', () => {
		expect(words).toHaveLength(2048)
		expect(new Set(words.map(bare)).size).toBe(2048)
	})

	test('are single words of small letters, as they are stored', () => {
		expect(words.filter((word) => !/^[\p{L}\p{M}]{2,12}$/u.test(word))).toEqual([])
		expect(words.filter((word) => word !== word.normalize('NFC').toLocaleLowerCase(tag))).toEqual([])
	})

	test('are what a page in this language offers', () => {
		const offered = offerFor(tag)
		expect(offered.bits).toBe(44)
		expect(offered.words.split(' ').filter((word) => !words.includes(word))).toEqual([])
	})
})
