import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { clipsOf } from '~/platform/clips.server'
import { cut } from '../../app/enhance/listening/pieces'
import { voiceFor } from '../../app/enhance/listening/voices'

const aVoice = (lang: string, more: Partial<SpeechSynthesisVoice> = {}): SpeechSynthesisVoice => ({
	lang,
	name: lang,
	voiceURI: lang,
	default: false,
	localService: true,
	...more,
})

describe('the voice for a language', () => {
	const voices = [
		aVoice('en-US'),
		aVoice('pt-PT'),
		aVoice('pt-BR', { default: true }),
		aVoice('ar_EG'),
		aVoice('zh-HK'),
		aVoice('zh-CN'),
		aVoice('so-SO', { localService: false }),
	]
	test.each([
		['en', 'en-US'],
		['pt', 'pt-BR'],
		['ar', 'ar_EG'],
		['zh-Hans', 'zh-CN'],
		['it', undefined],
		// It lives on somebody's server, which would be told what she listens to.
		['so', undefined],
		// Other languages, however their tags begin.
		['e', undefined],
		['arz', undefined],
	])('%s is said by %s', (lang, found) => expect(voiceFor(lang, voices)?.lang).toBe(found))
})

describe('a long text', () => {
	const sentence = 'Nobody outside can read what you write here. '
	test.each([
		['whole sentences', sentence.repeat(20), 'en'],
		['one endless sentence', 'word '.repeat(400), 'en'],
		['letters without a space', '字'.repeat(500), 'zh-Hans'],
		['Arabic', 'لا أحد في الخارج يقرأ ما تكتبينه هنا. '.repeat(20), 'ar'],
		['Tigrinya', 'ኣብ ደገ ዘሎ ሰብ እትጽሕፍዮ ኣየንብብን። '.repeat(20), 'ti'],
	])('of %s is said in parts, and all of it', (_what, text, lang) => {
		const parts = cut(text, lang)
		expect(parts.length).toBeGreaterThan(2)
		for (const part of parts) expect(part.length).toBeLessThanOrEqual(180)
		expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
	})

	test('is cut between sentences, not in them', () =>
		expect(cut(sentence.repeat(9), 'en').every((part) => part.endsWith('.'))).toBe(true))

	test('of signs alone is not said', () => expect(cut(' · — ✓', 'en')).toEqual([]))
})

describe('recordings', () => {
	const root = mkdtempSync(path.join(tmpdir(), 'clips-'))
	const put = (name: string, at = 1_000) => {
		writeFileSync(path.join(root, name), 'sound')
		utimesSync(path.join(root, name), at, at)
	}
	afterEach(() => rmSync(path.join(root, 'it'), { recursive: true, force: true }))

	test('are found by the key of their text, the lighter format first', () => {
		mkdirSync(path.join(root, 'it'))
		for (const name of ['safety.help.lead.m4a', 'safety.help.lead.opus', 'notes.txt', '.hidden.opus'])
			put(`it/${name}`)
		const { 'safety:help.lead': clip, ...others } = clipsOf('it', root)
		expect(clip).toMatch(
			/^\/audio\/it\/safety\.help\.lead\.opus\?v=\w+ \/audio\/it\/safety\.help\.lead\.m4a\?v=\w+$/,
		)
		expect(others).toEqual({})
	})

	test('are noticed when they come and when they go', () => {
		expect(clipsOf('it', root)).toEqual({})
		mkdirSync(path.join(root, 'it'))
		expect(clipsOf('it', root)).toEqual({})
		put('it/common.skip.content.opus')
		utimesSync(path.join(root, 'it'), 2_000, 2_000)
		expect(Object.keys(clipsOf('it', root))).toEqual(['common:skip.content'])
		rmSync(path.join(root, 'it'), { recursive: true })
		expect(clipsOf('it', root)).toEqual({})
	})

	test('have an address of their own for each version', () => {
		mkdirSync(path.join(root, 'it'))
		put('it/safety.help.lead.opus')
		const before = clipsOf('it', root)
		put('it/safety.help.lead.opus', 5_000)
		utimesSync(path.join(root, 'it'), 3_000, 3_000)
		expect(clipsOf('it', root)).not.toEqual(before)
	})
})
