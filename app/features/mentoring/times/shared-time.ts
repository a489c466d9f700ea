import type { TFunction } from 'i18next'
import { formatZone } from '~/platform/i18n/format-names'

interface Clock {
	t: TFunction
	locale: string
	zone: string
}

/** A time that two people share, in one of the formats: never without the name of the clock that shows it. */
export const sharedTime = (
	{ t, locale, zone }: Clock,
	at: Date,
	format: (locale: string, at: Date, zone: string) => string,
) => t('match:meetings.time', { when: format(locale, at, zone), zone: formatZone(locale, zone, at) })
