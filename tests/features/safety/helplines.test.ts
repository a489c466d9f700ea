import { describe, expect, test } from 'vitest'
import { HOST_COUNTRIES } from '~/features/members/host-countries'
import { type Fact, type Helpline, isStale } from '~/features/safety/helpline'
import { HELPLINES, helpFor, otherName, spokenBy } from '~/features/safety/helplines'
import { isLanguage } from '~/platform/i18n/languages'

const lines = HELPLINES.flatMap(({ country, lines: own }) => own.map((line) => ({ ...line, country })))
const emergencies = HELPLINES.map(({ country, emergency }) => ({ id: `${country}-emergency`, ...emergency }))
const everyNumber = [...lines, ...emergencies]
const said = (line: Pick<Helpline, 'sources'>) => new Set(line.sources.flatMap(({ says }) => says))

/** What an entry claims, fact by fact. */
const claims = (line: Helpline): Fact[] => [
	'number',
	...(line.hours ? (['hours'] as const) : []),
	...(line.cost ? (['cost'] as const) : []),
	...(line.languages || line.languageCount || line.interpreter ? (['languages'] as const) : []),
	...(line.ways ? (['ways'] as const) : []),
	...(line.notes ? (['notes'] as const) : []),
]

describe('where to call', () => {
	test('every country we serve has its number for danger, and somebody to talk to', () => {
		expect(HELPLINES.map(({ country }) => country).sort()).toEqual([...HOST_COUNTRIES].sort())
		for (const { country, emergency, lines: own } of HELPLINES) {
			expect(`${country} ${emergency.number}`).toBe(`${country} ${country === 'GB' ? '999' : '112'}`)
			expect(own.length).toBeGreaterThan(0)
		}
	})

	test.each(lines)('$id: a source stands behind each thing it says', (line) => {
		expect(claims(line).filter((fact) => !said(line).has(fact))).toEqual([])
	})

	test.each(emergencies)('$id: a source stands behind it', (line) => {
		expect(said(line)).toContain('number')
		if (line.advice) expect(said(line)).toContain('notes')
	})

	test.each(everyNumber)('$id: is dialled as it is written, and was checked on a real day', (line) => {
		expect(line.dial).toMatch(/^\d{3,14}$/)
		expect(line.number.replace(/[\s-]/g, '')).toBe(line.dial)
		expect(new Date(`${line.checkedOn}T00:00:00Z`).toISOString()).toBe(`${line.checkedOn}T00:00:00.000Z`)
		for (const { name, url } of line.sources) {
			const { protocol, hostname, pathname, search } = new URL(url)
			expect(protocol).toBe('https:')
			expect(hostname.replace(/^www\./, '')).toBe(name)
			// A page that says it, not a site in which it may be found.
			expect(pathname + search).not.toBe('/')
		}
	})

	test('no number that nobody could confirm is shipped', () => {
		const unconfirmed = ['0808 802 1414', '116 016', '0700 40 150', '02 981 7686', '1460']
		const digits = (text: string) => text.replace(/\D/g, '')
		const shipped = JSON.stringify(HELPLINES)
		for (const number of unconfirmed) {
			expect(everyNumber.map(({ dial }) => dial)).not.toContain(digits(number))
			expect(shipped).not.toContain(number)
		}
		expect(shipped).not.toMatch(/unverified/i)
		// Sources contradict each other about its hours: then none are given.
		expect(lines.find(({ id }) => id === 'bg-animus')?.hours).toBeUndefined()
	})

	test('every language has a name of its own to be shown by', () => {
		const nameless = lines
			.flatMap(({ languages = [] }) => languages)
			.filter((tag) => !isLanguage(tag) && !otherName(tag))
		expect(nameless).toEqual([])
	})

	test('each line has an id of its own', () => {
		expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
	})
})

describe('which country comes first', () => {
	test.each([
		['IT', 'ar', 'IT'],
		['SE', 'it', 'SE'],
		[null, 'it', 'IT'],
		[null, 'el', 'GR'],
		[null, 'bg', 'BG'],
		[null, 'en', undefined],
		[null, 'ar', undefined],
		['XX', 'en', undefined],
	])('living in %s with pages in %s: %s', (hostCountry, locale, expected) => {
		const { own, others } = helpFor(hostCountry, locale)
		expect(own?.country).toBe(expected)
		expect(others).toHaveLength(HELPLINES.length - (expected ? 1 : 0))
		expect(others.map(({ country }) => country)).not.toContain(expected)
	})

	test('her languages come first, Persian and Dari being one on paper', () => {
		const french = lines.find(({ id }) => id === 'fr-3919')!
		const { hers, others } = spokenBy(french, ['fa', 'ary', 'ti'])
		expect(hers.sort()).toEqual(['ar', 'fa', 'prs'])
		expect(hers.length + others.length).toBe(french.languages?.length)
	})
})

test.each([
	['2026-11-20', false],
	['2027-05-18', false],
	['2027-05-19', true],
	['2030-01-01', true],
])('checked on 20 November 2026 and read on %s, it is old: %s', (today, stale) => {
	expect(isStale({ checkedOn: '2026-11-20' }, new Date(`${today}T12:00:00Z`))).toBe(stale)
})
