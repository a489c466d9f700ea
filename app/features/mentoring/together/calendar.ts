const MINUTE_MS = 60_000

export interface Appointment {
	id: string
	startsAt: Date
	minutes: number
	/** How often it has been changed. */
	changes: number
	cancelled: boolean
	/** When it was last changed. */
	changedAt: Date
	/** What stands in her calendar: a word that says nothing, in her language. */
	summary: string
}

/** RFC 5545, 3.3.5: a moment in UTC, which no calendar can take for another hour. */
const stamp = (at: Date) => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

/** RFC 5545, 3.3.11. */
const escaped = (text: string) => text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r?\n/g, '\\n')

const OCTETS_A_LINE = 75

/** RFC 5545, 3.1: no line is longer than 75 octets; what is goes on in the next one, after a blank. */
function folded(line: string): string {
	const lines = ['']
	let octets = 0
	for (const character of line) {
		const size = Buffer.byteLength(character)
		if (octets + size > OCTETS_A_LINE) {
			lines.push('')
			// The blank counts, too.
			octets = 1
		}
		lines[lines.length - 1] += character
		octets += size
	}
	return lines.join('\r\n ')
}

/**
 * The calendar file of an appointment (RFC 5545): when, and one neutral word. Nobody's name, no place, no sentence is
 * in it, since a phone shows it to whoever holds it. The same id with a higher SEQUENCE replaces it.
 */
export function calendarFile({ id, startsAt, minutes, changes, cancelled, changedAt, summary }: Appointment) {
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Calendar//EN',
		'BEGIN:VEVENT',
		`UID:${id}`,
		`DTSTAMP:${stamp(changedAt)}`,
		`DTSTART:${stamp(startsAt)}`,
		`DTEND:${stamp(new Date(startsAt.getTime() + minutes * MINUTE_MS))}`,
		`SEQUENCE:${changes}`,
		`STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
		'CLASS:PRIVATE',
		`SUMMARY:${escaped(summary)}`,
		'END:VEVENT',
		'END:VCALENDAR',
	]
	return lines.map((line) => `${folded(line)}\r\n`).join('')
}
