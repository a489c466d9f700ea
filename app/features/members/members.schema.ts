import { z } from 'zod'
import { isLanguage } from '~/platform/i18n/languages'
import { cleanHandle, handleFault } from './handle'

/** Which rules she agreed to; a new text of /rules is a new version. */
export const RULES_VERSION = '2026-11'

export const PASSPHRASE = { shortest: 12, longest: 512 } as const

/** A handle as typed, cleaned and checked. */
export const Handle = z
	.string('errors:empty')
	.max(400, 'errors:handleLong')
	.transform(cleanHandle)
	.superRefine((handle, context) => {
		const fault = handleFault(handle)
		if (fault) context.addIssue({ code: 'custom', message: fault })
	})

/** A new passphrase: any script, 12 characters or more (code points, since an emoji is no easier to guess). */
export const NewPassphrase = z
	.string('errors:empty')
	.refine((text) => [...text].length >= PASSPHRASE.shortest, 'errors:passphraseShort')
	.refine((text) => [...text].length <= PASSPHRASE.longest, 'errors:passphraseLong')

/** A passphrase to be compared: only its size is checked. */
export const GivenPassphrase = z.string('errors:empty').min(1, 'errors:empty').max(2048, 'errors:notRight')

export const Device = z.enum(['own', 'shared'], 'errors:chooseDevice')

export const Join = z.object({
	handle: Handle,
	passphrase: NewPassphrase,
	device: Device,
	rules: z.literal('yes', 'errors:rulesNeeded'),
	age: z.literal('yes', 'errors:ageNeeded'),
	code: z.string().max(60).optional(),
})

export const SignIn = z.object({
	handle: z.string('errors:empty').min(1, 'errors:empty').max(400, 'errors:notRight').transform(cleanHandle),
	passphrase: GivenPassphrase,
	device: Device.default('shared'),
})

export const LanguageTag = z.string().refine(isLanguage, 'errors:notUnderstood')
