import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { aboutLocale, readAbout } from '~/platform/i18n/about.server'

const tags = readdirSync('locales').filter((name) => !name.startsWith('_'))
const read = (tag: string) => JSON.parse(readFileSync(`locales/${tag}/_about.json`, 'utf8')) as unknown

test.each(tags)('%s says how far it is', (tag) => {
	expect(existsSync(`locales/${tag}/_about.json`)).toBe(true)
	expect(readAbout(read(tag))).toEqual(aboutLocale(tag))
	expect(aboutLocale(tag)?.state === 'source').toBe(tag === 'en')
})

const DRAFTED = { state: 'drafted', drafted: '2026-11', readBack: '2026-11', reviewed: null, notes: 'By two' }
const REVIEWED = { ...DRAFTED, state: 'reviewed', reviewed: { by: 'A centre', at: '2026-12-01' } }

test('a native speaker who has read it is named, with the day', () => {
	expect(readAbout(REVIEWED)).toMatchObject({ reviewed: { by: 'A centre', at: '2026-12-01' } })
	expect(readAbout({ ...DRAFTED, readBack: null })).toMatchObject({ state: 'drafted' })
})

test.each([
	['a review without who', { ...REVIEWED, reviewed: { at: '2026-12-01' } }],
	['a review by nobody', { ...REVIEWED, reviewed: { by: '', at: '2026-12-01' } }],
	['a review without its day', { ...REVIEWED, reviewed: { by: 'A centre', at: '2026-12' } }],
	['reviewed by nobody', { ...REVIEWED, reviewed: null }],
	['a draft that claims a review', { ...DRAFTED, reviewed: REVIEWED.reviewed }],
	['another state', { ...DRAFTED, state: 'finished' }],
	['no month', { ...DRAFTED, drafted: '2026' }],
	['something more', { ...DRAFTED, quality: 'good' }],
])('%s is refused', (_what, about) => {
	expect(() => readAbout(about)).toThrow()
})
