import { isUuid } from '~/platform/text'

/** A place in a list ordered by a time and an id, as an address carries it. */
export interface Place {
	at: Date
	id: string
}

export const cursorOf = ({ at, id }: Place) => `${at.getTime()}_${id}`

/** The place an address names; undefined (the beginning) for anything that is none. */
export function readCursor(cursor: string | null): Place | undefined {
	const [time = '', id] = (cursor ?? '').split('_')
	const at = new Date(/^\d{1,14}$/.test(time) ? Number(time) : Number.NaN)
	return isUuid(id) && !Number.isNaN(at.getTime()) ? { at, id } : undefined
}
