/** What in a message leads to one person's door: she is asked once more before it goes to a whole room. */
export type Contact = 'phone' | 'email' | 'address' | 'iban'

/** The zeros of the ten digits that our members' keyboards write. */
const ZEROS = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xbe6, 0xe50, 0xff10]

/**
 * Every digit as 0 to 9, every kind of blank and dash as the plain one, without marks of direction. Of many blanks one is
 * left: the patterns below would look at a long run of them again and again.
 */
function plain(text: string): string {
	return text
		.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
		.replace(/[^\S\n]+/g, ' ')
		.replace(/ ?\n(?: ?\n)* ?/g, '\n')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(/\p{Nd}/gu, (digit) => {
			const code = digit.codePointAt(0)!
			const zero = ZEROS.find((first) => code >= first && code < first + 10)
			return zero === undefined ? digit : String(code - zero)
		})
}

const MONEY =
	'€|\\$|£|₺|eur|euros?|usd|лв|лева|bgn|lei|ευρώ|kr|sek|nok|chf|يورو|اورو|درهم|دينار|دولار|ليرة|جنيه|евро'
const NUMBER = '\\d[\\d .,]{0,20}\\d|\\d'
const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const MONTH = '(?:0?[1-9]|1[0-2])'

/** Numbers that lead to nobody. Old browsers cannot look behind, so each keeps what stands before it. */
const HARMLESS = [
	// An address of a page.
	/(^|\s)(?:https?:\/\/|www\.)\S+/giu,
	new RegExp(`()(?:${MONEY})\\.?\\s?(?:${NUMBER})`, 'giu'),
	new RegExp(`()(?:${NUMBER})\\s?(?:${MONEY})(?!\\p{L})`, 'giu'),
	// 2026-03-05, then 5.3.2026 and 5/3/26.
	/(^|[^\d])(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)/gu,
	new RegExp(
		`(^|[^\\d./+-])${DAY}\\s?([./-])\\s?${MONTH}\\s?\\2\\s?(?:(?:19|20)\\d\\d|\\d\\d)(?![./-]?\\d)`,
		'gu',
	),
	// 14:30, 9.30, then 5/3.
	/(^|[^\d.:+])(?:[01]?\d|2[0-3])[:.][0-5]\d(?![.:]?\d)/gu,
	new RegExp(`(^|[^\\d./+-])${DAY}[./]${MONTH}(?![./-]?\\d)`, 'gu'),
	// 2024-2025, 2024/25; a law: 286/1998.
	/(^|[^\d+])(?:19|20)\d\d\s?[-/]\s?(?:(?:19|20)\d\d|\d\d)(?![./-]?\d)/gu,
	/(^|[^\d+])\d{1,5}\/(?:19|20)\d\d(?!\d)/gu,
	// Hours and ages: 9-13.
	/(^|[^\d.+ -])\s?\d{1,2}\s?-\s?\d{1,2}(?![-.\d])/gu,
	// 1.250.000 and 12,000; as a telephone number nobody writes it so.
	/(^|[^\d.,+])\d{1,2}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?![.,]?\d)/gu,
	/(^|[^\d.,+])\d{3}[.,]\d{3}(?:[.,]\d{1,2})?(?![.,]?\d)/gu,
	/(^|[^\d +])\d{1,2} \d{3} \d{3}(?! ?\d)/gu,
	// Help lines that anyone may call for nothing.
	/(^|[^\d+])(?:800|900)[ .-]?\d{3}[ .-]?\d{3}(?! ?\d)/gu,
]

const withoutHarmless = (text: string) =>
	HARMLESS.reduce((rest, pattern) => rest.replace(pattern, (_all, before: string) => `${before} # `), text)

const DIGITS = { least: 7, most: 15 }
const IN_A_ROW = /\+?\(?\d[\d ().\-/]{5,}\d/g
const YEARS = /^(?:(?:19|20)\d\d[ ./-]*)+$/

/** What could be telephone numbers: digits in a row, as many as those have, and nothing harmless. */
export function rowsOfDigits(text: string): string[] {
	const rows = withoutHarmless(plain(text)).match(IN_A_ROW) ?? []
	return rows.filter((row) => {
		const count = row.replace(/\D/g, '').length
		return count >= DIGITS.least && count <= DIGITS.most && !YEARS.test(row.trim())
	})
}

const EMAIL =
	/[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,64}\s?(?:@|[([]\s?at\s?[)\]])\s?[\p{L}\p{N}-]{1,64}(?:\.[\p{L}\p{N}-]+){0,4}\.\p{L}{2,}/iu

/** A house number, and not an hour, a price, a distance or how many. */
const HOUSE =
	'\\d{1,4}\\s?(?:[a-z]|bis|ter)?(?![\\p{L}\\d:%€]|[.,]\\d|\\s?(?:ore|or[ae]s?|h|pm|am|uhr|euros?|€|min|km|m|ann[io]|años|лв|ч|γιορ)(?!\\p{L}))'
const EDGE = '(?:^|[^\\p{L}\\p{N}])'
/** "Via alle dieci", "por la calle a las 10": not the beginning of a name. */
const NO_NAME =
	'(?!(?:alle|dalle|per|tra|fra|da|con|in|il|le|e|a|al|che|domani|oggi|ieri|prima|dopo|verso|entro|dopodomani|las?|los|y|en|para|hasta|desde|cada)(?!\\p{L}))'
const WORD = "[\\p{L}'’.-]{1,40}"
const NAME = `${NO_NAME}${WORD}`

/** The kinds of street whose number comes after the name, in Italian and Spanish. */
const KIND =
	'(?:via|viale|v\\.le|piazza|p\\.zza|piazzale|corso|c\\.so|vicolo|largo|lungomare|calle|c/|avenida|avda\\.?|plaza|paseo|carrer|travesía)'

const STREETS = [
	new RegExp(
		`${EDGE}${KIND}\\s+(?:${NAME}\\s+(?:${WORD}\\s+){0,3})?${NAME}\\s*,?\\s*(?:n\\.?º?|nº|num\\.?)?\\s?${HOUSE}`,
		'iu',
	),
	// French: the number first.
	/(?:^|[^\p{L}\p{N}])\d{1,4}\s?(?:bis|ter)?\s?,?\s+(?:rue|avenue|boulevard|bd|chemin|impasse|allée|quai)\s+\p{L}/iu,
	// English: the number first, the names with capitals.
	/(?:^|[^\p{L}\p{N}.,:])\d{1,4}[a-zA-Z]?,?\s+(?:\p{Lu}[\p{L}'’]+\s+){1,3}(?:[Ss]treet|[Ss]t|[Rr]oad|[Rr]d|[Aa]venue|[Aa]ve|[Ll]ane|[Ss]quare|[Dd]rive)(?!\p{L})/u,
	// German: "Hauptstraße 12".
	new RegExp(`\\p{L}{2,40}(?:straße|strasse|str\\.|gasse|allee|platz)\\s+${HOUSE}`, 'iu'),
	// Greek.
	new RegExp(
		`${EDGE}(?:οδός|οδό|οδού|λεωφόρος|λεωφόρο|λεωφ\\.|πλατεία)\\s+(?:[\\p{L}.]{1,40}\\s+){0,3}[\\p{L}.]{1,40}\\s*,?\\s*${HOUSE}`,
		'iu',
	),
	// Bulgarian and Russian: street, or the block of a quarter.
	new RegExp(
		`${EDGE}(?:ул\\.|ул|улица|бул\\.|бул|булевард|пл\\.|площад)\\s*[„"“]?(?:[\\p{L}.-]+["“”]?\\s+){0,3}[\\p{L}.-]+["“”]?\\s*,?\\s*(?:№\\s?)?${HOUSE}`,
		'iu',
	),
	/(?:^|[^\p{L}])(?:ж\.?\s?к\.?|кв\.)\s.{0,40}?бл\.?\s?\d/iu,
	// Arabic: street, building, flat.
	new RegExp(`${EDGE}شارع\\s+(?:[\\p{L}\\p{M}]+[\\s،]+){1,5}(?:رقم\\s+)?\\d{1,4}(?!\\d)`, 'u'),
	/(?:^|[^\p{L}])(?:عمارة|بناية|شقة|مبنى)\s+(?:رقم\s+)?\d{1,4}(?!\d)/u,
]

const GREEK_MONTH =
	'(?:ιανουαριου|φεβρουαριου|μαρτιου|απριλιου|μα[ιη]ου|ιου[νλ]ιου|αυγουστου|σεπτεμβριου|οκτωβριου|νοεμβριου|δεκεμβριου)'
/** Words that end like the name of a street and are none where a number follows. */
const NO_GREEK_STREET = `(?!(?:${GREEK_MONTH}|δευτερας|τριτης|τεταρτης|πεμπτης|παρασκευης|κυριακης|περιπου|καπου|οπου|παντου|αλλου|στους|ολους|ολος|επισης|μονος|ποσος|χρονο[ςυ]|χρονους|χρονων|μηνας|μηνων|αριθμο[ςυ]|οροφο[ςυ]|βαθμο[ςυ]|βαθμους|βαθμων|λεπτων|ωρων|ετων|ημερων|ημερας|ατομων|γυναικων|παιδιων|θεσεων|ομαδας|ταξης|γραμμης|σελιδας|αιθουσας|κεφαλαιου|λεωφορειου|τρενου|δωματιου|αρθρου|νομου)(?!\\p{L}))`
const GREEK_PLACES =
	'αθηνας?|αθηνων|θεσσαλονικης?|πειραιας?|πατρας?|ηρακλειου?|λαρισας?|βολου?ς?|ιωαννινα|γιαννενα|χανια|καβαλα|καλαματα|ροδος?|κερκυρα|μυτιληνη|χιος?|σαμος?|αλεξανδρουπολη|ξανθη|κομοτηνη|σερρες|κοζανη|τρικαλα|λαμια|χαλκιδα|κορινθος?|ρεθυμνο|κυψελη|καλλιθεα|περιστερι|νικαια|γλυφαδα|μαρουσι|ζωγραφου|νεα σμυρνη|γαλατσι|αιγαλεω|λευκωσια|λεμεσος?|λαρνακα|παφος?'
const GREEK_NUMBER = '\\d{1,3}\\s?[α-ω]?(?![\\p{L}\\d:%€]|[.,]\\d)'

/**
 * Greek addresses often have no word for street: a name in the genitive, a number, and then, after a comma, a city or its
 * code. Of texts without accents, as many are written.
 */
const GREEK_ADDRESS = new RegExp(
	`${EDGE}(?:\\d{1,2}ης\\s+${GREEK_MONTH}|${NO_GREEK_STREET}[α-ω]{3,30}(?:ου|ων|ης|ας|ος|ους|εως))\\s+${GREEK_NUMBER}\\s*[,\\n]\\s*(?:(?:${GREEK_PLACES})(?!\\p{L})|(?:τ\\.?κ\\.?\\s*)?\\d{3}\\s?\\d{2}(?!\\d))`,
	'iu',
)

const withoutAccents = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '')

export const hasEmail = (text: string) => EMAIL.test(plain(text))

export function hasAddress(text: string): boolean {
	const written = plain(text)
	return STREETS.some((street) => street.test(written)) || GREEK_ADDRESS.test(withoutAccents(written))
}

/**
 * What a text gives away of where somebody can be reached; null when nothing looks like it. Light enough for the browser;
 * the server looks closer (moderation/contact.server.ts).
 */
export function contactIn(text: string): Contact | null {
	if (hasEmail(text)) return 'email'
	if (rowsOfDigits(text).length > 0) return 'phone'
	return hasAddress(text) ? 'address' : null
}
