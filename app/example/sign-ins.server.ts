import { createHmac } from 'node:crypto'
import * as OTPAuth from 'otpauth'
import { passphraseFromBytes } from '~/features/members/passphrase.server'
import { env } from '~/platform/env.server'
import type { ExamplePeople } from './texts.server'

export interface ExampleSignIn {
	role: string
	handle: string
	passphrase: string
	/** Base32 key of the second factor, for staff. */
	totpKey?: string
}

const drawn = (what: string) => createHmac('sha256', env().sessionSecret).update(`example ${what}`).digest()

/**
 * One woman for each role, with a passphrase drawn from this machine's own secret: the same at every start, another
 * on every machine, and written down nowhere.
 */
export function exampleSignIns({
	members,
	mentors,
	moderators,
	practitioners,
	leads,
	coordinators,
}: ExamplePeople) {
	const staff = new Set([...moderators, ...practitioners, ...leads, ...coordinators])
	const isMentor = new Set(mentors.map(({ handle }) => handle))
	const plain = members.find(
		({ handle, mother }) => mother === 'ar' && !staff.has(handle) && !isMentor.has(handle),
	)!
	const mentor = mentors.find(({ languages }) => 'ar' in languages)!
	const roles: [string, string][] = [
		['member', plain.handle],
		['mentor', mentor.handle],
		['moderator', moderators[0]!],
		['practitioner', practitioners[0]!],
		['coordinator', coordinators[0]!],
	]
	return roles.map(([role, handle]): ExampleSignIn => {
		const passphrase = passphraseFromBytes('en', drawn(`passphrase ${role}`))
		if (!staff.has(handle)) return { role, handle, passphrase }
		const key = new OTPAuth.Secret({ buffer: new Uint8Array(drawn(`totp ${role}`).subarray(0, 20)).buffer })
		return { role, handle, passphrase, totpKey: key.base32 }
	})
}

/** The line for the terminal. */
export function signInLine({ role, handle, passphrase, totpKey }: ExampleSignIn): string {
	// U+2068/U+2069 keep a right-to-left handle from turning the line around.
	const line = `Sign in as a ${role}: \u2068${handle}\u2069 · ${passphrase}`
	return totpKey ? `${line} · second step: npm run example:code ${totpKey}` : line
}
