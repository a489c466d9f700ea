import { formatCountry } from './format-names'

/**
 * The zones she may choose: those of the countries we serve first, then those of their neighbours and of the countries
 * our members come from. Countries with more than one name the place, in its own language.
 */
const ZONES = [
	{ zone: 'Europe/Sofia', country: 'BG' },
	{ zone: 'Asia/Nicosia', country: 'CY' },
	{ zone: 'Europe/Madrid', country: 'ES' },
	{ zone: 'Atlantic/Canary', country: 'ES', place: 'Canarias' },
	{ zone: 'Europe/Paris', country: 'FR' },
	{ zone: 'Europe/London', country: 'GB' },
	{ zone: 'Europe/Athens', country: 'GR' },
	{ zone: 'Europe/Rome', country: 'IT' },
	{ zone: 'Europe/Oslo', country: 'NO' },
	{ zone: 'Europe/Stockholm', country: 'SE' },
	{ zone: 'Asia/Kabul', country: 'AF' },
	{ zone: 'Europe/Tirane', country: 'AL' },
	{ zone: 'Asia/Yerevan', country: 'AM' },
	{ zone: 'America/Argentina/Buenos_Aires', country: 'AR' },
	{ zone: 'Europe/Vienna', country: 'AT' },
	{ zone: 'Asia/Dhaka', country: 'BD' },
	{ zone: 'Europe/Brussels', country: 'BE' },
	{ zone: 'America/La_Paz', country: 'BO' },
	{ zone: 'America/Sao_Paulo', country: 'BR', place: 'São Paulo' },
	{ zone: 'Europe/Minsk', country: 'BY' },
	{ zone: 'America/Toronto', country: 'CA', place: 'Toronto' },
	{ zone: 'Africa/Kinshasa', country: 'CD' },
	{ zone: 'Europe/Zurich', country: 'CH' },
	{ zone: 'Africa/Abidjan', country: 'CI' },
	{ zone: 'Africa/Douala', country: 'CM' },
	{ zone: 'Asia/Shanghai', country: 'CN' },
	{ zone: 'America/Bogota', country: 'CO' },
	{ zone: 'America/Havana', country: 'CU' },
	{ zone: 'Europe/Berlin', country: 'DE' },
	{ zone: 'Europe/Copenhagen', country: 'DK' },
	{ zone: 'America/Santo_Domingo', country: 'DO' },
	{ zone: 'Africa/Algiers', country: 'DZ' },
	{ zone: 'America/Guayaquil', country: 'EC' },
	{ zone: 'Africa/Cairo', country: 'EG' },
	{ zone: 'Africa/Asmara', country: 'ER' },
	{ zone: 'Africa/Addis_Ababa', country: 'ET' },
	{ zone: 'Europe/Helsinki', country: 'FI' },
	{ zone: 'Asia/Tbilisi', country: 'GE' },
	{ zone: 'Africa/Accra', country: 'GH' },
	{ zone: 'Africa/Banjul', country: 'GM' },
	{ zone: 'Europe/Dublin', country: 'IE' },
	{ zone: 'Asia/Kolkata', country: 'IN' },
	{ zone: 'Asia/Baghdad', country: 'IQ' },
	{ zone: 'Asia/Tehran', country: 'IR' },
	{ zone: 'Africa/Nairobi', country: 'KE' },
	{ zone: 'Asia/Beirut', country: 'LB' },
	{ zone: 'Asia/Colombo', country: 'LK' },
	{ zone: 'Africa/Tripoli', country: 'LY' },
	{ zone: 'Africa/Casablanca', country: 'MA' },
	{ zone: 'Europe/Chisinau', country: 'MD' },
	{ zone: 'Europe/Skopje', country: 'MK' },
	{ zone: 'Africa/Bamako', country: 'ML' },
	{ zone: 'Europe/Malta', country: 'MT' },
	{ zone: 'America/Mexico_City', country: 'MX', place: 'México' },
	{ zone: 'Africa/Lagos', country: 'NG' },
	{ zone: 'Europe/Amsterdam', country: 'NL' },
	{ zone: 'Asia/Kathmandu', country: 'NP' },
	{ zone: 'America/Lima', country: 'PE' },
	{ zone: 'Asia/Manila', country: 'PH' },
	{ zone: 'Asia/Karachi', country: 'PK' },
	{ zone: 'Europe/Warsaw', country: 'PL' },
	{ zone: 'Asia/Gaza', country: 'PS' },
	{ zone: 'Europe/Lisbon', country: 'PT' },
	{ zone: 'America/Asuncion', country: 'PY' },
	{ zone: 'Europe/Bucharest', country: 'RO' },
	{ zone: 'Europe/Belgrade', country: 'RS' },
	{ zone: 'Europe/Moscow', country: 'RU', place: 'Москва' },
	{ zone: 'Africa/Khartoum', country: 'SD' },
	{ zone: 'Africa/Dakar', country: 'SN' },
	{ zone: 'Africa/Mogadishu', country: 'SO' },
	{ zone: 'America/El_Salvador', country: 'SV' },
	{ zone: 'Asia/Damascus', country: 'SY' },
	{ zone: 'Asia/Bangkok', country: 'TH' },
	{ zone: 'Africa/Tunis', country: 'TN' },
	{ zone: 'Europe/Istanbul', country: 'TR' },
	{ zone: 'Europe/Kyiv', country: 'UA' },
	{ zone: 'America/New_York', country: 'US', place: 'New York' },
	{ zone: 'America/Caracas', country: 'VE' },
	{ zone: 'Asia/Ho_Chi_Minh', country: 'VN' },
	{ zone: 'Africa/Johannesburg', country: 'ZA' },
] as const satisfies readonly { zone: string; country: string; place?: string }[]

export const ZONE_NAMES: readonly string[] = ZONES.map(({ zone }) => zone)

/** Where nothing is known of her. */
export const FALLBACK_ZONE = 'Europe/Rome'

/** Whether it is one of the zones she may choose. */
export const isZone = (text: unknown): text is string => typeof text === 'string' && ZONE_NAMES.includes(text)

/** The zone of a country, as most of it has it. */
export const zoneOf = (country: string | null | undefined): string =>
	ZONES.find((row) => row.country === country)?.zone ?? FALLBACK_ZONE

/** The zone a member's times are shown in. */
export const zoneFor = ({ zone, hostCountry }: { zone: string | null; hostCountry: string | null }) =>
	zone ?? zoneOf(hostCountry)

/** A zone in the language of the page: its country, and the place where that says too little. */
export function zoneLabel(locale: string, zone: string): string {
	const row = ZONES.find((known) => known.zone === zone)
	if (!row) return zone
	const country = formatCountry(locale, row.country)
	return 'place' in row ? `${country} (${row.place})` : country
}
