import { skeleton } from '~/features/members/handle'
import { keyedHash } from '~/platform/secret.server'

/** A town however it is typed: case, accents, spaces and punctuation make no difference. */
const folded = (town: string) =>
	town
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[\p{M}\p{P}\p{S}\p{Z}\p{Cf}]/gu, '')

/** Where someone lives, only to be compared: neither kept nor shown as a word. */
export const townHash = (town: string) => keyedHash('mentoring.town', folded(town))

/** The community of a country, by its ISO code, only to be compared. */
export const communityHash = (country: string) => keyedHash('mentoring.community', country.toUpperCase())

/** Someone by a handle folded so that look-alikes are one (`members.skeleton`), only to be compared. */
export const skeletonHash = (folded: string) => keyedHash('mentoring.name', folded)

/** A person as a woman typed her name, only to be compared with mentors' names. */
export const nameHash = (name: string) => skeletonHash(skeleton(name))
