import { z } from 'zod'
import { isZone } from '~/platform/i18n/zones'
import { HOST_COUNTRIES } from '../host-countries'

/** Who may join: everyone, whoever has a code, or whoever a coordinator lets in. */
export const REGISTRATIONS = ['open', 'code', 'approval'] as const
/** What becomes of the first posts of somebody nobody has vouched for: shown at once, only a few a day, or held for a second look. */
export const FIRST_POSTS = ['open', 'slow', 'hold'] as const

const EXIT_AT_MOST = 200
const OWN_MACHINE = /(^|\.)(localhost|local|internal|invalid|test)$|^[\d.]+$|^\[/

/**
 * Where "Leave now" goes: an ordinary page of the web, by https, that says nothing about where she comes from. Nothing
 * after a question mark or a hash: it would stand in the address bar.
 */
function isNeutral(text: string): boolean {
	if (!URL.canParse(text)) return false
	const { protocol, hostname, username, password, search, hash, port } = new URL(text)
	const plain = !username && !password && !search && !hash && !port
	return protocol === 'https:' && plain && hostname.includes('.') && !OWN_MACHINE.test(hostname)
}

const ExitUrl = z
	.string('coordination:settings.exitWrong')
	.trim()
	.max(EXIT_AT_MOST, 'coordination:settings.exitWrong')
	.refine(isNeutral, 'coordination:settings.exitWrong')
	.transform((text) => new URL(text).href)

/** What coordinators set for the installation; each value is one text. */
export const Settings = z.object({
	registration: z.enum(REGISTRATIONS, 'errors:choose'),
	firstPosts: z.enum(FIRST_POSTS, 'errors:choose'),
	/** Empty: in no country more than in another. */
	hostCountry: z.enum(['', ...HOST_COUNTRIES], 'errors:choose'),
	zone: z.string('errors:choose').refine(isZone, 'errors:choose'),
	exitUrl: ExitUrl,
})

export type Settings = z.output<typeof Settings>
export type SettingKey = keyof Settings
export const SETTING_KEYS = Object.keys(Settings.shape) as SettingKey[]
