import { z } from 'zod'
import { WAYS } from '../matching/people'
import { BOXES, hoursOfBoxes } from './free-hours'
import { isZone } from './zones'

/** Boxes of one name: a browser sends none, one or several. */
const boxes = (raw: unknown) => (raw === undefined ? [] : [raw].flat())

/** When she is free: the boxes of `WeekGrid`, as hours of a week. None is fine. */
export const Hours = z.preprocess(
	boxes,
	z
		.array(z.enum(BOXES as [string], 'errors:choose'), 'errors:choose')
		.max(BOXES.length * 2, 'errors:tooMany')
		.transform(hoursOfBoxes),
)

/** The zone these hours are meant in. */
export const Zone = z.string('errors:choose').refine(isZone, 'errors:choose')

/** How she would like to be in touch. None is fine. */
export const How = z.preprocess(
	boxes,
	z
		.array(z.enum(WAYS, 'errors:choose'), 'errors:choose')
		.max(WAYS.length * 2, 'errors:tooMany')
		.transform((ways) => WAYS.filter((way) => ways.includes(way))),
)
