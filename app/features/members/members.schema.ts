import { z } from 'zod'
import { isLanguage } from '~/platform/i18n/languages'
import { cleanHandle, handleFault } from './handle'

/** Which rules she agreed to; a new text of /rules is a new version. */
export const RULES_VERSION = '2026-11'

export const PASSPHRASE = { shortest: 12, longest: 512 } as const

/** How many invitations are made at once. */
const INVITATIONS_AT_ONCE = 20

/** A handle as typed, cleaned and checked. */
export const Handle = z
	.string('errors:empty')
	.max(400, 'errors:handleLong')
	.transform(cleanHandle)
	.superRefine((handle, context) => {
		const fault = handleFault(handle)
		if (fault) context.addIssue({ code: 'custom', message: fault })
	})

/** A handle to be looked up: only its size is checked, so that a strange one is answered like an unknown one. */
const GivenHandle = z
	.string('errors:handleGiven')
	.min(1, 'errors:handleGiven')
	.max(400, 'errors:notRight')
	.transform(cleanHandle)

/**
 * A new passphrase: any script, 12 characters or more (code points, since an emoji is no easier to guess), counted in
 * the form it is hashed in.
 */
const NewPassphrase = z
	.string('errors:passphraseNeeded')
	.transform((text) => text.normalize('NFC'))
	.refine((text) => text !== '', 'errors:passphraseNeeded')
	.refine((text) => [...text].length >= PASSPHRASE.shortest, 'errors:passphraseShort')
	.refine((text) => [...text].length <= PASSPHRASE.longest, 'errors:passphraseLong')

/** A passphrase to be compared: only its size is checked. */
const GivenPassphrase = z
	.string('errors:passphraseGiven')
	.min(1, 'errors:passphraseGiven')
	.max(2048, 'errors:notRight')

export const Device = z.enum(['own', 'shared'], 'errors:chooseDevice')

const Code = z.string().max(60, 'errors:codeNotGood')

/** "Use these words" sends the offered words; without that choice what she wrote counts. */
const chosen =
	(field: 'passphrase' | 'newPassphrase') =>
	(raw: unknown): unknown => {
		const { words, offered } = (raw ?? {}) as { words?: unknown; offered?: unknown }
		return words === 'offered' ? { ...(raw as object), [field]: offered } : raw
	}

export const Join = z.preprocess(
	chosen('passphrase'),
	z.object({
		handle: Handle,
		passphrase: NewPassphrase,
		device: Device,
		rules: z.literal('yes', 'errors:rulesNeeded'),
		age: z.literal('yes', 'errors:ageNeeded'),
		code: Code.optional(),
	}),
)

export const SignIn = z.object({
	handle: GivenHandle,
	passphrase: GivenPassphrase,
	device: Device.default('shared'),
})

export const Recover = z.preprocess(
	chosen('passphrase'),
	z.object({
		handle: GivenHandle,
		recoveryCode: z
			.string('errors:recoveryCodeGiven')
			.min(1, 'errors:recoveryCodeGiven')
			.max(60, 'errors:recoverWrong'),
		passphrase: NewPassphrase,
		device: Device.default('shared'),
	}),
)

export const ChangePassphrase = z.preprocess(
	chosen('newPassphrase'),
	z.object({ passphrase: GivenPassphrase, newPassphrase: NewPassphrase }),
)

/** The passphrase typed again before something that must not be done on a phone left lying. */
export const PassphraseAgain = z.object({ passphrase: GivenPassphrase })

/** Six digits from her app, or one of her paper codes. */
export const SecondFactor = z.object({
	code: z.string().max(60, 'errors:secondWrong').optional(),
	recoveryCode: z.string().max(60, 'errors:secondWrong').optional(),
})

const Id = z.uuid('errors:notUnderstood')
/** A list's first entry is "none": an empty text. */
const IdOrNone = z
	.union([z.literal(''), Id], 'errors:choose')
	.optional()
	.transform((value) => value || null)

export const EndDevice = z.object({ session: Id })
export const OnePerson = z.object({ member: Id })
export const FindPerson = z.object({ handle: GivenHandle })
export const OneRecovery = z.object({ recovery: Id })

/** Roles a coordinator gives by hand; mentors are vetted instead. */
export const GIVEN_ROLES = ['moderator', 'practitioner', 'lead', 'coordinator'] as const

/** The languages a moderator looks after; none chosen: every one. One alone comes as a word, not as a list. */
const LanguagesOrAll = z
	.union([z.string().transform((tag) => [tag]), z.array(z.string())])
	.optional()
	.transform((tags) => [...new Set(tags ?? [])].filter((tag) => tag !== '').sort())
	.refine((tags) => tags.every(isLanguage), 'errors:choose')
	.transform((tags) => (tags.length > 0 ? tags : null))

export const GiveRole = z
	.object({
		member: Id,
		role: z.enum(GIVEN_ROLES, 'errors:choose'),
		organisation: IdOrNone,
		space: IdOrNone,
		languages: LanguagesOrAll,
	})
	.superRefine(({ role, organisation }, context) => {
		if ((role === 'practitioner' || role === 'lead') && !organisation) {
			context.addIssue({ code: 'custom', path: ['organisation'], message: 'errors:chooseOrganisation' })
		}
	})

export const TakeRole = z.object({ member: Id, grant: Id })

/** A count as typed, in European, Arabic or Persian digits. */
const Count = z
	.string('errors:inviteCount')
	.transform((typed) => {
		const digits = typed
			.trim()
			.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
			.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
		return /^\d{1,3}$/.test(digits) ? Number(digits) : 0
	})
	.refine((count) => count >= 1 && count <= INVITATIONS_AT_ONCE, 'errors:inviteCount')

export const MakeInvitations = z.object({ count: Count, organisation: IdOrNone, key: Id })
export const OneInvitation = z.object({ invitation: Id })

export const LanguageTag = z.string().refine(isLanguage, 'errors:notUnderstood')
