import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Writes how each language of the interface formats dates, numbers and lists into `locales/<tag>/_intl.json`, out of the
 * ICU of this Node: browsers lack some of our languages, and differ from each other in the rest (docs/decisions/023).
 *
 *   node scripts/intl-pack.mjs           writes every pack
 *   node scripts/intl-pack.mjs --check   fails where one is not what this Node would write
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url))
export const MADE_WITH = `ICU ${process.versions.icu}`
export const COMMAND = 'node scripts/intl-pack.mjs'

const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute']
const CLOCK = { timeStyle: 'short', hourCycle: 'h23' }
const TWELVE = Array.from({ length: 12 }, (_, index) => index)
const SEVEN = Array.from({ length: 7 }, (_, index) => index)

/**
 * Where hours are often counted from sunrise: 24 hours, and a word for the part of the day (LANGUAGES.md 1.2). ICU has
 * only abbreviations, so the words are ours: night, morning, afternoon, evening, six hours each.
 */
const PARTS_OF_DAY = { ti: ['ለይቲ', 'ንግሆ', 'ድሕሪ ቀትሪ', 'ምሸት'] }

/** Where ICU is wrong: "3 days ago" said "in 3 days", and one word was cut with a stroke. */
const MENDED = {
	ti: (pack) => {
		pack.relative.day.past = { other: 'ቅድሚ {n} መዓልቲ' }
		pack.units.month.other = '{n} ኣዋርሕ'
	},
}

/** Digits are 0 to 9 and the calendar is Gregorian in every language: a wrong appointment date is a harm. */
const pinned = (tag) => `${tag}-u-nu-latn-ca-gregory`

const dates = (tag, options) => new Intl.DateTimeFormat(pinned(tag), { timeZone: 'UTC', ...options })
/** 08:05 and 09:05 tell by their zeros how days and hours are written. */
const inMonth = (month) => new Date(Date.UTC(2026, month, 8, 9, 5))
/** The first Monday of 1970 and the days after it. */
const onWeekday = (day) => new Date(Date.UTC(1970, 0, 5 + day))
const part = (format, at, type) => format.formatToParts(at).find((one) => one.type === type)?.value

/** The names of months and weekdays, inside a date and without a day beside them. */
function namesOf(tag) {
	const months = (options) => TWELVE.map((month) => part(dates(tag, options), inMonth(month), 'month'))
	const weekdays = (options) => SEVEN.map((day) => part(dates(tag, options), onWeekday(day), 'weekday'))
	return {
		months: months({ dateStyle: 'long' }),
		monthsAlone: months({ month: 'long', year: 'numeric' }),
		weekdays: weekdays({ weekday: 'long' }),
		weekdaysInDate: weekdays({ dateStyle: 'full' }),
		weekdaysShort: weekdays({ weekday: 'short' }),
	}
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

/** As `format` writes it: the narrow space that does not break is a space there, for the sake of old pages and fonts. */
const literal = (value) => value.replaceAll('\u202f', ' ')

/** The word of a pattern that stands for a part of a date; `said` are its values over a year, or a week. */
function wordFor(type, said, names) {
	const known = {
		month: {
			month: names.months,
			monthAlone: names.monthsAlone,
			monthNumber: TWELVE.map((month) => `${month + 1}`),
		},
		weekday: { weekday: names.weekdays, weekdayInDate: names.weekdaysInDate },
	}[type]
	if (known) return Object.keys(known).find((word) => same(said, known[word]))
	const twoDigits = said.every((value) => value.length === 2)
	if (type === 'day' || type === 'hour') return twoDigits ? `${type}2` : type
	return type
}

/** "{month} {day}, {year}": how a language writes a kind of date. */
function patternOf(tag, options, names) {
	const format = dates(tag, options)
	const over = (type) =>
		type === 'weekday'
			? SEVEN.map((day) => part(format, onWeekday(day), type))
			: TWELVE.map((month) => part(format, inMonth(month), type))
	return format
		.formatToParts(inMonth(0))
		.map(({ type, value }) => (type === 'literal' ? literal(value) : `{${wordFor(type, over(type), names)}}`))
		.join('')
}

/** From a month to another: "{month} – {toMonth} {year}". */
function rangePattern(tag, options, from, to, names) {
	const format = dates(tag, options)
	const months = (source) =>
		TWELVE.map((month) => {
			// The other end lies where the two are written apart.
			const other = source === 'endRange' ? inMonth(month - 24) : inMonth(month + 24)
			const ends = source === 'endRange' ? [other, inMonth(month)] : [inMonth(month), other]
			const parts = format.formatRangeToParts(...ends)
			return parts.find((one) => one.type === 'month' && one.source === source).value
		})
	return format
		.formatRangeToParts(from, to)
		.map(({ type, value, source }) => {
			if (type === 'literal') return literal(value)
			const end = source === 'endRange' ? 'endRange' : 'startRange'
			const word = type === 'month' ? wordFor(type, months(end), names) : type
			return `{${end === 'endRange' ? `to${word[0].toUpperCase()}${word.slice(1)}` : word}}`
		})
		.join('')
}

function monthRanges(tag, names) {
	const options = { month: 'long', year: 'numeric' }
	return {
		one: patternOf(tag, options, names),
		sameYear: rangePattern(tag, options, inMonth(0), inMonth(2), names),
		otherYear: rangePattern(tag, options, inMonth(0), inMonth(14), names),
	}
}

function datesOf(tag) {
	const names = namesOf(tag)
	const parts = PARTS_OF_DAY[tag]
	const timed = (options) => `${patternOf(tag, options, names)}${parts ? ' {partOfDay}' : ''}`
	const patterns = {
		date: patternOf(tag, { dateStyle: 'long' }, names),
		dateTime: timed({ dateStyle: 'long', ...CLOCK }),
		dayTime: timed({ dateStyle: 'full', ...CLOCK }),
		weekdayTime: timed({ weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
		monthRange: monthRanges(tag, names),
	}
	const used = JSON.stringify(patterns)
	const { monthsAlone, weekdaysInDate, ...always } = names
	return {
		...always,
		...(/onthAlone/.test(used) ? { monthsAlone } : {}),
		...(/weekdayInDate/.test(used) ? { weekdaysInDate } : {}),
		...(parts ? { partsOfDay: parts } : {}),
		...patterns,
	}
}

function numbersOf(tag) {
	const format = new Intl.NumberFormat(pinned(tag))
	const sign = (value, type) => format.formatToParts(value).find((one) => one.type === type)?.value
	const groups = format.formatToParts(123_456_789).filter(({ type }) => type === 'integer')
	return {
		group: sign(123_456, 'group'),
		decimal: sign(0.5, 'decimal'),
		minus: format.format(-1).replace('1', ''),
		/** From how many digits on they are grouped, and how many there are in the groups before the last. */
		groupFrom: sign(1234, 'group') ? 4 : 5,
		groupSize: groups.at(-2).value.length,
	}
}

/** "{0} and {1}" of a list that has its last words marked, "A" and "B". */
const joined = (text) => text.replace('A', '{0}').replace('B', '{1}')

function listsOf(tag) {
	const format = new Intl.ListFormat(pinned(tag), { type: 'conjunction' })
	const between = format.format(['1', '2', '3', '4']).replace(/^.*1(.*)2.*$/su, '$1')
	const endingIn = (word) => ({
		two: joined(format.format(['A', word]).replace(word, 'B')),
		last: joined(format.format(['X', 'A', word]).replace(`X${between}`, '').replace(word, 'B')),
	})
	// In Spanish "y" becomes "e" before the sound of an i.
	const [usual, beforeI] = [endingIn('B'), endingIn('I9')]
	return { between, ...usual, ...(same(beforeI, usual) ? {} : { beforeI }) }
}

/** A number of each kind the language tells apart, among the whole ones. */
function samplesOf(tag) {
	const rules = new Intl.PluralRules(tag)
	const numbers = [...Array.from({ length: 1000 }, (_, index) => index + 1), 1_000_000]
	return new Map(numbers.toReversed().map((number) => [rules.select(number), number]))
}

const counted = (parts) =>
	parts
		.map(({ type, value }) => (type === 'integer' ? '{n}' : type === 'group' ? '' : value))
		.join('')
		.replace(/(\{n\})+/, '{n}')

/** A text for each plural form; what is as in "other" is left out. */
function formsOf(tag, partsFor) {
	const samples = [...samplesOf(tag)].toSorted(([one], [two]) => ORDER.indexOf(one) - ORDER.indexOf(two))
	const forms = samples.map(([form, number]) => [form, counted(partsFor(number))])
	const other = forms.find(([form]) => form === 'other')?.[1]
	return Object.fromEntries(forms.filter(([form, text]) => form === 'other' || text !== other))
}
const ORDER = ['zero', 'one', 'two', 'few', 'many', 'other']

function relativesOf(tag) {
	const words = new Intl.RelativeTimeFormat(pinned(tag), { numeric: 'auto' })
	const counts = new Intl.RelativeTimeFormat(pinned(tag), { numeric: 'always' })
	const unitOf = (unit) => {
		const own = [-2, -1, 1, 2].flatMap((at) => {
			const text = words.format(at, unit)
			return text === counts.format(at, unit) ? [] : [[at, text]]
		})
		return {
			...(own.length > 0 ? { words: Object.fromEntries(own) } : {}),
			past: formsOf(tag, (number) => counts.formatToParts(-number, unit)),
			future: formsOf(tag, (number) => counts.formatToParts(number, unit)),
		}
	}
	return { now: words.format(0, 'second'), ...Object.fromEntries(UNITS.map((unit) => [unit, unitOf(unit)])) }
}

const unitsOf = (tag) =>
	Object.fromEntries(
		UNITS.map((unit) => {
			const format = new Intl.NumberFormat(pinned(tag), { style: 'unit', unit, unitDisplay: 'long' })
			return [unit, formsOf(tag, (number) => format.formatToParts(number))]
		}),
	)

/** The pack of a language, as it stands in its file. */
function makePack(tag) {
	const pack = {
		madeWith: MADE_WITH,
		number: numbersOf(tag),
		...datesOf(tag),
		list: listsOf(tag),
		relative: relativesOf(tag),
		units: unitsOf(tag),
	}
	MENDED[tag]?.(pack)
	return pack
}

const INVISIBLE = /[\u00a0\u00ad\u061c\u2009\u200b-\u200f\u202a-\u202f\u2066-\u2069]/g
/** A list of names on one line. */
const LIST = /\[\n[^\]]*\]/g
const onOneLine = (list) =>
	list
		.replaceAll(/\s*\n\s*/g, ' ')
		.replace('[ ', '[')
		.replace(' ]', ']')

/** What nobody sees (marks of direction, spaces that do not break) is written out. */
export const packText = (tag) =>
	`${JSON.stringify(makePack(tag), null, '\t').replaceAll(LIST, onOneLine).replaceAll(INVISIBLE, escaped)}\n`
const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/** The languages of the interface: every folder of `locales/` that is one. */
export const packedTags = () => readdirSync(`${ROOT}/locales`).filter((name) => !name.startsWith('_'))
export const packFile = (tag) => `${ROOT}/locales/${tag}/_intl.json`

function run(check) {
	const stale = packedTags().filter((tag) => {
		const text = packText(tag)
		if (!check) writeFileSync(packFile(tag), text)
		return check && readFileSync(packFile(tag), 'utf8') !== text
	})
	if (stale.length === 0) return
	console.error(`Not as ${MADE_WITH} has it: ${stale.join(', ')}. Run \`${COMMAND}\`.`)
	process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) run(process.argv.includes('--check'))
