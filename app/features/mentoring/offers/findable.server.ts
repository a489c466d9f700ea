import { sql } from 'drizzle-orm'
import { TRAINING_MONTHS } from '../mentoring.limits'

/** Until when her training holds. Null while she has not had it. */
export const trainingUntil =
	sql<Date | null>`mentor_offers.trained_at + make_interval(months => ${TRAINING_MONTHS})`.mapWith(
		(value: string | Date) => new Date(value),
	)

/**
 * Whether a mentor may be found, asked or matched, as far as her offer says: vetted, the vetting and the training
 * still valid. What the two women have to do with each other, her free places and whether she is active are asked
 * beside it. Matches she has go on without it.
 */
export const canBeFound = sql`(mentor_offers.status = 'vetted' and mentor_offers.valid_until > now()
	and mentor_offers.trained_at + make_interval(months => ${TRAINING_MONTHS}) > now())`
