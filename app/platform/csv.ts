/** What a spreadsheet would take for a formula. A person's own words must not become one on a coordinator's computer. */
const FORMULA = /^[=+\-@\t\r]/

function cell(value: string | number): string {
	const text = String(value)
	const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows as comma-separated text (RFC 4180): UTF-8 without a byte order mark, every line ends with CRLF. */
export const csv = (rows: readonly (readonly (string | number)[])[]) =>
	rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
