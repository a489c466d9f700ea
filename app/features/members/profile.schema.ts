import { z } from 'zod'
import { CALENDARS } from '~/platform/actor'
import { isLanguage } from '~/platform/i18n/languages'
import { graphemes, isStorable } from '~/platform/text'
import { AREAS } from './areas'
import { HOST_COUNTRIES } from './host-countries'
import { PROFILE_LIMITS } from './profile.limits'

/** Ticked boxes of one name: none sends nothing, one sends a text, several a list. Each counts once. */
const ticked = (value: unknown) => {
	if (value === undefined || value === '') return []
	return [...new Set([value].flat())]
}

const Languages = z.preprocess(
	ticked,
	z
		.array(z.string('errors:notLanguage').refine(isLanguage, 'errors:notLanguage'), 'errors:notLanguage')
		.max(PROFILE_LIMITS.languages, 'errors:tooMany'),
)

const Areas = z.preprocess(ticked, z.array(z.enum(AREAS, 'errors:choose'), 'errors:choose'))

/** The list's first entry says nothing: an empty text. */
const Country = z
	.union([z.literal(''), z.enum(HOST_COUNTRIES)], 'errors:choose')
	.default('')
	.transform((code) => (code === '' ? null : code))

/** Of the languages of the pages one, or none: which there are the server says (profile.server.ts). */
const SecondLocale = z
	.union([z.literal(''), z.string().refine(isLanguage, 'errors:choose')], 'errors:choose')
	.default('')
	.transform((tag) => (tag === '' ? null : tag))

const Calendar = z
	.union([z.literal(''), z.enum(CALENDARS)], 'errors:choose')
	.default('')
	.transform((name) => (name === '' ? null : name))

/** Invisible characters that turn the words around her text, and all other controls but a new line. */
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g
const CONTROLS = /[^\P{Cc}\n]/u
/** More marks on one letter than a vocalised text needs only hide the lines around it. */
const SMEARED = /\p{M}{13,}/u

const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** Always in the form, if only as an empty text: whatever comes without it is no whole form, and would wipe her profile. */
const About = z
	.string('errors:notUnderstood')
	// Bytes first: counting graphemes of a whole book would take a second.
	.refine((text) => bytesOf(text) <= PROFILE_LIMITS.about.bytes, { error: 'errors:tooLong', abort: true })
	.refine(isStorable, { error: 'errors:strangeCharacters', abort: true })
	.transform((text) => text.normalize('NFC').replace(TURNING, '').trim())
	.refine((text) => !CONTROLS.test(text), 'errors:strangeCharacters')
	.refine((text) => !SMEARED.test(text), 'errors:strange')
	.refine((text) => graphemes(text) <= PROFILE_LIMITS.about.graphemes, 'errors:tooLong')

/** Everything in it may be empty; what a form sends besides (a role, a handle) is not looked at. */
export const Profile = z.object({
	reads: Languages,
	speaks: Languages,
	secondLocale: SecondLocale,
	calendar: Calendar,
	hostCountry: Country,
	helpWanted: Areas,
	about: About,
})
