import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { type Contact, hasAddress, hasEmail, rowsOfDigits } from '~/platform/contact'

/** The countries our members live in: how numbers are given out there is known. */
const COUNTRIES: readonly CountryCode[] = ['IT', 'ES', 'GR', 'BG', 'CY', 'SE', 'GB', 'NO', 'FR']
/** Of a text full of numbers only so many are looked at. */
const ROWS_AT_MOST = 40

const digitsOf = (text: string) => text.replace(/\D/g, '')

/** Whether it is a number of this country, as one writes it there: with the zero in front where there is one. */
function isNumberOf(row: string, country: CountryCode): boolean {
	const number = parsePhoneNumberFromString(row, country)
	if (!number?.isValid()) return false
	return /^\(?(?:\+|00)/.test(row) || digitsOf(number.formatNational()) === digitsOf(row)
}

const hasPhone = (text: string) =>
	rowsOfDigits(text)
		.slice(0, ROWS_AT_MOST)
		.some((row) => COUNTRIES.some((country) => isNumberOf(row.trim(), country)))

/** How long an IBAN is (ISO 13616, the register of SWIFT), in the countries where our members have accounts. */
const IBAN_LENGTHS: Record<string, number> = {
	...{ IT: 27, ES: 24, GR: 27, BG: 22, CY: 28, SE: 24, GB: 22, NO: 15, FR: 27 },
	...{
		AL: 28,
		AT: 20,
		BE: 16,
		CH: 21,
		DE: 22,
		DK: 18,
		FI: 18,
		HU: 28,
		IE: 22,
		LT: 20,
		LU: 20,
		MD: 24,
		MT: 31,
	},
	...{ NL: 18, PL: 28, PT: 25, RO: 24, RS: 22, TR: 26, UA: 29 },
}
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]){11,27}/giu

/** The two digits after the country make the whole, read as one number, leave 1 when divided by 97 (ISO 7064). */
function isIban(written: string): boolean {
	const text = written.replace(/[ -]/g, '').toUpperCase()
	const iban = text.slice(0, IBAN_LENGTHS[text.slice(0, 2)] ?? 0)
	if (iban.length !== IBAN_LENGTHS[text.slice(0, 2)]) return false
	const turned = iban.slice(4) + iban.slice(0, 4)
	let rest = 0
	for (const sign of turned) rest = Number(`${rest}${Number.parseInt(sign, 36)}`) % 97
	return rest === 1
}

const hasIban = (text: string) => (text.match(IBAN) ?? []).some(isIban)

/** What all of them have something of. Most messages have nothing: to look closer is a fifth of what writing one costs. */
const PERHAPS = /[\p{Nd}@([]/u

/** What a text gives away of where somebody can be reached or paid, one of each kind. */
export function contactsIn(text: string): Contact[] {
	if (!PERHAPS.test(text)) return []
	const kinds = { email: hasEmail, iban: hasIban, phone: hasPhone, address: hasAddress } as const
	return (Object.keys(kinds) as Contact[]).filter((kind) => kinds[kind](text))
}
