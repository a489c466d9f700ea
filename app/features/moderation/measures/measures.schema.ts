import { z } from 'zod'
import { DAYS_AT_MOST, MEASURES, type Measures } from './measures.words'

const Days = z
	.string('errors:choose')
	.transform((text) => (text === '' ? null : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN))
	.refine((days) => days === null || (days >= 1 && days <= DAYS_AT_MOST), 'errors:choose')
	.default(null)

/** The fields of `MeasureChoices`, to extend the schema of a decision with. */
export const MeasureFields = {
	measure: z.enum(['none', ...MEASURES], 'errors:choose').default('none'),
	days: Days,
	everywhere: z.literal('yes').optional(),
	apart: z.literal('yes').optional(),
}

interface Chosen {
	measure: 'none' | (typeof MEASURES)[number]
	days: number | null
	everywhere?: 'yes'
	apart?: 'yes'
}

/** What the form asked for. */
export const measuresOf = ({ measure, days, everywhere, apart }: Chosen): Measures => ({
	own: measure === 'none' ? null : { kind: measure, days, everywhere: everywhere === 'yes' },
	apart: apart === 'yes',
})
