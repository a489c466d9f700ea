import { isUuid } from './text'

/** A place in a list ordered by a time and an id. The time is in microseconds: a `Date` would lose what the database orders by. */
export interface Place {
	micros: string
	id: string
}

/** The place of a row whose time is kept to the millisecond: of that a `Date` loses nothing. */
export const placeAt = (at: Date, id: string): Place => ({ micros: `${at.getTime()}000`, id })

/** A place as an address carries it. */
export const cursorOf = ({ micros, id }: Place) => `${micros}_${id}`

/** The place an address names; undefined (the beginning) for anything that is none. */
export function readCursor(cursor: string | null): Place | undefined {
	const [micros = '', id] = (cursor ?? '').split('_')
	return isUuid(id) && /^\d{7,16}$/.test(micros) ? { micros, id } : undefined
}

/** The time of a place as Postgres reads it, to the microsecond. */
export function timeOf({ micros }: Place): string {
	const seconds = new Date(Number(micros.slice(0, -6)) * 1000).toISOString().slice(0, 19)
	return `${seconds}.${micros.slice(-6)}Z`
}
